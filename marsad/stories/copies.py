"""Which earlier articles a text was taken from, found at the same cost whatever came before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from marsad.stories.fingerprint import Hashes, fingerprint, overlap, sample, thinned

__all__ = ["CopyIndex", "Match", "fingerprint", "original"]

#: Zero bits of the hashes that candidates are found by: a quarter of a fingerprint's.
ANCHOR_ZEROS = 2
#: Entries in a bucket; a newer entry takes the place of the oldest.
WAYS = 8
#: Entries of one bucket that one hash may hold.
HELD = 3
#: Anchors of an ordinary article, for the size of the table.
ANCHORS = 40
#: So many anchors a copy has in common, if it is not short; one alone is a formula.
AGREEING = 2
#: Candidates that are compared in full: those with the most anchors in common.
COMPARED = 6
#: Below this share it is no copy: quotations and formulas are in common between any two reports.
LEAST_SHARE = 0.25
#: From this share of its shingles on a text is taken from another. Where six words in ten are, with one
#: changed here and there, about so many rows of four stand as they were: `marsad eval near-copies` finds
#: 0.80 of such texts at 0.45, 0.96 at 0.40, 0.99 at 0.36.
TAKEN = 0.36
#: Shares so near to one another are the same: of several likely originals the earliest is named.
ALIKE = 0.06
#: A text of so few shingles is looked for by all of them, for none of a quarter may be in common.
FEW = 64


@dataclass(frozen=True, slots=True)
class Match:
    """Two texts that have a good part in common."""

    #: The article that was there before.
    number: int
    #: Share of the new text that stands in it, and of its text that stands in the new one.
    share: float
    back: float


def original(matches: Sequence[Match]) -> Match | None:
    """Which of `matches` a text was taken from: the earliest of those with most of it; None if none is."""
    most = max((match.share for match in matches), default=0.0)
    if most < TAKEN:
        return None
    return min((match for match in matches if match.share >= most - ALIKE), key=lambda match: match.number)


class CopyIndex:
    """The fingerprints of about the newest `capacity` articles.

    A set-associative table (like a processor's cache) leads from a hash to the articles that have
    it: eight for each bucket, the newest of them, so that a formula which stands everywhere
    costs no more than any other, and a text that everybody printed still leads to who had it first.
    About 1 kB an article: 320 bytes of table, the rest fingerprint.
    """

    def __init__(self, capacity: int = 50_000) -> None:
        buckets = 1 << max(int(np.ceil(np.log2(capacity * ANCHORS / WAYS))), 4)
        #: Of each bucket the hashes, and the numbers of their articles, 0 where an entry is empty: side by
        #: side, so that one look into memory finds both.
        self._table: NDArray[np.uint32] = np.zeros((buckets, 2, WAYS), dtype=np.uint32)
        self._next: NDArray[np.uint8] = np.zeros(buckets, dtype=np.uint8)
        self._fingerprints: dict[int, bytes] = {}

    def __len__(self) -> int:
        return len(self._fingerprints)

    def add(self, number: int, fingerprint: bytes) -> None:
        """Remember article `number` (above 0) by its fingerprint."""
        self._fingerprints[number] = fingerprint
        anchors = _anchors(sample(fingerprint).hashes)
        buckets = self._buckets(anchors)
        # Whatever has been copied often enough keeps its first entries: the original's is among them.
        held = (self._table[buckets, 0] == anchors[:, None]).sum(axis=1)
        anchors, buckets = anchors[held < HELD], buckets[held < HELD]
        ways = self._next[buckets]
        self._table[buckets, 0, ways] = anchors
        self._table[buckets, 1, ways] = number
        self._next[buckets] = (ways + 1) % WAYS

    def remove(self, number: int) -> None:
        """Forget an article, known or not."""
        # Its entries in the table lead nowhere from now on, and are overwritten in time.
        self._fingerprints.pop(number, None)

    def find(self, fingerprint: bytes) -> tuple[Match, ...]:
        """The articles with a quarter or more of either text in common, the nearest first."""
        mine = sample(fingerprint)
        found = []
        for number in self._candidates(mine.hashes):
            match = Match(number, *overlap(mine, sample(self._fingerprints[number])))
            if max(match.share, match.back) >= LEAST_SHARE:
                found.append(match)
        return tuple(sorted(found, key=lambda match: (-max(match.share, match.back), match.number)))

    def _candidates(self, hashes: Hashes) -> list[int]:
        anchors = _anchors(hashes)
        buckets = self._buckets(anchors)
        entries = self._table[buckets]
        hits = entries[:, 1][entries[:, 0] == anchors[:, None]]
        numbers, times = np.unique(hits, return_counts=True)
        if len(hashes) > FEW:
            numbers, times = numbers[times >= AGREEING], times[times >= AGREEING]
        order = np.argsort(-times, kind="stable")
        known = (int(numbers[place]) for place in order if int(numbers[place]) in self._fingerprints)
        return [number for number, _ in zip(known, range(COMPARED), strict=False)]

    def _buckets(self, anchors: Hashes) -> NDArray[np.intp]:
        # The low bits of most anchors are zero; the next ones are as good as random.
        return ((anchors >> np.uint32(ANCHOR_ZEROS)) % np.uint32(len(self._next))).astype(np.intp)


def _anchors(hashes: Hashes) -> Hashes:
    return thinned(hashes, ANCHOR_ZEROS) if len(hashes) > FEW else hashes
