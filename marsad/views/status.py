"""How the archive is doing: what `marsad status`, /healthz and /metrics tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import Connection

from marsad.collect.rhythm import State, from_plain
from marsad.model import Source
from marsad.outcome import Outcome
from marsad.pipeline import meaning
from marsad.pipeline.indexing import READER
from marsad.store import articles, ledger, outbox, sources, stories, vectors, visits

#: Changes that the index may be behind while a large import goes on.
FAR_BEHIND = 50_000


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source in the table."""

    source: Source
    #: ``healthy``, ``failing``, ``gone``, ``paused`` or ``new``.
    state: str
    #: Since when it fails.
    since: datetime | None
    articles: int
    last_article: datetime | None
    #: When one of its feeds was last asked for, and when one will be next.
    last_visit: datetime | None
    next_visit: datetime | None
    #: What its feeds made us tolerate, and their last errors.
    notes: tuple[str, ...]
    outcomes: Mapping[Outcome, int]


@dataclass(frozen=True, slots=True)
class Status:
    """The whole table and its sums."""

    sources: tuple[SourceLine, ...]
    articles: int
    stories: int
    waiting: int
    index_behind: int
    #: Articles that have vectors, and changes that were not embedded yet.
    embedded: int
    meaning_behind: int
    defects: int
    #: Size of the data folder.
    bytes: int
    #: (source, kind of input, outcome) → how often.
    outcomes: Mapping[tuple[str, str, Outcome], int]


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the archive answers, and the index is near it."""

    ok: bool
    articles: int
    index_behind: int


def status(connection: Connection, folder: Path) -> Status:
    """Everything, counted now."""
    sums = ledger.sums(connection)
    return Status(
        sources=source_lines(connection, sums),
        articles=articles.count(connection),
        stories=stories.count(connection),
        waiting=visits.waiting(connection),
        index_behind=_behind(connection),
        embedded=vectors.count(connection),
        meaning_behind=meaning.behind(connection),
        defects=ledger.defects_count(connection),
        bytes=sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
        outcomes=sums,
    )


def health(connection: Connection) -> Health:
    """The short answer."""
    behind = _behind(connection)
    return Health(behind < FAR_BEHIND, articles.count(connection), behind)


def _behind(connection: Connection) -> int:
    return outbox.last(connection) - outbox.cursor(connection, READER)


def source_lines(
    connection: Connection, sums: Mapping[tuple[str, str, Outcome], int] = MappingProxyType({})
) -> tuple[SourceLine, ...]:
    """Every source on the list; with how its inputs ended, where the `sums` of all are given."""
    counts = ledger.counts(connection)
    paused = sources.paused(connection)
    by_source: dict[str, list[sources.FeedState]] = {}
    for feed in sources.feed_states(connection):
        by_source.setdefault(feed.source, []).append(feed)
    lines = []
    for source in sources.all_sources(connection):
        feeds = by_source.get(source.slug, [])
        state, since = state_of(feeds)
        held = counts.get(source.slug)
        lines.append(
            SourceLine(
                source=source,
                state="paused" if source.slug in paused else state,
                since=since,
                articles=held.articles if held else 0,
                last_article=held.last_dated if held else None,
                last_visit=max((feed.visited for feed in feeds if feed.visited), default=None),
                next_visit=min((feed.next_visit for feed in feeds), default=None),
                notes=tuple(note for feed in feeds for note in (*feed.tolerated, feed.error or "") if note),
                outcomes=_of_source(sums, source.slug),
            )
        )
    return tuple(lines)


def _of_source(sums: Mapping[tuple[str, str, Outcome], int], slug: str) -> dict[Outcome, int]:
    found: dict[Outcome, int] = {}
    for (source, kind, outcome), times in sums.items():
        if source == slug and kind != "feed":
            found[outcome] = found.get(outcome, 0) + times
    return found


def state_of(feeds: list[sources.FeedState]) -> tuple[str, datetime | None]:
    """A source is as well as the best of its feeds."""
    visited = [from_plain(feed.rhythm) for feed in feeds if feed.rhythm]
    if not visited:
        return "new", None
    if any(rhythm.state is State.HEALTHY for rhythm in visited):
        return State.HEALTHY.value, None
    failing = [rhythm for rhythm in visited if rhythm.state is State.FAILING]
    of_them = failing or visited
    since = max((rhythm.failing_since for rhythm in of_them if rhythm.failing_since), default=None)
    return (State.FAILING if failing else State.GONE).value, since
