"""The places that an article names.

Names are looked up in the gazetteer word by word, the longest first, Arabic ones also without
the particles written onto them. A name is taken for a place by the sum of what speaks for it
(`Weights`): how large the place is, the newspaper's country, the word before it, a dateline, the
country that stands beside it (`place_beside`), other places of the same text that lie near it; against
it, that it is a common word, a person's, a club's or a street's. Of several places of one name the one
with the highest sum is meant. What is sure in one line of the text helps the others (one sense per
discourse: Gale, Church and Yarowsky 1992).
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from marsad.enrich.gazetteer import Gazetteer, Kind, Known, gazetteer
from marsad.enrich.place_beside import Beside, Naming
from marsad.enrich.place_names import Mention, Reader
from marsad.language.analyser import ARTICLE
from marsad.language.normalise import fold
from marsad.model import Part, Place

#: Words between the name of a club, a street, and that of its town.
_OF = frozenset({"de", "du", "d", "of"})
_TOWNS = frozenset({Kind.CITY, Kind.COMMUNE})
#: Inhabitants from which on a city is named abroad without saying what it is.
_FAMOUS = 500_000
#: Letters of each part that are read.
READ = 20_000
#: Places that an article may be about, and letters of its beginning that count as its head.
MOST_MAIN, HEAD = 4, 300


@dataclass(frozen=True, slots=True)
class Weights:
    """What each cue adds, and the sum from which on a name is taken for a place.

    Set by hand on the first half of ``tests/cases/places``; docs/measuring.md has what the other half says.
    """

    enough: float = 0.8
    country: float = 1.0
    region: float = 0.9
    large: float = 0.9
    middling: float = 0.6
    small: float = 0.3
    several_words: float = 0.2
    common: float = -0.6
    kind: float = 0.9
    other_kind: float = -0.2
    dateline: float = 0.8
    locative: float = 0.2
    #: Latin names have a capital: with a preposition before it, a common word is hardly meant.
    locative_capital: float = 0.6
    home: float = 0.25
    abroad: float = -0.2
    #: The text says its country beside it: then the newspaper's own matters no more.
    beside: float = 0.5
    same_country: float = 0.3
    same_region: float = 0.35
    #: Headline and text name it, and it lies in the newspaper's country or in one that the headline names.
    taken_up: float = 0.25
    person: float = -1.0
    #: Texts about sports call foreign clubs by the names of their towns.
    club: float = -0.6
    other: float = -1.0
    written_onto: float = -0.1


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of ``place_cues.toml``, folded."""

    kinds: Mapping[str, frozenset[Kind]]
    locative: frozenset[str]
    person: frozenset[str]
    other: frozenset[str]
    sporting: frozenset[str]
    after: frozenset[str]
    harmless: frozenset[str]
    accompanied: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Meant:
    """A mention with the place that is most likely meant, and how likely."""

    mention: Mention
    place: Known
    score: float


