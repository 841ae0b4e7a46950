"""Names of the gazetteer where they stand in a text, with what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from marsad.enrich.gazetteer import Names
from marsad.language.normalise import SILENT, fold
from marsad.model import Part

_MARKS = "".join(f"{chr(first)}-{chr(last)}" for first, last in SILENT)
#: A word of any script.
WORD = re.compile(rf"[^\W\d_][^\W\d_{_MARKS}]*(?:[{_MARKS}]+[^\W\d_]+)*")
#: What may stand between two words of one name.
_WITHIN = frozenset([" ", "-", "'", "’", "\u00a0", " - ", "–", "‑", ". ", ""])
#: What ends a dateline.
_DATELINE = re.compile(
    r"\s*(?:\([^)\n]{1,40}\)|[،,/]\s*[^\W\d_]+(?:\s[^\W\d_]+)?|\s[A-Z]{2,5})?\s*(?:[-–—:/]|\(|\.\s*[-–—])"
)
_DATELINE_ENDS = 60
#: Titles of persons that are written with a point.
_TITLES = frozenset({"M", "MM", "Mr", "Mrs", "Ms", "Dr", "Pr", "Prof"})
#: Words whose readings are remembered.
REMEMBERED = 50_000
#: A line of which so much begins with capitals is a headline in the English manner.
CAPITALS = 0.6


class Written(NamedTuple):
    """A word and where it stands."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text, ``part[start:end]``, and what may be meant by it."""

    part: Part
    start: int
    end: int
    #: Slugs of the places of that name.
    bearers: tuple[str, ...]
    words: int
    #: Its first word, folded.
    first: str
    #: The words before it, at most three, folded, and the one behind it where nothing parts them.
    before: tuple[str, ...]
    after: str
    common: bool
    #: It is an adjective too.
    adjective: bool
    latin: bool
    #: A particle was taken off its front; whether it is one that says where.
    stripped: bool
    has_preposition: bool
    #: A word with a capital stands right before it, right behind it.
    named_before: bool
    named_after: bool
    is_dateline: bool


class _Reading(NamedTuple):
    """A way to read a word: without its particles."""

    word: str
    stripped: bool
    preposition: bool


class Reader:
    """Reads names out of texts. `lists` are the names of ``place_cues.toml``."""

    def __init__(self, names: Names, lists: Mapping[str, Sequence[str]]) -> None:
        self._names = names
        self._common = (names.common | _folded(lists["common"])) - _folded(lists["sure"])
        self._exact = {fold(name): name for name in lists["exact"]}
        self._adjectives = _folded(lists["adjectives"])
        self._whole = names.whole | _folded(lists["whole"])
        self._never = _folded(lists["other"]) | (_folded(lists["dropped"]) & set(names.bearers))
        for name in self._never:
            first = name.split()[0]
            names.longest[first] = max(names.longest.get(first, 0), len(name.split()))
        self._remembered: dict[str, tuple[_Reading, ...]] = {}

    def mentions(self, part: Part, text: str) -> Iterator[Mention]:
        """The names in `text`, in order, none inside another."""
        found = [Written(match[0], *match.span()) for match in WORD.finditer(text)]
        known, at, last = self._remembered, 0, 0
        headline = part is Part.TITLE and _is_headline(found)
        while at < len(found):
            word = found[at].word
            readings = known[word] if word in known else self._readings(word)
            taken = 0
            for reading in readings:
                taken, name = self._longest(text, found, at, reading.word)
                if taken:
                    beside = found[max(at - 3, last) : at]
                    here = found[at : at + taken + 1]
                    mention = self._mention(part, text, beside, here, taken, reading, name, headline=headline)
                    if name not in self._never and mention is not None:
                        yield mention
                        last = at + taken
                    break
            at += taken or 1

    def _readings(self, word: str) -> tuple[_Reading, ...]:
        """How `word` may begin a name; () for most words."""
        if len(self._remembered) >= REMEMBERED:
            self._remembered.clear()
        folded = fold(word)
        ways = [_Reading(folded, stripped=False, preposition=False)]
        if folded not in self._whole:
            ways += _without_particles(folded)
        found = tuple(way for way in ways if way.word in self._names.longest)
        self._remembered[word] = found
        return found

    def _longest(self, text: str, found: Sequence[Written], at: int, first: str) -> tuple[int, str]:
        """The words that the longest name from `at` on takes, and the name; (0, "") where none begins."""
        words = [first]
        for place in range(at + 1, min(at + self._names.longest[first], len(found))):
            if text[found[place - 1].end : found[place].start] not in _WITHIN:
                break
            words.append(_fold_word(found[place].word))
        for taken in range(len(words), 0, -1):
            name = " ".join(words[:taken])
            if name in self._names.bearers or name in self._never:
                return taken, name
        return 0, ""

    def _mention(
        self,
        part: Part,
        text: str,
        beside: Sequence[Written],
        here: Sequence[Written],
        taken: int,
        reading: _Reading,
        name: str,
        *,
        headline: bool,
    ) -> Mention | None:
        """The name that the first `taken` words of `here` make; None for one in small letters, or spelt as
        another word is."""
        if name not in self._names.bearers:
            return None
        first, last = here[0], here[taken - 1]
        exact = self._exact.get(name)
        if exact and not last.word.endswith(exact):
            return None
        latin = first.word[0].isascii() or first.word[0] < "\u0370"
        if latin and not (
            first.word[0].isupper() and (last.word[0].isupper() or text[last.start - 1] in "'’-")
        ):
            return None
        beside = [each for each in beside if _is_same_line(text, each.end, first.start)]
        adjoins = bool(beside) and not text[beside[-1].end : first.start].strip()
        behind = here[taken] if taken < len(here) else None
        follows = behind is not None and not text[last.end : behind.start].strip(" -")
        return Mention(
            part=part,
            start=first.start,
            end=last.end,
            bearers=self._names.bearers[name],
            words=taken,
            first=reading.word,
            before=tuple(bare(each.word) for each in beside) if _is_near(text, beside, first) else (),
            after=_fold_word(behind.word) if behind is not None and follows else "",
            common=name in self._common and not exact,
            adjective=name in self._adjectives,
            latin=latin,
            stripped=reading.stripped,
            has_preposition=reading.preposition,
            named_before=latin and not headline and adjoins and _is_capital(text, beside[-1]),
            named_after=latin
            and not headline
            and behind is not None
            and not text[last.end : behind.start].strip(" ")
            and behind.word[0].isupper(),
            is_dateline=part is not Part.TITLE
            and first.start < _DATELINE_ENDS // 2
            and text.rfind("\n", 0, first.start) < 0
            and _DATELINE.match(text[last.end : last.end + _DATELINE_ENDS]) is not None,
        )


