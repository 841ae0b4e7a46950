"""The figures of a text: what it counts, each by what it is worth however it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from marsad.language.analyser import Token, terms
from marsad.language.calendar.lexemes import lexemes
from marsad.language.normalise import fold
from marsad.language.numbers import LONGEST, number_word, spoken

#: Smaller numbers count many things: the same one of something else is new.
SMALL = 13
#: A number alone between these is a year.
_YEARS = range(1900, 2101)
#: In dates and times: a number before such a word counts nothing.
_OF_TIME = {"month", "english_month", "hijri_month", "weekday", "hour_mark", "month_word", "zone"}
#: Words that no number is written with alone.
_LARGE = {
    fold(word): size
    for size, words in {
        1_000_000: "مليون مليونا ملايين million millions",
        1_000_000_000: "مليار مليارا مليارات بليون milliard milliards billion billions",
    }.items()
    for word in words.split()
}

_FIGURE = re.compile(
    r"(?<![\w.,:/٫٬-])(?P<joined>و ?)?"  # "and" is written onto the number
    r"(?P<number>\d{1,3}(?:[ .,٬\u00a0\u202f]\d{3}){1,3}|\d{1,9}(?:[.,٫]\d{1,2})?)(?![\d:/.,-]\d)"
    r"(?:[ \u00a0\u202f]?[%٪]|[ \u00a0\u202f](?:(?:في ال|بال)م(?:ائ|ئ)ة\b|pour cent\b|per ?cent\b"
    r"|(?P<unit>[^\W\d_]{2,30})(?P<more> [^\W\d_]{2,30})?))"
)
_CLOCK = re.compile(r"[0-2]?\d[.][0-5]\d")


@dataclass(frozen=True, slots=True)
class Figure:
    """What a text counts."""

    #: The same for the same figure, whatever its language and spelling.
    key: str
    #: As the text writes it, with what it counts.
    written: str


@dataclass(slots=True)
class _Part:
    """Thousands, millions, or what is left of a number that is said in parts."""

    value: float
    size: int
    start: int
    end: int

    def goes_on_with(self, other: _Part, between: str) -> bool:
        """7 ملايين و409 آلاف و843: the smaller parts of one number follow the larger."""
        return other.size < self.size and other.value < self.size and not between.strip()


_NOTHING = _Part(0, 0, 0, 0)


def figures(text: str, language: str) -> list[Figure]:
    """The figures written in digits; years, parts of dates and times, and bare numbers are none."""
    found: list[Figure] = []
    before = _NOTHING
    for match in _FIGURE.finditer(text):
        if _counts_nothing(match, language):
            continue
        part = _Part(float(_value(match["number"])), _size(match["unit"]), match.start("number"), match.end())
        if match["joined"] and before.goes_on_with(part, text[before.end : match.start()]):
            part.value, part.start = before.value + part.value * part.size, before.start
            found.pop()
        else:
            part.value *= part.size
        part.end = match.end("unit")
        before = part if part.size > 1 else _NOTHING
        written = " ".join(text[part.start : _end(match, part.size, language)].split())
        found.append(Figure(_key(part.value, match["unit"] or "" if part.size == 1 else ""), written))
    return found


def in_words(text: str, own: list[Token]) -> Iterator[str]:
    """The keys of numbers that a text spells out."""
    words = [(fold(text[token.start : token.end]), token) for token in own]
    for at, (word, _) in enumerate(words):
        if number_word(word) is None:
            continue
        said = spoken([each for each, _ in words[at : at + LONGEST]])
        if said is not None and not said.ordinal:
            yield _key(float(said.value), words[at + said.words][0] if at + said.words < len(words) else "")


def _size(unit: str | None) -> int:
    """What the word after a number makes of it: thousands, millions."""
    word = fold(unit or "")
    large = _LARGE.get(word) or number_word(word)
    return large if large is not None and large >= 1000 else 1


def _key(value: float, unit: str) -> str:
    plain = f"{value:.15g}"
    return f"{plain} {fold(unit)}" if value < SMALL and plain.isdecimal() else plain


def _end(match: re.Match[str], size: int, language: str) -> int:
    """Where what is counted ends: after the unit, after the word that a large number counts."""
    more = match["more"]
    if more is None:
        return match.end()
    return match.end() if size > 1 and terms(more, language) else match.end("unit")


def _counts_nothing(match: re.Match[str], language: str) -> bool:
    """Whether a number is a year, a part of a date or a time, or has nothing after it that it counts."""
    value, unit = _value(match["number"]), match["unit"]
    if not unit:
        return False
    is_year = value.isdecimal() and int(value) in _YEARS
    if _size(unit) > 1:
        return False
    if _CLOCK.fullmatch(value):
        return True
    meanings = {kind for lexeme in lexemes(unit)[:1] for kind in lexeme.meanings}
    return is_year or bool(_OF_TIME & meanings) or not terms(unit, language)


def _value(number: str) -> str:
    """Digits without what parts thousands; a comma is the point of a fraction."""
    plain = fold(number).replace("٬", "").replace("٫", ".")
    grouped = re.fullmatch(r"\d{1,3}(?:[ .,]\d{3})+", plain)
    return re.sub(r"\D", "", plain) if grouped else plain.replace(",", ".")