class Finder:
    """Finds places in texts; keeps nothing of them."""

    def __init__(self, known: Gazetteer, weights: Weights = Weights()) -> None:  # immutable
        told = tomllib.loads((files(__package__) / "place_cues.toml").read_text(encoding="utf-8"))
        self._known = known
        self._weights = weights
        self._cues = _cues(told)
        self._reader = Reader(known.names, told["names"])
        self._beside = Beside(told["beside"], self._cues.kinds)

    def find(
        self, title: str, lead: str, body: str, *, country: str = "", sports: bool = False
    ) -> tuple[Place, ...]:
        """The places that the article names, the main ones first; positions are those of the first mention.

        `country` is that of the newspaper (ISO 3166); `sports` says that it is about sports.
        """
        told_twice = body.startswith(lead[:HEAD]) if lead else True
        parts = [(Part.TITLE, title), *([] if told_twice else [(Part.LEAD, lead)]), (Part.BODY, body)]
        mentions = [each for part, text in parts for each in self._reader.mentions(part, text[:READ])]
        if not mentions:
            return ()
        home = country.lower()
        own = [self._own(mention, home, sports=sports) for mention in mentions]
        own = self._told_beside(own, dict(parts), home)
        sure = [best for best in map(_best, own) if best.score >= self._weights.enough]
        countries = {each.place.country for each in sure if each.mention.first not in self._cues.accompanied}
        own = [each for each in own if self._may_stand(each[0].mention, countries)]
        sure = [each for each in sure if self._may_stand(each.mention, countries)]
        told_of = {home, *(each.place.country for each in sure if each.mention.part is Part.TITLE)}
        taken = self._supported(own, sure, self._taken_up(own, told_of), home)
        return _summed(taken, self._known)

    def _may_stand(self, mention: Mention, countries: set[str]) -> bool:
        """Whether it is no common word, or `countries` or a word before it say that it is a place."""
        with_it = self._cues.accompanied.get(mention.first)
        return (
            with_it is None
            or bool(with_it & countries)
            or any(word in self._cues.kinds for word in mention.before[-2:])
        )

    def _own(self, mention: Mention, home: str, *, sports: bool) -> list[_Meant]:
        """Whom the mention may mean, by what stands at it."""
        said = self._said(mention, sports=sports)
        return [
            _Meant(mention, place, said + self._of_place(mention, place, home, sports=sports))
            for place in map(self._known.__getitem__, mention.bearers)
        ]

    def _may_be_club(self, mention: Mention, place: Known, home: str) -> bool:
        """Whether a foreign town is named without a word that says where."""
        before = mention.before[-1:] or ("",)
        says_where = mention.has_preposition or mention.is_dateline or self._is_cue(before[0])
        return place.kind is Kind.CITY and place.country != home and not says_where

    def _said(self, mention: Mention, *, sports: bool) -> float:
        """What the words around say, whichever place is meant."""
        weights, cues, score = self._weights, self._cues, 0.0
        before = mention.before[-1:] or ("",)
        owner = mention.before[-2] if before[0] in _OF and len(mention.before) > 1 else before[0]
        if before[0] in cues.person:
            score += weights.person
        elif owner in cues.other and (sports or owner not in cues.sporting):
            score += weights.other
        elif mention.latin and mention.named_before and not self._is_cue(before[0]):
            score += weights.person
        if mention.after in cues.after or (mention.named_after and mention.after not in cues.harmless):
            score += weights.other
        if mention.is_dateline:
            score += weights.dateline
        if before[0] in cues.locative or mention.has_preposition:
            # An adjective never stands behind a preposition: دعم مالي, but في مالي.
            strong = mention.common and (mention.latin or _is_country(mention))
            score += weights.locative_capital if strong else weights.locative * (not mention.common)
        elif mention.adjective and _follows_its_noun(mention):
            score += weights.common
        return score + weights.common * mention.common + weights.written_onto * mention.stripped

    def _is_cue(self, word: str) -> bool:
        return word in self._cues.locative or word in self._cues.kinds or word in self._cues.harmless

    def _of_place(self, mention: Mention, place: Known, home: str, *, sports: bool) -> float:
        """What speaks for this place among those of the name."""
        weights = self._weights
        score = self._size(place)
        if self._is_seat(place, mention.bearers):
            score = max(score, weights.region)
        if mention.words > 1 and place.kind is not Kind.COUNTRY:
            score += weights.several_words * (mention.first not in self._cues.person)
        named = [self._cues.kinds[word] for word in mention.before[-2:] if word in self._cues.kinds]
        if named:
            score += weights.kind if place.kind in named[-1] else weights.other_kind
        score += self._of_country(place, home)
        if sports and self._may_be_club(mention, place, home):
            score += weights.club
        return score

    def _of_country(self, place: Known, home: str) -> float:
        """What the newspaper's country says."""
        if place.country == home:
            return self._weights.home
        is_far = place.kind is not Kind.COUNTRY and place.inhabitants < _FAMOUS
        return self._weights.abroad * is_far

    def _told_beside(
        self, own: Sequence[list[_Meant]], texts: Mapping[Part, str], home: str
    ) -> list[list[_Meant]]:
        """The same, with what the country says that stands beside a mention."""
        namings: dict[Part, list[Naming]] = {part: [] for part in texts}
        for several in own:
            if naming := self._naming(several):
                namings[naming.mention.part].append(naming)
        told = []
        for several in own:
            mention, country = several[0].mention, ""
            if self._is_open(several):
                country = self._beside.country(texts[mention.part], mention, namings[mention.part])
            told.append([self._with_country(each, country, home) for each in several] if country else several)
        return told

    def _is_open(self, several: Sequence[_Meant]) -> bool:
        """Whether it may be a place, but it is not sure yet that it is one, and in which country."""
        best = _best(several)
        is_sure = best.score >= self._weights.enough
        return best.score > self._weights.abroad and not (
            is_sure and len({each.place.country for each in several}) == 1
        )

    def _naming(self, several: Sequence[_Meant]) -> Naming | None:
        """That the mention says a country: it is one, or has its adjective right behind."""
        best = _best(several)
        if best.place.kind is Kind.COUNTRY and best.score >= self._weights.enough:
            return Naming(best.mention, best.place.country)
        country = self._beside.right_behind(best.mention)
        is_there = country and any(self._lies_in(each, country) for each in several)
        return Naming(best.mention, country) if is_there else None

    def _with_country(self, meant: _Meant, country: str, home: str) -> _Meant:
        """With what it says that `country` stands beside the name."""
        if not self._lies_in(meant, country):
            return meant
        more = self._weights.beside - self._of_country(meant.place, home)
        return replace(meant, score=meant.score + more)

    def _lies_in(self, meant: _Meant, country: str) -> bool:
        """Whether `country`, said beside the name, speaks for that place."""
        place, mention = meant.place, meant.mention
        if place.country != country or place.kind is Kind.COUNTRY:
            return False
        bearers = map(self._known.__getitem__, mention.bearers)
        has_town = any(each.kind in _TOWNS and each.country == country for each in bearers)
        return not (has_town and self._beside.is_of_club(mention))

    def _is_seat(self, place: Known, bearers: Sequence[str]) -> bool:
        """Whether a province or region of the same name lies around it: its chief town is meant rather."""
        return any(area.slug in bearers for area in self._known.around(place.slug)[:2])

    def _size(self, place: Known) -> float:
        weights = self._weights
        if place.kind is Kind.COUNTRY:
            return weights.country
        if place.kind in {Kind.REGION, Kind.PROVINCE}:
            return weights.region - 0.05
        if place.kind is Kind.DISTRICT:
            return weights.small
        people = place.inhabitants
        return weights.large if people >= 100_000 else weights.middling if people >= 20_000 else weights.small

    def _supported(
        self, own: Sequence[Sequence[_Meant]], sure: Sequence[_Meant], taken_up: Set[str], home: str
    ) -> list[_Meant]:
        """The mentions that are taken for places, with the help of those that are `sure`, and of the headline
        for those that the text has `taken_up`."""
        weights = self._weights
        countries = {each.place.country for each in sure}
        areas = {area for each in sure for area in self._areas(each.place)}
        known = {each.place.slug for each in sure}
        taken = []
        for several in own:
            helped = []
            for each in several:
                is_new = each.place.slug not in known
                more = weights.same_country * (is_new and each.place.country in countries)
                # But for a dateline, suburbs do not tell Tunis from Tunisia, which Arabic calls the same.
                is_told_apart = each.mention.is_dateline or each.place.country not in each.mention.bearers
                is_near = bool(areas & self._areas(each.place) - {each.place.slug})
                more += weights.same_region * (is_told_apart and is_near)
                if each.score > 0 and not is_new:
                    # What is meant once is meant again, wherever the newspaper appears.
                    more += weights.enough - weights.small - min(0, self._of_country(each.place, home))
                helped.append(replace(each, score=each.score + more))
            best = _best(helped)
            if best.score + weights.taken_up * (best.place.slug in taken_up) >= weights.enough:
                taken.append(best)
        return taken

    def _taken_up(self, own: Iterable[Sequence[_Meant]], countries: Set[str]) -> Set[str]:
        """Slugs of the places of these countries that the headline seems to name, and the text may."""
        likely = [
            each
            for several in own
            for each in several
            if each.place.country in countries and each.score > 0 and not each.mention.common
        ]
        headline = {
            each.place.slug
            for each in likely
            if each.mention.part is Part.TITLE and each.score >= self._weights.small
        }
        return headline & {each.place.slug for each in likely if each.mention.part is not Part.TITLE}

    def _areas(self, place: Known) -> set[str]:
        """The provinces and regions that it is, or lies in."""
        around = (place, *self._known.around(place.slug))
        return {each.slug for each in around if each.kind in {Kind.PROVINCE, Kind.REGION}}