def _without_particles(word: str) -> Iterator[_Reading]:
    """What is left of an Arabic word without و or ف, and without ب, ل or ك."""
    if not word or word[0] not in "وفبلك":
        return
    rest = word
    if rest[0] in "وف" and len(rest) > 3:
        rest = rest[1:]
        yield _Reading(rest, stripped=True, preposition=False)
    if rest.startswith("لل") and len(rest) > 4:
        yield _Reading("ال" + rest[2:], stripped=True, preposition=True)
        yield _Reading("ال" + rest[1:], stripped=True, preposition=True)
    if rest[0] in "بلك" and len(rest) > 3:
        yield _Reading(rest[1:], stripped=True, preposition=rest[0] != "ك")


#: Words of texts come again and again.
_fold_word = lru_cache(maxsize=REMEMBERED)(fold)


@lru_cache(maxsize=REMEMBERED)
def bare(word: str) -> str:
    """A word before a name, folded, without the particles and the article that cues are listed without."""
    folded = _fold_word(word)
    particles = len(folded) - len(folded.lstrip("وفبلك"))
    return next((folded[n:] for n in range(particles + 1) if folded[n:] in _CUE_NOUNS), folded)


#: Arabic words for kinds of places that particles are often written onto.
_CUE_NOUNS = frozenset(
    map(
        fold,
        "مدينة إقليم عمالة ولاية جهة جماعة مقاطعة محافظة معتمدية بلدة قرية بلدية منطقة دوار ضواحي حي"
        " دولة".split(),
    )
)


def _is_same_line(text: str, start: int, end: int) -> bool:
    return "\n" not in text[start:end]


def _is_near(text: str, beside: Sequence[Written], first: Written) -> bool:
    """Whether only spaces, quotation marks or an apostrophe part the name from the word before it, or the
    point of a title: M. Matmata."""
    if not beside:
        return False
    apart = text[beside[-1].end : first.start].strip(" «\"'’“\u00a0")
    return not apart or (apart == "." and beside[-1].word in _TITLES)


def _is_capital(text: str, before: Written) -> bool:
    """Whether the word before is a name, and not only the first of its sentence."""
    starts = text[: before.start].rstrip(" «\"'“(")
    return before.word[0].isupper() and bool(starts) and starts[-1] not in ".!?:\n-–—"


def _is_headline(found: Sequence[Written]) -> bool:
    long = [each.word for each in found if len(each.word) > 3]
    return len(long) > 2 and sum(word[0].isupper() for word in long) >= CAPITALS * len(long)


def _folded(names: Sequence[str]) -> set[str]:
    return {" ".join(re.findall(r"[^\W_]+", fold(name))) for name in names}
