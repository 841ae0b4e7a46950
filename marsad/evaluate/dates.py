"""How right dates are read: JSON Lines of ``text, language, now, expected``.

`expected` is null, an ISO date (of a day, a month, a year) or an ISO local time by the clock of the
text itself; it is compared to the precision that it has.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from marsad.evaluate.lines import json_lines
from marsad.language.dates import ReadDate, read_date


def evaluate(path: Path) -> dict[str, object]:
    """dates and accuracy, with the texts that were misread."""
    rows = list(json_lines(path))
    missed = [row for row in rows if not _is_right(row)]
    return {
        "dates": len(rows),
        "accuracy": round(1 - len(missed) / len(rows), 4) if rows else None,
        "missed": [row["text"] for row in missed][:50],
    }


def _is_right(row: dict[str, Any]) -> bool:
    now = datetime.fromisoformat(row["now"])
    clock = now.tzinfo or UTC
    now = now.replace(tzinfo=clock)
    found = read_date(row["text"], now=now, language=row.get("language"), timezone=clock)
    expected: str | None = row["expected"]
    if expected is None or found is None:
        return expected is None and found is None
    return _as_long_as(found, expected) == expected[:16].replace(" ", "T")


def _as_long_as(found: ReadDate, expected: str) -> str:
    """The local time of `found`, written as exactly as `expected` is."""
    return found.local.strftime("%Y-%m-%dT%H:%M")[: min(len(expected), 16)]
