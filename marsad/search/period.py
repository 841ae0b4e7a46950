"""What a date in a query covers: ``2020`` a year, ``2020-11`` a month, ``17/11/2020`` a day.

And whatever newspapers write: ``5 مارس 2020``, ``mars 2020``, ``yesterday``.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from marsad.language.dates import read_date
from marsad.language.normalise import fold
from marsad.model import Precision
from marsad.search.query import Period

#: Characters of a date that are read.
LONGEST = 60

_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


def read_period(text: str, timezone: tzinfo, now: datetime) -> Period | None:
    """The year, month or day that `text` names by the clock of `timezone`; None where it names none.

    Days without a year and words such as ``yesterday`` are counted from `now`.
    """
    written = fold(text).replace(" ", "")
    if found := _YEAR_FIRST.fullmatch(written):
        year, month, day = (int(part) if part else None for part in found.groups())
    elif found := _DAY_FIRST.fullmatch(written):
        day, month, year = map(int, found.groups())
    else:
        return _in_words(text, timezone, now)
    try:
        return _covering(year or 0, month, day, timezone)
    except (ValueError, OverflowError):
        return None


def _in_words(text: str, timezone: tzinfo, now: datetime) -> Period | None:
    """The period of a date in a newspaper's manner; None where anything else stands beside it."""
    read = read_date(text[:LONGEST], now=now, timezone=timezone)
    if read is None or text[: read.start].strip() or text[read.end :].strip():
        return None
    day, known = read.local, read.precision
    month = None if known is Precision.YEAR else day.month
    return _covering(
        day.year, month, None if known in (Precision.YEAR, Precision.MONTH) else day.day, timezone
    )


def _covering(year: int, month: int | None, day: int | None, timezone: tzinfo) -> Period:
    since = datetime(year, month or 1, day or 1, tzinfo=timezone)
    if month is None:
        until = since.replace(year=year + 1)
    elif day is None:
        until = since.replace(year=year + month // 12, month=month % 12 + 1)
    else:
        until = since + timedelta(days=1)
    return Period(since.astimezone(UTC), until.astimezone(UTC))
