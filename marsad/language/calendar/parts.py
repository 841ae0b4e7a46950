"""What the ways to write a day share: the signs between its parts, its year, its calendar."""

from __future__ import annotations

from dataclasses import replace

from marsad.language.calendar.cursor import Cursor
from marsad.language.calendar.moments import Day

HIJRI_YEARS = (1300, 1500)
YEARS = (100, 9999)
_SPOKEN_YEARS = (1800, 2099)


def skip_between(cursor: Cursor) -> str:
    """Over what stands between the parts of a date; gives the sign, if it was one."""
    sign = cursor.sign("-/.,_")
    for _ in range(2):
        if not cursor.skip("of"):
            break
    return sign


def read_year(cursor: Cursor) -> int | None:
    """A year behind a month: of four digits; of two where signs, a time or the end make it clear."""
    start = cursor.at
    joined = skip_between(cursor)
    year = cursor.digits(*YEARS, (4,))
    if year is None:
        year = cursor.spoken(*_SPOKEN_YEARS, "cardinal")
    if year is not None and not is_time(cursor):
        return year
    cursor.at = start
    return _short_year(cursor, joined)


def _short_year(cursor: Cursor, joined: str) -> int | None:
    start = cursor.at
    sign = cursor.sign("-/'")
    year = cursor.digits(0, 99, (2,))
    clear = bool(sign) and joined == sign and cursor.look(-1).glued
    timed = cursor.look().digits in (1, 2) and cursor.look(1).text == ":"
    last = cursor.at == len(cursor.row)
    if year is not None and (clear or timed or last) and not is_time(cursor):
        return year
    cursor.at = start
    return None


def is_time(cursor: Cursor) -> bool:
    """Whether the number just read is the hour of a time."""
    here = cursor.look()
    return (here.text == ":" and cursor.look(1).digits == 2) or (here.glued and "hour_mark" in here.meanings)


def read_era(cursor: Cursor, day: Day) -> Day:
    """`day` in the calendar that a word behind it names."""
    start = cursor.at
    cursor.sign("(")
    opened = cursor.at > start
    if cursor.skip("hijri"):
        day = replace(day, hijri=True)
    elif not cursor.skip("gregorian") or is_time(cursor):
        cursor.at = start
        return day
    if opened and not cursor.sign(")"):
        cursor.at = start
    return day


def read_turn(cursor: Cursor) -> int | None:
    """Which one: the one before (-1), this one (0), the next (1)."""
    turn = cursor.take("turn")
    return None if turn is None else int(turn)
