"""Days of the calendar, as they are written."""

from __future__ import annotations

from dataclasses import replace

from marsad.language.calendar.cursor import Cursor
from marsad.language.calendar.moments import Day

_SEPARATORS = "-/._"
_HIJRI_YEARS = (1300, 1500)
#: The month of Safar is also the zero of a score: 5 - صفر.
_NOUGHT = "2"
_YEARS = (100, 9999)
#: A day beyond 31 is read too, so that the rest of such a date is not taken for one.
_IMPOSSIBLE_DAY = 99
_SPOKEN_YEARS = (1800, 2099)


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
        turn = _turn(cursor) if turn is None else turn
    if day is None:
        cursor.at = start
        return None
    day = replace(day, weekday=weekday, turn=day.turn if turn is None else turn)
    return _paired(cursor, day)


def _date(cursor: Cursor) -> Day | None:
    return _numeric(cursor) or _year_first(cursor) or _day_first(cursor) or _month_first(cursor)


def _before(cursor: Cursor) -> int | None:
    """The turn of "last Tuesday", where it stands in front."""
    start = cursor.at
    turn = _turn(cursor)
    if turn is not None and not {"weekday", "month"} & cursor.look().meanings.keys():
        cursor.at, turn = start, None
    return turn


def _turn(cursor: Cursor) -> int | None:
    turn = cursor.take("turn")
    return None if turn is None else int(turn)


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


def _numeric(cursor: Cursor) -> Day | None:
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
    return _era(cursor, day)


def _outer(cursor: Cursor) -> int | None:
    """A day, a year of two digits, or one of four."""
    year = cursor.digits(*_YEARS, (4,))
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
    return _HIJRI_YEARS[0] <= year <= _HIJRI_YEARS[1]


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


def _year_first(cursor: Cursor) -> Day | None:
    """2020 نونبر 17."""
    start = cursor.at
    year = cursor.digits(*_YEARS, (4,))
    if year is not None:
        sign = cursor.sign("-/,")
        month = cursor.take("month")
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
        _between(cursor)
        found = _named_month(cursor, day) or _libyan(cursor, day) or _this_month(cursor, day)
        if found:
            return found
    cursor.at = start
    return None


def _this_month(cursor: Cursor, day: int) -> Day | None:
    start = cursor.at
    if cursor.take("unit") == "month" and (turn := _turn(cursor)) is not None:
        return Day(day=day, turn=turn)
    cursor.at = start
    announced = "on" in cursor.look(-2).meanings  # يوم 17 الجاري, le 17 courant
    turn = _turn(cursor) if announced else None
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
    year = _year(cursor)
    if year is not None:
        return _era(cursor, Day(year, int(name), day, hijri=hijri is not None))
    if hijri == _NOUGHT:
        cursor.at = start
        return None
    cursor.at = behind
    return Day(None, int(name), day, turn=_turn(cursor), hijri=hijri is not None)


def _other_name(cursor: Cursor) -> None:
    """Over the month's name in the other manner: آذار/مارس, نوفمبر (تشرين الثاني)."""
    start = cursor.at
    opened = cursor.sign("/(-")
    if not opened or not cursor.skip("month") or (opened == "(" and not cursor.sign(")")):
        cursor.at = start


def _year(cursor: Cursor) -> int | None:
    """A year behind a month: of four digits, or of two where signs or a time of day make it clear."""
    start = cursor.at
    joined = _between(cursor)
    year = cursor.digits(*_YEARS, (4,))
    if year is None:
        year = cursor.spoken(*_SPOKEN_YEARS, "cardinal")
    if year is not None and not _is_time(cursor):
        return year
    cursor.at = start
    return _short_year(cursor, joined)


def _short_year(cursor: Cursor, joined: str) -> int | None:
    start = cursor.at
    sign = cursor.sign("-/'")
    year = cursor.digits(0, 99, (2,))
    clear = bool(sign) and joined == sign and cursor.look(-1).glued
    timed = cursor.look().digits in (1, 2) and cursor.look(1).text == ":"
    if year is not None and (clear or timed) and not _is_time(cursor):
        return year
    cursor.at = start
    return None


def _is_time(cursor: Cursor) -> bool:
    """Whether the number just read is the hour of a time."""
    here = cursor.look()
    return (here.text == ":" and cursor.look(1).digits == 2) or (here.glued and "hour_mark" in here.meanings)


def _between(cursor: Cursor) -> str:
    """Over what stands between the parts of a date; gives the sign, if it was one."""
    sign = cursor.sign("-/.,،_")
    for _ in range(2):
        if not cursor.skip("of"):
            break
    return sign


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
            return Day(month=int(month), turn=_turn(cursor))
    cursor.at = start
    return _hijri_month(cursor)


def _turned(cursor: Cursor, start: int) -> bool:
    return start > 0 and "turn" in cursor.row[start - 1].meanings


def _day_then_year(cursor: Cursor, month: int, *, alone: bool) -> Day | None:
    start = cursor.at
    cursor.sign("-/")
    cursor.skip("of")
    day = cursor.digits(1, 31)
    if day is not None and not _is_time(cursor):
        cursor.skip("ordinal_end")
        year = _year(cursor)
        if year is not None:
            return _era(cursor, Day(year, month, day))
        if alone and "counted" not in cursor.look().meanings:
            return Day(month=month, day=day)
    cursor.at = start
    return None


def _month_and_year(cursor: Cursor, month: int) -> Day | None:
    start = cursor.at
    _between(cursor)
    year = cursor.digits(*_YEARS, (4,))
    if year is not None:
        return _era(cursor, Day(year, month))
    cursor.at = start
    return None


def _hijri_month(cursor: Cursor) -> Day | None:
    start = cursor.at
    cursor.skip("month_word")
    month = cursor.take("hijri_month")
    _between(cursor)
    year = cursor.digits(*_HIJRI_YEARS, (4,))
    if month is not None and year is not None:
        return _era(cursor, Day(year, int(month), hijri=True))
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


def _era(cursor: Cursor, day: Day) -> Day:
    """`day` in the calendar that a word behind it names."""
    start = cursor.at
    cursor.sign("(")
    opened = cursor.at > start
    if cursor.skip("hijri"):
        day = replace(day, hijri=True)
    elif not cursor.skip("gregorian") or _is_time(cursor):
        cursor.at = start
        return day
    if opened and not cursor.sign(")"):
        cursor.at = start
    return day


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
