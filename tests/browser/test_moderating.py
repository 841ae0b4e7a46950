"""The ways of a reader who reports, a moderator who decides and a publisher who asks, in a real browser."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image as Pillow
from playwright.sync_api import Browser, BrowserContext, Page

from marsad import addresses
from marsad.app import Marsad
from marsad.model import Image
from marsad.oversight import Role
from marsad.pipeline.keeping import Arrival
from marsad.store import users
from tests.browser.conftest import served
from tests.press.world import archive
from tests.samples import NOW, SOURCE, article

PASSWORD = "a long password"
THANKS = {
    "ar": "شكرا على الإبلاغ! سيتم حجب هذه الصورة تلقائيا عندما يتم الإبلاغ عنها من طرف عدة أشخاص.",
    "fr": "Merci pour votre signalement !",
    "en": "Thank you for your report!",
}
EVERYWHERE = (
    "/nakhla/1",
    "/",
    "/nakhla",
    "/feed.rss",
    "/feed.atom",
    "/feed.json",
    "/nakhla/feed.rss",
    "/api/v1/articles",
    "/api/v1/articles/nakhla/1",
)
TEXT = "تساقطت أمطار قوية على مدينة تطوان ونواحيها طيلة الليل، وفاض وادي مرتيل على ضفافه."


@pytest.fixture
def marsad(tmp_path: Path, newspaper: str) -> Iterator[Marsad]:
    with archive(tmp_path) as opened:
        opened.add_sources([SOURCE])
        photograph = Image(f"{newspaper}/a.jpg", "وادي مرتيل صباح اليوم")
        opened.keeper.keep([Arrival(article(TEXT, images=(photograph,)))])
        with opened.store.writing() as connection:
            users.add(connection, "salma", PASSWORD, Role.OPERATOR, NOW)
        opened.indexer.catch_up()
        yield opened


@pytest.fixture
def address(marsad: Marsad) -> Iterator[str]:
    with served(marsad) as found:
        yield found


def person(browser: Browser, who: int, language: str = "ar") -> BrowserContext:
    """Somebody with a phone of his own, in a network of his own, without scripts."""
    return browser.new_context(
        locale=language,
        java_script_enabled=False,
        viewport={"width": 360, "height": 740},
        extra_http_headers={"x-forwarded-for": f"8.8.{who}.8"},
    )


def report(page: Page, address: str) -> None:
    page.goto(f"{address}/nakhla/1")
    page.click("figure .report")
    page.check("input[value=violent]")
    page.click(".sheet button")
    page.wait_for_selector("[role=status]")


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_three_people_report_an_image_and_it_is_gone_everywhere(
    browser: Browser, marsad: Marsad, address: str, newspaper: str, language: str
) -> None:
    picture, key = addresses.image(1, f"{newspaper}/a.jpg"), addresses.image_key(f"{newspaper}/a.jpg")
    page = person(browser, 9, language).new_page()
    assert {path for path in EVERYWHERE if key in page.request.get(address + path).text()} >= {
        "/nakhla/1",
        "/feed.json",
        "/api/v1/articles/nakhla/1",
    }
    for who in range(1, 4):
        context = person(browser, who, language)
        page = context.new_page()
        page.goto(f"{address}/nakhla/1")
        assert page.locator("figure img").count() == 1
        loaded = context.request.get(address + picture)
        assert Pillow.open(io.BytesIO(loaded.body())).format == "WEBP"
        report(page, address)
        assert THANKS[language] in page.locator("[role=status]").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        context.close()
    page = person(browser, 9, language).new_page()
    for path in EVERYWHERE:
        answer = page.request.get(address + path)
        assert answer.status == 200
        assert key not in answer.text(), path
        assert f"{newspaper}/a.jpg" not in answer.text(), path
    assert page.request.get(address + picture).status == 404
    page.context.close()


def test_one_person_a_hundred_times_hides_nothing(browser: Browser, marsad: Marsad, address: str) -> None:
    context = person(browser, 1)
    page = context.new_page()
    report(page, address)
    form = page.url
    for _ in range(99):
        context.request.post(form, form={"reason": "violent"})
    page.goto(f"{address}/nakhla/1")
    assert page.locator("figure img").count() == 1
    context.close()


def test_a_moderator_signs_in_and_decides_by_keyboard_alone(
    browser: Browser, marsad: Marsad, address: str
) -> None:
    for who in range(1, 4):
        context = person(browser, who)
        report(context.new_page(), address)
        context.close()
    context = browser.new_context(locale="ar", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/desk")
    page.focus("input[name=name]")
    page.keyboard.type("salma")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".cases a")
    page.focus(".cases a")
    page.keyboard.press("Enter")
    page.wait_for_selector("input[name=standing]")
    page.focus("input[name=standing][value=shown]")
    page.keyboard.press("Space")
    page.focus("textarea[name=note]")
    page.keyboard.type("لا عيب فيها")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=لا عيب فيها")
    page.goto(f"{address}/desk/log")
    assert page.locator('.cases > li > a[href*="/desk/case/"]').count() == 2
    page.goto(f"{address}/transparency")
    sums = page.locator("main tr").all_inner_texts()
    assert ["عنيفة أو مخلة بالحياء", "3"] in [row.split("\t") for row in sums]
    assert "salma" not in page.locator("main").inner_text()
    page.goto(f"{address}/nakhla/1")
    assert page.locator("figure img").count() == 1
    for who in range(4, 9):
        again = person(browser, who)
        report(again.new_page(), address)
        again.close()
    page.reload()
    assert page.locator("figure img").count() == 1, "what was cleared stays"
    context.close()


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_publisher_asks_and_the_article_leaves_a_stone(
    browser: Browser, marsad: Marsad, address: str, language: str
) -> None:
    asking = person(browser, 1, language)
    page = asking.new_page()
    page.goto(f"{address}/removal")
    page.check("input[value=publisher]")
    page.fill("textarea[name=about]", f"{address}/nakhla/1")
    page.fill("textarea[name=text]", "نطلب حذف هذا الخبر.")
    page.fill("input[name=contact]", "desk@nakhla.example")
    page.click(".sheet button")
    page.wait_for_selector("[role=status]")
    followed = page.url
    desk = browser.new_context(
        locale=language, java_script_enabled=False, viewport={"width": 768, "height": 900}
    )
    moderator = desk.new_page()
    moderator.goto(f"{address}/desk/sign-in?next=/desk/requests")
    moderator.fill("input[name=name]", "salma")
    moderator.fill("input[name=password]", PASSWORD)
    moderator.click(".sheet button")
    moderator.wait_for_selector(".cases")
    moderator.click(".cases summary")
    moderator.select_option("select[name=state]", "granted")
    moderator.fill("textarea[name=answer]", "تم الحذف.")
    moderator.click(".cases button")
    moderator.wait_for_selector("text=تم الحذف.")
    moderator.click(".cases a[href$='/desk/case/1']")
    moderator.check("input[value=removed]")
    moderator.select_option("select[name=reason]", "publisher")
    moderator.click(".desk .form button")
    moderator.wait_for_selector(".desk ol > li bdi")
    page.goto(followed)
    assert "تم الحذف." in page.locator("main").inner_text()
    answer = page.goto(f"{address}/nakhla/1")
    assert answer is not None
    assert answer.status == 410
    assert TEXT not in page.content()
    asking.close()
    desk.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_of_the_desk_is_wider_than_its_window(
    browser: Browser, marsad: Marsad, address: str, width: int
) -> None:
    context = browser.new_context(locale="ar", viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/desk/sign-in")
    page.fill("input[name=name]", "salma")
    page.fill("input[name=password]", PASSWORD)
    page.click(".sheet button")
    page.wait_for_selector(".desk-nav")
    paths = ["", "/log", "/requests", "/sources", "/sources/nakhla", "/settings", "/account", "/case/1"]
    for path in [*(f"/desk{path}" for path in paths), "/transparency", "/removal", "/report/1"]:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()
