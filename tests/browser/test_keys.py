"""The keys, for who wants them; and the whole way by Tab alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(locale="en", viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.goto(address)
    yield opened
    context.close()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText"))


def test_j_and_k_move_from_headline_to_headline(page: Page) -> None:
    titles = page.locator("main .item :is(h2, h3) a, main .item a.title").all_inner_texts()
    page.keyboard.press("j")
    assert focused(page) == titles[0]
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert focused(page) == titles[2]
    page.keyboard.press("k")
    assert focused(page) == titles[1]
    page.keyboard.press("Enter")
    page.wait_for_selector("article h1")
    assert page.locator("article h1").inner_text() == titles[1]


def test_a_slash_goes_to_the_search_and_there_keys_are_letters(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("j/k?")
    assert page.input_value("#q") == "j/k?"


def test_a_question_mark_shows_the_help_and_escape_closes_it(page: Page) -> None:
    assert not page.locator("#keys").is_visible()
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()


def press(page: Page, key: str, code: str, *, shift: bool = False) -> None:
    """What a keyboard of another script than Latin says of a key."""
    page.evaluate(
        "given => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', given))",
        {"key": key, "code": code, "shiftKey": shift, "bubbles": True},
    )


def test_an_arabic_keyboard_has_the_keys_at_the_same_places(page: Page) -> None:
    press(page, "ت", "KeyJ")
    first = focused(page)
    press(page, "ت", "KeyJ")
    press(page, "ن", "KeyK")
    assert focused(page) == first
    press(page, "؟", "Slash", shift=True)
    assert page.locator("#keys").is_visible()
    press(page, "؟", "Slash", shift=True)
    press(page, "é", "Slash")
    assert focused(page) == first
    press(page, "ظ", "Slash")
    assert page.locator("#q:focus").count() == 1


def test_who_stopped_the_ticker_finds_it_still_on_the_next_page(page: Page, address: str) -> None:
    page.check("#still", force=True)
    page.goto(address + "/about")
    assert page.is_checked("#still")


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_phone_shows_the_section_that_is_read_in_the_row_of_sections(
    browser: Browser, address: str, language: str
) -> None:
    context = browser.new_context(locale=language, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{address}/section/weather")
    box = page.locator(".sections-nav [aria-current]").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    context.close()


@pytest.mark.parametrize(("prefix", "end"), [("fr", "left"), ("ar", "right")])
def test_a_row_of_sections_that_goes_on_fades_and_a_wider_one_shows_all(
    browser: Browser, address: str, prefix: str, end: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{prefix}/about")
    row = page.locator(".sections-nav ul")
    assert f"to {end}" in row.evaluate("row => getComputedStyle(row).maskImage")
    page.set_viewport_size({"width": 700, "height": 740})
    assert (
        row.evaluate("row => row.scrollWidth <= row.clientWidth && getComputedStyle(row).maskImage") == "none"
    )
    context.close()


def test_the_first_tab_leads_past_everything_to_the_news(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="en", java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("main a:focus").count() == 1
    context.close()
