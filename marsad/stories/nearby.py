"""Which earlier articles a new one is worth comparing with, at the same cost whatever came before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from marsad.stories.alike import Vector
from marsad.stories.wording import SLOTS, Terms

#: The heaviest terms of an article: it is found by them.
ANCHORS = 24
#: Articles remembered for a term: the newest ones.
WAYS = 16
#: Articles that are compared by meaning: the newest ones of all languages.
MEANT = 2048
#: How many are found by words, by meaning, and by meaning in other languages.
BY_WORDS = 20
BY_MEANING = 12
IN_OTHER_LANGUAGES = 6
#: Texts of two languages that are less alike, from their centres, tell one event too seldom to be looked at.
LEAST_ALIKE = 0.15


@dataclass(frozen=True, slots=True, eq=False)
class Meant:
    """What an article means, and how that differs from what is usual in its language (both of length 1).

    A model puts the texts of one language nearer to each other than to the same news in another one.
    """

    vector: Vector
    away: Vector
    language: str

    @property
    def spoken(self) -> int:
        """The number that the language is known by."""
        return crc32(self.language.encode())


class Nearby:
    """Two small tables that newer articles overwrite: from terms to articles, and the newest vectors."""

    def __init__(self) -> None:
        buckets = SLOTS >> 2
        self._terms = np.zeros((buckets, WAYS), np.uint32)
        #: Number of the article; 0 where an entry is empty.
        self._articles = np.zeros((buckets, WAYS), np.int64)
        self._next = np.zeros(buckets, np.uint8)
        #: The newest vectors: as they are, and as seen from the centre of their language.
        self._vectors: NDArray[np.float32] | None = None
        self._spoken = np.zeros(MEANT, np.uint32)
        self._meant = np.zeros(MEANT, np.int64)
        self._place = 0

    def add(self, number: int, terms: Terms, weights: NDArray[np.float32], meant: Meant | None) -> None:
        """Remember article `number` (above 0) by its heaviest terms and what it means."""
        anchors = heaviest(terms, weights)
        buckets = anchors & np.uint32(len(self._next) - 1)
        ways = self._next[buckets]
        self._terms[buckets, ways] = anchors
        self._articles[buckets, ways] = number
        self._next[buckets] = (ways + 1) % WAYS
        if meant is not None:
            self._remember(number, meant)

    def find(self, terms: Terms, weights: NDArray[np.float32], meant: Meant | None) -> list[int]:
        """At most 38 articles that share the heaviest terms or are near in meaning; gone ones among them."""
        return list(dict.fromkeys([*self._by_words(terms, weights), *self._by_meaning(meant)]))

    def _by_words(self, terms: Terms, weights: NDArray[np.float32]) -> list[int]:
        anchors = heaviest(terms, weights)
        buckets = anchors & np.uint32(len(self._next) - 1)
        hits = self._terms[buckets] == anchors[:, None]
        hits &= self._articles[buckets] > 0
        numbers, places = np.unique(self._articles[buckets][hits], return_inverse=True)
        weight = weights[np.searchsorted(terms, anchors)]
        shared = np.bincount(places, np.broadcast_to(weight[:, None], hits.shape)[hits], len(numbers))
        order = np.lexsort((-numbers, -shared))[:BY_WORDS]
        return [int(number) for number in numbers[order]]

    def _by_meaning(self, meant: Meant | None) -> list[int]:
        if meant is None or self._vectors is None:
            return []
        filled = min(self._place, MEANT)
        everywhere = _nearest(self._vectors[0, :filled] @ meant.vector, BY_MEANING)
        places = [*everywhere, *self._foreign(meant, self._vectors[1, :filled])]
        return [int(self._meant[place]) for place in places]

    def _foreign(self, meant: Meant, vectors: NDArray[np.float32]) -> NDArray[np.intp]:
        """Places of the articles in other languages that are nearest in meaning."""
        places = np.flatnonzero(self._spoken[: len(vectors)] != meant.spoken)
        if not len(places):
            return places
        likeness = (vectors @ meant.away)[places]
        alike = likeness >= LEAST_ALIKE
        places, likeness = places[alike], likeness[alike]
        return places[_nearest(likeness, IN_OTHER_LANGUAGES)]

    def _remember(self, number: int, meant: Meant) -> None:
        if self._vectors is None:
            self._vectors = np.zeros((2, MEANT, len(meant.vector)), np.float32)
        place = self._place % MEANT
        self._vectors[:, place] = meant.vector, meant.away
        self._spoken[place], self._meant[place] = meant.spoken, number
        self._place += 1


def _nearest(likeness: NDArray[np.floating[Any]], most: int) -> NDArray[np.intp]:
    """The places of the `most` that are most alike."""
    if len(likeness) <= most:
        return np.arange(len(likeness))
    return np.argpartition(-likeness, most)[:most]


def heaviest(terms: Terms, weights: NDArray[np.float32]) -> Terms:
    """The `ANCHORS` terms of most weight, ascending."""
    if len(terms) <= ANCHORS:
        return terms
    found: Terms = np.sort(terms[np.argpartition(-weights, ANCHORS)[:ANCHORS]])
    return found
