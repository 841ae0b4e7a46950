"""Moments as feeds write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

_PARTIAL = re.compile(r"(\d{4})(?:-?(\d\d)(?:-?(\d\d))?)?")
_ORDINAL = re.compile(r"(\d{4})-?(\d{3})")
_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)[T\s]+(\d\d?):?(\d\d)(?::?(\d\d)(?:[.,]\d*)?)?\s*(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?",
    re.IGNORECASE,
)
_LONGEST = 80


def moment(text: str) -> datetime | None:
    """The moment in UTC; midnight where only a day is told, UTC where no zone is; None where unreadable."""
    text = text.strip()[:_LONGEST]
    if not text:
        return None
    try:
        if text[0].isdigit() and (found := _iso(text)):
            return found.astimezone(UTC)
        return _mail(text)
    except (ValueError, OverflowError, TypeError):
        return None


def _iso(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except ValueError:
        pass
    if match := _ISO.fullmatch(text):
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
        # A leap second, or midnight written as 24:00.
        rest = timedelta(hours=hour, minutes=minute, seconds=second)
        return datetime(year, month, day, tzinfo=UTC) + rest - _offset(match.group(7))
    if match := _ORDINAL.fullmatch(text):
        return datetime(int(match[1]), 1, 1, tzinfo=UTC) + timedelta(days=int(match[2]) - 1)
    if match := _PARTIAL.fullmatch(text):
        return datetime(int(match[1]), int(match[2] or 1), int(match[3] or 1), tzinfo=UTC)
    return None


def _offset(zone: str | None) -> timedelta:
    if not zone or zone[0] not in "+-":
        return timedelta()
    digits = zone[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -offset if zone[0] == "-" else offset


def _mail(text: str) -> datetime | None:
    """RFC 822 and its relatives (asctime, RFC 850), weekdays and zones as wrong as they come."""
    found = parsedate_tz(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = found[:6]
    start = datetime(year, month, day, tzinfo=UTC)
    return start + timedelta(hours=hour, minutes=minute, seconds=second) - timedelta(seconds=found[9] or 0)
