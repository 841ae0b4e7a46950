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
#: قبل يومين من الحفل is counted from the party, not from now.
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
    """اليوم العالمي, اليوم التالي: an adjective makes of "today" a day with a name."""
    following = cursor.look()
    return following.text.startswith("ال") and not following.meanings


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
    if found and before and cursor.look().digits != len("2011"):  # منذ سنة 2011 is no year ago
        return found
    cursor.at = start
    return None


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
    count = cursor.digits(0, _MOST, (1, 2, 3))
    if count is None:
        count = cursor.spoken(1, _MOST, "cardinal", "ordinal")
    if count is None and cursor.skip("one"):
        count = 1
    dual = cursor.take("dual") if count is None else None
    unit = dual or cursor.take("unit") or (cursor.take("units", "unit_short") if count is not None else None)
    if unit is None or (count is None and not dual and not bare):
        cursor.at = start
        return None
    if count is None and not dual:
        cursor.spoken(1, 1, "cardinal")  # ساعة واحدة
    return _so_long(cursor, 2 if dual else count or (1 if count is None else 0), unit)


def _so_long(cursor: Cursor, count: int, unit: str) -> Ago:
    part = int(cursor.take("minutes") or 0)  # and a half, and a quarter: of any unit
    if unit in _MONTHS:
        return Ago(_PRECISION[unit], months=count * _MONTHS[unit] + part * _MONTHS[unit] // 60)
    return Ago(_PRECISION[unit], seconds=count * _SECONDS[unit] + part * _SECONDS[unit] // 60)


def _turned_unit(cursor: Cursor) -> Ago | None:
    """الأسبوع الماضي, last month, l'année dernière, this year."""
    turn = cursor.take("turn")
    unit = cursor.take("unit")
    if turn is None and unit is not None:
        turn = cursor.take("turn")
    if turn is None or unit not in ("week", "month", "year"):
        return None
    if unit == "week" and turn == "0":
        return None  # any of seven days
    back = -int(turn)
    return Ago(_PRECISION[unit], months=back * _MONTHS.get(unit, 0), seconds=back * _SECONDS.get(unit, 0))
