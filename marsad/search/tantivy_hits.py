"""Running compiled queries: candidates first, then a closer look at the best of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import tantivy
from tantivy import FieldType, Query

from marsad.search import tantivy_fields as fields
from marsad.search.index import Counts, Hit, Hits, Order, Window
from marsad.search.query import Node, is_exact
from marsad.search.tantivy_clauses import either, unscored, with_optional
from marsad.search.tantivy_counts import counts
from marsad.search.tantivy_query import Compiler

#: Candidates that are looked at closely, and where words stand beside meaning.
CLOSELY = 40
MORE_CLOSELY = 100
#: Refinements that are asked for at once: each stands inside the other.
DEEPEST = 80
#: With fewer articles that have all the words, those with some of them are shown too.
ENOUGH = 10

_BLOCK = 50_000


@dataclass(frozen=True, slots=True)
class Found:
    """Where articles are that were found, with what they score, and how many there are in all."""

    addresses: list[Any]
    #: Of an order by date, the dates.
    scores: list[Any]
    count: int


class Run:
    """One search of `root` inside `window`."""

    def __init__(
        self,
        schema: tantivy.Schema,
        searcher: tantivy.Searcher,
        compiler: Compiler,
        root: Node | None,
        window: Window,
    ) -> None:
        self._schema = schema
        self._searcher = searcher
        self._compiler = compiler
        self._root = root
        self._window = window
        self._most = MORE_CLOSELY if window.beside_meaning or window.among is not None else CLOSELY

    def hits(self) -> Hits:
        """What has all the words; where that is too little, what has some of them."""
        if self._window.among is not None:
            return self._among(self._window.among)
        strict = self._compiler.all_of(self._root)
        found = self._found(strict)
        total = found.count
        picky = self._window.order is not Order.RELEVANCE or is_exact(self._root)
        if self._window.relax and total < (1 if picky else ENOUGH):
            loose = self._compiler.best_of_some(self._root)
            if loose is not None:
                return self._loose(loose, total)
        return Hits(tuple(self._shown(found)), total, self._facets(strict), ideal=self._ideal())

    def _among(self, numbers: Sequence[int]) -> Hits:
        """Those of `numbers` that meet the conditions, with all of the words or whichever they have."""
        strict = not self._window.relax
        matching = self._compiler.meeting(self._root, self._these(numbers), words=strict)
        found = self._searched(matching, self._most, count=False)
        hits = self._rows(found.addresses, found.scores) if strict else self._closely(found.addresses)
        return Hits(tuple(hits), len(hits), self._facets(self._these([hit.number for hit in hits])))

    def _ideal(self) -> float:
        return self._compiler.ideal(self._root) if self._window.order is Order.RELEVANCE else 0.0

    def _found(self, matching: Query) -> Found:
        """The first of `matching` in the order of the window, or what is to be looked at closely."""
        window = self._window
        if window.order is not Order.RELEVANCE:
            newest = tantivy.Order.Desc if window.order is Order.NEWEST else tantivy.Order.Asc
            return self._searched(matching, window.size, window.start, order_by_field="moment", order=newest)
        best = self._compiler.best_of_all(self._root)
        if window.start >= self._most:
            return self._searched(best, window.size, window.start)
        return self._searched(best, max(self._most, window.start + window.size))

    def _shown(self, found: Found) -> list[Hit]:
        """The part of `_found` that the window asks for."""
        window = self._window
        if window.order is not Order.RELEVANCE:
            return self._rows(found.addresses, [0.0] * len(found.addresses))
        if window.start >= self._most:
            return sorted(self._rows(found.addresses, found.scores), key=_rank)
        return self._closely(found.addresses)[window.start : window.start + window.size]

    def _loose(self, scored: Query, strict: int) -> Hits:
        """The best that have some of the words; nobody reads on beyond the first hundred."""
        window = self._window
        found = self._closely(self._searched(scored, MORE_CLOSELY, count=False).addresses)
        if window.order is not Order.RELEVANCE:
            found.sort(key=_age, reverse=window.order is Order.NEWEST)
        shown = tuple(found[window.start : window.start + window.size])
        facets = self._facets(self._these([hit.number for hit in found]))
        relaxed = len(found) > strict
        return Hits(shown, len(found), facets, relaxed, strict if relaxed else 0, ideal=self._ideal())

    def _closely(self, addresses: list[Any]) -> list[Hit]:
        """What is at `addresses`, in the order of everything that can be said of the first of them.

        Those after the ones that are looked at stand as they were found.
        """
        looked = addresses[: self._most]
        columns = self._columns(addresses)
        these = self._these(columns[0][: self._most])
        beside, rest = self._window.beside_meaning, [0.0] * (len(addresses) - len(looked))
        scores = self._scores(these, looked, self._compiler.refinements(self._root, beside))
        covered = self._covered(these, looked) if beside else [0.0] * len(looked)
        hits = _hits(columns, [*scores, *rest], [*covered, *rest])
        return [*sorted(hits[: self._most], key=_rank), *hits[self._most :]]

    def _covered(self, these: Query, addresses: Sequence[Any]) -> list[float]:
        """The share of the words that each of `these` has."""
        had = self._compiler.had(self._root)
        return [share / max(len(had), 1) for share in self._scores(these, addresses, had)]

    def _scores(self, these: Query, addresses: Sequence[Any], optional: Sequence[Query]) -> list[float]:
        """What `optional` give to each of `these`, which are at those addresses, summed."""
        scores = {(address.segment_ord, address.doc): 0.0 for address in addresses}
        for first in range(0, len(optional) if addresses else 0, DEEPEST):
            refined = with_optional(these, optional[first : first + DEEPEST], self._searcher.num_docs)
            for score, address in self._searcher.search(refined, len(addresses), count=False).hits:
                scores[address.segment_ord, address.doc] += score
        return list(scores.values())

    def _these(self, numbers: Sequence[int]) -> Query:
        terms = [Query.term_query(self._schema, "number", number) for number in numbers]
        return unscored(either(terms)) if terms else Query.empty_query()

    def _searched(self, query: Query, size: int, start: int = 0, count: bool = True, **order: Any) -> Found:
        """`size` of what `query` finds, from `start` on; all of it is counted in the same reading."""
        result: Any = self._searcher.search(query, max(size, 1), count=count, offset=start, **order)
        hits = result.hits[:size]  # the stubs forgot the count
        return Found([address for _, address in hits], [score for score, _ in hits], result.count or 0)

    def _rows(self, addresses: list[Any], scores: list[float]) -> list[Hit]:
        return _hits(self._columns(addresses), scores, [0.0] * len(scores))

    def _columns(self, addresses: list[Any]) -> list[list[Any]]:
        """The numbers, moments and stories of what is at `addresses`."""
        return [self._searcher.fast_field_values(name, addresses) for name in ("number", "moment", "story")]

    def _facets(self, query: Query) -> Counts:
        return counts(self._searcher, query, self._window.facets, self._window.clock)


def all_numbers(searcher: tantivy.Searcher, schema: tantivy.Schema) -> Iterator[int]:
    """The number of each article, block by block, for one long list of hits would take much memory."""
    last = searcher.aggregate(Query.all_query(), {"last": {"max": {"field": "number"}}})["last"]["value"]
    for first in range(0, int(last or 0) + 1, _BLOCK):
        block = Query.range_query(
            schema, "number", FieldType.Integer, first, first + _BLOCK, include_upper=False
        )
        found = searcher.search(block, _BLOCK, count=False).hits
        values = searcher.fast_field_values("number", [address for _, address in found])
        yield from (int(value) for value in values if value is not None)


def _hits(columns: list[list[Any]], scores: Sequence[float], covered: Sequence[float]) -> list[Hit]:
    numbers, moments, stories = columns
    return list(map(Hit, numbers, scores, map(fields.published, moments), stories, covered))


def _rank(hit: Hit) -> tuple[float, float, int]:
    """The best first; the newest of those that are as good."""
    return -hit.score, -hit.published.timestamp(), -hit.number


def _age(hit: Hit) -> tuple[float, int]:
    return hit.published.timestamp(), hit.number
