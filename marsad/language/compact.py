"""Vectors in a quarter of their bytes: a row of float32 as int8, as it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

#: Rows of float32 of length 1, one for each part of a text.
Vectors = NDArray[np.float32]

#: Largest value of a kept number: a row is spread over all of int8, and its length is made 1 again.
_FULL = 127


def packed(vectors: Vectors) -> NDArray[np.int8]:
    """Each row as int8, its largest number at the end of the range."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=1e-9)
    return np.asarray(np.round(vectors * (_FULL / largest)), np.int8)


def unpacked(kept: Sequence[bytes], dimensions: int) -> list[Vectors]:
    """The rows of each text again, of length 1; all at once, for one by one takes four times as long."""
    rows = np.frombuffer(b"".join(kept), np.int8).reshape(-1, dimensions).astype(np.float32)
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    rows /= np.maximum(lengths, 1e-9)[:, None]
    ends = accumulate((len(raw) // dimensions for raw in kept), initial=0)
    return [rows[first:end] for first, end in pairwise(ends)]
