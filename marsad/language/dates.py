"""Dates as newspapers, feeds and readers write them, in Arabic, French, English and Spanish.

Text becomes lexemes, lexemes become written dates, and those become moments at a given
now: `calendar` holds a file for each of these ways. Day comes before month, unless the language
is American English, the numbers allow nothing else, or a weekday beside them says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo

from marsad.language.calendar.iso import read_iso
from marsad.language.calendar.lexemes import Lexeme, lexemes
from marsad.language.calendar.moments import Day, Frame, Today, meant
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

_MONTH_FIRST = ("en-us", "en_us")
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
    text = text[:LONGEST]
    frame = _frame(now, language, timezone, past=True)
    iso = read_iso(text)
    if iso:
        moment, precision, start, end = iso
        return (_read(moment, precision, start, end, frame, now),)
    row = lexemes(text)
    written = sorted(scan(row), key=_rank) or [whole for whole in [alone(row)] if whole]
    read = [each for each in (_understood(one, row, frame) for one in written) if each]
    judged = [replace(each, refused=judge(each.local, each.precision, now)) for each in read]
    return tuple(sorted(judged, key=lambda each: each.refused is not None))


def find_dates(
    text: str, *, now: datetime, language: str | None = None, timezone: tzinfo = UTC
) -> tuple[ReadDate, ...]:
    """The dates inside running text, in order, those to come included.

    Relative ones are counted from `now`, which for an article is when it was published; a day
    without a year is in the year where it is nearest. Linear in the length of `text`.
    """
    row = lexemes(text)
    frame = _frame(now, language, timezone, past=False)
    found = (_understood(one, row, frame) for one in scan(row))
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


def _frame(now: datetime, language: str | None, timezone: tzinfo, *, past: bool) -> Frame:
    month_first = (language or "").lower() in _MONTH_FIRST
    return Frame(now.astimezone(timezone), past=past, month_first=month_first)


def _understood(written: Written, row: Sequence[Lexeme], frame: Frame) -> ReadDate | None:
    """What a written date means; None where no such day exists."""
    found = meant(written.what, written.clock, frame)
    if found is None:
        return None
    local, precision = found
    start, end = row[written.first].start, row[written.last - 1].end
    return ReadDate(_moment(local, precision), precision, local, start, end)


def _read(
    moment: datetime, precision: Precision, start: int, end: int, frame: Frame, now: datetime
) -> ReadDate:
    """What a machine wrote, by the clock that it names or else the newspaper's."""
    local = moment if moment.tzinfo else moment.replace(tzinfo=frame.now.tzinfo)
    refused = judge(local, precision, now)
    return ReadDate(_moment(local, precision), precision, local, start, end, refused)


def _moment(local: datetime, precision: Precision) -> datetime:
    if precision is Precision.MINUTE:
        return local.astimezone(UTC)
    month = 1 if precision is Precision.YEAR else local.month
    day = local.day if precision is Precision.DAY else 1
    return datetime(local.year, month, day, tzinfo=UTC)


def _rank(written: Written) -> tuple[int, float, int]:
    """What is called published first, then the more complete, then the earlier in the text."""
    return _LABELS.get(written.label, 1), -_completeness(written), written.first


def _completeness(written: Written) -> float:
    """How much of a date is written; a time of day counts least."""
    what = written.what
    if isinstance(what, Day):
        parts = sum(part is not None for part in (what.year, what.month, what.day))
        whole = float(parts or (what.weekday is not None))
    else:
        whole = 2.5 if isinstance(what, Today) or what.precision is Precision.MINUTE else 2.0
    return whole + 0.5 * (written.clock is not None)
