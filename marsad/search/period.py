"""What a date in a query covers: ``2020`` a year, ``2020-11`` a month, ``17/11/2020`` a day.

And whatever newspapers write, days to come included: ``5 مارس 2020``, ``mars 2020``, ``yesterday``,
``last week``.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, tzinfo

from marsad.language.dates import read_any_date, read_turn
from marsad.language.normalise import fold
from marsad.model import Precision
from marsad.search.query import Period

#: Characters of a date that are read.
LONGEST = 60

_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
#: What may stand before a date and says nothing of it.
_LEADING = re.compile(
    r"(?:(?:يوم|في|بتاريخ|خلال|le|la|les|du|au|en|dans|pendant|on|of|in|the|during)\s+|l['’]\s*)+",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


def read_period(text: str, timezone: tzinfo, now: datetime) -> Period | None:
    """The year, month, week or day that `text` names by the clock of `timezone`; None where it names none.

    Days without a year and words such as ``yesterday`` are counted from `now`; weeks begin on Monday.
    """
    bare = _LEADING.sub("", text.strip(), count=1) if _LEADING.match(text.strip()) else ""
    try:
        return _read(text, timezone, now) or (_read(bare, timezone, now) if bare else None)
    except (ValueError, OverflowError):  # there is no such day
        return None


def _read(text: str, timezone: tzinfo, now: datetime) -> Period | None:
    written = fold(text).replace(" ", "")
    if found := _YEAR_FIRST.fullmatch(written):
        year, month, day = (int(part) if part else None for part in found.groups())
    elif found := _DAY_FIRST.fullmatch(written):
        day, month, year = map(int, found.groups())
    else:
        return _by_turn(text, timezone, now) or _in_words(text, timezone, now)
    return _covering(year or 0, month, day, timezone)


def _by_turn(text: str, timezone: tzinfo, now: datetime) -> Period | None:
    """The whole week, month or year that is named by its turn; None where none is."""
    found = read_turn(text[:LONGEST])
    if found is None:
        return None
    unit, turn = found
    today = now.astimezone(timezone)
    if unit == "week":
        monday = datetime.combine(today.date(), time(), timezone) + timedelta(7 * turn - today.weekday())
        return Period(monday.astimezone(UTC), (monday + timedelta(7)).astimezone(UTC))
    if unit == "year":
        return _covering(today.year + turn, None, None, timezone)
    year, month = divmod(today.year * 12 + today.month - 1 + turn, 12)
    return _covering(year, month + 1, None, timezone)


def _in_words(text: str, timezone: tzinfo, now: datetime) -> Period | None:
    """The period of a date in a newspaper's manner; None where anything else stands beside it."""
    read = read_any_date(text[:LONGEST], now=now, timezone=timezone)
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
