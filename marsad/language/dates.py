"""Dates as newspapers, feeds and readers write them, in Arabic, French, English and Spanish.

Text becomes lexemes, lexemes become written dates, and those become moments at a given
now: `calendar` holds a file for each of these ways. Day comes before month, unless the language
is American English, the numbers allow nothing else, or a weekday beside them says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo

from marsad.language.calendar.cursor import Cursor
from marsad.language.calendar.iso import read_iso
from marsad.language.calendar.lexemes import Lexeme, lexemes
from marsad.language.calendar.moments import NOW, Day, Frame, Meant, What, meant
from marsad.language.calendar.relative import read_turned_unit
from marsad.language.calendar.scan import Written, alone, scan
from marsad.model import Precision

#: How much of a short string is read, in characters.
LONGEST = 1_000
#: A newspaper's clock may be wrong by half a day, and a print edition carries tomorrow's date.
SLACK = timedelta(hours=24)
#: The press that is online was not printed before.
EARLIEST_YEAR = 1900
#: What a clock that was never set says.
UNSET = datetime(1970, 1, 1, tzinfo=UTC)

_MONTH_FIRST = "en-us"
_LABELS = {"published": 0, "": 1, "updated": 2}


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date that stands in a text as ``text[start:end]``."""

    #: UTC. Of a day, month or year: midnight UTC of the first day that is written, whatever the
    #: clock of the text; it is to be shown as it is, never by another clock.
    moment: datetime
    precision: Precision
    #: By the clock of the text itself, parts finer than the precision estimated.
    local: datetime
    start: int
    end: int
    #: Why it cannot be a date of publication; None where it can.
    refused: str | None = None


def read_date(
    text: str, *, now: datetime, language: str | None = None, timezone: tzinfo = UTC
) -> ReadDate | None:
    """The best date in a short string; None where there is none or each one is refused.

    `timezone` is the clock of the newspaper, for texts that name none. Only the first
    `LONGEST` characters are read.
    """
    found = candidates(text, now=now, language=language, timezone=timezone)
    return found[0] if found and found[0].refused is None else None


def candidates(
    text: str, *, now: datetime, language: str | None = None, timezone: tzinfo = UTC
) -> tuple[ReadDate, ...]:
    """Every reading of a short string, the best first; the refused ones last, with the reason.

    What a word calls published goes before what nothing is said of, that before what is called
    updated; then the more complete date, then the first.
    """
    judged = [_judged(each, now) for each in _readings(text, _frame(now, language, timezone, past=True))]
    return tuple(sorted(judged, key=lambda each: each.refused is not None))


def read_any_date(text: str, *, now: datetime, timezone: tzinfo = UTC) -> ReadDate | None:
    """The best date in a short string, whether or not anything can have been published then."""
    return next(iter(_readings(text, _frame(now, None, timezone, past=True))), None)


def read_turn(text: str) -> tuple[str, int] | None:
    """``week``, ``month`` or ``year``, and which: the last (-1), this, the next. All that `text` says."""
    cursor = Cursor(lexemes(text[:LONGEST]))
    found = read_turned_unit(cursor)
    if cursor.sign("-") and cursor.look().text == "ci":  # ce mois-ci
        cursor.at += 1
    return found if cursor.at == len(cursor.row) else None


def find_dates(
    text: str, *, now: datetime, language: str | None = None, timezone: tzinfo = UTC
) -> tuple[ReadDate, ...]:
    """The dates inside running text, in order, those to come included.

    Relative ones are counted from `now`, which for an article is when it was published; a day
    without a year is in the year where it is nearest. Linear in the length of `text`.
    """
    row = lexemes(text)
    frame = _frame(now, language, timezone, past=False)
    found = (_understood(one, row, frame) for one in scan(row) if not _doubtful(one, row))
    return tuple(each for each in found if each)


def judge(moment: datetime, precision: Precision, now: datetime) -> str | None:
    """Why `moment` cannot be when an article was published, as a short clause; None where it can."""
    if moment.year < EARLIEST_YEAR:
        return f"before {EARLIEST_YEAR}"
    if precision is Precision.MINUTE and moment == UNSET:
        return "the zero of a clock that was never set"
    if moment - SLACK > now:
        return "in the future"
    return None


def _readings(text: str, frame: Frame) -> list[ReadDate]:
    """Every date of a short string, the best first."""
    text = text[:LONGEST]
    iso = _iso(text, frame)
    if iso:
        return [iso]
    row = lexemes(text)
    written = sorted(scan(row), key=_rank) or [whole for whole in [alone(row)] if whole]
    return [each for each in (_understood(one, row, frame) for one in written) if each]


def _frame(now: datetime, language: str | None, timezone: tzinfo, *, past: bool) -> Frame:
    month_first = (language or "").replace("_", "-").lower() == _MONTH_FIRST
    return Frame(now.astimezone(timezone), past, month_first)


def _iso(text: str, frame: Frame) -> ReadDate | None:
    found = read_iso(text)
    if found is None:
        return None
    moment, timed = found
    local = moment if moment.tzinfo else moment.replace(tzinfo=frame.now.tzinfo)
    start = len(text) - len(text.lstrip())
    return _dated((local, Precision.MINUTE if timed else Precision.DAY), start, len(text.rstrip()))


def _understood(written: Written, row: Sequence[Lexeme], frame: Frame) -> ReadDate | None:
    zone = written.clock.zone if written.clock else None
    here = replace(frame, now=frame.now.astimezone(zone)) if zone else frame
    found = meant(written.what, written.clock, here)
    return _dated(found, row[written.first].start, row[written.last - 1].end) if found else None


def _dated(found: Meant, start: int, end: int) -> ReadDate | None:
    local, precision = found
    try:
        return ReadDate(_cut(local, precision), precision, local, start, end)
    except OverflowError:  # the first or last hours of the calendar, by another clock
        return None


def _cut(local: datetime, precision: Precision) -> datetime:
    if precision is Precision.MINUTE:
        return local.astimezone(UTC)
    month = 1 if precision is Precision.YEAR else local.month
    day = local.day if precision is Precision.DAY else 1
    return datetime(local.year, month, day, tzinfo=UTC)


def _judged(read: ReadDate, now: datetime) -> ReadDate:
    return replace(read, refused=judge(read.local, read.precision, now))


def _rank(written: Written) -> tuple[int, int]:
    return _LABELS[written.label], -_completeness(written.what)


def _completeness(what: What) -> int:
    """How far a date stands on its own: a full one, one counted from now, one without a year, a weekday."""
    if not isinstance(what, Day):
        return 4
    if what.year and what.day:
        return 5 if what.hijri else 6
    if what.day:
        return 3
    return 2 if what.month or what.weekday is not None else 1


def _doubtful(written: Written, row: Sequence[Lexeme]) -> bool:
    """Whether running text more often means another thing: a version, a tactic, a mere "now"."""
    what, first = written.what, row[written.first]
    if not isinstance(what, Day):
        return what == NOW
    if what.bare and what.year is not None and what.year < 100:
        return any(each.digits == 1 for each in row[written.first : written.last])
    hung = written.first > 1 and first.glued and bool(first.digits) and row[written.first - 1].text == "-"
    return hung and row[written.first - 1].glued and not row[written.first - 2].telling
