"""Countries that stand beside a name, and say where what it names lies.

By their own name ("Douz, en Tunisie", "Mauritania's Adrar"), or by an adjective right behind the name, or
with a word for a kind of place or a direction ("شنقيط الموريتانية", "dans le sud tunisien", "the Libyan
town of Ghat").
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise

from marsad.enrich.place_names import WORD, Mention, bare
from marsad.language.analyser import ARTICLE
from marsad.language.normalise import fold

#: Words between a name and its country behind it, before it; letters that these are looked for in.
BEHIND, BEFORE, _LETTERS = 6, 3, 80
#: Letters of a name, at most.
_LONGEST = 60
_APPOSED = re.compile(r"\s*[,،(]")
_FEMININE = fold("ة")
_SENTENCE_ENDS = re.compile(r"[.!?؟;؛:\n]")


@dataclass(frozen=True, slots=True)
class Naming:
    """Where a text says a country, or a place of it of which that is beyond doubt."""

    mention: Mention
    country: str


class Beside:
    """Reads which country a text says beside a name. `told` has the lists of ``place_cues.toml``."""

    def __init__(self, told: Mapping[str, Sequence[str]], kinds: Iterable[str]) -> None:
        self._small = frozenset(map(fold, told["small"]))
        self._where = frozenset([*kinds, *map(fold, told["where"])])
        self._never = frozenset(map(fold, told["never"]))
        self._belonging = frozenset(map(fold, told["belonging"]))
        self._demonyms = _demonyms()

    def right_behind(self, mention: Mention) -> str:
        """The country whose adjective is the next word; "" for none."""
        return self._demonyms.get(mention.after, "")

    def is_of_club(self, mention: Mention) -> bool:
        """Whether that adjective is a masculine Arabic one: towns are feminine, their clubs are not."""
        return mention.after.startswith(ARTICLE) and not mention.after.endswith(_FEMININE)

    def country(self, text: str, mention: Mention, namings: Sequence[Naming]) -> str:
        """The country that stands nearest to the name; "" for none.

        Nothing may be between them but what says where or, behind a comma, what the place is. `namings` are
        those of the text, in its order.
        """
        if self._is_adjective_of_kind(mention.before):
            return next(filter(None, map(self._demonyms.get, reversed(mention.before))), "")
        behind = _SENTENCE_ENDS.split(text[mention.end : mention.end + _LETTERS], maxsplit=1)[0]
        found = [*self._said_behind(behind, mention.after), *self._named(text, mention, namings)]
        return min(found)[1] if found else ""

    def _is_adjective_of_kind(self, before: Sequence[str]) -> bool:
        """Whether an adjective with a kind of place leads to the name: la ville libyenne de Ghat."""
        pairs = pairwise(before)
        return any(
            (one in self._demonyms and two.removeprefix(ARTICLE) in self._where)
            or (two in self._demonyms and one.removeprefix(ARTICLE) in self._where)
            for one, two in pairs
        )

    def _said_behind(self, behind: str, after: str) -> Iterator[tuple[int, str]]:
        """By an adjective: how many words are between, and the country; `after` is the next word."""
        before = ""
        for distance, match in enumerate(WORD.finditer(behind)):
            word = bare(match[0])
            if distance > BEHIND or word in self._never:
                return
            if word in self._demonyms and (
                word == after if not distance else before.removeprefix(ARTICLE) in self._where
            ):
                yield distance, self._demonyms[word]
                return
            before = word

    def _named(self, text: str, mention: Mention, namings: Sequence[Naming]) -> Iterator[tuple[int, str]]:
        """By its name: how many words are between, and the country."""
        start, end = mention.start - _LETTERS - _LONGEST, mention.end + _LETTERS
        first = bisect_left(namings, start, key=_start)
        for naming in namings[first : bisect_left(namings, end, key=_start)]:
            named = naming.mention
            if 0 <= named.start - mention.end < _LETTERS and named is not mention:
                between = text[mention.end : named.start]
                words = _between(between)
                if words is not None and self._leads_to_country(
                    words, named, _APPOSED.match(between) is not None
                ):
                    yield len(words), naming.country
            elif 0 <= mention.start - named.end < _LETTERS:
                words = _between(text[named.end : mention.start])
                if words is not None and self._leads_from_country(words, mention):
                    yield len(words), naming.country

    def _leads_to_country(self, words: Sequence[str], named: Mention, is_apposed: bool) -> bool:
        """Whether `words` between a name and a country say that it lies in it."""
        comes_from_there = bool(words) and self._belonging.issuperset(words)
        if len(words) > BEHIND or comes_from_there or not self._never.isdisjoint(words):
            return False
        is_list = named.stripped and not named.has_preposition and not words
        tells_what = is_apposed and any(word in self._where for word in words)
        return not is_list and (tells_what or self._say_where(words))

    def _leads_from_country(self, words: Sequence[str], mention: Mention) -> bool:
        """Whether `words` between a country and a name say that it lies there."""
        if len(words) > BEFORE or not self._never.isdisjoint(words) or not self._belonging.isdisjoint(words):
            return False
        return (bool(words) or mention.has_preposition) and self._say_where(words)

    def _say_where(self, words: Sequence[str]) -> bool:
        return all(word in self._small or word in self._where for word in words)


def _start(naming: Naming) -> int:
    return naming.mention.start


def _between(text: str) -> list[str] | None:
    """The words of `text`; None where a sentence ends in it."""
    return None if _SENTENCE_ENDS.search(text) else [bare(match[0]) for match in WORD.finditer(text)]


def _demonyms() -> dict[str, str]:
    """The adjectives of ``demonyms.toml``, as they stand behind a name, with the country that they say."""
    listed = tomllib.loads((files(__package__) / "demonyms.toml").read_text(encoding="utf-8"))
    found = {}
    for country, several in listed.items():
        for word in map(fold, several):
            is_arabic = word > "\u0600"
            for form in (ARTICLE + word, f"{ARTICLE}{word}ه") if is_arabic else (word,):
                found[form] = country
    return found
