"""What a text is recognised by when another one reuses it: a sample of its word 4-grams.

A shingle (four words in a row) is hashed; those whose hash ends in enough zero bits are kept
(FracMinHash: Irber et al., 2022, after the "0 mod p" sampling of Manber, 1994). The longer the
text, the more zeros are asked for, so that every fingerprint fits in a kilobyte. Samples are
nested: the one of a longer text is compared with the like part of the one of a shorter text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from marsad.language.normalise import fold_arabic

#: Words in a shingle.
WIDTH = 4
#: Most hashes in a fingerprint, of four bytes each.
MOST = 250
#: Code points from here on count as no letters: newspapers put there what is a picture, as emoji.
BEYOND = 0x10000
#: From here on letters are written as forms of others, by old printing systems.
PRESENTATION = "\ufb50"
BETWEEN = np.uint64(0)
SILENT = np.uint64(BEYOND)

_WORD = re.compile(r"\w")
#: Odd constants, one for each place in a shingle, so that the order of the words counts.
_PLACES = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64
)
#: The same for the letters of a word; those of a very long one begin again.
_IN_WORD = np.full(64, 0xC2B2AE3D27D4EB4F, np.uint64).cumprod()
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
    words = _words(text)
    if len(words) < WIDTH:
        return b"\0"
    rows = np.lib.stride_tricks.sliding_window_view(words, WIDTH)
    hashes = np.unique((_mixed(rows @ _PLACES) >> np.uint64(32)).astype(np.uint32))
    zeros = 0
    while len(hashes) > MOST:
        zeros += 1
        hashes = thinned(hashes, zeros)
    return bytes([zeros]) + hashes.astype("<u4").tobytes()


def _words(text: str) -> NDArray[np.uint64]:
    """The hash of each word, whatever its capitals, marks and seats of hamza. All words at once, in
    arrays: word by word would take three times as long."""
    if not text.isascii() and max(text) >= PRESENTATION:
        text = unicodedata.normalize("NFKC", text)
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4")
    letters = _letters()[np.minimum(codes, BEYOND)]
    letters = letters[letters != SILENT]
    spoken = letters != BETWEEN
    edges = np.flatnonzero(np.diff(spoken, prepend=False, append=False))
    starts, lengths = edges[::2], edges[1::2] - edges[::2]
    if not len(starts):
        return np.zeros(0, np.uint64)
    firsts = np.cumsum(lengths) - lengths
    within = np.arange(len(spoken))[spoken] - np.repeat(starts, lengths)
    return _mixed(np.add.reduceat(letters[spoken] * _IN_WORD[within % len(_IN_WORD)], firsts))


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """`numbers` with each bit depending on all (the finaliser of MurmurHash3: Appleby, 2011)."""
    numbers = (numbers ^ (numbers >> np.uint64(33))) * _MIX
    return numbers ^ (numbers >> np.uint64(29))


@cache
def _letters() -> NDArray[np.uint64]:
    """What each code point counts as: the code of its folded letter, BETWEEN words, or SILENT in them."""
    table = np.full(BEYOND + 1, BETWEEN, np.uint64)
    for code in range(BEYOND):
        folded = fold_arabic(chr(code).lower())
        if not folded:
            table[code] = SILENT
        elif _WORD.match(folded):
            table[code] = ord(folded[0])
    return table


def sample(fingerprint: bytes) -> Sample:
    """The sample that a fingerprint writes."""
    return Sample(fingerprint[0], np.frombuffer(fingerprint, dtype="<u4", offset=1))


def thinned(hashes: Hashes, zeros: int) -> Hashes:
    """Those of `hashes` that end in `zeros` zero bits."""
    kept: Hashes = hashes[hashes & np.uint32((1 << zeros) - 1) == 0]
    return kept


def overlap(one: Sample, other: Sample) -> tuple[float, float]:
    """The share of one text's shingles that stand in the other, and of the other's that stand in the one,
    estimated from what both kept. 0 to 1."""
    zeros = max(one.zeros, other.zeros)
    mine = one.hashes if one.zeros == zeros else thinned(one.hashes, zeros)
    theirs = other.hashes if other.zeros == zeros else thinned(other.hashes, zeros)
    if not len(mine) or not len(theirs):
        return 0.0, 0.0
    places = theirs.searchsorted(mine)
    places[places == len(theirs)] = 0
    common = np.count_nonzero(theirs[places] == mine)
    return common / len(mine), common / len(theirs)
