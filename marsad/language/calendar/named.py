"""Days and months by name: 17 نونبر 2020, November 17, 2 ربيع الثاني 1442 هـ, نونبر الماضي."""

from __future__ import annotations

from marsad.language.calendar.cursor import Cursor
from marsad.language.calendar.moments import Day
from marsad.language.calendar.parts import (
    HIJRI_YEARS,
    YEARS,
    is_time,
    read_era,
    read_turn,
    read_year,
    skip_between,
)

#: The month of Safar is also the zero of a score: 5 - صفر.
_NOUGHT = "2"
#: A day beyond 31 is read too, so that the rest of such a date is not taken for one.
_IMPOSSIBLE_DAY = 99


def read_named(cursor: Cursor) -> Day | None:
    """The day or month that is written here by a name."""
    return _year_first(cursor) or _day_first(cursor) or _month_first(cursor)


def _year_first(cursor: Cursor) -> Day | None:
    """2020 نونبر 17."""
    start = cursor.at
    year = cursor.digits(*YEARS, (4,))
    if year is not None:
        sign = cursor.sign("-/,")
        month = cursor.take("month")
        cursor.sign(".")
        if month is not None and (not sign or cursor.sign(sign)):
            day = cursor.digits(1, 31)
            if day is not None:
                return Day(year, int(month), day)
    cursor.at = start
    return None


def _day_first(cursor: Cursor) -> Day | None:
    """17 نونبر 2020, 1er janvier, the 17th of November 2020, 2 ربيع الثاني 1442 هـ, 17 من الشهر الجاري."""
    start = cursor.at
    day = 1 if cursor.skip("first") else cursor.number(1, _IMPOSSIBLE_DAY)
    if day is not None:
        cursor.skip("ordinal_end")
        skip_between(cursor)
        talk = _may_be_talk(cursor, start)
        found = _named_month(cursor, day) or _libyan(cursor, day) or _this_month(cursor, day)
        if found and (found.year is not None or not talk):
            return found
    cursor.at = start
    return None


def _may_be_talk(cursor: Cursor, start: int) -> bool:
    """Whether a day in words and the month here may be none: no one may, the first may, أحد مارس."""
    day, month = cursor.row[start], cursor.look()
    if day.digits or "first" in day.meanings:
        return False
    if "english_month" in month.meanings and not month.written[:1].isupper():
        return True
    announced = start > 0 and "on" in cursor.row[start - 1].meanings
    return "ordinal" not in day.meanings and not announced


def _this_month(cursor: Cursor, day: int) -> Day | None:
    start = cursor.at
    if cursor.take("unit") == "month" and (turn := read_turn(cursor)) is not None:
        return Day(day=day, turn=turn)
    cursor.at = start
    announced = "on" in cursor.look(-2).meanings  # يوم 17 الجاري, le 17 courant
    turn = read_turn(cursor) if announced else None
    return None if turn is None else Day(day=day, turn=turn)


def _named_month(cursor: Cursor, day: int | None) -> Day | None:
    """A month by name and what follows it: a year, or which one it is."""
    start = cursor.at
    cursor.skip("month_word")
    name, hijri = cursor.take("month"), None
    if name is None:
        name = hijri = cursor.take("hijri_month")
    if name is None:
        cursor.at = start
        return None
    _other_name(cursor)
    behind = cursor.at
    cursor.sign(".")
    year = read_year(cursor)
    if year is not None:
        return read_era(cursor, Day(year, int(name), day, hijri=hijri is not None))
    if hijri == _NOUGHT:
        cursor.at = start
        return None
    cursor.at = behind
    return Day(None, int(name), day, turn=read_turn(cursor), hijri=hijri is not None)


def _other_name(cursor: Cursor) -> None:
    """Over the month's name in the other manner: آذار/مارس, نوفمبر (تشرين الثاني)."""
    start = cursor.at
    opened = cursor.sign("/(-")
    if not opened or not cursor.skip("month") or (opened == "(" and not cursor.sign(")")):
        cursor.at = start


def _month_first(cursor: Cursor) -> Day | None:
    """November 17, 2020; نونبر 17, 2020; نونبر 2020; نونبر الماضي."""
    start = cursor.at
    english = "english_month" in cursor.look().meanings and cursor.look().written[:1].isupper()
    announced = "month_word" in cursor.look().meanings
    cursor.skip("month_word")
    month = cursor.take("month")
    if month is not None:
        _other_name(cursor)
        cursor.sign(".")
        found = _day_then_year(cursor, int(month), alone=english) or _month_and_year(cursor, int(month))
        if found:
            return found
        if announced or "turn" in cursor.look().meanings or _turned(cursor, start):
            return Day(month=int(month), turn=read_turn(cursor))
    cursor.at = start
    return _hijri_month(cursor)


def _turned(cursor: Cursor, start: int) -> bool:
    return start > 0 and "turn" in cursor.row[start - 1].meanings


def _day_then_year(cursor: Cursor, month: int, *, alone: bool) -> Day | None:
    start = cursor.at
    cursor.sign("-/")
    cursor.skip("of")
    day = cursor.digits(1, 31)
    if day is not None and not is_time(cursor):
        cursor.skip("ordinal_end")
        year = read_year(cursor)
        if year is not None:
            return read_era(cursor, Day(year, month, day))
        if alone and "counted" not in cursor.look().meanings:
            return Day(month=month, day=day)
    cursor.at = start
    return None


def _month_and_year(cursor: Cursor, month: int) -> Day | None:
    start = cursor.at
    skip_between(cursor)
    year = cursor.digits(*YEARS, (4,))
    if year is not None:
        return read_era(cursor, Day(year, month))
    cursor.at = start
    return None


def _hijri_month(cursor: Cursor) -> Day | None:
    start = cursor.at
    cursor.skip("month_word")
    month = cursor.take("hijri_month")
    skip_between(cursor)
    year = cursor.digits(*HIJRI_YEARS, (4,))
    if month is not None and year is not None:
        return read_era(cursor, Day(year, int(month), hijri=True))
    cursor.at = start
    return None


def _libyan(cursor: Cursor, day: int) -> Day | None:
    start = cursor.at
    month = cursor.take("libyan_month")
    year = cursor.digits(1969, 2011, (4,))  # while these names were in use
    if month is not None and year is not None:
        return Day(year, int(month), day)
    cursor.at = start
    return None
