"""Running compiled queries: candidates first, then a closer look at the best of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Query

from marsad.search import tantivy_fields as fields
from marsad.search.index import Facet, Hit, Hits, Order, Window
from marsad.search.query import Node
from marsad.search.tantivy_query import Compiler, boolean, unscored

#: Candidates that are looked at closely.
CLOSELY = 200
#: With fewer articles that have all the words, those with some of them are shown too.
ENOUGH = 10

_BLOCK = 50_000
_COUNTED_BY = {Facet.SOURCE: "source", Facet.SECTION: "section", Facet.LANGUAGE: "language"}


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
        self._scores = compiler.scores(root)

    def hits(self) -> Hits:
        """What has all the words; where that is too little, what has some of them."""
        strict = self._compiler.all_of(self._root)
        total = self._total(strict)
        picky = self._window.order is not Order.RELEVANCE or self._compiler.is_exact(self._root)
        enough = 1 if picky else ENOUGH
        loose = self._compiler.some_of(self._root) if self._window.relax and total < enough else None
        if loose is None:
            return self._of(strict, boolean([(Occur.Must, strict), *_optional(self._scores)]), total)
        more = self._total(loose)
        return self._of(loose, loose, more, relaxed=more > total)

    def _of(self, matching: Query, scored: Query, total: int, *, relaxed: bool = False) -> Hits:
        window = self._window
        if window.order is not Order.RELEVANCE:
            found = self._by_date(matching)
        elif window.start + window.size <= CLOSELY and self._scores:
            found = self._looked_at_closely(scored)[window.start : window.start + window.size]
        else:
            found = self._best(scored, window.size, window.start)
        return Hits(tuple(found), total, self._facets(matching), relaxed)

    def _looked_at_closely(self, scored: Query) -> list[Hit]:
        """The best by `scored`, in the order of everything that can be said of them."""
        numbers = [hit.number for hit in self._best(scored, CLOSELY)]
        if len(numbers) < 2:
            return self._best(scored, CLOSELY)
        these = unscored(Query.term_set_query(self._schema, "number", numbers))
        refined = [*self._scores, *self._compiler.refinements(self._root)]
        return self._best(boolean([(Occur.Must, these), *_optional(refined)]), len(numbers))

    def _best(self, query: Query, size: int, start: int = 0) -> list[Hit]:
        found = self._searcher.search(query, max(size, 1), count=False, offset=start).hits[:size]
        hits = self._rows([address for _, address in found], [float(score) for score, _ in found])
        return sorted(hits, key=lambda hit: (-hit.score, -hit.published.timestamp(), -hit.number))

    def _by_date(self, query: Query) -> list[Hit]:
        newest = tantivy.Order.Desc if self._window.order is Order.NEWEST else tantivy.Order.Asc
        size, start = self._window.size, self._window.start
        result = self._searcher.search(
            query, max(size, 1), count=False, order_by_field="moment", offset=start, order=newest
        )
        addresses = [address for _, address in result.hits[:size]]
        return self._rows(addresses, [0.0] * len(addresses))

    def _rows(self, addresses: list[Any], scores: list[float]) -> list[Hit]:
        columns = [
            self._searcher.fast_field_values(name, addresses) for name in ("number", "moment", "story")
        ]
        return [
            Hit(
                int(number or 0),
                score,
                fields.published(int(moment or 0)),
                None if story is None else int(story),
            )
            for score, number, moment, story in zip(scores, *columns, strict=True)
        ]

    def _total(self, query: Query) -> int:
        return int(self._searcher.search(query, 1).count)  # type: ignore[attr-defined]  # the stubs forgot it

    def _facets(self, query: Query) -> dict[Facet, tuple[tuple[str, int], ...]]:
        wanted = self._window.facets
        if not wanted:
            return {}
        asked = {
            facet.value: {"terms": {"field": _COUNTED_BY.get(facet, "month"), "size": 1000}}
            for facet in wanted
        }
        answer = self._searcher.aggregate(query, asked)
        return {facet: _counts(facet, answer[facet.value]["buckets"]) for facet in wanted}


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


def _optional(queries: Sequence[Query]) -> list[tuple[Occur, Query]]:
    return [(Occur.Should, query) for query in queries]


def _counts(facet: Facet, buckets: Sequence[dict[str, Any]]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for bucket in buckets:
        value = fields.facet_value(facet, bucket["key"])
        counts[value] = counts.get(value, 0) + bucket["doc_count"]
    return tuple(sorted(((v, n) for v, n in counts.items() if v), key=lambda each: (-each[1], each[0])))
