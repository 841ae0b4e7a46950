"""Hits over time, as bars: years, the months of a year, or the days of a month."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from marsad.search.index import Facet

#: Hits of no more years than this are shown by month.
MOST_BY_MONTH = 3
#: A course of so long is told in bars of so many hours, a longer one by day, and from there on by month.
HOURS = ((1, timedelta(hours=18)), (3, timedelta(hours=60)), (6, timedelta(days=5)))
MOST_BY_DAY = timedelta(days=120)
#: Only the last years, where somebody's clock says 1970.
MOST_YEARS = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """A year, month or day with its hits."""

    #: ``2020``, ``2020-11`` or ``2020-11-05``.
    when: str
    count: int
    #: Share of the highest bar, 0 to 1.
    height: float


def unit(on: str) -> Facet:
    """What the hits of the period `on` are counted by; "" is all time."""
    return Facet.DAY if len(on) >= len("2020-11") else Facet.MONTH


def timeline(on: str, counts: Sequence[tuple[str, int]]) -> tuple[Bar, ...]:
    """The bars of `counts`, by the `unit` of `on`, without gaps, the earliest first."""
    known = dict(counts)
    if not known:
        return ()
    if len(on) >= len("2020-11"):
        return _bars(_days(on), known)
    last = int(max(known)[:4])
    years = range(max(int(min(known)[:4]), last - MOST_YEARS + 1), last + 1)
    if on or len(years) <= MOST_BY_MONTH:
        return _bars([f"{year:04}-{month:02}" for year in years for month in range(1, 13)], known)
    return _bars([f"{year:04}" for year in years], _by_year(known))


def days(first: date, last: date, counts: Sequence[tuple[str, int]]) -> tuple[Bar, ...]:
    """A bar for each day from `first` to `last`."""
    span = range((last - first).days + 1)
    return _bars([(first + timedelta(days=day)).isoformat() for day in span], dict(counts))


def course(moments: Sequence[datetime], clock: tzinfo) -> tuple[Bar, ...]:
    """How many of `moments` fell when, in bars of hours, of days or of months, as long as they span.

    Bars of hours are named by the minute that they begin at, ``2020-11-05T15:00``.
    """
    if not moments:
        return ()
    told = sorted(moment.astimezone(clock) for moment in moments)
    first, last = told[0], told[-1]
    hours = next((width for width, span in HOURS if last - first <= span), None)
    if hours is None:
        counted = Counter(moment.date().isoformat() for moment in told)
        if last - first <= MOST_BY_DAY:
            return days(first.date(), last.date(), list(counted.items()))
        return timeline("", list(Counter(day[:7] for day in counted.elements()).items()))
    start = first.replace(hour=first.hour - first.hour % hours, minute=0, second=0, microsecond=0)
    width = timedelta(hours=hours)
    places = Counter((moment - start) // width for moment in told)
    names = [f"{start + place * width:%Y-%m-%dT%H:%M}" for place in range(max(places) + 1)]
    return _bars(names, {names[place]: count for place, count in places.items()})


def _by_year(months: Mapping[str, int]) -> dict[str, int]:
    years: dict[str, int] = {}
    for month, count in months.items():
        years[month[:4]] = years.get(month[:4], 0) + count
    return years


def _days(month: str) -> list[str]:
    year, number = int(month[:4]), int(month[5:7])
    if not (1 <= number <= 12 and year >= 1):
        return []
    return [f"{month[:7]}-{day:02}" for day in range(1, calendar.monthrange(year, number)[1] + 1)]


def _bars(periods: Sequence[str], counts: Mapping[str, int]) -> tuple[Bar, ...]:
    highest = max((counts.get(when, 0) for when in periods), default=0) or 1
    return tuple(Bar(when, counts.get(when, 0), counts.get(when, 0) / highest) for when in periods)
