"""Counting hits: by newspaper, section, language and place, and by the days and months of a clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import partial
from itertools import pairwise
from typing import Any

import tantivy
from tantivy import Query

from marsad.search import tantivy_fields as fields
from marsad.search.index import Counted, Counts, Facet, in_order

#: The field that each is counted by.
_CODES = {
    Facet.SOURCE: "source",
    Facet.SECTION: "section",
    Facet.LANGUAGE: "language",
    Facet.PLACE: fields.PLACES,
}
#: How many letters of a day (``2020-11-05``) each period is written with.
_LETTERS = {Facet.YEAR: 4, Facet.MONTH: 7, Facet.DAY: 10}
_MOST = 1000
#: Periods that are told apart at once, the latest: Tantivy allows 65,000.
_MOST_PERIODS = 20_000
_ENDS = {name: {name: {"field": "moment"}} for name in ("min", "max")}


def counts(searcher: tantivy.Searcher, query: Query, facets: Sequence[Facet], clock: tzinfo) -> Counts:
    """How many of what `query` finds have each value of `facets`; periods begin by `clock`."""
    codes = {facet: _CODES[facet] for facet in facets if facet in _CODES}
    periods = [facet for facet in facets if facet in _LETTERS]
    wanted: dict[str, Any] = {name: {"terms": {"field": name, "size": _MOST}} for name in codes.values()}
    if _is_universal(clock):
        wanted |= {facet: _of_universal_time(facet) for facet in periods}
    elif periods:
        wanted |= _ENDS
    answer = searcher.aggregate(query, wanted) if wanted else {}
    found = {facet: _told(answer[name]["buckets"], str) for facet, name in codes.items()}
    for facet in periods:
        if _is_universal(clock):
            found[facet] = _told(answer[facet]["buckets"], partial(_universal, facet))
        else:
            found[facet] = _by_clock(searcher, query, facet, answer, clock)
    return found


def _is_universal(clock: tzinfo) -> bool:
    return str(clock) == str(UTC)


def _of_universal_time(facet: Facet) -> dict[str, Any]:
    """Days and months of universal time stand in the index as they are."""
    if facet is Facet.DAY:
        return {"histogram": {"field": "moment", "interval": fields.DAY, "min_doc_count": 1}}
    return {"terms": {"field": "month", "size": _MOST}}


def _universal(facet: Facet, key: float) -> str:
    """The period of a moment, or of a month such as 202011."""
    if facet is Facet.DAY:
        return fields.published(int(key)).date().isoformat()
    return f"{int(key) // 100:04}-{int(key) % 100:02}"[: _LETTERS[facet]]


def _by_clock(
    searcher: tantivy.Searcher, query: Query, facet: Facet, ends: dict[str, Any], clock: tzinfo
) -> Counted:
    """Each period from the first hit to the last, counted between the moments at which it begins and ends:
    a clock that is put forward and back may begin its days anywhere."""
    if ends["min"]["value"] is None:
        return ()
    first, last = (fields.published(int(ends[end]["value"])).astimezone(clock).date() for end in _ENDS)
    periods = list(_periods(facet, first, last))[-_MOST_PERIODS:]
    moments = [fields.moment(datetime.combine(begin, time(), clock)) for begin in periods]
    ranges = [{"from": begin, "to": end} for begin, end in pairwise(moments)]
    answer = searcher.aggregate(query, {"in": {"range": {"field": "moment", "ranges": ranges}}})
    # A bucket without a beginning is what came before, and the last has no end: nothing is in it.
    counted = {int(each["from"]): each["doc_count"] for each in answer["in"]["buckets"] if "from" in each}
    named = zip(periods, moments, strict=True)
    return in_order({begin.isoformat()[: _LETTERS[facet]]: counted.get(at, 0) for begin, at in named})


def _periods(facet: Facet, first: date, last: date) -> Iterator[date]:
    """The first day of each period from that of `first` to the one after that of `last`."""
    if facet is Facet.DAY:
        yield from (first + timedelta(days=day) for day in range((last - first).days + 2))
    elif facet is Facet.MONTH:
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month + 1)
        yield from (date(month // 12, month % 12 + 1, 1) for month in months)
    else:
        yield from (date(year, 1, 1) for year in range(first.year, last.year + 2))


def _told(buckets: Sequence[dict[str, Any]], name: Callable[[Any], str]) -> Counted:
    sums: Counter[str] = Counter()
    for bucket in buckets:
        sums[name(bucket["key"])] += bucket["doc_count"]
    return in_order(sums)
