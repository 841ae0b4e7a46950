"""A place in a row of lexemes."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.language.calendar.lexemes import Lexeme

_END = Lexeme(-1, -1, "")


class Cursor:
    """What readers move forward over what they understand.

    A reader that finds nothing leaves `at` where it was, or its caller puts it back.
    """

    __slots__ = ("at", "row")

    def __init__(self, row: Sequence[Lexeme], at: int = 0) -> None:
        self.row = row
        self.at = at

    def look(self, ahead: int = 0) -> Lexeme:
        """The lexeme `ahead` of here (behind, where negative); an empty one outside the row."""
        at = self.at + ahead
        return self.row[at] if 0 <= at < len(self.row) else _END

    def take(self, *kinds: str) -> str | None:
        """The value of a word that has a meaning of one of `kinds`, moving over it."""
        meanings = self.look().meanings
        for kind in kinds:
            if kind in meanings:
                self.at += 1
                return meanings[kind]
        return None

    def skip(self, *kinds: str) -> bool:
        """Move over a word of one of `kinds`, if one stands here."""
        return self.take(*kinds) is not None

    def sign(self, signs: str) -> str:
        """One of `signs`, moving over it; empty where another thing stands here."""
        text = self.look().text
        if text and text in signs:
            self.at += 1
            return text
        return ""

    def digits(self, low: int, high: int, widths: Sequence[int] = (1, 2)) -> int | None:
        """A number in digits from `low` to `high`, as many digits as `widths` allow."""
        here = self.look()
        if here.number is None or here.digits not in widths or not low <= here.number <= high:
            return None
        self.at += 1
        return here.number

    def number(self, low: int, high: int) -> int | None:
        """A number from `low` to `high`, in digits or in words."""
        found = self.digits(low, high)
        return self.spoken(low, high, "ordinal", "cardinal") if found is None else found

    def spoken(self, low: int, high: int, *kinds: str) -> int | None:
        """A number in words from `low` to `high`: ``ordinal`` or ``cardinal``."""
        start = self.at
        value = self.take(*kinds)
        if value is not None and low <= int(value) <= high:
            return int(value)
        self.at = start
        return None
