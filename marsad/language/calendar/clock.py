"""Times of day, as they are written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from marsad.language.calendar.cursor import Cursor
from marsad.language.calendar.moments import Clock

_FARTHEST_ZONE = 14  # hours
#: Words before an hour: "à", "على", "الساعة".
_MOST_ANNOUNCING = 3
#: Lexemes of a time with seconds, 14:05:33.
_WITH_SECONDS = 5


def read_clock(cursor: Cursor) -> Clock | None:
    """The time that is written here; None, and `cursor` where it was, where there is none."""
    start = cursor.at
    after_t = cursor.look(-1).text == "t"
    half_before = _leading_half(cursor)
    zone = _leading_zone(cursor)
    announced = _announced(cursor)
    hour_at = cursor.at
    clock = _oclock(cursor) or _digital(cursor, announced=announced) or _told(cursor, announced=announced)
    if clock is None or not 0 <= clock.hour <= 24 or (clock.hour == 24 and clock.minute):
        cursor.at = start
        return None
    exact = after_t or cursor.at - hour_at >= _WITH_SECONDS
    half = half_before or cursor.take("half_day")
    zone = read_zone(cursor, exact=exact) or zone
    half = half or cursor.take("half_day") or _part_ahead(cursor)
    return Clock(_hour(clock.hour, half), clock.minute, clock.second, zone)


def read_zone(cursor: Cursor, *, exact: bool) -> tzinfo | None:
    """A zone by name or offset, with or without brackets.

    Behind a time that is not `exact`, ``-10:30`` is the end of a period and no offset.
    """
    start = cursor.at
    opened = cursor.sign("([,")
    zone = _named_zone(cursor) or _offset(cursor, exact=exact)
    if zone is None:
        cursor.at = start
    elif opened and opened in "([":
        _to_bracket(cursor)
    return zone


def of_part(clock: Clock, part: str | None) -> Clock:
    """`clock` in the part of the day that a word elsewhere tells."""
    return replace(clock, hour=_hour(clock.hour, part)) if 0 < clock.hour < 12 else clock


def _part_ahead(cursor: Cursor) -> str | None:
    """الثامنة من مساء أمس: the word for the day tells the half, and stays for who reads the day."""
    ahead = 1 if "of" in cursor.look().meanings else 0
    here = cursor.look(ahead).meanings
    return here.get("part") if "day" in here or ahead else None


def _announced(cursor: Cursor) -> bool:
    """Whether a word here says that an hour follows; moves over it."""
    announced = False
    for _ in range(_MOST_ANNOUNCING):
        if cursor.skip("hour_follows"):
            announced = True
            cursor.sign(":")
        elif not cursor.skip("at"):
            break
    return announced


def _leading_half(cursor: Cursor) -> str | None:
    """Right-to-left layouts put ``م 02:05`` in this order."""
    here, following = cursor.look(), cursor.look(1)
    if len(here.text) <= 2 and following.digits in (1, 2) and cursor.look(2).text == ":":
        return cursor.take("half_day")
    return None


def _leading_zone(cursor: Cursor) -> tzinfo | None:
    if "zone" in cursor.look().meanings and cursor.look(1).digits in (1, 2):
        return _named_zone(cursor)
    return None


def _oclock(cursor: Cursor) -> Clock | None:
    hour = cursor.take("oclock")
    return None if hour is None else _with_minutes(cursor, int(hour))


def _digital(cursor: Cursor, *, announced: bool) -> Clock | None:
    """14:05, 14:05:33.5, 14h05, 14 h; and 14.05 where a word before or behind says that it is a time."""
    start = cursor.at
    hour = cursor.digits(0, 24)
    if hour is None:
        return None
    clock = _colons(cursor, hour) or _hour_marks(cursor, hour) or _dotted(cursor, hour, announced=announced)
    if clock is None:
        cursor.at = start
    return clock


def _colons(cursor: Cursor, hour: int) -> Clock | None:
    start = cursor.at
    minute = cursor.digits(0, 59, (2,)) if cursor.sign(":") else None
    if minute is None:
        cursor.at = start
        return None
    behind = cursor.at
    second = cursor.digits(0, 60, (2,)) if cursor.sign(":") else None
    if second is None:
        cursor.at = behind
    elif cursor.look().text in (".", ",") and cursor.look(1).digits and cursor.look(1).glued:
        cursor.at += 2  # fractions of a second
    cursor.skip("hour_mark")
    return Clock(hour, minute, second or 0)


def _hour_marks(cursor: Cursor, hour: int) -> Clock | None:
    if not cursor.skip("hour_mark"):
        return None
    cursor.sign(":")
    start = cursor.at
    minute = cursor.digits(0, 59, (2,))
    if minute is None or cursor.sign("/"):
        cursor.at = start
        return _with_minutes(cursor, hour)
    cursor.skip("minute_mark")
    return Clock(hour, minute)


def _dotted(cursor: Cursor, hour: int, *, announced: bool) -> Clock | None:
    start = cursor.at
    minute = cursor.digits(0, 59, (2,)) if cursor.sign(".") else None
    told = announced or {"half_day", "zone"} & cursor.look().meanings.keys()
    if minute is not None and told and not (cursor.look().text == "." and cursor.look(1).digits):
        return Clock(hour, minute)
    cursor.at = start
    return None


def _told(cursor: Cursor, *, announced: bool) -> Clock | None:
    """5 pm, الساعة 14 و30 دقيقة, الثالثة والنصف زوالا."""
    start = cursor.at
    hour = cursor.digits(0, 24)
    if hour is None:
        hour = cursor.spoken(1, 12, "ordinal", "cardinal")
        announced = announced or (hour is not None and cursor.skip("hour_mark"))
    if hour is not None:
        clock = _with_minutes(cursor, hour)
        if announced or "half_day" in cursor.look().meanings:
            return clock
    cursor.at = start
    return None


def _with_minutes(cursor: Cursor, hour: int) -> Clock:
    """The hour with what is said of its minutes: and a half, less a quarter, and thirty minutes."""
    said = cursor.take("minutes")
    if said is not None:
        return Clock(hour - (int(said) < 0), int(said) % 60)
    start = cursor.at
    cursor.skip("and")
    minute = cursor.number(0, 59)
    if minute is not None and cursor.skip("minute_mark"):
        return Clock(hour, minute)
    cursor.at = start
    return Clock(hour)


def _hour(hour: int, half: str | None) -> int:
    """The hour of 24 that `hour` of a half day is."""
    if half is None or hour > 12:
        return hour
    of_twelve = hour % 12
    afternoon = {
        "am": False,
        "pm": True,
        "noon": of_twelve < 6,  # 1 ظهرا is 13:00, 11 ظهرا is 11:00
        "night": of_twelve >= 6,  # 10 ليلا is 22:00, 2 ليلا is 2:00
    }[half]
    return of_twelve + 12 * afternoon


def _named_zone(cursor: Cursor) -> tzinfo | None:
    shouted = cursor.look().written.isupper()  # EST is a zone, "est" is French
    name = cursor.take("zone", "zone_in_capitals") if shouted else cursor.take("zone")
    if name == "0":
        return _offset(cursor, exact=True) or UTC
    return None if name is None else _zone(name)


def _offset(cursor: Cursor, *, exact: bool) -> tzinfo | None:
    """+01:00, +0100, +1, and `GMT` or its like behind it."""
    start = cursor.at
    sign, number = cursor.look(), cursor.look(1)
    if sign.text not in ("+", "-") or not number.glued or number.number is None:
        return None
    cursor.at += 2
    clear = exact or sign.text == "+"
    minutes = _offset_minutes(cursor, number.number, number.digits, clear=clear)
    if minutes is None or minutes > _FARTHEST_ZONE * 60:
        cursor.at = start
        return None
    cursor.skip("zone")
    return timezone(timedelta(minutes=minutes if sign.text == "+" else -minutes))


def _offset_minutes(cursor: Cursor, number: int, digits: int, *, clear: bool) -> int | None:
    if digits == 4:
        return number // 100 * 60 + number % 100 if number % 100 < 60 else None
    if digits > 2 or not clear:
        return None
    start = cursor.at
    minutes = cursor.digits(0, 59, (2,)) if cursor.sign(":") else None
    if minutes is None:
        cursor.at = start
    return number * 60 + (minutes or 0)


def _to_bracket(cursor: Cursor) -> None:
    """Over the rest of a bracket: ``(UTC, heure de Paris)``, unless it is long."""
    for ahead in range(6):
        if cursor.look(ahead).text in (")", "]"):
            cursor.at += ahead + 1
            return


@cache
def _zone(name: str) -> tzinfo | None:
    if name == "here":
        return None
    return ZoneInfo(name) if "/" in name else timezone(timedelta(hours=int(name)))
