"""The places that are known: what they are called in three languages, and what lies in what.

They stand in ``places.tsv.gz``, a line each, put together by ``make places``: slug, kind, slug of
what it lies in, latitude, longitude, inhabitants, names in Arabic, French and English, and other
names. A ``?`` before a name says that it is a common word too. A line without a slug lists words that
look like a name with a particle before it, and are none. Regions that no map of provinces has stand in
``regions.toml``, Arabic names that open data lack in ``arabic_names.toml``.
"""

from __future__ import annotations

import gzip
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from hashlib import blake2b
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt
from typing import Any

from marsad.language.normalise import fold

LANGUAGES = ("ar", "fr", "en")
_EARTH_KM = 6371.0
_WORD = re.compile(r"[^\W_]+")
_COMMON = "?"
#: Lists and code that decide, with the gazetteer, which places are found.
_READ_WITH = (
    "place_cues.toml",
    "regions.toml",
    "arabic_names.toml",
    "demonyms.toml",
    "place_names.py",
    "place_beside.py",
    "places.py",
)


class Kind(StrEnum):
    """What a place is, the widest first."""

    COUNTRY = "country"
    REGION = "region"
    PROVINCE = "province"
    CITY = "city"
    COMMUNE = "commune"
    """A small or rural one."""
    DISTRICT = "district"
    """A part of a city."""


@dataclass(frozen=True, slots=True)
class Known:
    """A place as the gazetteer knows it."""

    slug: str
    kind: Kind
    #: Slug of what it lies in, "" for a country.
    parent: str
    #: Degrees, where they are known.
    latitude: float | None
    longitude: float | None
    inhabitants: int
    #: In Arabic, French and English; "" where it has no name of its own there.
    names: tuple[str, str, str]

    @property
    def country(self) -> str:
        """Slug of its country, which is its ISO 3166 code in small letters."""
        return self.slug.partition("-")[0]

    def name(self, language: str) -> str:
        """Its name in that language, else in another one."""
        first = LANGUAGES.index(language) if language in LANGUAGES else 2
        return self.names[first] or self.names[2] or self.names[1] or self.names[0]


@dataclass(slots=True)
class Names:
    """Folded names, words between spaces, and what bears them."""

    bearers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: The first word of a name → words of the longest name that begins so.
    longest: dict[str, int] = field(default_factory=dict)
    common: set[str] = field(default_factory=set)
    #: Words that are no particle and a name, though they look so.
    whole: set[str] = field(default_factory=set)

    def add(self, name: str, slug: str) -> None:
        """That the place of that slug is called `name`."""
        bare = name.removeprefix(_COMMON)
        words = _WORD.findall(fold(bare))
        if not words or len("".join(words)) < 2:
            return
        folded = " ".join(words)
        known = self.bearers.get(folded, ())
        if slug not in known:
            self.bearers[folded] = (*known, slug)
        self.longest[words[0]] = max(self.longest.get(words[0], 0), len(words))
        if bare is not name:
            self.common.add(folded)

    def bearers_of(self, name: str) -> tuple[str, ...]:
        """Slugs of what is called `name`, however that is spelt."""
        return self.bearers.get(" ".join(_WORD.findall(fold(name))), ())


