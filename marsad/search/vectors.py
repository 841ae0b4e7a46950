"""Which articles are near a query in meaning, among all: an approximate index that only grows.

Of each vector the index keeps one bit a number: whether it is above the average of texts.
A query is first compared with all of them by counting bits, then more closely with the best
few thousand by its own numbers against their signs. What comes out of it is compared with the
vectors themselves by whoever asked. (Charikar, "Similarity estimation techniques from rounding
algorithms", 2002, in the form with a second, one-sided look, as in Gong et al., "Asymmetric
distances for binary embeddings", 2011.)

48 bytes and a number a vector, all in memory; two million are read in about eight milliseconds on two
processors.
Nothing is ever rebuilt when articles come. The file is a copy of what the archive knows, with
the position up to which it is one: without it everything is read again.
"""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 384
#: Vectors that are looked at by their signs, for each that is asked for, and the fewest.
SIGNS = 12
FEWEST_SIGNS = 3000
#: Places of the nearest that are looked into at first, for each article that is asked for.
PARTS = 3
#: Vectors whose bits are counted together: what they need stays in the processor's cache, and whoever counts
#: waits but a few times for the threads beside.
BLOCK = 262_144
#: Vectors from which on one half is counted beside the other.
MANY = 500_000
#: Changes whenever the file would be written otherwise.
FORM = 1

_WORDS = DIMENSIONS // 64
#: Vectors that there is room for at first, and that room grows by at least.
_ROOM = 1024
_NOBODY = -1
#: Where the second half is counted: NumPy waits for no Python.
_BESIDE = ThreadPoolExecutor(2, "nearest")
_CENTRE = Path(__file__).with_name("centre.npz")

Vectors = NDArray[np.float32]


class Change(Protocol):
    """The vectors of an article, and the position of the change that brought them."""

    @property
    def position(self) -> int:
        """Grows with every change."""

    @property
    def article(self) -> int:
        """Its number."""

    @property
    def vectors(self) -> Vectors:
        """A row for each part of its text."""


