"""Boosted decision trees (Friedman, 2001) as plain numbers: many answers at once, with numpy alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Trees:
    """The nodes of all trees in one row; the right child of a node stands after its left one.

    A leaf is its own left child and asks a question whose answer is always no.
    """

    feature: NDArray[np.int32]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    value: NDArray[np.float32]
    #: The place of each tree's first node.
    roots: NDArray[np.int32]
    #: Steps from a root to its farthest leaf.
    depth: int
    baseline: float

    def chances(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """For each row the chance, 0 to 1, that the answer is yes."""
        flat = np.ascontiguousarray(rows).ravel()
        start = (np.arange(len(rows), dtype=np.int64) * rows.shape[1])[:, None]
        nodes = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            beyond = flat[start + self.feature[nodes]] > self.threshold[nodes]
            nodes = self.left[nodes] + beyond
        total = self.value[nodes].sum(axis=1, dtype=np.float64) + self.baseline
        chances: NDArray[np.float64] = 1 / (1 + np.exp(-total))
        return chances

    def to_plain(self, prefix: str) -> dict[str, NDArray[Any]]:
        """Its arrays under names that begin with `prefix`."""
        numbers = np.array([self.depth, self.baseline], dtype=np.float64)
        arrays: tuple[NDArray[Any], ...] = (
            self.feature,
            self.threshold,
            self.left,
            self.value,
            self.roots,
            numbers,
        )
        return {f"{prefix}_{name}": array for name, array in zip(_NAMES, arrays, strict=True)}

    @classmethod
    def from_plain(cls, plain: Mapping[str, NDArray[Any]], prefix: str) -> Trees:
        """The trees that `to_plain` wrote under `prefix`. Raises KeyError where they are not there."""
        feature, threshold, left, value, roots, numbers = (plain[f"{prefix}_{name}"] for name in _NAMES)
        return cls(feature, threshold, left, value, roots, int(numbers[0]), float(numbers[1]))


_NAMES = ("feature", "threshold", "left", "value", "roots", "numbers")
