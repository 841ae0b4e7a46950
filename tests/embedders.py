"""A small embedder for tests that ask how vectors travel, not what a model knows."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class WordEmbedder:
    """An `Embedder` that knows words by their letters alone: texts are near that share words."""

    dimensions = 384

    def __init__(self, name: str = "words") -> None:
        self.name = name
        #: How many texts it was asked for.
        self.asked = 0

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += len(texts)
        rows = [np.sum([_of_word(word) for word in (*text.split(), "")], axis=0) for text in texts]
        return np.array([row / np.linalg.norm(row) for row in rows], np.float32).reshape(-1, self.dimensions)

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.passages(texts)


def _of_word(word: str) -> NDArray[np.float64]:
    seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest())
    scale = 1.0 if word else 0.1
    return scale * np.random.default_rng(seed).standard_normal(384)
