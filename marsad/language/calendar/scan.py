"""What a row of lexemes says of dates and times, before anything is known of now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from marsad.language.calendar.clock import of_part, read_clock
from marsad.language.calendar.cursor import Cursor
from marsad.language.calendar.days import read_day
from marsad.language.calendar.lexemes import Lexeme
from marsad.language.calendar.moments import Ago, Clock, Day, Today, What
from marsad.language.calendar.relative import read_relative

_YEARS = (1000, 2199)
#: Signs and words that may stand between a day and its time.
_MOST_BETWEEN = 4


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it is written."""

    what: What
    clock: Clock | None
    #: First lexeme, and the one behind the last.
    first: int
    last: int
    #: What a word before it says of it: ``published``, ``updated`` or nothing.
    label: str = ""


def scan(row: Sequence[Lexeme]) -> Iterator[Written]:
    """The dates in `row`, in order, none over another."""
    cursor = Cursor(row)
    label = ""
    for at, here in enumerate(row):
        if at < cursor.at or not here.telling:
            continue
        cursor.at = at
        label = here.meanings.get("label", label)
        found = None if _is_reference(cursor) else _longest(cursor, label)
        if found is not None:
            yield found
            label = ""
            cursor.at = found.last


def alone(row: Sequence[Lexeme]) -> Written | None:
    """What the whole of a short string says that would be no date inside a text: a year, a month, an hour."""
    cursor = Cursor(row)
    while cursor.sign("[(-|:.,") or cursor.skip("label", "on", "of"):
        pass
    start = cursor.at
    for read in (_bare_time, _bare_numbers, _bare_month, _bare_year):
        cursor.at = start
        found = read(cursor)
        while found and cursor.sign("])-|.,"):
            pass
        if found and cursor.at == len(row):
            return Written(*found, start, cursor.at)
    return None


Found = tuple[What, Clock | None]


def _longest(cursor: Cursor, label: str) -> Written | None:
    start = cursor.at
    longest = None
    for read in _READERS:
        cursor.at = start
        found = read(cursor)
        if found and (longest is None or cursor.at > longest.last):
            longest = Written(*found, start, cursor.at, label)
    cursor.at = start
    return longest


def _is_reference(cursor: Cursor) -> bool:
    """Whether a word just before says that the number here names something: law no. 13-09-20."""
    if not cursor.look().digits:
        return False
    nearest = next(
        (cursor.look(-n) for n in (1, 2, 3) if cursor.look(-n).text not in (":", ".", "°", "#")), None
    )
    return nearest is not None and "number_label" in nearest.meanings


def _is_name(day: Day, first: int, row: Sequence[Lexeme]) -> bool:
    """Whether a day without year is what a street, a town or a movement is called by."""
    if day.year is not None or day.day is None:
        return False
    before = first - 1
    while before > first - 3 and {"on", "of"} & Cursor(row, before).look().meanings.keys():
        before -= 1
    return "named_after" in Cursor(row, before).look().meanings


def _day_and_time(cursor: Cursor) -> Found | None:
    start = cursor.at
    what = read_day(cursor)
    if what is None or _is_name(what, start, cursor.row):
        return None
    clock = _time_behind(cursor, start)
    if clock and what.month and what.year is None:  # Tue Nov 17 14:05:00 2020
        what = replace(what, year=cursor.digits(*_YEARS, (4,)))
    return what, clock


def _relative_and_time(cursor: Cursor) -> Found | None:
    start = cursor.at
    what = read_relative(cursor)
    if isinstance(what, Today):
        return what, _time_behind(cursor, start)
    return (what, None) if what else None


def _time_and_day(cursor: Cursor) -> Found | None:
    clock = read_clock(cursor)
    if clock is None:
        return None
    _between(cursor)
    what = read_day(cursor) or read_relative(cursor)
    return (what, clock) if what and not isinstance(what, Ago) else None


def _short_day_and_time(cursor: Cursor) -> Found | None:
    """17/11 14:05: two bare numbers are a date only beside a time or a weekday."""
    start = cursor.at
    weekday = cursor.take("weekday")
    cursor.skip("weekday_short")
    day = _day_and_month(cursor)
    if day is None:
        return None
    clock = _time_behind(cursor, start)
    return (day, clock) if clock or weekday else None


def _named_year(cursor: Cursor) -> Found | None:
    """سنة 2011, en 2011; the year of a Hijri calendar where that is said behind it."""
    follows = cursor.take("year_follows")
    year = cursor.digits(*_YEARS, (4,)) if follows else None
    if year is None:
        return None
    hijri = cursor.skip("hijri")
    here = cursor.look()
    joined = here.text in ("/", "-", ".", ":", ",", "%") and here.glued and bool(cursor.look(1).digits)
    if joined or "counted" in here.meanings or here.text == "%":
        return None
    if follows == "weak" and year % 100 == 0 and here.text.isalpha():  # in 2000 villages
        return None
    return Day(year, hijri=hijri), None


_READERS: tuple[Callable[[Cursor], Found | None], ...] = (
    _day_and_time,
    _relative_and_time,
    _time_and_day,
    _short_day_and_time,
    _named_year,
)


def _time_behind(cursor: Cursor, first: int) -> Clock | None:
    """The time that follows a day that begins at `first`; `cursor` stays where it was if none does."""
    start = cursor.at
    _between(cursor)
    clock = read_clock(cursor)
    if clock is None:
        cursor.at = start
        return None
    parts = (Cursor(cursor.row, at).look().meanings.get("part") for at in (first, first - 1))
    return of_part(clock, next(filter(None, parts), None))


def _between(cursor: Cursor) -> None:
    """Over what may stand between a day and its time."""
    here = cursor.look()
    if here.text == "t" and here.glued:
        cursor.at += 1
        return
    for _ in range(_MOST_BETWEEN):
        if not (cursor.sign("-,|.()[]:/;•·>_") or cursor.skip("on", "of")):
            break


def _day_and_month(cursor: Cursor) -> Day | None:
    day = cursor.digits(1, 31)
    month = cursor.digits(1, 12) if day and cursor.sign("/") else None
    if day is None or month is None or cursor.look().text == "/":
        return None
    return Day(month=month, day=day, bare=True)


def _bare_time(cursor: Cursor) -> Found | None:
    clock = read_clock(cursor)
    return (Day(), clock) if clock else None


def _bare_numbers(cursor: Cursor) -> Found | None:
    """17 11 2020."""
    day, month, year = cursor.digits(1, 31), cursor.digits(1, 31), cursor.digits(*_YEARS, (4,))
    return (Day(year, month, day, bare=True), None) if day and month and year else None


def _bare_month(cursor: Cursor) -> Found | None:
    """11/2020, 2020-11."""
    first = cursor.digits(*_YEARS, (4,))
    if first is not None:
        month = cursor.digits(1, 12, (2,)) if cursor.sign("-/.") else None
        return (Day(first, month), None) if month else None
    month = cursor.digits(1, 12)
    year = cursor.digits(*_YEARS, (4,)) if month and cursor.sign("-/.") else None
    return (Day(year, month), None) if year else None


def _bare_year(cursor: Cursor) -> Found | None:
    year = cursor.digits(*_YEARS, (4,))
    return (Day(year, hijri=cursor.skip("hijri")), None) if year else None
