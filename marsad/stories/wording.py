"""What an article's words are compared by: the stems of its headline and of its beginning, as numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from marsad.language.analyser import terms

#: Terms after the headline that count: news say first what happened.
BEGINNING = 100
#: Fewer terms after the headline are no text.
SHORTEST = 5
#: Letters in which they stand for sure.
LETTERS = 2400
#: Terms are known by so many bits of a hash (Weinberger et al., "Feature hashing", 2009): two of
#: a million meet in one number now and then, which changes a weight a little and costs no memory.
BITS = 20
SLOTS = 1 << BITS

Terms = NDArray[np.uint32]
Counts = NDArray[np.uint8]

_PAIR = np.dtype([("term", "<u4"), ("headline", "u1"), ("beginning", "u1")])


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """The distinct terms of an article, ascending, and how often each stands where."""

    terms: Terms
    headline: Counts
    beginning: Counts

    @property
    def has_text(self) -> bool:
        """Whether there is more than a headline."""
        return int(self.beginning.sum(dtype=np.int64)) >= SHORTEST

    def to_bytes(self) -> bytes:
        """Six bytes a term."""
        packed = np.empty(len(self.terms), _PAIR)
        packed["term"], packed["headline"], packed["beginning"] = self.terms, self.headline, self.beginning
        return packed.tobytes()

    @classmethod
    def from_bytes(cls, kept: bytes) -> Wording:
        """What `to_bytes` wrote."""
        packed = np.frombuffer(kept, _PAIR)
        return cls(packed["term"].copy(), packed["headline"].copy(), packed["beginning"].copy())


def wording(title: str, text: str, language: str | None) -> Wording:
    """The wording of an article of that language."""
    headline = Counter(map(_number, terms(title, language)))
    beginning = Counter(map(_number, islice(terms(text[:LETTERS], language), BEGINNING)))
    known = sorted(headline.keys() | beginning.keys())
    return Wording(np.array(known, np.uint32), _counts(headline, known), _counts(beginning, known))


def _counts(found: Counter[int], known: list[int]) -> Counts:
    return np.array([min(found[term], 255) for term in known], np.uint8)


@lru_cache(200_000)
def _number(term: str) -> int:
    return crc32(term.encode(errors="replace")) & (SLOTS - 1)
