"""Text to lexemes: numbers, signs, and words with what they can mean in a date.

One pass with bounded look-ahead: the time is linear in the length of the text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

from marsad.language.normalise import SILENT, fold
from marsad.language.numbers import LONGEST, number_word, spoken

#: Longer runs of digits are no part of a date.
LONGEST_NUMBER = 14

_MARKS = "".join(f"{chr(first)}-{chr(last)}" for first, last in SILENT) + "\u0300-\u036f"
_LETTERS = rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*"
_PIECE = re.compile(
    rf"(?P<number>\d+)|(?P<elision>[a-z]{{1,2}}['’](?=[^\W\d_]|$))|(?P<word>{_LETTERS}(?:['’ʼ]{_LETTERS})*)|(?P<silent>[{_MARKS}])|(?P<sign>\S)",
    re.IGNORECASE,
)
_SIGNS = str.maketrans("‐‑‒–—―−／⁄∕：،٫’ʼ‘", "-------///:,.'''")
_CLITICS = "وفبلك"
#: A clitic comes off only where a word is left.
_SHORTEST_BARE = 3
_MOST_CLITICS = 2

Value = str
NOTHING: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One number, sign, word or known phrase: ``text[start:end]``."""

    start: int
    end: int
    #: Folded.
    text: str
    #: As it stands in the text.
    written: str = ""
    #: Nothing but silent marks stands between it and the one before.
    glued: bool = False
    #: What digits say; None for all else and for runs that are too long.
    number: int | None = None
    #: How many digits; 0 where it is not written in digits.
    digits: int = 0
    #: Kind of word, as in words.toml, to value.
    meanings: Mapping[str, Value] = field(default_factory=dict)

    @property
    def telling(self) -> bool:
        """Whether a date can begin here."""
        return self.digits > 0 or bool(self.meanings)


class _Piece(NamedTuple):
    start: int
    end: int
    text: str
    written: str
    glued: bool
    number: bool


_Phrase = tuple[tuple[str, ...], Mapping[str, Value]]


def lexemes(text: str) -> list[Lexeme]:
    """The lexemes of `text`, in order."""
    pieces = _pieces(text)
    words = [piece.text for piece in pieces]
    found: list[Lexeme] = []
    at = 0
    while at < len(pieces):
        lexeme, used = _lexeme(pieces, words, at)
        found.append(lexeme)
        at += used
    return found


def _pieces(text: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    behind = 0  # where the last piece or silent mark ended
    for match in _PIECE.finditer(text):
        glued = match.start() == behind
        behind = match.end() if glued or match.lastgroup != "silent" else behind
        if match.lastgroup != "silent":
            number = match.lastgroup == "number"
            folded = match[0] if number else _folded(match[0])
            pieces.append(_Piece(*match.span(), folded, match[0], glued, number))
    return pieces


@lru_cache(maxsize=65_536)
def _folded(word: str) -> str:
    return fold(word.translate(_SIGNS)) or (
        "-" if "ـ" in word else word
    )  # a tatweel alone is drawn as a dash


def _lexeme(pieces: Sequence[_Piece], words: Sequence[str], at: int) -> tuple[Lexeme, int]:
    piece = pieces[at]
    if piece.number:
        return _number(piece), 1
    used, meanings = _known(words, at)
    number = spoken(words[at : at + LONGEST]) if _may_be_number(piece.text) else None
    if number and number.words >= used:
        told = {"ordinal" if number.ordinal else "cardinal": str(number.value)}
        meanings = {**meanings, **told} if number.words == used else told
        used = number.words
    last = pieces[at + used - 1]
    return Lexeme(
        piece.start, last.end, " ".join(words[at : at + used]), piece.written, piece.glued, meanings=meanings
    ), used


def _number(piece: _Piece) -> Lexeme:
    digits = len(piece.text)
    value = int(piece.text) if digits <= LONGEST_NUMBER else None
    return Lexeme(piece.start, piece.end, piece.text, piece.written, piece.glued, value, digits)


@lru_cache(maxsize=65_536)
def _may_be_number(word: str) -> bool:
    return number_word(word) is not None


def _known(words: Sequence[str], at: int) -> tuple[int, Mapping[str, Value]]:
    """(how many words, meanings) of the longest phrase that begins at `at`."""
    for first in _readings(words[at]):
        for phrase, meanings in _phrases().get(first, ()):
            if len(phrase) == 1 or tuple(words[at + 1 : at + len(phrase)]) == phrase[1:]:
                return len(phrase), meanings
    return 1, NOTHING


@lru_cache(maxsize=65_536)
def _readings(word: str) -> tuple[str, ...]:
    """Ways to read a folded word that are known: as it is, else without what is written onto it."""
    known = _phrases()
    found = [word] if word in known else []
    bare = word
    while bare[0] in _CLITICS and len(bare) > _SHORTEST_BARE and len(word) - len(bare) < _MOST_CLITICS:
        bare = "ا" + bare[1:] if bare.startswith("لل") else bare[1:]
        found += [bare] if bare in known else []
    return tuple(found)


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, tuple[_Phrase, ...]]:
    """First word → the phrases that begin with it, the longest first."""
    text = files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    meanings: dict[tuple[str, ...], dict[str, Value]] = {}
    for kind, table in tomllib.loads(text).items():
        for value, phrases in table.items():
            for phrase in phrases:
                words = tuple(piece.text for piece in _pieces(phrase))
                meanings.setdefault(words, {})[kind] = value
    by_first: dict[str, list[_Phrase]] = {}
    for words in sorted(meanings, key=len, reverse=True):
        by_first.setdefault(words[0], []).append((words, meanings[words]))
    return {first: tuple(phrases) for first, phrases in by_first.items()}
