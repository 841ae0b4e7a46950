"""Clusters by agglomeration: the two that are most alike are joined, again and again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

#: How much the nearest pair of two stories counts beside the mean over all their pairs: the
#: mean alone lets a story of days fall apart, the nearest pair alone lets look-alikes flow together.
NEAREST = 0.4
#: Linked from here on; zero is where as much speaks for as against.
LINKED = 0.0

_NEVER = np.float32(-1e9)

Matrix = NDArray[np.float32]


def linkage(mean: float, nearest: float) -> float:
    """How strongly two groups of articles are linked, by the log-odds of their pairs."""
    return (1 - NEAREST) * mean + NEAREST * nearest


def clusters(odds: Matrix, least: float = LINKED) -> list[list[int]]:
    """Places 0 to n-1 in clusters, by the symmetric log-odds of their pairs, shape (n, n).

    The same whatever the order of the articles, but for ties.
    """
    merging = _Merging(odds)
    while merging.join_nearest(least):
        pass
    return sorted(merging.members.values())


class _Merging:
    """Clusters, the sums and maxima over their pairs, and who is nearest to whom."""

    def __init__(self, odds: Matrix) -> None:
        count = len(odds)
        self.members: dict[int, list[int]] = {place: [place] for place in range(count)}
        self._sums = odds.astype(np.float32)
        self._most = odds.astype(np.float32)
        self._sizes = np.ones(count, np.float32)
        self._links = linkage_matrix(self._sums, self._most)
        self._nearest = self._links.argmax(axis=1) if count else np.zeros(0, np.intp)
        self._best = self._links[np.arange(count), self._nearest]

    def join_nearest(self, least: float) -> bool:
        """Join the two clusters that are most alike; False where none are alike enough."""
        if len(self.members) < 2:
            return False
        one = int(self._best.argmax())
        if self._best[one] < least:
            return False
        self._join(*sorted((one, int(self._nearest[one]))))
        return True

    def _join(self, kept: int, gone: int) -> None:
        self.members[kept] = sorted(self.members[kept] + self.members.pop(gone))
        self._sums[kept] += self._sums[gone]
        self._sums[:, kept] = self._sums[kept]
        self._most[kept] = np.maximum(self._most[kept], self._most[gone])
        self._most[:, kept] = self._most[kept]
        self._sizes[kept] += self._sizes[gone]
        row = (1 - NEAREST) * self._sums[kept] / (self._sizes[kept] * self._sizes) + NEAREST * self._most[
            kept
        ]
        alive = self._best > _NEVER
        alive[[kept, gone]] = False
        row[~alive] = _NEVER
        self._links[kept], self._links[:, kept] = row, row
        self._links[gone], self._links[:, gone] = _NEVER, _NEVER
        self._refresh(np.flatnonzero(np.isin(self._nearest, (kept, gone)) & alive), row, alive, kept)
        self._best[gone] = _NEVER
        self._nearest[kept] = int(row.argmax())
        # A cluster that is alone is alive all the same.
        self._best[kept] = max(row[self._nearest[kept]], np.float32(-1e8))

    def _refresh(self, stale: NDArray[np.intp], row: Matrix, alive: NDArray[np.bool_], kept: int) -> None:
        nearer = alive & (row > self._best)
        self._nearest[nearer], self._best[nearer] = kept, row[nearer]
        for place in stale:
            self._nearest[place] = int(self._links[place].argmax())
            self._best[place] = max(self._links[place, self._nearest[place]], np.float32(-1e8))


def linkage_matrix(sums: Matrix, most: Matrix) -> Matrix:
    """The links of single articles; nobody is linked to itself."""
    links: Matrix = (1 - NEAREST) * sums + NEAREST * most
    np.fill_diagonal(links, _NEVER)
    return links


def link(odds: Sequence[float] | Matrix) -> float:
    """How strongly one article is linked to a story, by its log-odds with the story's articles."""
    row = np.asarray(odds, np.float32)
    return linkage(float(row.mean()), float(row.max()))
