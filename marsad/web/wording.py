"""The words of the interface in the reader's language, and dates in his manner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cache
from pathlib import Path

from babel.dates import format_date, format_datetime
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from marsad.model import Precision

#: The first one speaks to readers who ask for none of them.
LANGUAGES = ("ar", "fr", "en")
RIGHT_TO_LEFT = frozenset({"ar", "ary", "fa", "he", "ur"})
TRANSLATIONS = Path(__file__).parent / "translations"

#: The months of Morocco and of Algeria and Tunisia are not those of the Gulf.
_LOCALES = {"ar": "ar_MA", "fr": "fr", "en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Wording:
    """One interface language."""

    language: str
    say: Callable[[str], str]

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return direction(self.language)

    def moment(self, moment: datetime, precision: Precision = Precision.MINUTE, clock: tzinfo = UTC) -> str:
        """A moment as precise as it is known, by that clock.

        A day is the day that the newspaper wrote, whatever the clock.
        """
        locale = _LOCALES[self.language]
        if precision is Precision.MINUTE:
            return format_datetime(moment, "d MMMM y · HH:mm", tzinfo=clock, locale=locale)
        return format_date(moment.astimezone(UTC).date(), "d MMMM y", locale=locale)

    def number(self, number: float) -> str:
        """A whole number with its thousands apart."""
        return format_decimal(number, locale=_LOCALES[self.language])


def direction(language: str) -> str:
    """``rtl`` or ``ltr``."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def chosen(accept_language: str) -> Wording:
    """The first language of ours that the reader's browser asks for."""
    asked = []
    for place, part in enumerate(accept_language[:200].split(",")):
        code, _, weight = part.strip().partition(";q=")
        try:
            asked.append((-float(weight or 1), place, code.strip()[:2].lower()))
        except ValueError:
            continue
    ours = (language for _, _, language in sorted(asked) if language in LANGUAGES)
    return wording(next(ours, LANGUAGES[0]))


@cache
def wording(language: str) -> Wording:
    """That interface language; the words as they stand in the templates are English."""
    path = TRANSLATIONS / f"{language}.po"
    if not path.exists():
        return Wording(language, lambda message: message)
    with path.open("rb") as file:
        words = {str(message.id): str(message.string) for message in read_po(file) if message.string}
    return Wording(language, lambda message: words.get(message, message))
