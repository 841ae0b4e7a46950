"""ISO 8601 as machines write it: the whole of a string, nothing beside it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from marsad.model import Precision

_WHOLE = re.compile(
    r"\s*(?P<date>([0-9]{4})-?([01][0-9])-?([0-3][0-9])"
    r"(?:[Tt ]([0-2][0-9]):?([0-5][0-9])(?::?([0-6][0-9])(?:[.,][0-9]{1,9})?)?"
    r"\s?(Z|z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?)?)\s*"
)


def read_iso(text: str) -> tuple[datetime, Precision, int, int] | None:
    """(moment, precision, start, end); the moment is naive where no zone is written. None for all else."""
    match = _WHOLE.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[1:7])
    precision = Precision.DAY if match.group(5) is None else Precision.MINUTE
    try:
        # A day ends at 24:00, and a leap second is the sixtieth.
        moment = datetime(year, month, day, tzinfo=_zone(match.group(8))) + timedelta(
            hours=hour, minutes=minute, seconds=min(second, 59)
        )
    except (ValueError, OverflowError):
        return None
    return (moment, precision, match.start("date"), match.end("date")) if hour <= 24 else None


def _zone(written: str | None) -> tzinfo | None:
    if not written:
        return None
    if written[0] not in "+-":
        return UTC
    digits = written[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if written[0] == "-" else offset)
