"""Which places a reader means by a name: theirs in three languages, and what people call them besides."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from marsad.enrich.gazetteer import Kind, Known, Names, gazetteer
from marsad.language.analyser import ARTICLE
from marsad.language.normalise import fold


def asked_places(name: str) -> tuple[str, ...]:
    """Slugs of the places that are called `name`, with or without its Arabic article; () where none is."""
    for written in (name, ARTICLE + name, name.removeprefix(ARTICLE)):
        found = _called(written)
        if found:
            return tuple(dict.fromkeys(slug for place in found for slug in _widened(place)))
    return ()


def _called(name: str) -> Sequence[Known]:
    atlas = gazetteer()
    return (*atlas.called(name), *(atlas[slug] for slug in further_names().bearers_of(name)))


def _widened(place: Known) -> Iterator[str]:
    """It, and the governorate or province around it that is called by one of its names in any language.

    Which of the two newspapers mean nobody can tell; a country is another matter than its capital.
    """
    yield place.slug
    names = set(map(fold, filter(None, place.names)))
    for area in gazetteer().around(place.slug):
        if area.kind is not Kind.COUNTRY and not names.isdisjoint(map(fold, area.names)):
            yield area.slug


@cache
def further_names() -> Names:
    """The names in ``place_asked.toml``."""
    listed = tomllib.loads((files(__package__) / "place_asked.toml").read_text(encoding="utf-8"))
    names = Names()
    for slug, several in listed.items():
        for name in several:
            names.add(name, slug)
    return names
