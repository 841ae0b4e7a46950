"""The page of a story that went on for a day, as a reader without scripts sees it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page

from marsad.demo.texts import all_texts
from marsad.model import Image
from marsad.pipeline.keeping import Arrival
from tests.browser.conftest import served
from tests.press.world import archive
from tests.samples import SOURCE, article


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


def test_one_picture_comes_with_the_page_and_the_others_when_they_are_asked_for(
    browser: Browser, tmp_path: Path, newspaper: str
) -> None:
    """However high the window is, and however far ahead a browser looks on a slow line."""
    with archive(tmp_path) as marsad:
        marsad.add_sources([SOURCE])
        text = "\n".join(all_texts()[0].paragraphs)
        for name in "abc":
            address, images = f"https://nakhla.example/{name}", (Image(f"{newspaper}/{name}.jpg", name),)
            marsad.keeper.keep([Arrival(article(text, address=address, images=images))])
        with served(marsad) as address:
            page = browser.new_page(locale="en", viewport={"width": 360, "height": 4000})
            asked: list[str] = []
            page.on("request", lambda request: asked.append(request.url))
            page.goto(f"{address}/story/1", wait_until="networkidle")
            assert sum("/image/" in url for url in asked) == 1
            with page.expect_response("**/image/**") as answer:
                page.locator("details.around summary").click()
            assert answer.value.status == 200
            page.close()


def test_nothing_of_it_is_wider_than_a_phone(page: Page, address: str) -> None:
    page.goto(f"{address}/story/1")
    assert page.locator(".new-in").count() or page.locator(".copies").count()
    box = page.locator("main").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
