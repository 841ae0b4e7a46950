"""Searching by words and by meaning at once, over an index and a vector index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from math import log
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from marsad.language.analyser import readings, words
from marsad.language.embedder import Embedder
from marsad.search.index import Counted, Counts, Facet, Hit, Hits, Index, Order, Window, in_order
from marsad.search.letters import Look, Looker
from marsad.search.query import Query, meant
from marsad.search.rank import NEAR, Candidates, Closeness, ranked, says_little
from marsad.search.vectors import VectorIndex, Vectors

#: Articles that are ranked anew by words and meaning together: by words, and by meaning alone.
CLOSELY = 100
NEARBY = 60
#: Articles that are near by their signs, of which the nearest by their vectors are taken.
ROUGHLY = 200
#: Articles whose texts are looked at in the end.
LOOKED_AT = 20
#: How much of what all questions share is taken from one of which hardly a word is found.
SHARED = 0.3

#: Where queries are embedded while the index looks for their words: both wait for no Python.
_BESIDE = ThreadPoolExecutor(4, "meaning")

#: What questions mean on average: nothing by which one article is nearer than another.
_ASKED: Vectors = np.load(Path(__file__).with_name("asked.npy")).astype(np.float32)

#: A row for each part of a text. Where it points to is what counts, however long it is.
Directions = NDArray[np.float32] | NDArray[np.int8]
#: From the numbers of articles to their vectors, as far as they have any.
VectorsOf = Callable[[Sequence[int]], Mapping[int, Directions]]

#: From candidates to hits, the best first; the moment is None where freshness is not to count.
Ranking = Callable[[Candidates, datetime | None], list[Hit]]


class Archive(Protocol):
    """What is kept of the articles beside the index."""

    def vectors(self, numbers: Sequence[int]) -> Mapping[int, Directions]:
        """Of those that have any, a row for each part of the text."""

    def texts(self, numbers: Sequence[int]) -> Mapping[int, str]:
        """Of those that are there, with their titles."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What finds articles by meaning."""

    embedder: Embedder
    near: VectorIndex
    #: How candidates are ordered.
    ranking: Ranking = ranked

    def search(
        self, index: Index, query: Query, window: Window, archive: Archive, now: datetime | None
    ) -> Hits:
        """What answers `query` by its words or its meaning; `now` is None where freshness is not to count.

        What has no plain words, or is sorted by date, goes by words alone.
        May raise SearchError.
        """
        text = meant(query.root)
        if not text or window.order is not Order.RELEVANCE or window.among is not None:
            return index.search(query, window)
        beside = _BESIDE.submit(self._roughly, text)
        by_words = index.search(query, replace(window, start=0, size=CLOSELY, beside_meaning=True))
        wanted, near_by_signs = beside.result()
        if says_little(max((hit.score for hit in by_words.hits), default=0.0), by_words.ideal):
            wanted = wanted - SHARED * _ASKED
        closeness = _closeness(wanted, near_by_signs, by_words.hits, archive.vectors)
        near = _near(closeness, {hit.number for hit in by_words.hits})
        beyond = replace(window, among=near, beside_meaning=True)
        by_meaning = index.search(query, beyond) if near else Hits()
        again = _found_again(index, query, replace(window, among=near), by_words)
        found = Candidates((*by_words.hits, *by_meaning.hits), closeness, by_words.ideal)
        first = self.ranking(found, now)[:LOOKED_AT]
        order = self.ranking(found.looked_at(_looks(index, text, first, archive)), now)
        added = len(by_meaning.hits) - len(again.hits)
        return Hits(
            tuple(_page(index, query, window, order, by_words, again)),
            by_words.total + added,
            _counted(by_words.facets, by_meaning.facets, again.facets),
            by_words.relaxed,
            by_words.strict,
            added,
            by_words.ideal,
        )

    def nearest(self, text: str, most: int, vectors_of: VectorsOf) -> list[tuple[int, float]]:
        """The articles nearest to a query in meaning alone, with their cosines."""
        closeness = _closeness(*self._roughly(text), (), vectors_of)
        cosines = [(number, close.nearest) for number, close in closeness.items()]
        return sorted(cosines, key=lambda found: (-found[1], -found[0]))[:most]

    def _roughly(self, text: str) -> tuple[Vectors, Sequence[int]]:
        """What `text` means, and the articles that are near it by their signs."""
        wanted = self.embedder.queries([text])[0]
        return wanted, self.near.nearest(wanted, ROUGHLY)


