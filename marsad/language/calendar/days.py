"""Days of the calendar, as they are written."""

from __future__ import annotations

from dataclasses import replace

from marsad.language.calendar.cursor import Cursor
from marsad.language.calendar.moments import Day
from marsad.language.calendar.named import read_named
from marsad.language.calendar.numeric import read_numeric
from marsad.language.calendar.parts import read_turn


def read_day(cursor: Cursor) -> Day | None:
    """The day, month or year that is written here; None, and `cursor` where it was, where there is none.

    Of a Hijri and a Gregorian date beside each other, the Gregorian one.
    """
    start = cursor.at
    turn = _before(cursor)
    before = cursor.at
    weekday, behind = _weekday(cursor)
    day = _date(cursor)
    if day is None and weekday is not None and behind is None:  # "mar" is a month too
        cursor.at, weekday = before, None
        day = _date(cursor)
    if day is None and behind is not None:
        cursor.at = behind
        day = Day()
        turn = read_turn(cursor) if turn is None else turn
    if day is None:
        cursor.at = start
        return None
    day = replace(day, weekday=weekday, turn=day.turn if turn is None else turn)
    return _paired(cursor, day)


def _date(cursor: Cursor) -> Day | None:
    return read_numeric(cursor) or read_named(cursor)


def _before(cursor: Cursor) -> int | None:
    """The turn of "last Tuesday", where it stands in front."""
    start = cursor.at
    turn = read_turn(cursor)
    if turn is not None and not {"weekday", "month"} & cursor.look().meanings.keys():
        cursor.at, turn = start, None
    return turn


def _weekday(cursor: Cursor) -> tuple[int | None, int | None]:
    """A weekday, with `cursor` behind what parts it from a date; and where one ends that can stand alone."""
    long = cursor.take("weekday")
    name = cursor.take("weekday_short") if long is None else long
    behind = None if long is None else cursor.at
    if name is None:
        return None, None
    cursor.sign(".")
    for _ in range(3):
        if not (cursor.sign(",-/|:(") or cursor.skip("on", "equals", "of")):
            break
    return int(name), behind


def _paired(cursor: Cursor, day: Day) -> Day:
    """The Gregorian one of two dates for one day; `cursor` moves over both."""
    if day.day is None or day.year is None:
        return day
    start = cursor.at
    for _ in range(4):
        if not (cursor.sign("/-,|(:") or cursor.skip("equals", "on")):
            break
    other = _date(cursor) if cursor.at > start else None
    if other is None or other.hijri == day.hijri or other.day is None:
        cursor.at = start
        return day
    cursor.sign(")")
    return replace(other if day.hijri else day, weekday=day.weekday)
