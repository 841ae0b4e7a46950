"""What a page was made of goes when the page is made."""

from __future__ import annotations

import gc
import weakref
from datetime import UTC, datetime

from marsad.views.missing import Guess
from marsad.web.rendering import Setting, render
from marsad.web.wording import wording


class Shown(str):
    """Something that a page shows; unlike a plain string it tells whether it is still there."""


def test_what_a_page_showed_does_not_wait_for_the_collector_of_cycles() -> None:
    setting = Setting("مرصد", "", "", "/nowhere", "", datetime(2026, 11, 28, tzinfo=UTC))
    query = Shown("أمطار")
    kept = weakref.ref(query)
    gc.disable()
    try:
        values = {"query": query, "ticker": "", "status": 404, "guess": Guess()}
        page = render("error.html", wording("ar"), setting, values)
        del values
        del query
        assert "أمطار" in page
        assert kept() is None
    finally:
        gc.enable()
