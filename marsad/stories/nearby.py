"""Which earlier articles a new one is worth comparing with, at the same cost whatever came before."""

from __future__ import annotations

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
#: How many are found by words, and how many by meaning.
BY_WORDS = 20
BY_MEANING = 12


class Nearby:
    """Two small tables that newer articles overwrite: from terms to articles, and the newest vectors."""

    def __init__(self) -> None:
        buckets = SLOTS >> 2
        self._terms = np.zeros((buckets, WAYS), np.uint32)
        #: Number of the article; 0 where an entry is empty.
        self._articles = np.zeros((buckets, WAYS), np.int64)
        self._next = np.zeros(buckets, np.uint8)
        self._vectors: NDArray[np.float32] | None = None
        self._meant = np.zeros(MEANT, np.int64)
        self._place = 0

    def add(self, number: int, terms: Terms, weights: NDArray[np.float32], vector: Vector | None) -> None:
        """Remember article `number` (above 0) by its heaviest terms and its vector."""
        anchors = heaviest(terms, weights)
        buckets = anchors & np.uint32(len(self._next) - 1)
        ways = self._next[buckets]
        self._terms[buckets, ways] = anchors
        self._articles[buckets, ways] = number
        self._next[buckets] = (ways + 1) % WAYS
        if vector is not None:
            self._remember(number, vector)

    def find(self, terms: Terms, weights: NDArray[np.float32], vector: Vector | None) -> list[int]:
        """At most 32 articles that share the heaviest terms or are near in meaning; gone ones among them."""
        return list(dict.fromkeys([*self._by_words(terms, weights), *self._by_meaning(vector)]))

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

    def _by_meaning(self, vector: Vector | None) -> list[int]:
        if vector is None or self._vectors is None:
            return []
        filled = min(self._place, MEANT)
        likeness = self._vectors[:filled] @ vector
        best = np.argpartition(-likeness, min(BY_MEANING, filled - 1))[:BY_MEANING]
        return [int(self._meant[place]) for place in best]

    def _remember(self, number: int, vector: Vector) -> None:
        if self._vectors is None:
            self._vectors = np.zeros((MEANT, len(vector)), np.float32)
        self._vectors[self._place % MEANT] = vector
        self._meant[self._place % MEANT] = number
        self._place += 1


def heaviest(terms: Terms, weights: NDArray[np.float32]) -> Terms:
    """The `ANCHORS` terms of most weight, ascending."""
    if len(terms) <= ANCHORS:
        return terms
    found: Terms = np.sort(terms[np.argpartition(-weights, ANCHORS)[:ANCHORS]])
    return found
