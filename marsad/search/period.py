"""What a date in a query covers: ``2020`` a year, ``2020-11`` a month, ``17/11/2020`` a day."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from marsad.language.normalise import fold
from marsad.search.query import Period

_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


def read_period(text: str, timezone: tzinfo) -> Period | None:
    """The year, month or day that `text` names by the clock of `timezone`; None where it names none."""
    written = fold(text).replace(" ", "")
    if found := _YEAR_FIRST.fullmatch(written):
        year, month, day = (int(part) if part else None for part in found.groups())
    elif found := _DAY_FIRST.fullmatch(written):
        day, month, year = map(int, found.groups())
    else:
        return None
    try:
        return _covering(year or 0, month, day, timezone)
    except (ValueError, OverflowError):
        return None


def _covering(year: int, month: int | None, day: int | None, timezone: tzinfo) -> Period:
    since = datetime(year, month or 1, day or 1, tzinfo=timezone)
    if month is None:
        until = since.replace(year=year + 1)
    elif day is None:
        until = since.replace(year=year + month // 12, month=month % 12 + 1)
    else:
        until = since + timedelta(days=1)
    return Period(since.astimezone(UTC), until.astimezone(UTC))
