"""What a search found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo

from sqlalchemy import Connection

from marsad.errors import SearchError
from marsad.language.registry import language
from marsad.model import Headline
from marsad.pipeline.engines import Engines
from marsad.search.highlight import Highlighter, Passage, Span
from marsad.search.index import Facet, Hit, Window
from marsad.search.query import Ignored, Query
from marsad.store import articles, decisions
from marsad.store.texts import Texts, newest, newspapers
from marsad.views.asking import Asked
from marsad.views.correcting import corrected_query
from marsad.views.folding import Listed, Page, anew, page
from marsad.views.places import place_name
from marsad.views.shown import Shown
from marsad.views.timeline import Bar, timeline, unit
from marsad.views.unknown import Unknown, unknown_newspapers

#: Headlines in a feed.
FEED = 30
#: Values of a facet that are shown.
MOST_CHOICES = 12

_COUNTED = (Facet.SOURCE, Facet.SECTION, Facet.PLACE, Facet.LANGUAGE)


@dataclass(frozen=True, slots=True)
class Result:
    """An article that was found, and where the words stand in it."""

    headline: Headline
    lit: tuple[Span, ...]
    passages: tuple[Passage, ...]
    #: Further articles of its story that were found.
    same_story: tuple[Headline, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that the search can be narrowed to, as readers know it, and what that leaves."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """One page of the hits of a search."""

    asked: Asked
    results: tuple[Result, ...] = ()
    total: int = 0
    pages: int = 0
    #: Whether more was found than all pages show.
    cut: bool = False
    #: The newest article when the first page was made; further pages go up to it.
    newest: int = 0
    #: Parts of the query that were left out, and why.
    ignored: tuple[Ignored, ...] = ()
    #: Newspapers that are asked for and not here.
    unknown: tuple[Unknown, ...] = ()
    #: ``source``, ``section`` and ``language``, each with its choices, the most frequent first.
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    timeline: tuple[Bar, ...] = ()
    #: A query that was perhaps meant, and finds more.
    meant: str | None = None
    #: Not all words were found together, or in `strict` articles only: these have some of them.
    relaxed: bool = False
    strict: int = 0
    #: How many were found by their meaning, and whether meaning could be asked at all.
    added: int = 0
    by_meaning: bool = False
    #: The index could not answer; the pages of the archive can still be read.
    broken: bool = False


def find(
    connection: Connection,
    engines: Engines,
    asked: Asked,
    now: datetime,
    clock: tzinfo,
    shown: Shown,
    listed: Listed = anew,
    *,
    in_haste: bool = False,
) -> Found:
    """The page of hits that is asked for, with what it can be narrowed to.

    What was perhaps meant is looked for where little was found; `in_haste` only where nothing was.

    Passages are given of as much of a text as `shown` lets be seen. Pages are made of the first hits as they
    are `listed`.
    """
    query = asked.read(now, clock)
    nothing = Found(asked, ignored=query.ignored, by_meaning=engines.meaning is not None)
    if query.root is None:
        return nothing
    last = newest(connection) if asked.newest is None else asked.newest
    read = Texts(connection)
    try:
        made = page(
            lambda window: engines.search(connection, query, window, now if asked.fresh else None, read),
            asked,
            (*_COUNTED, unit(asked.on)),
            clock,
            listed,
        )
        meant = None
        if asked.page == 1 and not (in_haste and made.results):
            meant = corrected_query(
                connection, engines.index, asked, made.hits, lambda wanted: wanted.read(now, clock)
            )
    except SearchError:
        return replace(nothing, broken=True)
    return replace(
        _counted(connection, nothing, made),
        results=_results(connection, query, made.results, shown, read),
        newest=last,
        unknown=unknown_newspapers(connection, query.root),
        meant=meant,
    )


def _counted(connection: Connection, found: Found, made: Page) -> Found:
    """The same with how many were found in all, and by what that can be narrowed."""
    hits, on = made.hits, found.asked.on
    return replace(
        found,
        total=hits.total,
        pages=made.pages,
        cut=made.cut,
        choices={facet.value: _choices(connection, facet, hits.facets[facet]) for facet in _COUNTED},
        timeline=timeline(on, hits.facets[unit(on)]),
        relaxed=hits.relaxed,
        strict=hits.strict,
        added=hits.added,
    )


def as_of(connection: Connection, asked: Asked) -> tuple[int, int]:
    """What a search may find: up to which article, and by which decision on what is shown."""
    return asked.newest or newest(connection), decisions.last(connection)


def headlines(
    connection: Connection, engines: Engines, asked: Asked, now: datetime, clock: tzinfo, size: int = FEED
) -> tuple[Headline, ...]:
    """The headlines of that page alone, `size` to a page: for feeds, and whoever reads no passages.

    Raises SearchError where the index cannot answer.
    """
    query = asked.read(now, clock)
    if query.root is None:
        return ()
    window = Window((asked.page - 1) * size, size, asked.order, asked.newest)
    hits = engines.search(connection, query, window, now if asked.fresh else None)
    return tuple(articles.headlines(connection, [hit.number for hit in hits.hits]))


def _results(
    connection: Connection, query: Query, hits: Sequence[Sequence[Hit]], may: Shown, texts: Texts
) -> tuple[Result, ...]:
    """The hits as they are shown; what must not be listed is left out."""
    numbers = [hit.number for together in hits for hit in together]
    listed = {headline.number: headline for headline in articles.headlines(connection, numbers)}
    together = [[listed[hit.number] for hit in story if hit.number in listed] for story in hits]
    read = texts.running([tellings[0].number for tellings in together if tellings])
    lights = Highlighter(query)
    results = []
    for first, *others in filter(None, together):
        text = may.text(first, read.get(first.number, ""))
        passages = lights.passages(text, first.language) if text else ()
        results.append(Result(first, lights.spans(first.title, first.language), passages, tuple(others)))
    return tuple(results)


def _choices(connection: Connection, facet: Facet, counts: Sequence[tuple[str, int]]) -> tuple[Choice, ...]:
    most = counts[:MOST_CHOICES]
    names: Mapping[str, str] = {}
    if facet is Facet.SOURCE:
        names = newspapers(connection, [value for value, _ in most])
    elif facet is Facet.LANGUAGE:
        names = {value: language(value).name for value, _ in most}
    elif facet is Facet.PLACE:
        names = {value: place_name(value) for value, _ in most}
    return tuple(Choice(value, names.get(value) or value, count) for value, count in most)
