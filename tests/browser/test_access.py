"""Every kind of page by the rules of WCAG 2.2 AA, as axe-core reads them."""

from __future__ import annotations

from importlib.resources import files
from importlib.util import find_spec

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.page_kinds import DESK_PAGES, OPERATOR, PAGES, PASSWORD

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "rules => axe.run(document, {runOnly: rules}).then(found => found.violations.map(v => [v.id, v.nodes.map(n => n.html)]))"


@pytest.mark.skipif(
    find_spec("axe_playwright_python") is None, reason="axe-core comes with axe-playwright-python"
)
@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_no_page_shuts_anybody_out(browser: Browser, address: str, scheme: str, width: int) -> None:
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 900},
        reduced_motion="reduce",
        bypass_csp=True,
    )
    page = context.new_page()
    found = {}
    for path in (*PAGES, *DESK_PAGES):
        if path == DESK_PAGES[0]:
            sign_in(page, address)
        page.goto(address + path)
        page.evaluate(axe)
        found[path] = page.evaluate(RUN, RULES)
    context.close()
    assert {path: violations for path, violations in found.items() if violations} == {}


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/desk")
    page.fill("input[name=name]", OPERATOR)
    page.fill("input[name=password]", PASSWORD)
    page.click(".form button")
    page.wait_for_url("**/desk")
