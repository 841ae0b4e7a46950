"""The words of the interface in the reader's language, and dates and numbers in the reader's manner."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_gmt
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from hijridate import Gregorian

from marsad.model import Precision

#: The first one speaks to readers who ask for none of them.
LANGUAGES = ("ar", "fr", "en")
#: Each by its own name, for who looks for it.
OWN_NAMES = {"ar": "العربية", "fr": "Français", "en": "English"}
RIGHT_TO_LEFT = frozenset({"ar", "ary", "fa", "he", "ur"})
TRANSLATIONS = Path(__file__).parent / "translations"

#: The months of Morocco and of Algeria and Tunisia are not those of the Gulf.
_LOCALES = {"ar": "ar_MA", "fr": "fr", "en": "en_GB"}
_AS_KNOWN = {
    Precision.YEAR: "y",
    Precision.MONTH: "MMMM y",
    Precision.DAY: "d MMMM y",
    Precision.MINUTE: "d MMMM y",
}

HIJRI_MONTHS = (
    "Muharram",
    "Safar",
    "Rabi I",
    "Rabi II",
    "Jumada I",
    "Jumada II",
    "Rajab",
    "Shaban",
    "Ramadan",
    "Shawwal",
    "Dhu al-Qada",
    "Dhu al-Hijja",
)


#: Before these signs and after an opening mark, French has a space that belongs to them.
_FRENCH_SPACE = re.compile(r" (?=[:;?!»])|(?<=«) ")


@dataclass(frozen=True, slots=True)
class Wording:
    """One interface language."""

    language: str
    words: NullTranslations

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return direction(self.language)

    def say(self, message: str) -> str:
        """That message, which is English, in this language."""
        return self.words.gettext(message)

    def count(self, one: str, many: str, number: int) -> str:
        """The message for that number of things: Arabic knows six forms; ``%(number)s`` stands for it."""
        return self.words.ngettext(one, many, number).replace("%(number)s", self.number(number))

    def moment(self, moment: datetime, precision: Precision = Precision.MINUTE, clock: tzinfo = UTC) -> str:
        """A moment as precise as it is known, by that clock.

        A day is the day that the newspaper wrote, whatever the clock.
        """
        pattern, locale = _AS_KNOWN[precision], _LOCALES[self.language]
        if precision is Precision.MINUTE:
            local = moment.astimezone(clock)
            return (
                f"{_day(local.date(), pattern, locale)} · {_minute(time(local.hour, local.minute), locale)}"
            )
        return _day(moment.astimezone(UTC).date(), pattern, locale)

    def local(self, moment: datetime, precision: Precision, own: tzinfo, clock: tzinfo | None) -> str:
        """A moment by its newspaper's `own` clock, which is named where it is not that of its readers."""
        said, there = self.moment(moment, precision, own), moment.astimezone(own)
        if precision is not Precision.MINUTE or clock is None:
            return said
        if moment.astimezone(clock).utcoffset() == there.utcoffset():
            return said
        return f"{said} {get_timezone_gmt(there, locale=_LOCALES[self.language])}"

    def printed(self, moment: datetime, precision: Precision, clock: tzinfo) -> str:
        """The day that was printed over it where that clock goes; no more than is known of it."""
        if precision is not Precision.MINUTE:
            return self.moment(moment, precision)
        return _day(moment.astimezone(clock).date(), _AS_KNOWN[Precision.DAY], _LOCALES[self.language])

    def brief(self, moment: datetime, precision: Precision, clock: tzinfo, today: date) -> str:
        """The same without what goes without saying: the day if it is `today`, the year if it is this one."""
        local, locale = moment.astimezone(clock), _LOCALES[self.language]
        day = local.date()
        if precision is not Precision.MINUTE or day.year != today.year:
            return self.moment(moment, precision, clock)
        minute = _minute(time(local.hour, local.minute), locale)
        return minute if day == today else f"{_day(day, 'd MMMM', locale)} · {minute}"

    def day(self, day: date) -> str:
        """A day with its name: Tuesday 5 March 2024."""
        return _day(day, "EEEE d MMMM y", _LOCALES[self.language])

    def hour(self, local: datetime) -> str:
        """The time of day: 14:30."""
        return _minute(local.time().replace(second=0, microsecond=0), _LOCALES[self.language])

    def month(self, day: date) -> str:
        """The month of that day: March 2024."""
        return _day(day, "MMMM y", _LOCALES[self.language])

    def weekday(self, day: date) -> str:
        """The short name of that day of the week."""
        return _day(day, "EEE", _LOCALES[self.language])

    def hijri(self, day: date) -> str:
        """That day in the Hijri calendar of Umm al-Qura; "" outside its tables."""
        try:
            found = Gregorian(day.year, day.month, day.day).to_hijri()
        except (OverflowError, ValueError):
            return ""
        return f"{found.day} {self.say(HIJRI_MONTHS[found.month - 1])} {found.year}"

    def country(self, code: str) -> str:
        """The name of a country by its ISO 3166 code; the code itself where it is none."""
        return str(Locale.parse(_LOCALES[self.language]).territories.get(code.upper(), code))

    def tongue(self, code: str) -> str:
        """The name of a language by its code."""
        return str(Locale.parse(_LOCALES[self.language]).languages.get(code, code))

    def number(self, number: float) -> str:
        """A whole number with its thousands apart."""
        return _decimal(number, _LOCALES[self.language])


# The same numbers, days and minutes stand on many pages, and each takes Babel a tenth of a millisecond.
@lru_cache(10_000)
def _decimal(number: float, locale: str) -> str:
    return format_decimal(number, locale=locale)


@lru_cache(10_000)
def _day(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale=locale)


@lru_cache(10_000)
def _minute(at: time, locale: str) -> str:
    return format_time(at, "HH:mm", locale=locale)


def set_in(text: str, language: str) -> str:
    """`text` as that language is set: in French no sign that has a space before it begins a line.

    As many characters as before, so that what is known of their places stays true.
    """
    return _FRENCH_SPACE.sub("\N{NO-BREAK SPACE}", text) if language == "fr" else text


def direction(language: str) -> str:
    """``rtl`` or ``ltr``."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def chosen(accept_language: str) -> Wording:
    """The first language of ours that the reader's browser asks for."""
    ours = (language for language in _asked(accept_language) if language in LANGUAGES)
    return wording(next(ours, LANGUAGES[0]))


@cache
def wording(language: str) -> Wording:
    """That interface language; the words as they stand in the templates are English."""
    path = TRANSLATIONS / f"{language}.po"
    if not path.exists():
        return Wording(language, NullTranslations())
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return Wording(language, GNUTranslations(compiled))


def _asked(accept_language: str) -> Iterable[str]:
    """Language codes, the most wanted first; what cannot be read is left out."""
    asked = []
    for place, part in enumerate(accept_language[:200].split(",")):
        code, _, weight = part.strip().partition(";q=")
        try:
            wanted = float(weight or 1)
        except ValueError:
            continue
        if wanted > 0:
            asked.append((-wanted, place, code.strip()[:2].lower()))
    return [code for _, _, code in sorted(asked)]
