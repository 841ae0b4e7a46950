"""Parts of a date, as they are written, and the moments that they mean at a given now."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from hijridate import Gregorian, Hijri

from marsad.model import Precision

#: How far back a year is sought in which a day without year falls on its weekday.
WEEKDAY_YEARS = 6
#: So far ahead of ours may a newspaper's clock be.
CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a date is understood against."""

    #: By the clock of the text.
    now: datetime
    #: What has no year or week of its own lies in the past; otherwise where it is nearest.
    past: bool = True
    #: 3/4/2020 is the fourth of March.
    month_first: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day."""

    hour: int
    minute: int = 0
    second: int = 0
    #: Where it is written beside it.
    zone: tzinfo | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar, or a month, or a year, with what is not written left None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    #: Monday is 0.
    weekday: int | None = None
    #: The one before (-1), this one (0), the next (1).
    turn: int | None = None
    hijri: bool = False
    #: Day and month are bare numbers and may have changed places.
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Ago:
    """So long before now; after it, where negative."""

    precision: Precision
    months: int = 0
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Today:
    """A day counted from today: yesterday is -1."""

    days: int = 0


NOW = Ago(Precision.MINUTE)
What = Day | Ago | Today
Meant = tuple[datetime, Precision]


def meant(what: What, clock: Clock | None, frame: Frame) -> Meant | None:
    """The moment by the clock of the text, aware, and its precision; None where no such day exists.

    Parts finer than the precision are the best estimate (two days ago: at this hour).
    """
    try:
        found = _meant(what, frame)
        if found is None or clock is None:
            return found
        return _at(what, found, clock, frame)
    except (ValueError, OverflowError):
        return None


def _meant(what: What, frame: Frame) -> Meant | None:
    if isinstance(what, Today):
        return _midnight(frame.now.date() + timedelta(days=what.days), frame), Precision.DAY
    if isinstance(what, Ago):
        return _months_before(frame.now, what.months) - timedelta(seconds=what.seconds), what.precision
    day, precision = _hijri(what, frame) if what.hijri else _gregorian(what, frame)
    return (_midnight(day, frame), precision) if day else None


def _at(what: What, found: Meant, clock: Clock, frame: Frame) -> Meant | None:
    day, precision = found
    if precision is not Precision.DAY:
        return None
    whole = day.date() + timedelta(days=clock.hour // 24)
    told = time(clock.hour % 24, clock.minute, min(clock.second, 59))  # 60 is a leap second
    moment = datetime.combine(whole, told, clock.zone or frame.now.tzinfo)
    ahead = frame.past and moment > frame.now + CLOCKS_DIFFER
    return moment - _repeats(what) * ahead, Precision.MINUTE


def _repeats(what: What) -> timedelta:
    """After how long a time of day comes again: nothing, where its day is certain."""
    if not isinstance(what, Day) or what.month or what.day or what.year or what.turn is not None:
        return timedelta()
    return timedelta(days=1 if what.weekday is None else 7)


def _midnight(day: date, frame: Frame) -> datetime:
    return datetime.combine(day, time(), frame.now.tzinfo)


def _months_before(moment: datetime, months: int) -> datetime:
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


def _gregorian(what: Day, frame: Frame) -> tuple[date | None, Precision]:
    if what.month is None and what.day is not None:  # the 17th of this month
        month = _months_before(frame.now, -(what.turn or 0))
        return month.date().replace(day=what.day), Precision.DAY
    if what.month is None and what.year is not None:
        return date(what.year, 1, 1), Precision.YEAR
    if what.month is None:
        return _by_weekday(what, frame), Precision.DAY
    precision = Precision.DAY if what.day else Precision.MONTH
    orders = _orders(what, frame)
    if what.year is None:
        return _without_year(orders[0], what, frame), precision
    days = [each for each in (_day(_full(what.year, frame), *order) for order in orders) if each]
    told = (day for day in days if day.weekday() == what.weekday)
    return next(told, days[0] if days else None), precision


def _orders(what: Day, frame: Frame) -> list[tuple[int, int]]:
    """(month, day) as it is to be read first, then the other way about."""
    month, day = what.month or 1, what.day or 1
    if not what.bare:
        return [(month, day)]
    orders = [(month, day), (day, month)]
    return orders[::-1] if frame.month_first else orders


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full(year: int, frame: Frame) -> int:
    """A year of two digits in full: the latest that is not after next year."""
    if year >= 100:
        return year
    limit = frame.now.year + 1
    return limit - (limit - year) % 100


def _without_year(order: tuple[int, int], what: Day, frame: Frame) -> date | None:
    today = frame.now.date()
    around = range(today.year - WEEKDAY_YEARS, today.year + 2)
    days = [day for day in (_day(year, *order) for year in around) if day]
    before = [day for day in days if _not_after(day, today, what.turn)]
    if what.turn == 1:
        return next((day for day in days if day > today), None)
    if frame.past or what.turn == -1:
        told = [day for day in before if day.weekday() == what.weekday]
        return max(told or before, default=None)
    near = [day for day in days if abs(day - today) <= timedelta(days=366)]
    told = [day for day in near if day.weekday() == what.weekday]
    return min(told or days, key=lambda day: abs(day - today), default=None)


def _not_after(day: date, today: date, turn: int | None) -> bool:
    return day < today if turn == -1 else day <= today + timedelta(days=1)


def _by_weekday(what: Day, frame: Frame) -> date:
    today = frame.now.date()
    if what.weekday is None:
        return today
    back = (today.weekday() - what.weekday) % 7
    if what.turn == 1:
        return today + timedelta(days=7 - back)
    return today - timedelta(days=back or (7 if what.turn == -1 else 0))


def _hijri(what: Day, frame: Frame) -> tuple[date | None, Precision]:
    """By the calendar of Umm al-Qura, 1343 to 1500; a day that it does not have is the next one's first."""
    today = frame.now.date()
    month, day = what.month or 1, what.day or 1
    precision = Precision.DAY if what.day else Precision.MONTH if what.month else Precision.YEAR
    if what.year is not None:
        return _from_hijri(what.year, month, day), precision
    year = Gregorian(today.year, today.month, today.day).to_hijri().year
    days = [_from_hijri(each, month, day) for each in (year - 1, year, year + 1)]
    if frame.past:
        return max((each for each in days if each <= today + timedelta(days=1)), default=None), precision
    return min(days, key=lambda each: abs(each - today)), precision


def _from_hijri(year: int, month: int, day: int) -> date:
    if not 1 <= day <= 30:
        raise ValueError(f"no Hijri month has a day {day}")
    first = Hijri(year, month, 1).to_gregorian()
    return date(first.year, first.month, first.day) + timedelta(days=day - 1)