def _follows_its_noun(mention: Mention) -> bool:
    """Whether the word before may be what the name, read as an adjective, tells of: الأسهم السعودية."""
    before = mention.before[-1:] or ("",)
    is_definite = mention.first.startswith(ARTICLE)
    return before[0].startswith(ARTICLE) if is_definite else bool(before[0])


def _is_country(mention: Mention) -> bool:
    return any("-" not in slug for slug in mention.bearers)


def _best(several: Iterable[_Meant]) -> _Meant:
    return max(several, key=lambda each: (each.score, each.place.inhabitants))


def _summed(taken: Sequence[_Meant], known: Gazetteer) -> tuple[Place, ...]:
    """Each place once, with how often it is named, those that the article is about first."""
    first: dict[str, Mention] = {}
    for each in taken:
        first.setdefault(each.place.slug, each.mention)
    times = Counter(each.place.slug for each in taken)
    weight = Counter({slug: min(count, 4) for slug, count in times.items()})
    for each in taken:
        weight[each.place.slug] += _prominence(each.mention)
    ranked = sorted(first, key=lambda slug: -weight[slug])
    heavy = [slug for slug in ranked if weight[slug] >= 4]
    at_head = [slug for slug in ranked if first[slug].part is not Part.BODY or first[slug].start < HEAD]
    main = (heavy or at_head[:1])[:MOST_MAIN]
    named_inside = {area.slug for slug in main for area in known.around(slug)}
    # A country that is named beside its town is where the town lies, not another place.
    main = [slug for slug in main if slug not in named_inside or first[slug].part is Part.TITLE]
    order = [*main, *(slug for slug in ranked if slug not in main)]
    return tuple(
        Place(slug, at.part, at.start, at.end, times[slug], slug in main)
        for slug, at in ((slug, first[slug]) for slug in order)
    )


