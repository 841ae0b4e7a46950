"""Searching by words and by meaning at once, over an index and a vector index."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from marsad.language.embedder import Embedder
from marsad.search.index import Hit, Hits, Index, Order, Window
from marsad.search.query import Query, meant
from marsad.search.rank import NEAR, Candidates, ranked
from marsad.search.vectors import VectorIndex, Vectors

#: Articles that are ranked anew by words and meaning together, of each of the two.
CLOSELY = 100
#: Articles that are near by their signs, of which the nearest by their vectors are taken.
ROUGHLY = 300

#: Where queries are embedded while the index looks for their words: both wait for no Python.
_BESIDE = ThreadPoolExecutor(4, "meaning")

#: From the numbers of articles to their vectors, as far as they have any.
VectorsOf = Callable[[Sequence[int]], Mapping[int, Vectors]]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What finds articles by meaning."""

    embedder: Embedder
    near: VectorIndex

    def search(
        self, index: Index, query: Query, window: Window, vectors_of: VectorsOf, now: datetime | None
    ) -> Hits:
        """What answers `query` by its words or its meaning; `now` is None where freshness is not to count.

        What has no plain words, or is sorted by date, goes by words alone.
        May raise SearchError.
        """
        text = meant(query.root)
        if not text or window.order is not Order.RELEVANCE or window.among is not None:
            return index.search(query, window)
        beside = _BESIDE.submit(self._roughly, text)
        by_words = index.search(query, replace(window, start=0, size=CLOSELY))
        closeness = _closeness(*beside.result(), by_words.hits, vectors_of)
        there = {hit.number for hit in by_words.hits}
        near = _near(closeness, there)
        by_meaning = index.search(query, replace(window, among=near)) if near else Hits()
        added = len(by_meaning.hits)
        order = ranked(Candidates((*by_words.hits, *by_meaning.hits), closeness, by_words.ideal), now)
        return Hits(
            tuple(self._page(index, query, window, order, added)),
            by_words.total + added,
            by_words.facets if by_words.hits or not near else by_meaning.facets,
            relaxed=by_words.relaxed,
            added=added,
            ideal=by_words.ideal,
        )

    def nearest(self, text: str, most: int, vectors_of: VectorsOf) -> list[tuple[int, float]]:
        """The articles nearest to a query in meaning alone, with their cosines."""
        closeness = _closeness(*self._roughly(text), (), vectors_of)
        return sorted(closeness.items(), key=lambda found: (-found[1], -found[0]))[:most]

    def _roughly(self, text: str) -> tuple[Vectors, Sequence[int]]:
        """What `text` means, and the articles that are near it by their signs."""
        wanted = self.embedder.queries([text])[0]
        return wanted, self.near.nearest(wanted, ROUGHLY)

    @staticmethod
    def _page(index: Index, query: Query, window: Window, order: list[Hit], added: int) -> Sequence[Hit]:
        """The part of the hits that the window asks for: beyond what was ranked anew, by words alone."""
        shown = order[window.start : window.start + window.size]
        missing = window.size - len(shown)
        if not missing or len(order) - added < CLOSELY:
            return shown
        start = max(window.start, len(order)) - added
        return [*shown, *index.search(query, replace(window, start=start, size=missing, facets=())).hits]


def _closeness(
    wanted: Vectors, near: Sequence[int], hits: Sequence[Hit], vectors_of: VectorsOf
) -> dict[int, float]:
    """The cosine of the nearest part of each hit, and of each article that is near."""
    rows = vectors_of(list(dict.fromkeys([*(hit.number for hit in hits), *near])))
    if not rows:
        return {}
    starts = np.cumsum([0, *(len(vectors) for vectors in rows.values())])[:-1]
    cosines = np.maximum.reduceat(np.concatenate(list(rows.values())) @ wanted, starts)
    return dict(zip(rows, cosines.tolist(), strict=True))


def _near(closeness: Mapping[int, float], there: set[int]) -> tuple[int, ...]:
    """Those nearest in meaning that were not found by words, none of them far behind the nearest."""
    farthest = max(closeness.values(), default=0.0) - NEAR
    near = [number for number, cosine in closeness.items() if number not in there and cosine > farthest]
    return tuple(sorted(near, key=lambda number: -closeness[number])[:CLOSELY])
