"""What a text is recognised by when another one reuses it: a sample of its word 4-grams.

A shingle (four words in a row) is hashed; those whose hash ends in enough zero bits are kept
(FracMinHash: Irber et al., 2022, after the "0 mod p" sampling of Manber, 1994). The longer the
text, the more zeros are asked for, so that every fingerprint fits in a kilobyte. Samples are
nested: the one of a longer text is compared with the like part of the one of a shorter text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from marsad.language.normalise import fold_arabic

#: Words in a shingle.
WIDTH = 4
#: Most hashes in a fingerprint, of four bytes each.
MOST = 250
#: Words of which the hash is remembered: those of a few years of newspapers.
REMEMBERED = 300_000

_WORD = re.compile(r"\w+")
#: Odd constants, one for each place in a shingle, so that the order of the words counts.
_PLACES = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64
)
_MIX = np.uint64(0xFF51AFD7ED558CCD)

Hashes = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Sample:
    """The shingles of a text that were kept."""

    #: How many zero bits a kept hash ends in.
    zeros: int
    #: Ascending, without repeats.
    hashes: Hashes


def fingerprint(text: str) -> bytes:
    """At most 1,001 bytes that tell which earlier text `text` reuses; fewer for short ones."""
    words = _WORD.findall(fold_arabic(text.lower()))
    if len(words) < WIDTH:
        return b"\0"
    known = np.fromiter(map(_hashes.__getitem__, words), dtype=np.uint64, count=len(words))
    rows = np.lib.stride_tricks.sliding_window_view(known, WIDTH)
    shingles = (rows * _PLACES).sum(axis=1, dtype=np.uint64)
    shingles ^= shingles >> np.uint64(33)
    shingles *= _MIX
    shingles ^= shingles >> np.uint64(29)
    hashes = np.unique((shingles >> np.uint64(32)).astype(np.uint32))
    zeros = 0
    while len(hashes) > MOST:
        zeros += 1
        hashes = thinned(hashes, zeros)
    return bytes([zeros]) + hashes.astype("<u4").tobytes()


def sample(fingerprint: bytes) -> Sample:
    """The sample that a fingerprint writes."""
    return Sample(fingerprint[0], np.frombuffer(fingerprint, dtype="<u4", offset=1))


def thinned(hashes: Hashes, zeros: int) -> Hashes:
    """Those of `hashes` that end in `zeros` zero bits."""
    kept: Hashes = hashes[hashes & np.uint32((1 << zeros) - 1) == 0]
    return kept


def containment(of: Sample, within: Sample) -> float:
    """The share of one text's shingles that stand in the other, estimated from what both kept. 0 to 1."""
    zeros = max(of.zeros, within.zeros)
    mine, theirs = thinned(of.hashes, zeros), thinned(within.hashes, zeros)
    if not len(mine) or not len(theirs):
        return 0.0
    places = np.minimum(np.searchsorted(theirs, mine), len(theirs) - 1)
    return float(np.count_nonzero(theirs[places] == mine) / len(mine))


class _Remembered(dict[str, int]):
    """Word → 64-bit hash, the same in every process; emptied when it has grown too large."""

    def __missing__(self, word: str) -> int:
        if len(self) >= REMEMBERED:
            self.clear()
        number = int.from_bytes(blake2b(word.encode(errors="replace"), digest_size=8).digest(), "little")
        self[word] = number
        return number


_hashes = _Remembered()
