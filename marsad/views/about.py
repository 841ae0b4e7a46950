"""What there is to know of one newspaper, and of the whole archive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import TypeVar

from sqlalchemy import Connection

from marsad.model import Section, Source
from marsad.store import articles, calendar, ledger, sources, stories
from marsad.views.calendar import Day, start_of
from marsad.views.status import state_of

T = TypeVar("T")

#: So many of the last days are shown.
DAYS = 30


@dataclass(frozen=True, slots=True)
class Newspaper:
    """A source, its state, and what is kept of it."""

    source: Source
    #: ``healthy``, ``failing``, ``gone``, ``paused`` or ``new``.
    state: str
    #: Since when it fails.
    since: datetime | None
    held: calendar.Span | None


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the archive holds, counted."""

    articles: int
    stories: int
    newspapers: tuple[tuple[Source, int], ...]
    sections: tuple[tuple[Section, int], ...]
    languages: tuple[tuple[str, int], ...]
    #: The last days of which there are articles, the newest first.
    days: tuple[Day, ...]


def newspaper(connection: Connection, slug: str) -> Newspaper | None:
    """The newspaper of that slug, None where there is none."""
    source = sources.by_slug(connection, slug)
    if source is None:
        return None
    feeds = [feed for feed in sources.feed_states(connection) if feed.source == slug]
    state, since = state_of(feeds)
    if slug in sources.paused(connection):
        state = "paused"
    return Newspaper(source, state, since, calendar.span(connection, slug))


def statistics(connection: Connection, clock: tzinfo) -> Statistics:
    """Everything, counted now; takes about a second for a million articles."""
    held = ledger.counts(connection)
    known = {source.slug: source for source in sources.all_sources(connection, removed=True)}
    return Statistics(
        articles=articles.count(connection),
        stories=stories.count(connection),
        newspapers=_most({known[slug]: counts.articles for slug, counts in held.items()}),
        sections=_most({Section(name): n for name, n in calendar.by_section(connection).items()}),
        languages=_most(calendar.by_language(connection)),
        days=_last_days(connection, clock),
    )


def _most(counted: Mapping[T, int]) -> tuple[tuple[T, int], ...]:
    return tuple(sorted(counted.items(), key=lambda pair: -pair[1]))


def _last_days(connection: Connection, clock: tzinfo) -> tuple[Day, ...]:
    span = calendar.span(connection)
    if span is None:
        return ()
    last = span.last.astimezone(clock).date()
    first = last - timedelta(days=DAYS - 1)
    counts: dict[date, int] = {last - timedelta(days=back): 0 for back in range(DAYS)}
    found = calendar.quarters(connection, start_of(first, clock), start_of(last + timedelta(days=1), clock))
    for quarter, count in found.items():
        counts[quarter.astimezone(clock).date()] += count
    return tuple(Day(day, count) for day, count in counts.items())
