"""What a reader typed, cut into what the grammar of queries is made of."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from importlib.resources import files

from marsad.language.normalise import fold
from marsad.search.query import Cause, Field, Ignored

#: Groups within groups that are read.
DEEPEST = 8

#: What copied text hides between its letters, and nobody sees or types: signs of direction and of no width.
_UNSEEN = dict.fromkeys(map(ord, "\u061c\u200b\u200e\u200f\u2060\ufeff")) | dict.fromkeys(
    (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
#: A name and a colon apart, as French sets them, or the wide colon of other keyboards.
_COLON = re.compile(r"(?<![^\s(])([^\s():：\"«»“”„]+)(?:\s*：|\s+:)(?!:)")
_DASHES = "-–−‐‑"
QUOTES = '"«»“”„‟＂'
_PIECE = re.compile(rf"[{QUOTES}]([^{QUOTES}]*)[{QUOTES}]|[{QUOTES}]|[()]|[^\s(){QUOTES}]+")


class Kind(Enum):
    """What a piece is."""

    PHRASE = auto()
    OPEN = auto()
    CLOSE = auto()
    CHUNK = auto()
    FIELD = auto()
    OR = auto()
    NOT = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a query that is read as a whole, as it was written."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class _Operators:
    """The words of the language, by their folded spelling."""

    fields: Mapping[str, str]
    words: Mapping[str, str]
    names: Mapping[Field, Mapping[str, str]]
    #: The other way around, as they are written.
    called: Mapping[Field, Mapping[str, Sequence[str]]]


def _operators() -> _Operators:
    raw = tomllib.loads(files(__package__).joinpath("operators.toml").read_text(encoding="utf-8"))

    def by_spelling(table: str) -> dict[str, str]:
        return {fold(word): meaning for meaning, spellings in raw[table].items() for word in spellings}

    literal = {word: meaning for meaning, spellings in raw["words"].items() for word in spellings}
    names = {Field.SECTION: by_spelling("sections"), Field.LANGUAGE: by_spelling("languages")}
    called = {Field.SECTION: raw["sections"], Field.LANGUAGE: raw["languages"]}
    return _Operators(by_spelling("fields"), literal, names, called)


OPERATORS = _operators()


def field_of(word: str) -> str:
    """The field that `word` names in a query, in whichever language; "" for none."""
    return OPERATORS.fields.get(fold(word), "")


def names_of(field: Field) -> Mapping[str, Sequence[str]]:
    """Of each section or language, by its code, what it is called in a query."""
    return OPERATORS.called.get(field, {})


def pieces_of(text: str, ignored: list[Ignored]) -> list[Piece]:
    """The pieces of `text`, parentheses paired; what has no partner goes to `ignored`."""
    return _balanced(_cut(_joined_to_colons(text), ignored), ignored)


def visible(text: str) -> str:
    """`text` as a reader sees it."""
    whole = text.encode("utf-8", "replace").decode()  # half a surrogate pair is no character
    return whole.translate(_UNSEEN).strip()


def _joined_to_colons(text: str) -> str:
    """`text` with a colon right behind each name of a field that one follows."""

    def joined(found: re.Match[str]) -> str:
        return f"{found[1]}:" if fold(found[1].lstrip(_DASHES)) in OPERATORS.fields else found[0]

    return _COLON.sub(joined, text)


def _cut(text: str, ignored: list[Ignored]) -> list[Piece]:
    """`text` cut into what the grammar is made of."""
    pieces: list[Piece] = []
    for found in _PIECE.finditer(text):
        written = found[0]
        if found[1] is not None:
            pieces.append(Piece(Kind.PHRASE, found[1]))
        elif written in QUOTES:
            ignored.append(Ignored(Cause.OPEN_QUOTE, written))
        elif written in "()":
            pieces.append(Piece(Kind.OPEN if written == "(" else Kind.CLOSE, written))
        elif written.strip(_DASHES):
            pieces += _chunk(written)
        elif text[found.end() : found.end() + 1].strip():  # a dash by itself is punctuation
            pieces.append(Piece(Kind.NOT, written))
    return pieces


def _chunk(written: str) -> list[Piece]:
    """The pieces of what stands between two spaces: ``-title:word`` is three."""
    meaning = OPERATORS.words.get(written)
    if meaning is not None:
        return {"or": [Piece(Kind.OR, written)], "not": [Piece(Kind.NOT, written)]}.get(meaning, [])
    pieces = []
    if written[0] in _DASHES:
        pieces.append(Piece(Kind.NOT, written[0]))
        written = written.lstrip(_DASHES)
    name, colon, value = written.partition(":")
    if colon and fold(name) in OPERATORS.fields:
        pieces.append(Piece(Kind.FIELD, name))
        written = value
    return [*pieces, Piece(Kind.CHUNK, written)] if written else pieces


def _balanced(pieces: list[Piece], ignored: list[Ignored]) -> list[Piece]:
    """`pieces` with parentheses that pair up and are never deeper than `DEEPEST`."""
    dropped: set[int] = set()
    opened: list[int] = []
    for place, piece in enumerate(pieces):
        if piece.kind is Kind.OPEN:
            opened.append(place)
        elif piece.kind is Kind.CLOSE and not opened:
            dropped.add(place)
            ignored.append(Ignored(Cause.OPEN_GROUP, ")"))
        elif piece.kind is Kind.CLOSE and len(opened) > DEEPEST:
            dropped |= {place, opened.pop()}
            ignored.append(Ignored(Cause.TOO_DEEP, "()"))
        elif piece.kind is Kind.CLOSE:
            opened.pop()
    ignored += [Ignored(Cause.OPEN_GROUP, "(")] * len(opened)
    dropped |= set(opened)
    return [piece for place, piece in enumerate(pieces) if place not in dropped]
