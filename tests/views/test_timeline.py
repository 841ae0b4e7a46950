"""Hits over time: which bars there are, and how high."""

from __future__ import annotations

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.search.index import Facet
from marsad.views.timeline import MOST_YEARS, course, timeline, unit
from tests.samples import NOW

MONTHS = st.dictionaries(
    st.builds("{:04}-{:02}".format, st.integers(1, 9999), st.integers(1, 12)), st.integers(1, 10**6)
)


def test_few_years_are_shown_by_month_without_gaps() -> None:
    bars = timeline("", [("2018-02", 5), ("2019-01", 10)])
    assert [bar.when for bar in bars][:3] == ["2018-01", "2018-02", "2018-03"]
    assert (len(bars), bars[1].height, bars[2].count) == (24, 0.5, 0)


def test_many_years_are_shown_by_year() -> None:
    bars = timeline("", [("2008-12", 1), ("2008-01", 2), ("2020-05", 4)])
    assert [(bar.when, bar.count) for bar in bars if bar.count] == [("2008", 3), ("2020", 4)]
    assert len(bars) == 13


def test_a_month_is_shown_by_day() -> None:
    assert unit("2020-02") is Facet.DAY
    bars = timeline("2020-02", [("2020-02-29", 3)])
    assert (len(bars), bars[-1].when) == (29, "2020-02-29")


def test_a_month_that_there_is_not_has_no_days() -> None:
    assert timeline("2020-13", [("2020-02-29", 3)]) == ()


@given(MONTHS)
def test_bars_are_few_and_none_is_higher_than_the_highest(months: dict[str, int]) -> None:
    bars = timeline("", list(months.items()))
    assert len(bars) <= max(MOST_YEARS, 36)
    assert all(0 <= bar.height <= 1 for bar in bars)
    assert not months or max(bar.height for bar in bars) == 1


@pytest.mark.parametrize(
    ("hours", "named", "bars"),
    [
        ((0, 1, 5), "2024-03-05T12:00", 6),
        ((0, 30), "2024-03-05T12:00", 11),
        ((0, 100), "2024-03-05T12:00", 17),
        ((0, 24 * 30), "2024-03-05", 31),
        ((0, 24 * 300), "2024-01", 12),
        ((0,), "2024-03-05T12:00", 1),
    ],
)
def test_a_course_is_told_in_bars_as_wide_as_it_is_long(
    hours: tuple[int, ...], named: str, bars: int
) -> None:
    found = course([NOW + timedelta(hours=hour) for hour in hours], UTC)
    assert (found[0].when, len(found)) == (named, bars)
    assert sum(bar.count for bar in found) == len(hours)


@given(st.lists(st.integers(0, 3 * 365 * 24), max_size=30))
def test_a_course_counts_every_moment_in_few_bars(hours: list[int]) -> None:
    found = course([NOW + timedelta(hours=hour) for hour in hours], ZoneInfo("Africa/Casablanca"))
    assert sum(bar.count for bar in found) == len(hours)
    assert len(found) <= 125
