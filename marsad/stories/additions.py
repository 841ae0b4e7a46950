"""What each telling of a story adds to those before it: figures, places and names that none of them has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from marsad.language.analyser import ARTICLE, Token, terms, tokens
from marsad.language.normalise import fold
from marsad.language.registry import language
from marsad.stories.chronology import DATELINE, SEARCHED, Told
from marsad.stories.figures import figures, in_words
from marsad.stories.frequencies import share_of_articles

#: What is told of one telling: the figures and names that its text begins with, and its first places.
MOST_FIGURES, MOST_PLACES, MOST_NAMES = 3, 2, 3
#: Arabic has no capitals: a name is rare words side by side, so many at least and at most, each of which
#: stands in no more than this part of all articles, behind an office or a verb of speech: others are
#: mostly verbs with what they do. Words that describe the office may stand between, so many at most.
FEWEST_WORDS, MOST_WORDS, COMMON, MOST_BETWEEN = 2, 3, 0.003, 5
#: What may stand between an office and the name of who holds it.
_HELD = re.compile(r"[\s،,\"“«]{1,3}")
_SAYS = re.compile("[وف]?(?:قال|أكد|أوضح|صرح|أعلن|أضاف|يدعى|اسمه)ت?")
#: How verbs in the present and the future begin, and seldom a name.
_VERB = re.compile(r"[وف]?(?:سوف|سي|ست|سن|ي(?![او])|ن(?![اوي]))")
_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
_NAME = re.compile(
    r"(?P<before>[.!?:\n«»\"“”]\s*|^)?"
    rf"(?P<name>{_CAPITAL}[\w'’-]{{2,30}}"
    rf"(?: (?:(?:de|du|des|la|le|el|al|ben|bin|ibn|of|the) ){{0,2}}{_CAPITAL}[\w'’-]{{1,30}}){{0,3}})"
)
#: What stands with a capital before a name, and behind an English one.
_AROUND = re.compile("^(?:The|Selon|D['’]après) |['’]s$")


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

    def said(self, name: str) -> bool:
        """Whether a telling of whatever language said all words of that name."""
        return any(
            (parts := terms(name, code)) and self.words[language(code).right_to_left].issuperset(parts)
            for code in self.languages
        )


def additions(
    tellings: Iterable[Told], agency: Callable[[str], str | None] | None = None
) -> dict[int, Added]:
    """For each telling but the first what it adds to the earlier ones; those that add nothing are left out.

    Figures and places are compared over all languages, names within one script: who first tells a
    story in French adds no names by writing them in Latin letters. Who is an `agency`, by whatever name, adds
    nothing: it only tells.
    """
    heard, found = _Heard(), dict[int, Added]()
    for place, told in enumerate(sorted(tellings, key=lambda told: (told.dated, told.number))):
        text = f"{told.title}\n{DATELINE.sub('', told.text)[:SEARCHED]}"
        figures, places = _new_figures(told, text, heard), _new_places(told, text, heard)
        names = [name for name in _new_names(told, text, heard) if not (agency and agency(name))]
        if place and (figures or places or names):
            found[told.number] = Added(
                tuple(figures[:MOST_FIGURES]), tuple(places[:MOST_PLACES]), tuple(names[:MOST_NAMES])
            )
    return found


def _new_figures(told: Told, text: str, heard: _Heard) -> list[str]:
    """The figures in `text` that are new, which are then no longer new."""
    new = dict[str, str]()
    for figure in figures(text, told.language):
        if figure.key not in heard.values:
            new.setdefault(figure.key, figure.written)
    heard.values |= {*new, *in_words(text, tokens(text, told.language))}
    return list(new.values())


def _new_places(told: Told, text: str, heard: _Heard) -> list[str]:
    """The places that `text` names, which may be less than the article, and that are new.

    What others named without telling of it is not new, nor is what a place lies in that was named.
    """
    said = set(terms(text, told.language)) if told.places else set()
    named = [
        spot.name
        for slug, spot in told.places.items()
        if slug not in heard.places
        and said >= set(terms(spot.name, told.language))
        and not any(heard.said(name) for name in spot.names)
    ]
    for slug, spot in told.places.items():
        heard.places |= {slug, *spot.around}
    return named


def _new_names(told: Told, text: str, heard: _Heard) -> list[str]:
    """The names in `text` that are new beside the tellings in its script, none where there is none yet;
    those of places are not among them, nor is the agency that it is from, where it is credited so.

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
    known = {told.credit, *(spot.name for spot in told.places.values())}
    return _without_parts([name for name in names.values() if name not in known])


def _capitals(text: str) -> Iterable[str]:
    """Words with capitals; a single one that begins a sentence only where another of it does not."""
    found = [(_AROUND.sub("", match["name"]), match["before"] is not None) for match in _NAME.finditer(text)]
    inside = {name for name, begins in found if not begins}
    return (name for name, begins in found if " " in name or not begins or name in inside)


def _rare(told: Told, text: str, own: Sequence[Token], before: set[str]) -> Iterable[str]:
    """Rare new words that stand side by side where a name is to be expected, as the text writes them."""
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
        if FEWEST_WORDS <= end - at <= MOST_WORDS and _is_introduced(text, own, at):
            yield text[own[at].start : own[end - 1].end]
        at = max(end, at + 1)


def _may_name(text: str, token: Token, rare: set[str]) -> bool:
    return token.term in rare and not _VERB.match(text, token.start)


def _go_on(text: str, one: Token, other: Token) -> bool:
    """Whether a name may go on: "and" is written onto the word that it joins."""
    return text[one.end : other.start] == " " and text[other.start] != "و"


def _is_introduced(text: str, own: Sequence[Token], at: int) -> bool:
    """Whether an office stands before a name, with no more than what describes it between them, or a verb
    of speech: السيناتور الجمهوري، ليندسي غراهام."""
    for back in range(at - 1, max(at - 1 - MOST_BETWEEN, -1), -1):
        word = text[own[back].start : own[back].end]
        if not _HELD.fullmatch(text, own[back].end, own[back + 1].start):
            return False
        if own[back].term in _offices() or (back == at - 1 and _SAYS.fullmatch(word)):
            return True
        if not word.startswith(ARTICLE):
            return False
    return False


@cache
def _offices() -> frozenset[str]:
    """The terms of the words that names stand behind."""
    return frozenset(terms(files("marsad.stories").joinpath("offices.txt").read_text("utf-8"), "ar"))


def _without_parts(names: Sequence[str]) -> list[str]:
    """The names that are no part of another."""
    return [name for name in names if not any(name != other and name in other for other in names)]
