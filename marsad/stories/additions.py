"""What each telling of a story adds to those before it: figures, places and names that none of them has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from marsad.language.analyser import Token, terms, tokens
from marsad.language.calendar.lexemes import lexemes
from marsad.language.normalise import fold
from marsad.language.numbers import number_word
from marsad.language.registry import language
from marsad.stories.chronology import SEARCHED, Told
from marsad.stories.frequencies import share_of_articles

#: What is told of one telling: the figures and names that its text begins with, and its first places.
MOST_FIGURES, MOST_PLACES, MOST_NAMES = 3, 2, 3
#: Smaller numbers count many things: the same one of something else is new.
SMALL = 13
#: A number alone between these is a year.
_YEARS = range(1900, 2101)
#: Arabic has no capitals: a name is rare words side by side, so many at least and at most, each of which
#: stands in no more than this part of all articles. Single rare words are mostly verbs.
FEWEST_WORDS, MOST_WORDS, COMMON = 2, 3, 0.003
#: In dates and times: a number before such a word counts nothing.
_OF_TIME = {"month", "english_month", "hijri_month", "weekday", "hour_mark", "month_word", "zone"}

_FIGURE = re.compile(
    r"(?<![\w.,:/٫٬-])و?"  # "and" is written onto the number
    r"(?P<number>\d{1,3}(?:[ .,٬\u00a0\u202f]\d{3}){1,3}|\d{1,9}(?:[.,٫]\d{1,2})?)(?![\d:/.,-]\d)"
    r"(?:[ \u00a0\u202f]?(?P<percent>[%٪])|[ \u00a0\u202f](?P<unit>[^\W\d_]{2,30})(?P<more> [^\W\d_]{2,30})?)"
)
_CLOCK = re.compile(r"[0-2]?\d[.][0-5]\d")
#: How verbs in the present and the future begin, and seldom a name.
_VERB = re.compile(r"[وف]?(?:سوف|سي|ست|سن|ي(?![او])|ن(?![اوي]))")
_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
_NAME = re.compile(
    r"(?P<before>[.!?:\n«»\"“”]\s*|^)?"
    rf"(?P<name>{_CAPITAL}[\w'’-]{{2,30}}"
    rf"(?: (?:(?:de|du|des|la|le|el|al|ben|bin|ibn|of|the) ){{0,2}}{_CAPITAL}[\w'’-]{{1,30}}){{0,3}})"
)
#: What English puts before and behind a name.
_AROUND = re.compile("^The |['’]s$")


@dataclass(frozen=True, slots=True)
class Added:
    """The figures and names of a telling that no earlier one has, as it writes them, and its places."""

    figures: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(slots=True)
class _Heard:
    """What the tellings so far said."""

    values: set[str] = field(default_factory=set)
    #: Slugs.
    places: set[str] = field(default_factory=set)
    #: Whether written from right to left → terms, and words as they stand, folded.
    words: dict[bool, set[str]] = field(default_factory=dict)
    languages: set[str] = field(default_factory=set)


def additions(tellings: Iterable[Told]) -> dict[int, Added]:
    """For each telling but the first what it adds to the earlier ones; those that add nothing are left out.

    Figures and places are compared over all languages, names within one script: who first tells a
    story in French adds no names by writing them in Latin letters.
    """
    heard, found = _Heard(), dict[int, Added]()
    for place, told in enumerate(sorted(tellings, key=lambda told: (told.dated, told.number))):
        text = f"{told.title}\n{told.text[:SEARCHED]}"
        figures, places = _new_figures(told, text, heard), _new_places(told, text, heard)
        names = _new_names(told, text, heard)
        if place and (figures or places or names):
            found[told.number] = Added(
                tuple(figures[:MOST_FIGURES]), tuple(places[:MOST_PLACES]), tuple(names[:MOST_NAMES])
            )
    return found


def _new_figures(told: Told, text: str, heard: _Heard) -> list[str]:
    """The figures in `text` that are new, which are then no longer new."""
    new = dict[str, str]()
    for match in _FIGURE.finditer(text):
        value, unit = _value(match["number"]), match["unit"] or ""
        if _counts_nothing(value, unit, told.language):
            continue
        many = number_word(fold(unit)) is not None  # three thousand, or million
        key = f"{value} {fold(unit)}" if many or (value.isdecimal() and int(value) < SMALL) else value
        if key not in heard.values:
            end = match.end() if many or not match["more"] else match.start("more")
            new.setdefault(key, " ".join(text[match.start("number") : end].split()))
    heard.values |= new.keys()
    return list(new.values())


def _counts_nothing(value: str, unit: str, language: str) -> bool:
    """Whether a number is a year, a part of a date or a time, or has nothing after it that it counts."""
    if not unit:
        return False
    is_year = value.isdecimal() and int(value) in _YEARS
    if _CLOCK.fullmatch(value) and number_word(fold(unit)) is None:
        return True
    meanings = {kind for lexeme in lexemes(unit)[:1] for kind in lexeme.meanings}
    return is_year or bool(_OF_TIME & meanings) or not terms(unit, language)


def _value(number: str) -> str:
    """Digits without what parts thousands; a comma is the point of a fraction."""
    plain = fold(number).replace("٬", "").replace("٫", ".")
    grouped = re.fullmatch(r"\d{1,3}(?:[ .,]\d{3})+", plain)
    return re.sub(r"\D", "", plain) if grouped else plain.replace(",", ".")


def _new_places(told: Told, text: str, heard: _Heard) -> list[str]:
    """The places that `text` names, which may be less than the article, and that are new."""
    said = set(terms(text, told.language)) if told.places else set()
    named = {
        slug: name
        for slug, name in told.places.items()
        if slug not in heard.places and said >= set(terms(name, told.language))
    }
    heard.places |= told.places.keys()
    return list(named.values())


def _new_names(told: Told, text: str, heard: _Heard) -> list[str]:
    """The names in `text` that are new beside the tellings in its script, none where there is none yet;
    those of places are not among them.

    Of who first tells it in a language single words are left out: others may have them in their own.
    """
    without_capitals = language(told.language).right_to_left
    before = heard.words.get(without_capitals)
    own = tokens(text, told.language)
    plain = {fold(text[token.start : token.end]) for token in own}
    heard.words[without_capitals] = (before or set()) | plain | {token.term for token in own}
    is_first = told.language not in heard.languages
    heard.languages.add(told.language)
    if before is None:
        return []
    written = _rare(told, text, own, before) if without_capitals else _capitals(text)
    names = dict[str, str]()
    for name in written:
        parts = tokens(name, told.language)
        said = {part.term for part in parts} | {fold(name[part.start : part.end]) for part in parts}
        if parts and not before & said and not (is_first and " " not in name):
            names.setdefault(" ".join(part.term for part in parts), name)
    placed = set(told.places.values())
    return _without_parts([name for name in names.values() if name not in placed])


def _capitals(text: str) -> Iterable[str]:
    """Words with capitals; a single one that begins a sentence only where another of it does not."""
    found = [(_AROUND.sub("", match["name"]), match["before"] is not None) for match in _NAME.finditer(text)]
    inside = {name for name, begins in found if not begins}
    return (name for name, begins in found if " " in name or not begins or name in inside)


def _rare(told: Told, text: str, own: Sequence[Token], before: set[str]) -> Iterable[str]:
    """Rare new words that stand side by side, as the text writes them."""
    new = sorted({token.term for token in own} - before)
    shares = share_of_articles(told.language, new)
    rare = {term for term, share in zip(new, shares, strict=True) if share <= COMMON and term[0].isalpha()}
    at = 0
    while at < len(own):
        end = at
        while (
            end < len(own)
            and _may_name(text, own[end], rare)
            and (end == at or _go_on(text, *own[end - 1 : end + 1]))
        ):
            end += 1
        if FEWEST_WORDS <= end - at <= MOST_WORDS:
            joined = text[own[at].start] == "و" and not own[at].term.startswith("و")
            yield text[own[at].start + joined : own[end - 1].end]
        at = max(end, at + 1)


def _may_name(text: str, token: Token, rare: set[str]) -> bool:
    return token.term in rare and not _VERB.match(text, token.start)


def _go_on(text: str, one: Token, other: Token) -> bool:
    """Whether a name may go on: "and" is written onto the word that it joins."""
    return text[one.end : other.start] == " " and text[other.start] != "و"


def _without_parts(names: Sequence[str]) -> list[str]:
    """The names that are no part of another."""
    return [name for name in names if not any(name != other and name in other for other in names)]
