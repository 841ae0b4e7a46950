"""A reader's way through the site in a real browser."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page


def test_from_the_front_page_to_an_article_and_by_search_to_another(page: Page, address: str) -> None:
    page.goto(address)
    assert page.locator("html").get_attribute("dir") in {"rtl", "ltr"}
    headline = page.locator("main h2 a").first
    title = headline.inner_text()
    headline.click()
    assert page.locator("article h1").inner_text() == title
    page.fill("input[name=q]", title)
    page.press("input[name=q]", "Enter")
    assert page.locator("main .item h2 a").first.inner_text() == title


def test_from_a_story_to_a_telling_to_its_source_its_reference_and_what_is_near_it(
    page: Page, address: str
) -> None:
    page.goto(address)
    page.locator(".others > a").first.click()
    telling = page.locator(".tellings h2 a").first
    title = telling.inner_text()
    telling.click()
    assert page.locator("article h1").inner_text() == title
    source = page.locator(".source a")
    assert (source.get_attribute("href") or "").startswith("https://")
    assert "noreferrer" in (source.get_attribute("rel") or "")
    for summary in page.locator(".beside summary").all():
        summary.click()
    lasting = urlsplit(page.url).path
    assert lasting in page.locator(".citation").inner_text()
    with page.expect_download() as reference:
        page.get_by_text("BibTeX").click()
    assert title in Path(reference.value.path()).read_text(encoding="utf-8").replace("{", "").replace("}", "")
    page.locator(".same .title").first.click()
    page.wait_for_url(lambda url: urlsplit(url).path != lasting)
    assert page.locator("article h1").count() == 1


@pytest.mark.parametrize(
    "path", ["/", "/nakhla/1", "/section/weather", "/nakhla", "/search?q=أمطار", "/sources", "/nothing"]
)
def test_no_page_is_wider_than_a_phone(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_page_reads_from_the_right_in_arabic(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="ar", viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(address)
    name, search = opened.locator(".name").bounding_box(), opened.locator("form.search").bounding_box()
    assert name is not None
    assert search is not None
    assert name["x"] > search["x"]
    assert all(url.startswith(address) for url in asked)
    context.close()
