"""Hits counted by the periods of a clock, beside the same counted one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from marsad.search.index import Document, Facet, Window
from marsad.search.parser import read_query
from marsad.search.tantivy import TantivyIndex

#: Across the end of a year, and the nights in which Morocco and France put their clocks forward and back.
MOMENTS = [datetime(2023, 12, 28, 22, 10, tzinfo=UTC) + timedelta(hours=7 * step) for step in range(420)]
WRITTEN = {Facet.YEAR: "%Y", Facet.MONTH: "%Y-%m", Facet.DAY: "%Y-%m-%d"}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TantivyIndex]:
    opened = TantivyIndex(tmp_path_factory.mktemp("counts") / "index")
    opened.replace(
        Document(number, "sahil", "ar", "خبر" if number % 3 else "مطر", "", "", moment)
        for number, moment in enumerate(MOMENTS, 1)
    )
    opened.commit()
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "clock",
    [
        UTC,
        *map(ZoneInfo, ("UTC", "Africa/Casablanca", "Europe/Paris", "Asia/Kathmandu", "America/St_Johns")),
        timezone(timedelta(hours=-12)),
    ],
    ids=str,
)
def test_days_months_and_years_begin_by_the_clock(index: TantivyIndex, clock: ZoneInfo) -> None:
    found = index.search(read_query("خبر"), Window(facets=tuple(WRITTEN), clock=clock))
    told = [moment for number, moment in enumerate(MOMENTS, 1) if number % 3]
    for facet, form in WRITTEN.items():
        assert dict(found.facets[facet]) == Counter(f"{moment.astimezone(clock):{form}}" for moment in told)


def test_of_nothing_nothing_is_counted(index: TantivyIndex) -> None:
    found = index.search(read_query("زلزال"), Window(facets=tuple(WRITTEN), clock=ZoneInfo("Asia/Dubai")))
    assert found.facets == dict.fromkeys(WRITTEN, ())