def _prominence(mention: Mention) -> int:
    if mention.part is Part.TITLE:
        return 4
    if mention.is_dateline:
        return 2
    return 2 if mention.part is Part.LEAD else int(mention.start < HEAD)


def _cues(told: Mapping[str, Any]) -> Cues:
    def folded(words: Iterable[str]) -> frozenset[str]:
        return frozenset(map(fold, words))

    kinds: dict[str, set[Kind]] = {}
    for kind, words in told["kinds"].items():
        for word in folded(words):
            kinds.setdefault(word, set()).add(Kind(kind))
    for several in kinds.values():
        several |= {Kind.CITY, Kind.COMMUNE} if several & {Kind.CITY, Kind.COMMUNE} else set()
    before, after = told["before"], told["after"]
    return Cues(
        kinds={word: frozenset(several) for word, several in kinds.items()},
        locative=folded(before["locative"]),
        person=folded(before["person"]),
        other=folded(before["other"]),
        sporting=folded(before["sporting"]),
        after=folded(after["other"]),
        harmless=folded(after["harmless"]),
        accompanied={fold(word): frozenset(slugs) for word, slugs in told["names"]["accompanied"].items()},
    )


@cache
def finder() -> Finder:
    """The finder over the places that are shipped."""
    return Finder(gazetteer())
