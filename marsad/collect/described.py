"""A source as somebody described it, checked field by field. Pure.

OPML and TOML both come down to the same few fields; what is wrong with one is said, and the field left
at its default, so that one slip does not cost a list of a hundred newspapers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.core import get_global

from marsad.collect.slugs import is_slug, slug_for
from marsad.collect.target import target, with_scheme
from marsad.errors import Refused
from marsad.model import DisplayPolicy, FeedAddress, FeedKind, Source, SourceKind

Choice = TypeVar("Choice", bound=StrEnum)
Complain = Callable[[str], None]

_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_].*)?")
_COUNTRY = re.compile(r"[A-Z]{2}")
#: Codes that CLDR keeps beside those of countries: unions, outlying places, what is unknown or made up.
_NO_COUNTRIES = frozenset("EU EZ QO UN XA XB ZZ".split())
_SPOKEN = ("ar", "fr", "en")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The sources of a file."""

    sources: tuple[Source, ...]
    #: What was wrong with it and read all the same, one short sentence each, with its line.
    tolerated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Described:
    """A source in the words of a file; what is empty was not said."""

    name: str = ""
    home: str = ""
    slug: str = ""
    languages: Sequence[str] = ()
    country: str = ""
    timezone: str = ""
    kind: str = ""
    display: str = ""
    feeds: tuple[FeedAddress, ...] = ()


def source_of(said: Described, taken: set[str], complain: Complain) -> Source:
    """The source that was described, its slug added to `taken`; each field that is wrong goes to `complain`.

    Raises Refused where it has neither a home page nor a feed that could be visited.
    """
    home = _home(said)
    country = _country(said.country, complain)
    languages = tuple(dict.fromkeys(code for text in said.languages if (code := _language(text, complain))))
    name = " ".join(said.name.split()) or target(home).host
    slug = _slug(said.slug, name, home, taken, complain)
    taken.add(slug)
    return Source(
        slug=slug,
        name=name,
        home=home,
        languages=languages or ("ar",),
        country=country,
        timezone=_timezone(said.timezone, country, complain),
        feeds=tuple({feed.address: feed for feed in said.feeds}.values()),
        kind=choice(SourceKind, said.kind, SourceKind.NEWSPAPER, complain),
        display=choice(DisplayPolicy, said.display, DisplayPolicy.FULL, complain),
    )


def feed_of(address: str, kind: str, rubric: str, complain: Complain) -> FeedAddress:
    """A feed's address as it was described; raises Refused where it is no web address."""
    whole = target(with_scheme(address)).address
    return FeedAddress(
        whole, choice(FeedKind, kind, FeedKind.FEED, complain), " ".join(rubric.split()) or None
    )


def choice(kinds: type[Choice], text: str, usual: Choice, complain: Complain) -> Choice:
    """The one of `kinds` that `text` names; `usual` where it names none."""
    try:
        return kinds(text.strip().lower()) if text else usual
    except ValueError:
        known = ", ".join(kinds)
        complain(f"{text[:40]!r} is none of {known}; taken for {usual}")
        return usual


def country_named(name: str) -> str | None:
    """The code of a country by its name in Arabic, French or English, None where it is none."""
    return _countries().get(name.strip().casefold())


def _home(said: Described) -> str:
    if said.home:
        return target(with_scheme(said.home)).address
    if said.feeds:
        return target(said.feeds[0].address).origin + "/"
    raise Refused("a source needs a home page or a feed", said.name[:80])


def _slug(said: str, name: str, home: str, taken: set[str], complain: Complain) -> str:
    if said and is_slug(said) and said not in taken:
        return said
    slug = slug_for(name, home, taken)
    if said:
        why = "is given twice" if said in taken else "cannot be a slug"
        complain(f"{said[:40]!r} {why}; taken for {slug!r}")
    return slug


def _language(text: str, complain: Complain) -> str:
    found = _LANGUAGE.fullmatch(text.strip().lower())
    if found is None:
        complain(f"{text[:40]!r} is no code of a language; left out")
    return found[1] if found else ""


def _country(text: str, complain: Complain) -> str | None:
    code = text.strip().upper()
    if not code:
        return None
    named = code if code in _countries().values() else country_named(text)
    if named is None:
        complain(f"{text[:40]!r} is no country; left out")
    return named


def _timezone(text: str, country: str | None, complain: Complain) -> str:
    usual = _clock_of(country) if country else "UTC"
    if not text:
        return usual
    try:
        return ZoneInfo(text.strip()).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        complain(f"{text[:40]!r} is no time zone; taken for {usual}")
        return usual


def _clock_of(country: str) -> str:
    """The time zone of a country that has one, else UTC."""
    zones: Mapping[str, str] = get_global("zone_territories")
    of_country = [zone for zone, territory in zones.items() if territory == country]
    return of_country[0] if len(of_country) == 1 else "UTC"


@cache
def _countries() -> dict[str, str]:
    """Codes of countries by their names."""
    return {
        name.casefold(): code
        for language in _SPOKEN
        for code, name in Locale(language).territories.items()
        if _COUNTRY.fullmatch(code) and code not in _NO_COUNTRIES
    }
