"""How little a reader's line and eyes are asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, Route

from tests.browser.conftest import filled

#: What the first full view may cost, in requests and in bytes on the wire without the fonts.
REQUESTS = 6
BYTES = 60 * 1024

#: An article with an image.
PICTURED = "/nakhla/62"
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="450"><rect width="800" height="450"/></svg>'
)
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value; }))
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 300);
})"""


@pytest.fixture(scope="module")
def unasked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site that nobody asks for its pictures: one that was asked knows that they do not come, and shows none."""
    with filled(tmp_path_factory.mktemp("light")) as found:
        yield found


def received(session: CDPSession) -> dict[str, int]:
    """Fills itself with the bytes on the wire of each request."""
    sizes: dict[str, int] = {}
    session.on(
        "Network.loadingFinished", lambda told: sizes.update({told["requestId"]: told["encodedDataLength"]})
    )
    session.send("Network.enable")
    return sizes


@pytest.mark.parametrize("path", ["/", "/fr/", "/nakhla/1", "/story/1"])
def test_a_first_view_is_few_requests_and_few_bytes_and_nobody_elses(
    browser: Browser, address: str, path: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780})
    page = context.new_page()
    sizes = received(context.new_cdp_session(page))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + path, wait_until="networkidle")
    assert all(url.startswith(address) for url in asked)
    assert len(asked) <= REQUESTS
    page.goto("about:blank")
    sizes.clear()
    page.goto(address + path, wait_until="networkidle")
    assert 0 < sum(sizes.values()) <= BYTES
    context.close()


@pytest.mark.parametrize("path", ["/", "/nakhla/1"])
def test_nothing_moves_while_a_page_comes(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780}, reduced_motion="reduce")
    context.route("**/image/**", lambda route: route.fulfill(body=PICTURE, content_type="image/svg+xml"))
    page = context.new_page()
    page.goto(address + path)
    assert page.evaluate(SHIFTS) == 0
    context.close()


@pytest.fixture
def still_page(browser: Browser) -> Page:
    """A reader without scripts."""
    return browser.new_context(java_script_enabled=False, locale="en").new_page()


def running(page: Page) -> str:
    return str(page.locator(".belt").evaluate("belt => getComputedStyle(belt).animationPlayState"))


def test_the_ticker_stops_without_a_script(still_page: Page, address: str) -> None:
    still_page.goto(address)
    assert running(still_page) == "running"
    still_page.mouse.move(600, 15)
    assert running(still_page) == "paused"
    still_page.mouse.move(300, 600)
    assert running(still_page) == "running"
    still_page.check("#still", force=True)
    still_page.mouse.move(300, 600)
    assert running(still_page) == "paused"


def test_who_asks_for_no_motion_gets_none_and_hears_each_headline_once(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(reduced_motion="reduce", locale="en")
    page = context.new_page()
    page.goto(address)
    assert page.locator(".belt").evaluate("belt => getComputedStyle(belt).animationName") == "none"
    assert page.locator(".belt ul:visible").count() == 1
    assert page.locator(".belt ul").nth(1).get_attribute("aria-hidden") == "true"
    context.close()


def test_paper_carries_the_article_and_where_it_stood(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.emulate_media(media="print")
    page.goto(address + "/nakhla/1")
    assert page.locator("article h1").is_visible()
    for furniture in (".ticker", ".search", ".foot", ".sections-nav"):
        assert not page.locator(furniture).is_visible()
    written = page.locator(".source a").evaluate("link => getComputedStyle(link, '::after').content")
    assert "https://nakhla.example/0" in written
    context.close()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(
    ("path", "width", "picture"), [("/", 360, ".cover"), ("/", 1280, ".cover"), (PICTURED, 360, "figure img")]
)
def test_a_picture_that_does_not_come_keeps_its_place_in_sight(
    browser: Browser, unasked: str, script: bool, path: str, width: int, picture: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=script, reduced_motion="reduce"
    )
    page = context.new_page()
    asked: list[Route] = []
    page.route("**/image/**", lambda route: asked.append(route))  # noqa: PLW0108  # it wants a function
    page.goto(unasked + path, wait_until="domcontentloaded")
    page.evaluate("document.fonts.ready")
    before = page.locator(picture).first.bounding_box()
    for each in asked:
        each.fulfill(status=404)
    page.wait_for_load_state("load")
    assert page.locator(picture).first.bounding_box() == before
    if script:
        assert page.evaluate(SHIFTS) == 0
    context.close()


def test_a_picture_that_does_not_come_gives_its_place_up_where_nobody_saw_it(
    browser: Browser, unasked: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 200}, reduced_motion="reduce")
    page = context.new_page()
    page.route("**/image/**", lambda route: route.fulfill(status=404))
    page.goto(unasked + PICTURED)
    page.wait_for_selector("figure", state="hidden")
    assert page.evaluate(SHIFTS) == 0
    context.close()
