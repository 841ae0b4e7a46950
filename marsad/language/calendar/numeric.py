"""Days in numbers alone: 17/11/2020, 17 - 11 - 2020, 17.11.20, 2020/11/17."""

from __future__ import annotations

from marsad.language.calendar.cursor import Cursor
from marsad.language.calendar.moments import Day
from marsad.language.calendar.parts import HIJRI_YEARS, YEARS, read_era

_SEPARATORS = "-/._"


def read_numeric(cursor: Cursor) -> Day | None:
    """17/11/2020, 17 - 11 - 2020, 17.11.20, 2020/11/17: three numbers, the same sign between them."""
    start = cursor.at
    if _in_chain(cursor):
        return None
    first = _outer(cursor)
    sign = cursor.sign(_SEPARATORS)
    month = cursor.digits(0, 31) if sign else None
    again = cursor.sign(sign) if sign and month is not None else ""
    last = _outer(cursor) if again else None
    if first is None or month is None or last is None:
        cursor.at = start
        return None
    widths = cursor.row[start].digits, cursor.look(-1).digits
    day = _placed(first, month, last, widths)
    if day is None or _goes_on(cursor, sign):
        cursor.at = start
        return None
    return read_era(cursor, day)


def _outer(cursor: Cursor) -> int | None:
    """A day, a year of two digits, or one of four."""
    year = cursor.digits(*YEARS, (4,))
    return cursor.digits(0, 99) if year is None else year


def _placed(first: int, month: int, last: int, widths: tuple[int, int]) -> Day | None:
    """Which of three numbers is the year, by how many digits the outer ones have."""
    if widths[0] == 4 and widths[1] <= 2:
        return Day(first, month, last, hijri=_is_hijri(first))
    if widths[0] <= 2 and widths[1] in (2, 4):
        return Day(last, month, first, bare=True, hijri=_is_hijri(last))
    return None


def _is_hijri(year: int) -> bool:
    """A date all in numbers is never of the fifteenth century."""
    return HIJRI_YEARS[0] <= year <= HIJRI_YEARS[1]


def _in_chain(cursor: Cursor) -> bool:
    """Whether the number here goes on another: an address, a telephone, a reference, a version."""
    sign, before = cursor.look(-1), cursor.look(-2)
    return (
        cursor.look().glued and sign.glued and sign.text in _SEPARATORS and bool(before.digits and sign.text)
    )


def _goes_on(cursor: Cursor, sign: str) -> bool:
    """Whether yet another number hangs on the three, and is no time of day."""
    here, following = cursor.look(), cursor.look(1)
    return (
        here.text == sign
        and here.glued
        and following.glued
        and bool(following.digits)
        and not _is_clock(cursor)
    )


def _is_clock(cursor: Cursor) -> bool:
    return cursor.look(2).text == ":" or "hour_mark" in cursor.look(2).meanings
