"""Where articles happen, as far as that parts events: two floods in two towns are two floods.

An article that is about one place and names another by the way may tell the same event as one about
that other place. Only those that do not so much as name where the other happens are `elsewhere`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from marsad.model import Part, Place

# What a place is to an article, as bits.
_TOWN = 1  # below its country
_HEADLINE_TOWN = 2  # such a one, nobody's seat, in the headline
_COUNTRY = 4  # a country, or the one that a named place lies in
_MAIN_COUNTRY = 8  # a country that, or a place of which, the article is about
_SEATLESS = 16  # below its country, and nobody's seat
_SIDE = 32  # a country that is itself what the article is about
_AT_HEAD = 64  # itself in the headline, at the beginning, or what the article is about
#: Letters of a text that are its head.
HEAD = 300


@dataclass(frozen=True, slots=True, eq=False)
class Whereabouts:
    """The places of an article, in about two hundred bytes."""

    #: Hashes of their slugs, each once.
    places: NDArray[np.uint32]
    #: For each the sum of what it is.
    kinds: NDArray[np.uint8]


def whereabouts(places: Iterable[Place]) -> Whereabouts:
    """What is compared of the places of an article."""
    found: defaultdict[int, int] = defaultdict(int)
    for place in places:
        country, below, _ = place.slug.partition("-")
        at_head = _AT_HEAD * (place.main or place.part is not Part.BODY or place.start < HEAD)
        found[crc32(country.encode())] |= _COUNTRY | _MAIN_COUNTRY * place.main
        if below:
            own = 0 if place.slug in _seats() else _SEATLESS
            told = _HEADLINE_TOWN if own and place.part is Part.TITLE else 0
            found[crc32(place.slug.encode())] |= _TOWN | own | told | at_head
        else:
            found[crc32(country.encode())] |= _SIDE * place.main | at_head
    return Whereabouts(np.array(list(found), np.uint32), np.array(list(found.values()), np.uint8))


NOWHERE = whereabouts(())


@cache
def _seats() -> frozenset[str]:
    """Towns by whose names headlines mean a government or an organisation, wherever it acts."""
    return frozenset(files("marsad.stories").joinpath("seats.txt").read_text("utf-8").split())


def towns_in_common(left: Sequence[Whereabouts], right: Sequence[Whereabouts]) -> NDArray[np.float32]:
    """For each of `left` and each of `right` how many towns both name, at most two; seats do not count.

    None where their headlines name other towns, neither of which the other names at its head: an article that
    compares its town with another does not tell what happens there.
    """
    columns = np.unique(_places([*left, *right]))
    mine, theirs = _kinds(left, columns), _kinds(right, columns)
    common = _has(mine, _SEATLESS).astype(np.float32) @ _has(theirs, _SEATLESS).T.astype(np.float32)
    return np.where(
        _apart(mine, theirs, _HEADLINE_TOWN, _TOWN | _AT_HEAD), np.float32(0), np.minimum(common, 2)
    )


def elsewhere(left: Sequence[Whereabouts], right: Sequence[Whereabouts]) -> NDArray[np.bool_]:
    """For each of `left` and each of `right`, shape (left, right, 2): whether they are about other countries,
    and whether their headlines name other towns, neither of which the other article names anywhere."""
    columns = np.unique(_places([*left, *right]))
    mine, theirs = _kinds(left, columns), _kinds(right, columns)
    return np.stack(
        [
            _apart(mine, theirs, _MAIN_COUNTRY, _COUNTRY),
            _apart(mine, theirs, _HEADLINE_TOWN, _TOWN),
        ],
        axis=-1,
    )


def other_sides(left: Sequence[Whereabouts], right: Sequence[Whereabouts]) -> NDArray[np.bool_]:
    """For each of `left` and each of `right`, if both report matches, whether of two: whether each names two
    countries at its head, and is about one that the other does not name there.

    It may name it below, as one played before or next. Who names one country may leave out whom it played.
    """
    columns = np.unique(_places([*left, *right]))
    mine, theirs = _kinds(left, columns), _kinds(right, columns)
    both = _two_sided(mine)[:, None] & _two_sided(theirs)[None]
    apart: NDArray[np.bool_] = both & _unmet(mine, theirs) & _unmet(theirs, mine).T
    return apart


def _places(those: Sequence[Whereabouts]) -> NDArray[np.uint32]:
    return np.concatenate([each.places for each in those])


def _kinds(those: Sequence[Whereabouts], columns: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """A row for each article, a column for each of these places (ascending)."""
    owner = np.repeat(np.arange(len(those)), [len(each.places) for each in those])
    kinds = np.zeros((len(those), len(columns)), np.uint8)
    places = _places(those)
    column = np.minimum(np.searchsorted(columns, places), max(len(columns) - 1, 0))
    there = columns[column] == places if len(columns) else np.zeros(len(places), bool)
    kinds[owner[there], column[there]] = np.concatenate([each.kinds for each in those])[there]
    return kinds


def _apart(mine: NDArray[np.uint8], theirs: NDArray[np.uint8], about: int, named: int) -> NDArray[np.bool_]:
    """Where both are about something and neither names any of what the other is about."""
    my_own, their_own = (mine & about > 0), (theirs & about > 0)
    both = my_own.any(axis=1, keepdims=True) & their_own.any(axis=1, keepdims=True).T
    met = _common(my_own, _has(theirs, named)) | _common(_has(mine, named), their_own)
    apart: NDArray[np.bool_] = both & ~met
    return apart


def _has(kinds: NDArray[np.uint8], all_of: int) -> NDArray[np.bool_]:
    has: NDArray[np.bool_] = (kinds & all_of) == all_of
    return has


def _two_sided(kinds: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Whether two countries are named at the head of each article."""
    two: NDArray[np.bool_] = _has(kinds, _COUNTRY | _AT_HEAD).sum(axis=1) >= 2
    return two


def _unmet(mine: NDArray[np.uint8], theirs: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where one is about a country that the other does not name at its head."""
    about, named = (mine & _SIDE > 0), ~_has(theirs, _COUNTRY | _AT_HEAD)
    return _common(about, named)


def _common(rows: NDArray[np.bool_], columns: NDArray[np.bool_]) -> NDArray[np.bool_]:
    met: NDArray[np.bool_] = np.greater(rows.astype(np.float32) @ columns.T.astype(np.float32), 0)
    return met
