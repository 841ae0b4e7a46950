"""Hits over time: which bars there are, and how high."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from marsad.search.index import Facet
from marsad.views.timeline import MOST_YEARS, timeline, unit

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
