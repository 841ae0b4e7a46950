"""The port to a search engine: what Marsad asks of an index, whichever it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from typing import NamedTuple, Protocol

from marsad.search.query import Query


@dataclass(frozen=True, slots=True)
class Document:
    """An article as the index takes it in. `number` tells one from another."""

    number: int
    source: str
    language: str
    title: str
    lead: str
    body: str
    #: Aware; articles without a date of their own carry the moment they were collected.
    published: datetime
    section: str = ""
    author: str = ""
    #: The agency it was taken from.
    credit: str = ""
    #: The name of the newspaper, beside its slug in `source`.
    source_name: str = ""
    story: int | None = None
    #: Names of the places it is about, and of what these lie in, in every language that they should
    #: be found by; and the slugs of the same.
    places: tuple[str, ...] = ()
    place_slugs: tuple[str, ...] = ()


class Order(StrEnum):
    """What comes first."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Facet(StrEnum):
    """What hits can be counted by."""

    SOURCE = "source"
    SECTION = "section"
    LANGUAGE = "language"
    PLACE = "place"
    """A slug: an article counts for each of its places and for what these lie in."""
    YEAR = "year"
    """``2020``"""
    MONTH = "month"
    """``2020-11``"""
    DAY = "day"
    """``2020-11-05``"""


#: Values with their counts, the most frequent first; and the same for each facet.
Counted = tuple[tuple[str, int], ...]
Counts = Mapping[Facet, Counted]


def in_order(counts: Mapping[str, int]) -> Counted:
    """The values that were counted, the most frequent first; what has no name is left out."""
    told = ((value, count) for value, count in counts.items() if value and count > 0)
    return tuple(sorted(told, key=lambda each: (-each[1], each[0])))


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of the hits is wanted, and in which order."""

    start: int = 0
    size: int = 20
    order: Order = Order.RELEVANCE
    #: Only articles up to this number, so that pages stay as they are while news arrives.
    newest: int | None = None
    #: What to count over all hits, and by which clock days, months and years begin.
    facets: tuple[Facet, ...] = ()
    clock: tzinfo = UTC
    #: Words that are not all found together may be found apart, when hits are few.
    relax: bool = True
    #: Only these articles, a hundred at most. Where words may be found apart, with whatever words they
    #: have: the conditions of the query hold (fields, dates, phrases, exclusions), its words only add
    #: to the score.
    among: tuple[int, ...] | None = None
    #: None of these.
    without: tuple[int, ...] = ()
    #: Scores are wanted that tell something beside likeness of meaning: more of the hits are looked at
    #: closely, and for whether words are there at all and next to each other. Words alone gain nothing by it.
    beside_meaning: bool = False


class Hit(NamedTuple):
    """An article that was found, with its score (comparable within one search only).

    A search makes hundreds, so they are tuples: to make a dataclass that is frozen takes four times as long.
    """

    number: int
    score: float
    published: datetime
    story: int | None = None
    #: Share of the query's words that it has, in whatever form, where that was asked for beside meaning.
    coverage: float = 0.0


@dataclass(frozen=True, slots=True)
class Hits:
    """The hits inside the window, and what there is in all."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    #: For each facet asked for.
    facets: Counts = field(default_factory=dict)
    #: Not all words were found together, or hardly anywhere: these have some of them.
    relaxed: bool = False
    #: How many have all of them, where that is so.
    strict: int = 0
    #: How many of `total` were found by their meaning, and lack words of the query.
    added: int = 0
    #: The score of an imaginary article with every word of the query, where that is known.
    ideal: float = 0.0


class Index(Protocol):
    """A search engine. Changes are seen after `commit`; every method may raise SearchError."""

    def replace(self, documents: Iterable[Document]) -> None:
        """Take in `documents`, each in place of the one with its number."""

    def delete(self, numbers: Iterable[int]) -> None:
        """Forget the articles of these numbers, known or not."""

    def commit(self) -> None:
        """Make all changes so far lasting and visible."""

    def search(self, query: Query, window: Window) -> Hits:
        """What answers `query`, as it was at the last commit."""

    def frequencies(self, words: Sequence[str]) -> list[int]:
        """In how many articles each of these folded words stands, spelt so."""

    def spellings(self, beginnings: Sequence[str], most: int) -> list[str]:
        """The folded words that begin in one of these ways, those that stand in most articles first."""

    def count(self) -> int:
        """How many articles there are."""

    def numbers(self) -> frozenset[int]:
        """The numbers of all articles, to compare with the store."""

    def clear(self) -> None:
        """Forget everything, and commit that."""

    def close(self) -> None:
        """Let go of files and locks; what was not committed is lost."""
