"""The port to a model that turns texts into vectors: near in meaning is near in angle, across languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from marsad.language import e5
from marsad.precedence import Precedence

#: One row of float32 of length 1 for each text.
Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """A model of meaning. Any thread may call it; one that is slow to open opens at the first text."""

    @property
    def name(self) -> str:
        """The model and its state: vectors of different names cannot be compared."""

    @property
    def dimensions(self) -> int:
        """Numbers in a row."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """What the texts of articles mean, shape (texts, dimensions). Only their beginnings are read."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        """What searches ask for, to compare with passages, shape (texts, dimensions)."""


def available() -> bool:
    """Whether this machine has a model and can run it."""
    return e5.runs_here()


def embedder(precedence: Precedence | None = None) -> Embedder | None:
    """The model of this machine, not yet opened; None where there is none, and search goes by words.

    Articles make way for queries, and for whoever else takes `precedence`.
    """
    return e5.E5Small(precedence) if available() else None
