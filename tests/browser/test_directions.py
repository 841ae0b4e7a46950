"""Texts of both directions on one page, as the browser lays them out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def style(locator: Locator, name: str) -> str:
    return str(locator.evaluate(f"element => getComputedStyle(element).{name}"))


def edges(locator: Locator) -> tuple[float, float]:
    """Where the words of a text begin and end, from the left."""
    left, right = locator.evaluate(
        "element => { const range = document.createRange(); range.selectNodeContents(element);"
        " const box = range.getBoundingClientRect(); return [box.left, box.right]; }"
    )
    return left, right


@pytest.mark.parametrize(("prefix", "other", "side"), [("ar", "fr", 1), ("fr", "ar", 0)])
def test_a_headline_runs_its_own_way_and_stands_on_the_side_of_the_page(
    page: Page, address: str, prefix: str, other: str, side: int
) -> None:
    page.goto(f"{address}/{prefix}/nakhla")
    own = page.locator(f".list h2[lang={prefix}]").first
    foreign = page.locator(f".list h2[lang={other}]").first
    assert style(own, "direction") != style(foreign, "direction")
    assert edges(own)[side] == pytest.approx(edges(foreign)[side], abs=2)


@pytest.mark.parametrize("prefix", ["ar", "fr"])
def test_a_headline_has_the_line_height_of_its_own_language(page: Page, address: str, prefix: str) -> None:
    heights = {}
    for language in ("ar", "fr"):
        page.goto(f"{address}/{prefix}/nakhla")
        page.locator(f".list h2[lang={language}] a").first.click()
        page.wait_for_selector("article h1")
        title = page.locator("article h1")
        heights[language] = float(style(title, "lineHeight")[:-2]) / float(style(title, "fontSize")[:-2])
    assert heights["ar"] == pytest.approx(1.5, abs=0.01)
    assert heights["fr"] == pytest.approx(1.28, abs=0.01)


def test_a_foreign_headline_stands_on_the_side_of_a_form_too(page: Page, address: str) -> None:
    page.goto(f"{address}/fr/report/1")
    form, headline = page.locator(".sheet h1"), page.locator(".sheet p[dir=rtl]").first
    assert edges(headline)[0] == pytest.approx(edges(form)[0], abs=2)


def test_an_articles_text_stands_on_its_own_side_and_what_we_say_of_it_on_ours(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/ar/nakhla")
    page.locator(".list h2[lang=fr] a").first.click()
    page.wait_for_selector("article h1")
    assert style(page.locator("article .body p").first, "direction") == "ltr"
    assert style(page.locator("article .byline").first, "direction") == "rtl"


def test_a_latin_name_does_not_turn_the_sentence_around_it(page: Page, address: str) -> None:
    """نشر في Le Vent يوم 5 مارس: the date stands left of the name, the verb right of it."""
    page.goto(f"{address}/ar/vent/2")
    name = edges(page.locator("article .byline a bdi").first)
    date = edges(page.locator("article .byline time").first)
    whole = edges(page.locator("article .byline").first)
    assert date[1] <= name[0]
    assert name[1] < whole[1]


@pytest.mark.parametrize(("prefix", "direction"), [("ar", "rtl"), ("fr", "ltr")])
def test_an_empty_search_box_begins_where_the_page_does(
    page: Page, address: str, prefix: str, direction: str
) -> None:
    page.goto(f"{address}/{prefix}/")
    assert style(page.locator("#q"), "direction") == direction


@pytest.mark.parametrize("typed", ["Rabat", "الرباط"])
def test_what_is_typed_runs_its_own_way(page: Page, address: str, typed: str) -> None:
    page.goto(f"{address}/ar/")
    page.fill("#q", typed)
    assert page.locator("#q").evaluate("box => box.matches(':dir(rtl)')") is (typed == "الرباط")
