"""Sources, their feeds, and when each feed is looked at next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, select, update

from marsad.model import DisplayPolicy, FeedAddress, FeedKind, Source, SourceKind
from marsad.store.tables import feeds, sources
from marsad.store.upsert import upsert

_POLICIES = {policy.value: policy for policy in DisplayPolicy}
_DISPLAYS = select(sources.c.slug, func.coalesce(sources.c.decided, sources.c.display), sources.c.permitted)


@dataclass(frozen=True, slots=True)
class FeedState:
    """One feed as the archive knows it."""

    source: str
    feed: FeedAddress
    next_visit: datetime
    etag: str | None = None
    last_modified: str | None = None
    #: Fields of the collector's rhythm, None before the first visit.
    rhythm: Mapping[str, Any] | None = None
    tolerated: tuple[str, ...] = ()
    error: str | None = None
    #: When it was last asked for.
    visited: datetime | None = None


def put(connection: Connection, source: Source, now: datetime) -> None:
    """Add `source`, or bring what is known of it up to date; what the desk says of it stays, as do its pause
    and its articles."""
    said = connection.execute(select(sources.c.described).where(sources.c.slug == source.slug)).scalar() or ()
    values = {
        "name": source.name,
        "home": source.home,
        "languages": list(source.languages),
        "country": source.country,
        "timezone": source.timezone,
        "kind": source.kind.value,
        "display": source.display.value,
        "removed": False,
    }
    connection.execute(
        upsert(sources)
        .values(slug=source.slug, paused=False, added=now, **values)
        .on_conflict_do_update(
            index_elements=["slug"],
            set_={name: value for name, value in values.items() if name not in said},
        )
    )
    _follow(connection, source.slug, source.feeds, now)


def follow(connection: Connection, slug: str, more: Sequence[FeedAddress], now: datetime) -> None:
    """Follow a source that is known by `more` feeds too; it is on the list then, all else stays."""
    said = connection.execute(select(sources.c.described).where(sources.c.slug == slug)).scalar() or ()
    _changed(connection, slug, removed=False, described=[name for name in said if name != "removed"])
    _follow(connection, slug, more, now)


def _follow(connection: Connection, slug: str, more: Sequence[FeedAddress], now: datetime) -> None:
    for feed in more:
        shown = {"kind": feed.kind.value, "rubric": feed.rubric}
        connection.execute(
            upsert(feeds)
            .values(source=slug, address=feed.address, next_visit=now, tolerated=[], **shown)
            .on_conflict_do_update(index_elements=["source", "address"], set_=shown)
        )


def all_sources(connection: Connection, *, removed: bool = False) -> list[Source]:
    """Every source, by slug; those taken off the list only where `removed` is asked for."""
    wanted = select(sources).order_by(sources.c.slug)
    if not removed:
        wanted = wanted.where(sources.c.removed.is_(False))
    by_source: dict[str, list[FeedAddress]] = {}
    for row in connection.execute(select(feeds).order_by(feeds.c.address)):
        by_source.setdefault(row.source, []).append(FeedAddress(row.address, FeedKind(row.kind), row.rubric))
    return [_source(row, by_source.get(row.slug, ())) for row in connection.execute(wanted)]


def displays(connection: Connection) -> dict[str, tuple[DisplayPolicy, bool]]:
    """How much every source lets be shown, and whether that is permitted to strangers too, by slug.

    Every page asks for it, and there may be hundreds of sources: nothing else is read of them.
    """
    rows = connection.execute(_DISPLAYS)
    return {slug: (_POLICIES[display], permitted) for slug, display, permitted in rows}


def by_slug(connection: Connection, slug: str) -> Source | None:
    """The source with that slug, also when it was taken off the list (primary key)."""
    row = connection.execute(select(sources).where(sources.c.slug == slug)).one_or_none()
    if row is None:
        return None
    of_it = connection.execute(select(feeds).where(feeds.c.source == slug).order_by(feeds.c.address))
    return _source(row, [FeedAddress(feed.address, FeedKind(feed.kind), feed.rubric) for feed in of_it])


def kept(connection: Connection, slug: str) -> tuple[object, ...] | None:
    """All that is kept of a source, to compare it with what is kept later; None where there is none."""
    row = connection.execute(select(sources).where(sources.c.slug == slug)).one_or_none()
    return None if row is None else tuple(row)


def listed(connection: Connection) -> set[str]:
    """The slugs of the sources that are on the list."""
    return set(connection.execute(select(sources.c.slug).where(sources.c.removed.is_(False))).scalars())


def slugs(connection: Connection) -> set[str]:
    """Every slug that was ever given."""
    return set(connection.execute(select(sources.c.slug)).scalars())


def names(connection: Connection) -> dict[str, str]:
    """The name of every source that was ever there, by slug."""
    rows = connection.execute(select(sources.c.slug, sources.c.name))
    return {row.slug: row.name for row in rows}


def paused(connection: Connection) -> set[str]:
    """The slugs of the sources that are not visited for now."""
    return set(connection.execute(select(sources.c.slug).where(sources.c.paused)).scalars())


def set_paused(connection: Connection, slug: str, *, paused: bool) -> bool:
    """Pause or resume a source; False when there is none of that slug."""
    return _changed(connection, slug, paused=paused)


def remove(connection: Connection, slug: str) -> bool:
    """Take a source off the list, until a list names it again; its articles stay. False for no such slug."""
    return _changed(connection, slug, removed=True)


def keep_off(connection: Connection, slug: str) -> bool:
    """Take a source off the list because the desk says so: it stays off until somebody adds it again."""
    return describe(connection, slug, {"removed": True})


def set_display(connection: Connection, slug: str, display: DisplayPolicy | None, *, permitted: bool) -> bool:
    """What the desk decides of a source, None for what its own list says; False for no such slug."""
    return _changed(connection, slug, decided=display.value if display else None, permitted=permitted)


def describe(connection: Connection, slug: str, said: Mapping[str, Any]) -> bool:
    """What the desk says of a source, by the names of the fields: it stands before what any list says.

    False where there is none of that slug.
    """
    known = connection.execute(select(sources.c.described).where(sources.c.slug == slug)).scalar() or ()
    return _changed(connection, slug, **said, described=sorted({*known, *said}))


def _changed(connection: Connection, slug: str, **values: object) -> bool:
    changed = connection.execute(update(sources).where(sources.c.slug == slug).values(**values))
    return changed.rowcount > 0


def due_feeds(
    connection: Connection, now: datetime, limit: int, *, busy: Collection[str] = ()
) -> list[FeedState]:
    """The feeds to visit by `now`, longest due first, none of `busy` sources (ix_feeds_next_visit)."""
    visited = and_(sources.c.paused.is_(False), sources.c.removed.is_(False))
    wanted = (
        select(feeds)
        .join(sources, sources.c.slug == feeds.c.source)
        .where(feeds.c.next_visit <= now, visited, feeds.c.source.not_in(busy))
        .order_by(feeds.c.next_visit)
        .limit(limit)
    )
    return [_state(row) for row in connection.execute(wanted)]


def feed_states(connection: Connection) -> list[FeedState]:
    """Every feed of every source that is on the list."""
    wanted = (
        select(feeds)
        .join(sources, sources.c.slug == feeds.c.source)
        .where(sources.c.removed.is_(False))
        .order_by(feeds.c.source, feeds.c.address)
    )
    return [_state(row) for row in connection.execute(wanted)]


def note_visit(connection: Connection, state: FeedState) -> None:
    """Keep what a visit of a feed brought: its validators, rhythm and what was tolerated."""
    connection.execute(
        update(feeds)
        .where(feeds.c.source == state.source, feeds.c.address == state.feed.address)
        .values(
            etag=state.etag,
            last_modified=state.last_modified,
            rhythm=None if state.rhythm is None else dict(state.rhythm),
            next_visit=state.next_visit,
            tolerated=list(state.tolerated),
            error=state.error,
            visited=state.visited,
        )
    )


def _state(row: Row[Any]) -> FeedState:
    return FeedState(
        source=row.source,
        feed=FeedAddress(row.address, FeedKind(row.kind), row.rubric),
        next_visit=row.next_visit,
        etag=row.etag,
        last_modified=row.last_modified,
        rhythm=row.rhythm,
        tolerated=tuple(row.tolerated),
        error=row.error,
        visited=row.visited,
    )


def _source(row: Row[Any], addresses: Sequence[FeedAddress]) -> Source:
    return Source(
        slug=row.slug,
        name=row.name,
        home=row.home,
        languages=tuple(row.languages),
        country=row.country,
        timezone=row.timezone,
        feeds=tuple(addresses),
        kind=SourceKind(row.kind),
        display=DisplayPolicy(row.decided or row.display),
        permitted=row.permitted,
    )