def _found_again(index: Index, query: Query, near: Window, by_words: Hits) -> Hits:
    """Those among the near that have all the words, too, and did not come among the first by these."""
    if not near.among or by_words.relaxed or by_words.total <= len(by_words.hits):
        return Hits()
    return index.search(query, replace(near, relax=False))


def _page(
    index: Index, query: Query, window: Window, order: Sequence[Hit], by_words: Hits, again: Hits
) -> Sequence[Hit]:
    """The part of the hits that the window asks for: beyond what was ranked anew, by words alone."""
    shown = order[window.start : window.start + window.size]
    missing = window.size - len(shown)
    if not missing or len(by_words.hits) < CLOSELY:
        return shown
    start = CLOSELY + max(window.start - len(order), 0)
    further = replace(
        window, start=start, size=missing, facets=(), without=tuple(h.number for h in again.hits)
    )
    return [*shown, *index.search(query, further).hits]


def _counted(by_words: Counts, by_meaning: Counts, again: Counts) -> Counts:
    """What both found, counted; each article once."""
    counted: dict[Facet, Counted] = {}
    for facet in by_words.keys() | by_meaning.keys():
        sums = Counter(dict(by_words.get(facet, ())))
        sums.update(dict(by_meaning.get(facet, ())))
        sums.subtract(dict(again.get(facet, ())))
        counted[facet] = in_order(sums)
    return counted


def _closeness(
    wanted: Vectors, near: Sequence[int], hits: Sequence[Hit], vectors_of: VectorsOf
) -> dict[int, Closeness]:
    """Of each hit, and of each article that is near."""
    rows = vectors_of(list(dict.fromkeys([*(hit.number for hit in hits), *near])))
    if not rows:
        return {}
    counts = np.array([len(vectors) for vectors in rows.values()])
    starts = np.cumsum([0, *counts[:-1]])
    parts = np.concatenate(list(rows.values())).astype(np.float32, copy=False)
    parts /= np.maximum(np.sqrt(np.einsum("ij,ij->i", parts, parts)), 1e-9)[:, None]
    cosines = parts @ wanted
    nearest = np.maximum.reduceat(cosines, starts).tolist()
    mean = (np.add.reduceat(cosines, starts) / counts).tolist()
    return dict(zip(rows, map(Closeness, nearest, mean, cosines[starts].tolist()), strict=True))


def _near(closeness: Mapping[int, Closeness], there: set[int]) -> tuple[int, ...]:
    """Those nearest in meaning that were not found by words, none of them far behind the nearest."""
    cosines = {number: each.nearest for number, each in closeness.items()}
    farthest = max(cosines.values(), default=0.0) - NEAR
    near = [number for number, cosine in cosines.items() if number not in there and cosine > farthest]
    return tuple(sorted(near, key=lambda number: -cosines[number])[:NEARBY])


def _looks(index: Index, text: str, hits: Sequence[Hit], archive: Archive) -> dict[int, Look]:
    """What is seen of the words of `text` in the texts of `hits`."""
    texts = archive.texts([hit.number for hit in hits])
    looks = Looker(_rarities(index, text)).look(list(texts.values()))
    return dict(zip(texts, looks, strict=True))


def _rarities(index: Index, text: str) -> dict[str, float]:
    """The words of `text`, folded, as the language reads them that takes most for stop words."""
    read = [reading for reading in readings(words(text)) if reading]
    said = list(dict.fromkeys(form.spelling for form in min(read, key=len, default=())))
    articles = index.count()
    return {
        word: log(1 + (articles - having + 0.5) / (having + 0.5))
        for word, having in zip(said, index.frequencies(said), strict=True)
    }