class VectorIndex:
    """Bits of all vectors. One thread may add while others search."""

    def __init__(self) -> None:
        with np.load(_CENTRE) as kept:
            #: Where texts lie on average.
            self.centre: Vectors = kept["centre"]
        #: Up to which change it knows everything.
        self.position = 0
        self._adding = threading.Lock()
        self._used = 0
        self._highest = 0
        self._bits: NDArray[np.uint64] = np.zeros((_WORDS, _ROOM), np.uint64)
        #: The article of each vector, or `_NOBODY` where it was replaced.
        self._owners: NDArray[np.int64] = np.zeros(_ROOM, np.int64)

    def count(self) -> int:
        """How many articles there are."""
        return len(np.unique(self._owners[: self._used])) - int(_NOBODY in self._owners[: self._used])

    def add(self, changes: Sequence[Change]) -> None:
        """Take in `changes`, each in place of what was known of its article."""
        newest = {change.article: change for change in changes}
        with self._adding:
            self._forget([number for number in newest if number <= self._highest])
            for number, change in newest.items():
                self._append(number, self._bits_of(change.vectors))
            self.position = max([self.position, *(change.position for change in changes)])

    def nearest(self, query: Vectors, most: int) -> list[int]:
        """The numbers of about `most` articles, the nearest first as far as their signs tell."""
        used, bits, owners = self._used, self._bits, self._owners
        places = _nearest_by_bits(
            self._bits_of(query[None])[:, 0], bits, used, max(SIGNS * most, FEWEST_SIGNS)
        )
        closeness = _closeness(query - self.centre, bits[:, places])
        best = owners[places[np.argsort(-closeness, kind="stable")]]
        # An article has a vector or two: the first of thousands of places nearly always hold enough.
        for first in (best[: PARTS * most + 1], best):
            found = dict.fromkeys(first.tolist())
            found.pop(_NOBODY, None)
            if len(found) >= most:
                break
        return list(found)[:most]

    def save(self, path: Path) -> None:
        """Write a copy to `path`, in place of the one before, in one step."""
        with self._adding:
            kept = {
                "form": np.array([FORM, self.position]),
                "bits": self._bits[:, : self._used],
                "owners": self._owners[: self._used],
            }
        unfinished = path.with_name(path.name + ".part")
        with unfinished.open("wb") as file:
            np.savez(file, allow_pickle=False, **kept)
        unfinished.replace(path)

    @classmethod
    def opened(cls, path: Path) -> VectorIndex:
        """What was saved at `path`; empty, to be filled from the archive, where that cannot be read."""
        index = cls()
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
                form, position = (int(each) for each in kept["form"])
                if form == FORM:
                    index._take(kept["bits"], kept["owners"], position)
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return cls()
        return index

    def _take(self, bits: NDArray[np.uint64], owners: NDArray[np.int64], position: int) -> None:
        if bits.shape != (_WORDS, len(owners)):
            raise ValueError("not as many bits as owners")
        self._bits, self._owners, self._used = bits, owners, len(owners)
        self._highest = int(owners.max(initial=0))
        self.position = position

    def _forget(self, numbers: Sequence[int]) -> None:
        if numbers:
            self._owners[np.isin(self._owners, numbers)] = _NOBODY

    def _append(self, article: int, bits: NDArray[np.uint64]) -> None:
        new = bits.shape[1]
        if self._used + new > len(self._owners):
            # Who searches at this moment goes on reading the arrays as they were.
            more = max(len(self._owners) // 2, _ROOM)
            # Room that is not used yet takes no memory, for the system gives zeros when they are written.
            room = len(self._owners) + max(more, new)
            grown, owners = np.zeros((_WORDS, room), np.uint64), np.zeros(room, np.int64)
            grown[:, : self._used] = self._bits[:, : self._used]
            owners[: self._used] = self._owners[: self._used]
            self._bits, self._owners = grown, owners
        self._bits[:, self._used : self._used + new] = bits
        self._owners[self._used : self._used + new] = article
        self._highest = max(self._highest, article)
        self._used += new

    def _bits_of(self, vectors: Vectors) -> NDArray[np.uint64]:
        """A column for each row of `vectors`."""
        signs = np.packbits(vectors > self.centre, axis=1, bitorder="little")
        return np.ascontiguousarray(signs).view(np.uint64).T


#: What eight bits can be, a column each: a one is worth 1. (To have a zero worth -1 would order alike.)
_BYTES = np.unpackbits(np.arange(256, dtype=np.uint8)[None], axis=0, bitorder="little").astype(np.float32)


def _closeness(query: Vectors, bits: NDArray[np.uint64]) -> Vectors:
    """The product of `query` with each column, looked up byte by byte."""
    products = query.reshape(-1, 8) @ _BYTES
    columns = np.ascontiguousarray(bits.T).view(np.uint8)
    places = np.add(columns, np.arange(0, products.size, 256, dtype=np.int32))
    return np.asarray(products.ravel().take(places).sum(axis=1), np.float32)


def _count_apart(
    query: NDArray[np.uint64], bits: NDArray[np.uint64], apart: NDArray[np.uint16], start: int, stop: int
) -> None:
    """In `apart[start:stop]`, zeros before, in how many bits each of those columns differs from `query`."""
    for first in range(start, stop, BLOCK):
        end = min(first + BLOCK, stop)
        for word in range(_WORDS):
            apart[first:end] += np.bitwise_count(bits[word, first:end] ^ query[word])


def _nearest_by_bits(
    query: NDArray[np.uint64], bits: NDArray[np.uint64], used: int, most: int
) -> NDArray[np.intp]:
    """Places of about `most` columns that differ from `query` in the fewest bits."""
    apart = np.zeros(used, np.uint16)
    if used > MANY:
        beside = _BESIDE.submit(_count_apart, query, bits, apart, used // 2, used)
        _count_apart(query, bits, apart, 0, used // 2)
        beside.result()
    else:
        _count_apart(query, bits, apart, 0, used)
    if used <= most:
        return np.arange(used)
    # How far the best are is told from a sample, for sorting all would cost more than counting.
    step = max(used // 100_000, 1)
    sample = apart[::step]
    limit = np.partition(sample, kth := min(most // step, len(sample) - 1))[kth]
    return np.flatnonzero(apart <= limit)
