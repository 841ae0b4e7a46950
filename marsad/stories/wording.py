"""What an article's words are compared by: the stems of its headline and of its beginning, as numbers.

Across languages, by what its names sound like. Also whether its headline calls it an opinion, and whether it
reports a match.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from marsad.language.analyser import terms, words
from marsad.language.sounds import heard, sounds
from marsad.stories.match import is_match
from marsad.stories.opinion import is_opinion

#: Terms after the headline that count: news say first what happened.
BEGINNING = 100
#: Fewer terms after the headline are no text.
SHORTEST = 5
#: Letters in which they stand for sure.
LETTERS = 2400
#: Letters in which they mostly do.
LIKELY = 1000
#: Terms are known by so many bits of a hash (Weinberger et al., "Feature hashing", 2009): two of
#: a million meet in one number now and then, which changes a weight a little and costs no memory.
BITS = 20
SLOTS = 1 << BITS

#: Letters in which names are looked for.
NAMED = 700
#: Sounds of fewer consonants are everywhere; those of as many as the last class and more are alike rare.
LEAST_SOUNDS, MOST_SOUNDS = 3, 6
#: Sounds are known by 16 bits of a hash and, in the lowest two, by how many consonants they have.
NAME_SLOTS = 1 << 18
NAME_CLASSES = MOST_SOUNDS - LEAST_SOUNDS + 1

Terms = NDArray[np.uint32]
Counts = NDArray[np.uint8]

#: What the bytes of a wording with names begin with; older ones have none, and begin with a term, below 2^20.
_MARK = 0xA0000000
#: In the same number, above how many names there are: what is no opinion, and all that is older, has it not.
_OPINION = 0x10000000
#: And what reports no match.
_MATCH = 0x08000000
_PAIR = np.dtype([("term", "<u4"), ("headline", "u1"), ("beginning", "u1")])


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """The distinct terms of an article, ascending, and how often each stands where."""

    terms: Terms
    headline: Counts
    beginning: Counts
    #: What its names sound like, ascending; of Arabic, where nothing marks a name, what each word may.
    names: Terms
    #: Whether it is about an event and no telling of one.
    opinion: bool
    #: Whether it reports one.
    match: bool = False

    @property
    def has_text(self) -> bool:
        """Whether there is more than a headline."""
        return int(self.beginning.sum(dtype=np.int64)) >= SHORTEST

    def to_bytes(self) -> bytes:
        """Six bytes a term, and four a name."""
        start = _MARK | _OPINION * self.opinion | _MATCH * self.match | len(self.names)
        packed = np.empty(len(self.terms), _PAIR)
        packed["term"], packed["headline"], packed["beginning"] = self.terms, self.headline, self.beginning
        return start.to_bytes(4, "little") + self.names.astype("<u4").tobytes() + packed.tobytes()

    @classmethod
    def from_bytes(cls, kept: bytes) -> Wording:
        """What `to_bytes` wrote."""
        start = int.from_bytes(kept[:4], "little")
        names = start & ~(_MARK | _OPINION | _MATCH) if start & _MARK == _MARK else None
        packed = np.frombuffer(kept, _PAIR, offset=0 if names is None else 4 * (1 + names))
        return cls(
            packed["term"].copy(),
            packed["headline"].copy(),
            packed["beginning"].copy(),
            np.frombuffer(kept, "<u4", names or 0, 4 if names else 0).astype(np.uint32),
            names is not None and start & _OPINION != 0,
            names is not None and start & _MATCH != 0,
        )


def wording(title: str, text: str, language: str | None) -> Wording:
    """The wording of an article of that language."""
    told = terms(title, language), _beginning(text, language)
    headline, beginning = (Counter(map(number_of, found)) for found in told)
    known = sorted(headline.keys() | beginning.keys())
    return Wording(
        np.array(known, np.uint32),
        _counts(headline, known),
        _counts(beginning, known),
        _names(f"{title}\n{text[:NAMED]}"),
        is_opinion(title),
        is_match({*told[0], *told[1]}),
    )


def _beginning(text: str, language: str | None) -> list[str]:
    """The first `BEGINNING` terms of a text, looked for in as much of it as mostly holds them."""
    for letters in (LIKELY, LETTERS):
        found = terms(text[:letters], language)
        if len(found) > BEGINNING or len(text) <= letters:  # the last one may be half a word
            break
    return found[:BEGINNING]


def _names(text: str) -> Terms:
    heard = {number for word in set(words(text)) for number in _heard(word)}
    return np.array(sorted(heard), np.uint32)


@lru_cache(200_000)
def _heard(word: str) -> tuple[int, ...]:
    """What a word may sound like as a name: of Latin letters only where it has a capital."""
    found = heard(word) or ({sounds(word)} if word[:1].isupper() else ())
    return tuple(_sound_number(sound) for sound in found if len(sound) >= LEAST_SOUNDS)


def _sound_number(sound: str) -> int:
    length = min(len(sound), MOST_SOUNDS) - LEAST_SOUNDS
    return (crc32(sound.encode()) & (NAME_SLOTS // NAME_CLASSES - 1)) * NAME_CLASSES + length


def _counts(found: Counter[int], known: list[int]) -> Counts:
    return np.array([min(found[term], 255) for term in known], np.uint8)


@lru_cache(200_000)
def number_of(term: str) -> int:
    """The number that a term is known by."""
    return crc32(term.encode(errors="replace")) & (SLOTS - 1)
