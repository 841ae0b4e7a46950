"""The store's vectors → the vector index, at its own pace."""

from __future__ import annotations

import threading
from pathlib import Path

from marsad.search.vectors import VectorIndex
from marsad.store import vectors
from marsad.store.engine import Store

#: Changes taken in together.
BATCH = 2000
#: Changes after which a copy is written, so that the next start need not read them again.
WRITTEN_EVERY = 20_000


class Nearness:
    """Keeps a vector index equal to the store; one thread at a time.

    The copy in `folder` spares reading all vectors at the start; without it, or with one of
    another archive, everything is read from the store.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._path = folder / "meaning.npz"
        self._turn = threading.Lock()
        self.near = VectorIndex.opened(self._path)
        with store.reading() as connection:
            if vectors.last(connection) < self.near.position:
                self.near = VectorIndex()
        self._written = self.near.position

    def catch_up(self) -> int:
        """Take in the vectors that are new; gives how many articles these were."""
        done = 0
        with self._turn:
            while read := self._next():
                done += read
                if self.near.position - self._written > WRITTEN_EVERY:
                    self._write()
        return done

    def close(self) -> None:
        """Write a copy, where there is anything new to write."""
        with self._turn:
            if self.near.position > self._written:
                self._write()

    def _next(self) -> int:
        with self._store.reading() as connection:
            changes = list(vectors.after(connection, self.near.position, BATCH))
        self.near.add(changes)
        return len(changes)

    def _write(self) -> None:
        self.near.save(self._path)
        self._written = self.near.position
