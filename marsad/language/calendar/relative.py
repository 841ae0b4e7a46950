"""Words that count from now: three hours ago, أمس, la semaine dernière."""

from __future__ import annotations

from marsad.language.calendar.cursor import Cursor
from marsad.language.calendar.moments import NOW, Ago, Today
from marsad.model import Precision

_SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800}
_MONTHS = {"month": 1, "year": 12}
_PRECISION = {
    "second": Precision.MINUTE,
    "minute": Precision.MINUTE,
    "hour": Precision.MINUTE,
    "day": Precision.DAY,
    "week": Precision.DAY,
    "month": Precision.MONTH,
    "year": Precision.YEAR,
}
_DAY_GOES_ON = {"weekday", "at", "equals"}
_BEFORE_WHAT = ("من", "de", "before")
_MOST = 999  # of any unit


def read_relative(cursor: Cursor) -> Ago | Today | None:
    """What is counted from now here; None, and `cursor` where it was, where nothing is."""
    start = cursor.at
    found = _now(cursor) or _today(cursor) or _ago(cursor) or _turned_unit(cursor)
    if found is None:
        cursor.at = start
    return found


def _now(cursor: Cursor) -> Ago | None:
    return NOW if cursor.skip("now") else None


def _today(cursor: Cursor) -> Today | None:
    start = cursor.at
    days = cursor.take("day")
    if days is None:
        return None
    if days == "0" and _is_occasion(cursor):
        cursor.at = start
        return None
    cursor.skip("weekday")
    return Today(int(days))


def _is_occasion(cursor: Cursor) -> bool:
    """اليوم العالمي, اليوم الأول: what follows makes of "today" a day with a name."""
    following = cursor.look()
    return following.text.startswith("ال") and not _DAY_GOES_ON & following.meanings.keys()


def _ago(cursor: Cursor) -> Ago | None:
    """منذ ثلاث ساعات, il y a 2 heures, an hour ago."""
    start = cursor.at
    before = cursor.skip("ago")
    for _ in range(2):
        if not cursor.skip("about"):
            break
    found = _quantity(cursor, bare=before)
    if found and not before:
        before = cursor.skip("ago_after")
    elif found:
        cursor.skip("about")
        cursor.skip("ago_after")
    if found and before and not _goes_on(cursor):
        return found
    cursor.at = start
    return None


def _goes_on(cursor: Cursor) -> bool:
    """Whether it is counted from something else: منذ سنة 2011, قبل يومين من الحفل."""
    return cursor.look().digits == len("2011") or cursor.look().text in _BEFORE_WHAT


def _quantity(cursor: Cursor, *, bare: bool) -> Ago | None:
    """How much time; `bare` where a unit alone means one of it (منذ ساعة)."""
    first = _half_hour(cursor) or _counted(cursor, bare=bare)
    if first is None:
        return None
    start = cursor.at
    cursor.skip("and")
    cursor.sign(",")
    second = _counted(cursor, bare=False)
    if second is None or (second.months, second.seconds) >= (first.months, first.seconds):
        cursor.at = start
        return first
    return Ago(second.precision, first.months + second.months, first.seconds + second.seconds)


def _half_hour(cursor: Cursor) -> Ago | None:
    minutes = cursor.take("half_hour")
    return Ago(Precision.MINUTE, seconds=int(minutes) * 60) if minutes else None


def _counted(cursor: Cursor, *, bare: bool) -> Ago | None:
    start = cursor.at
    count = _count(cursor)
    unit = cursor.take("unit", "units", "unit_short") if count is not None else None
    if unit is None:
        cursor.at = start
        count = 2
        unit = cursor.take("dual")
    if unit is None and bare:
        count = 1
        unit = cursor.take("unit")
        cursor.spoken(1, 1, "cardinal")  # ساعة واحدة
    if unit is None:
        cursor.at = start
        return None
    return _so_long(cursor, count or 0, unit)


def _count(cursor: Cursor) -> int | None:
    count = cursor.digits(0, _MOST, (1, 2, 3))
    if count is None:
        count = cursor.spoken(1, _MOST, "cardinal", "ordinal")
    return 1 if count is None and cursor.skip("one") else count


def _so_long(cursor: Cursor, count: int, unit: str) -> Ago:
    minutes = cursor.digits(0, 59, (2,)) if unit == "hour" and cursor.look().glued else None
    if minutes is not None:  # 1h30
        return Ago(_PRECISION[unit], seconds=count * 3_600 + minutes * 60)
    part = int(cursor.take("minutes") or 0)  # and a half, and a quarter: of any unit
    if unit in _MONTHS:
        return Ago(_PRECISION[unit], months=count * _MONTHS[unit] + part * _MONTHS[unit] // 60)
    return Ago(_PRECISION[unit], seconds=count * _SECONDS[unit] + part * _SECONDS[unit] // 60)


def read_turned_unit(cursor: Cursor) -> tuple[str, int] | None:
    """الأسبوع الماضي, last month, l'année dernière, this year: the unit, and which one from this one."""
    turn = cursor.take("turn")
    unit = cursor.take("unit")
    if turn is None and unit is not None:
        turn = cursor.take("turn")
    if turn is None or unit not in ("week", "month", "year"):
        return None
    return unit, int(turn)


def _turned_unit(cursor: Cursor) -> Ago | None:
    """A unit and its turn, as the moment as far from now."""
    found = read_turned_unit(cursor)
    if found is None or found == ("week", 0):  # any of seven days
        return None
    unit, back = found[0], -found[1]
    return Ago(_PRECISION[unit], months=back * _MONTHS.get(unit, 0), seconds=back * _SECONDS.get(unit, 0))
