"""Newspapers that a search asks for and that are not here, with those whose names come near."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from sqlalchemy import Connection

from marsad.language.analyser import words
from marsad.language.normalise import fold
from marsad.search.query import Field, Node, names
from marsad.store import sources

#: Newspapers that are offered instead.
MOST_NEAR = 3


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that no newspaper bears, and the nearest that some do, by their slugs."""

    name: str
    near: Mapping[str, str]


def unknown_newspapers(connection: Connection, root: Node | None) -> tuple[Unknown, ...]:
    """Those that `root` asks for."""
    asked = dict.fromkeys(each.value for each in names(root, Field.SOURCE))
    listed = sources.names(connection) if asked else {}
    spelt = {slug: (slug, _spelt(name)) for slug, name in listed.items()}
    return tuple(
        Unknown(value, {slug: listed[slug] for slug in _near(_spelt(value), spelt)})
        for value in asked
        if not any(value == slug or f" {_spelt(value)} " in f" {name} " for slug, name in spelt.values())
    )


def _spelt(name: str) -> str:
    return " ".join(fold(word) for word in words(name))


def _near(name: str, spelt: Mapping[str, Sequence[str]]) -> list[str]:
    """The slugs of what is spelt nearly so, the nearest first."""
    bearers = {spelling: slug for slug, spellings in spelt.items() for spelling in spellings}
    return list(dict.fromkeys(bearers[each] for each in get_close_matches(name, bearers, n=MOST_NEAR)))