class Gazetteer:
    """All places; about 20 MB, so it is made once and when it is first needed (`gazetteer`)."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._places: dict[str, Known] = {}
        self.names = Names()
        self._arabic = _arabic_names()
        for line in lines:
            columns = line.split("\t")
            if columns[0]:
                self._add(columns)
            else:
                self.names.whole.update(map(fold, columns[1:]))
        for slug, several in (*self._arabic.items(), *_spelt().items()):
            for name in several:
                self.names.add(name, slug)

    def _add(self, columns: Sequence[str]) -> None:
        slug, kind, parent, latitude, longitude, inhabitants, *named, others = columns
        ours = self._arabic.get(slug, named)
        ar, fr, en = (name.removeprefix(_COMMON) for name in (ours[0], *named[1:]))
        self._places[slug] = Known(
            slug,
            Kind(kind),
            parent,
            float(latitude) if latitude else None,
            float(longitude) if longitude else None,
            int(inhabitants),
            (ar, fr, fr if en == fr else en),
        )
        for name in dict.fromkeys((*named, *others.split("|"))):
            self.names.add(name, slug)

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, slug: str) -> Known:
        """The place of that slug. Raises KeyError."""
        return self._places[slug]

    def get(self, slug: str) -> Known | None:
        """The place of that slug, None where there is none."""
        return self._places.get(slug)

    def around(self, slug: str) -> tuple[Known, ...]:
        """What the place lies in, the nearest first: its province, region, country."""
        found = []
        place = self._places.get(slug)
        while place is not None and (place := self._places.get(place.parent)) is not None:
            found.append(place)
        return tuple(found)

    def within(self, slug: str) -> tuple[Known, ...]:
        """What lies directly in it, the most inhabitants first."""
        return tuple(self._places[each] for each in self._children.get(slug, ()))

    def near(self, slug: str, most: int = 8) -> tuple[Known, ...]:
        """The nearest other cities and communes of which it is known where they are."""
        here = self._places[slug]
        if here.latitude is None or here.kind in {Kind.COUNTRY, Kind.REGION}:
            return ()
        placed = (
            (distance, place)
            for place in self._places.values()
            if place.slug != slug
            and place.kind in {Kind.CITY, Kind.COMMUNE}
            and (distance := kilometres(here, place)) is not None
        )
        return tuple(place for _, place in sorted(placed, key=lambda pair: pair[0])[:most])

    def called(self, name: str) -> tuple[Known, ...]:
        """The places that bear that name, the most inhabitants first."""
        found = self.names.bearers_of(name)
        return tuple(sorted(map(self.__getitem__, found), key=lambda place: -place.inhabitants))

    def all_names(self, slug: str) -> Iterator[str]:
        """What it and all that it lies in are called in the three languages."""
        place = self._places.get(slug)
        for each in (place, *self.around(slug)) if place else ():
            yield from dict.fromkeys(name for name in each.names if name)

    @cached_property
    def _children(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for place in sorted(self._places.values(), key=lambda place: -place.inhabitants):
            found.setdefault(place.parent, []).append(place.slug)
        return found


def _spelt() -> Mapping[str, Sequence[str]]:
    """Further names, by slug."""
    spelt: Mapping[str, Sequence[str]] = _told("place_cues.toml")["spelt"]
    return spelt


def _arabic_names() -> Mapping[str, Sequence[str]]:
    """Arabic names that open data lack, or have otherwise, by slug; the usual one first."""
    return _told("arabic_names.toml")


def _told(name: str) -> Mapping[str, Any]:
    return tomllib.loads((files(__package__) / name).read_text(encoding="utf-8"))


def _regions() -> Iterator[str]:
    """The regions that newspapers name and no map of provinces has, as lines of ``places.tsv.gz``."""
    for slug, of in _told("regions.toml").items():
        named = (of["ar"], of["fr"], of.get("en", of["fr"]))
        yield "\t".join((slug, Kind.REGION, of["in"], "", "", "0", *named, "|".join(of.get("others", ()))))


def kilometres(one: Known, other: Known) -> float | None:
    """How far apart two places are (great circle), None where that is not known."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    up, along = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    across = cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(along / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(sin(up / 2) ** 2 + across))


@cache
def gazetteer() -> Gazetteer:
    """The places that are shipped."""
    return Gazetteer([*gzip.decompress(_packed()).decode().splitlines(), *_regions()])


@cache
def edition() -> str:
    """Changes whenever what is shipped may find other places in the same text."""
    told = b"".join((files(__package__) / name).read_bytes() for name in _READ_WITH)
    return blake2b(_packed() + told, digest_size=8).hexdigest()


def _packed() -> bytes:
    return (files(__package__) / "places.tsv.gz").read_bytes()
