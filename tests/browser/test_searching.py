"""Searching in a real browser, without scripts, on a phone, from either side."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page


def test_narrowing_by_a_click_and_back(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=source:nakhla")
    every = page.locator(".page-head .count").inner_text()
    page.locator(".facets section").first.locator("a").first.click()
    assert page.locator(".chips a").count() == 1
    assert page.locator(".page-head .count").inner_text() != every
    page.locator(".chips a").click()
    assert page.locator(".page-head .count").inner_text() == every


def test_a_phone_leads_from_the_top_to_what_narrows(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=source:nakhla")
    link = page.locator(".to-facets a")
    assert link.evaluate("link => link.getBoundingClientRect().bottom <= innerHeight")
    link.click()
    assert page.locator(".facets h2").first.evaluate(
        "head => head.getBoundingClientRect().top < innerHeight / 2"
    )
    page.set_viewport_size({"width": 1280, "height": 740})
    assert not link.is_visible()


@pytest.mark.parametrize("path", ["/search", "/search?q=source:nakhla", "/search?q=زقزقة&source=nakhla"])
def test_no_search_page_is_wider_than_a_phone(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_every_word_that_is_lit_stands_out(page: Page, address: str) -> None:
    page.goto(address)
    title = page.locator("main h2 a").first.inner_text()
    page.goto(f"{address}/search?q={title.split()[0]}")
    mark = page.locator("mark").first
    assert mark.evaluate("mark => getComputedStyle(mark).fontWeight") == "700"


def test_the_chart_runs_from_where_reading_begins(browser: Browser, address: str) -> None:
    for language, first in (("ar", "right"), ("fr", "left")):
        context = browser.new_context(locale=language, java_script_enabled=False)
        opened = context.new_page()
        opened.goto(f"{address}/search?q=source:nakhla&on=2024-03-05")
        bar, chart = opened.locator(".chart a rect").last, opened.locator(".chart svg")
        drawn, whole = bar.bounding_box(), chart.bounding_box()
        assert drawn is not None
        assert whole is not None
        near_left = drawn["x"] - whole["x"] < whole["width"] / 2
        assert near_left == (first == "left")
        bar.click()
        assert "on=2024-03-05" in opened.url
        context.close()


def test_what_is_typed_is_completed_from_headlines(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="fr")
    opened = context.new_page()
    opened.goto(address)
    word = opened.locator("main h2 a").first.inner_text().split()[0]
    with opened.expect_response("**/suggest*"):
        opened.locator("#q").press_sequentially(word[:3])
    opened.wait_for_selector("#completions option", state="attached")
    offered = [option.get_attribute("value") or "" for option in opened.locator("#completions option").all()]
    assert any(word in each for each in offered)
    context.close()
