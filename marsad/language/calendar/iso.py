"""Dates that machines write for machines: ISO 8601 as a whole string."""

from __future__ import annotations

import re
from datetime import datetime

#: Not shorter than a day of a Gregorian year, and digits alone only as many as a day or a day and its time.
_DAYS = r"(?:18|19|2\d)\d\d(?:-\d\d-\d\d|\d{4}|-?W\d\d-?[1-7])"
_ISO = re.compile(rf"{_DAYS}(?:\d{{4}}|\d{{6}})?(?:[Tt ][\d:.,]+ ?(?:[Zz]|[+-][\d:]+)?)?")
_TOGETHER = re.compile(r"\d{12}|\d{14}")
_DAY = 10  # characters of a day; the shortest day with a time has more


def read_iso(text: str) -> tuple[datetime, bool] | None:
    """The moment that the whole of `text` says, and whether it says a time of day.

    The moment has a zone where one is written. None where the text is anything else.
    """
    text = text.strip()
    if not _ISO.fullmatch(text):
        return None
    if _TOGETHER.fullmatch(text):
        text = f"{text[:8]}T{text[8:]}"
    try:
        moment = datetime.fromisoformat(text.upper().replace(" ", "T", 1).replace(" ", ""))
    except ValueError:
        return None
    return moment, len(text) > _DAY
