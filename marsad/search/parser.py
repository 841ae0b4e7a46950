"""From what a reader typed to a tree, leaving out what cannot be read and saying so.

    sequence = { choice }
    choice   = item { OR item }
    item     = [ "-" | NOT ] [ field ":" ] ( phrase | "(" sequence ")" | chunk )

Length, depth and number of parts are bounded before the tree is built.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from itertools import islice, takewhile

from marsad.language.analyser import ARTICLE, readings, words
from marsad.language.normalise import fold
from marsad.search.period import read_period
from marsad.search.pieces import OPERATORS, Kind, Piece, pieces_of, visible
from marsad.search.query import (
    And,
    Cause,
    Field,
    Ignored,
    Name,
    Node,
    Not,
    Or,
    Period,
    Phrase,
    Prefix,
    Query,
    Word,
    spoken,
    without_words,
)

MOST_CHARACTERS = 1000
MOST_PARTS = 48
#: Letters of what was left out that a reader is told.
MOST_QUOTED = 60
SHORTEST_PREFIX = 2
#: Different beginnings in one query: each stands for many words.
MOST_PREFIXES = 4
#: Words behind the first that a date may go on for: before:5 mars 2020, on:il y a environ 3 jours.
MOST_DATE_WORDS = 5

#: From a field and a folded name to what the archive knows under it.
Known = Callable[[Field, str], tuple[str, ...]]

_DATED = ("before", "after", "on")

_DIGIT, _SHORT_YEAR = re.compile(r"\d"), re.compile(r"\d{1,2}")


@dataclass(frozen=True, slots=True)
class _Where:
    """The field that values stand in: what it is, and what the reader called it."""

    field: str
    written: str


@dataclass(frozen=True, slots=True)
class _Clock:
    """What days are counted by."""

    zone: tzinfo
    now: datetime


def _nothing(_field: Field, _name: str) -> tuple[str, ...]:
    return ()


def read_query(
    text: str, *, timezone: tzinfo = UTC, now: datetime | None = None, known: Known = _nothing
) -> Query:
    """The query that `text` says; days in it begin by the clock of `timezone`. Never raises.

    Days such as yesterday are counted from `now`, by itself the present moment. `known` says what the archive
    knows under a name.
    """
    text = visible(text)
    ignored: list[Ignored] = []
    if len(text) > MOST_CHARACTERS:
        ignored.append(Ignored(Cause.TOO_LONG, text[MOST_CHARACTERS:].lstrip()))
    pieces = pieces_of(text[:MOST_CHARACTERS], ignored)
    root = _Parser(pieces, _Clock(timezone, now or datetime.now(UTC)), known, ignored).sequence(None)
    said = spoken(root)
    if said and not any(readings(said)):
        ignored.append(Ignored(Cause.COMMON, " ".join(said)))
        root = without_words(root)
    elif root is None and text and not ignored:
        ignored.append(Ignored(Cause.WORDLESS, text))
    return Query(root, _told(ignored))


def _told(ignored: Sequence[Ignored]) -> tuple[Ignored, ...]:
    """`ignored` as a reader is told of it: each part once, what was too much in one, nothing at length."""
    much = " ".join(each.part for each in ignored if each.cause is Cause.TOO_MANY)
    parts: dict[Ignored, None] = {}
    for each in ignored:
        if each.cause is Cause.TOO_LONG and much:
            continue  # it goes on so
        part = much if each.cause is Cause.TOO_MANY else each.part
        cut = part if len(part) <= MOST_QUOTED else f"{part[:MOST_QUOTED].rstrip()}…"
        parts[Ignored(each.cause, cut)] = None
    return tuple(parts)


class _Parser:
    """A descent over the grammar; each method reads what it is named for and moves on."""

    def __init__(self, pieces: list[Piece], clock: _Clock, known: Known, ignored: list[Ignored]) -> None:
        self._pieces = pieces
        self._clock = clock
        self._archive_knows = known
        self._ignored = ignored
        self._at = 0
        self._parts = 0
        self._begun: set[str] = set()

    def sequence(self, where: _Where | None) -> Node | None:
        found: list[Node] = []
        while self._next() not in (None, Kind.CLOSE):
            before = self._parts
            node = self._choice(where)
            if node in found:
                self._parts = before  # said twice, asked once
            elif node is not None:
                found.append(node)
        return _joined(found)

    def _choice(self, where: _Where | None) -> Node | None:
        parts = [self._item(where)]
        while self._next() is Kind.OR:
            operator = self._take()
            parts.append(self._item(where))
            if parts[-1] is None or parts[-2] is None:
                self._ignore(Cause.LONELY_OPERATOR, operator.text)
        found = [part for part in parts if part is not None]
        return Or(tuple(found)) if len(found) > 1 else next(iter(found), None)

    def _item(self, where: _Where | None) -> Node | None:
        excluded, operator = False, ""
        while self._next() is Kind.NOT:
            excluded, operator = not excluded, self._take().text
        if self._next() is Kind.FIELD:
            name = self._take().text
            where, operator = _Where(OPERATORS.fields[fold(name)], name), f"{name}:"
        before = self._at
        node = self._primary(where)
        if self._at == before and operator:
            self._ignore(Cause.EMPTY_FIELD if operator.endswith(":") else Cause.LONELY_OPERATOR, operator)
        return Not(node) if excluded and node is not None else node

    def _primary(self, where: _Where | None) -> Node | None:
        kind = self._next()
        if kind is Kind.OPEN:
            self._take()
            inside = self.sequence(where)
            self._take()
            return inside
        if kind in (Kind.PHRASE, Kind.CHUNK):
            return self._leaf(self._take(), where)
        return None

    def _leaf(self, piece: Piece, where: _Where | None) -> Node | None:
        if where is None or where.field == Field.TITLE:
            node = self._text(piece, Field.TITLE if where else None)
        else:
            node = self._value(piece.text, where)
        parts = self._parts + len(words(piece.text))
        if node is not None and parts > MOST_PARTS:
            self._ignore(Cause.TOO_MANY, piece.text)
            return None
        self._parts = parts if node is not None else self._parts
        return node

    def _text(self, piece: Piece, field: Field | None) -> Node | None:
        found = words(piece.text)
        if piece.kind is Kind.PHRASE and len(found) > 1:
            return Phrase(tuple(found), field)
        spoken: list[Node] = [Word(word, field) for word in found]
        if found and piece.kind is Kind.CHUNK and piece.text.endswith("*"):
            spoken[-1:] = self._begins(found[-1], piece.text, field)
        return _joined(spoken)

    def _begins(self, word: str, written: str, field: Field | None) -> list[Node]:
        """The words that begin like `word`; [] where these are too many."""
        begun = fold(word)
        if len(begun) < SHORTEST_PREFIX or begun == ARTICLE:
            self._ignore(Cause.SHORT_PREFIX, written)
        elif begun in self._begun or len(self._begun) < MOST_PREFIXES:
            self._begun.add(begun)
            return [Prefix(word, field)]
        else:
            self._ignore(Cause.TOO_MANY, written)
        return []

    def _value(self, text: str, where: _Where) -> Node | None:
        if where.field in _DATED:
            period = self._period(text)
            return self._known(period and _bounded(period, where.field), Cause.UNKNOWN_DATE, where, text)
        field, value = Field(where.field), fold(text)
        code = OPERATORS.names[field].get(value) if field in OPERATORS.names else value
        name = Name(field, code, self._archive_knows(field, code)) if code else None
        return self._known(name, Cause.UNKNOWN_NAME, where, text)

    def _period(self, text: str) -> Period | None:
        """What `text` covers, with as many of the words behind it as make it a longer date."""
        behind = takewhile(lambda piece: piece.kind is Kind.CHUNK, self._pieces[self._at :])
        written = [text, *(piece.text for piece in islice(behind, MOST_DATE_WORDS))]
        for more in range(len(written) - 1, -1, -1):
            if _counts(written[: more + 1]) and self._at + more < len(self._pieces):
                continue
            period = read_period(" ".join(written[: more + 1]), self._clock.zone, self._clock.now)
            if period is not None:
                self._at += more
                return period
        return None

    def _known(self, node: Node | None, otherwise: Cause, where: _Where, text: str) -> Node | None:
        if node is None:
            self._ignore(otherwise, f"{where.written}:{text}")
        return node

    def _next(self) -> Kind | None:
        return self._pieces[self._at].kind if self._at < len(self._pieces) else None

    def _take(self) -> Piece:
        self._at += 1
        return self._pieces[self._at - 1]

    def _ignore(self, cause: Cause, part: str) -> None:
        self._ignored.append(Ignored(cause, part))


def _counts(written: Sequence[str]) -> bool:
    """Whether the last of these words rather counts what follows than ends a date: 20 mars 10 (morts)."""
    *before, last = written
    return bool(_SHORT_YEAR.fullmatch(last)) and any(map(_DIGIT.search, before))


def _bounded(period: Period, field: str) -> Period:
    """The side of `period` that `field` asks for."""
    if field == "before":
        return Period(until=period.since)
    return Period(since=period.since) if field == "after" else period


def _joined(parts: list[Node]) -> Node | None:
    """All of `parts`; names of one field are alternatives, for no article has two sources."""
    together: list[Node] = [part for part in parts if not isinstance(part, Name)]
    for field in Field:
        named = tuple(part for part in parts if isinstance(part, Name) and part.field is field)
        if len(named) > 1 and field in (Field.SOURCE, Field.SECTION, Field.LANGUAGE):
            together.append(Or(named))
        else:
            together.extend(named)
    return And(tuple(together)) if len(together) > 1 else next(iter(together), None)
