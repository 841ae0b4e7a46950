"""The page of a story that went on for a day, as a reader without scripts sees it."""

from __future__ import annotations

from playwright.sync_api import Page


def test_a_story_shows_how_it_grew_and_the_same_as_a_table(page: Page, address: str) -> None:
    page.goto(f"{address}/story/1")
    chart = page.locator(".course svg[role=img]")
    assert chart.get_attribute("aria-label")
    assert chart.locator("rect").count() > 1
    assert not page.locator(".course table").is_visible()
    page.locator(".course summary").click()
    assert page.locator(".course table tr").count() == chart.locator("rect").count()


def test_the_chart_begins_where_reading_begins(page: Page, address: str) -> None:
    page.goto(f"{address}/story/1")
    bars = [(bar.bounding_box() or {"x": 0.0})["x"] for bar in page.locator(".course rect").all()]
    right_to_left = page.locator("html").get_attribute("dir") == "rtl"
    assert bars == sorted(bars, reverse=right_to_left)


def test_nothing_of_it_is_wider_than_a_phone(page: Page, address: str) -> None:
    page.goto(f"{address}/story/1")
    assert page.locator(".new-in").count() or page.locator(".copies").count()
    box = page.locator("main").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
