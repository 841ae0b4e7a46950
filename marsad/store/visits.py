"""Every address that was announced, what became of it, and when it is fetched (again)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, func, select, update

from marsad.outcome import Outcome
from marsad.store.tables import feeds, sources, visits
from marsad.store.upsert import upsert

#: The shortest time between two fetches of one page.
REVISIT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Visit:
    """An address to fetch, or how the last fetch of it ended."""

    address: str
    source: str
    #: Fields of the feed's entry for it.
    entry: Mapping[str, Any]
    #: Changes when the feed tells something else of it.
    announced: int | None = None
    outcome: Outcome = Outcome.LATER
    reason: str | None = None
    article: int | None = None
    attempts: int = 0
    #: When to fetch it (again); None where that is settled.
    next_visit: datetime | None = None


def announce(
    connection: Connection, announced: Iterable[Visit], now: datetime, revisit_after: timedelta = REVISIT
) -> int:
    """Line up addresses that were not known, or of which the feed tells something else than before.

    The latter are fetched again, but not before `revisit_after` has gone by since the last time.
    Gives how many were new.
    """
    by_address = {visit.address: visit for visit in announced}
    seen = _seen(connection, list(by_address))
    for address, visit in by_address.items():
        values = {"announced": visit.announced, "entry": dict(visit.entry)}
        if address not in seen:
            row = {"source": visit.source, "outcome": Outcome.LATER.value, "attempts": 0, "tried": now}
            connection.execute(
                upsert(visits)
                .values(address=address, next_visit=now, **row, **values)
                .on_conflict_do_nothing()
            )
        elif seen[address].announced not in (None, visit.announced):
            again = max(now, seen[address].tried + revisit_after)
            connection.execute(
                update(visits)
                .where(visits.c.address == address, visits.c.source == visit.source)
                .values(next_visit=again, attempts=0, **values)
            )
    return len(by_address.keys() - seen.keys())


def _seen(connection: Connection, addresses: Sequence[str]) -> dict[str, Row[Any]]:
    """What is known of those addresses (primary key)."""
    columns = (visits.c.address, visits.c.announced, visits.c.tried)
    found: dict[str, Row[Any]] = {}
    for start in range(0, len(addresses), 500):
        wanted = select(*columns).where(visits.c.address.in_(addresses[start : start + 500]))
        found |= {row.address: row for row in connection.execute(wanted)}
    return found


def note(connection: Connection, visit: Visit, now: datetime) -> None:
    """Keep how a fetch ended; the entry is let go of once that is settled."""
    values = {
        "source": visit.source,
        "article": visit.article,
        "outcome": visit.outcome.value,
        "reason": visit.reason,
        "attempts": visit.attempts,
        "tried": now,
        "next_visit": visit.next_visit,
        "entry": dict(visit.entry) if visit.next_visit else None,
        "announced": visit.announced,
    }
    connection.execute(
        upsert(visits)
        .values(address=visit.address, **values)
        .on_conflict_do_update(index_elements=["address"], set_=values)
    )


def due(connection: Connection, now: datetime, limit: int, *, busy: Collection[str] = ()) -> list[Visit]:
    """One address to fetch by `now` of each source, longest due first, none of `busy` sources.

    (ix_visits_source_next_visit)
    """
    visited = and_(sources.c.paused.is_(False), sources.c.removed.is_(False))
    turn = func.row_number().over(
        partition_by=visits.c.source, order_by=(visits.c.next_visit, visits.c.address)
    )
    lined_up = (
        select(visits, turn.label("turn"))
        .join(sources, sources.c.slug == visits.c.source)
        .where(visits.c.next_visit <= now, visited, visits.c.source.not_in(busy))
        .subquery()
    )
    wanted = select(lined_up).where(lined_up.c.turn == 1).order_by(lined_up.c.next_visit).limit(limit)
    return [
        Visit(
            address=row.address,
            source=row.source,
            entry=row.entry or {},
            announced=row.announced,
            outcome=Outcome(row.outcome),
            reason=row.reason,
            article=row.article,
            attempts=row.attempts,
            next_visit=row.next_visit,
        )
        for row in connection.execute(wanted)
    ]


def next_due(connection: Connection) -> datetime | None:
    """When the next feed or page wants a visit (ix_feeds_next_visit, ix_visits_next_visit)."""
    visited = and_(sources.c.paused.is_(False), sources.c.removed.is_(False))
    moments = [
        connection.execute(
            select(table.c.next_visit)
            .join(sources, sources.c.slug == table.c.source)
            .where(table.c.next_visit.is_not(None), visited)
            .order_by(table.c.next_visit)
            .limit(1)
        ).scalar()
        for table in (feeds, visits)
    ]
    return min((moment for moment in moments if moment), default=None)


def waiting(connection: Connection) -> int:
    """How many addresses wait for a visit."""
    wanted = select(func.count()).select_from(visits).where(visits.c.next_visit.is_not(None))
    return connection.execute(wanted).scalar_one()


def articles_at(connection: Connection, addresses: Collection[str]) -> dict[str, int]:
    """The numbers of the articles that were read at those addresses, by address (primary key)."""
    at, article = visits.c.address, visits.c.article
    rows = connection.execute(select(at, article).where(at.in_(addresses), article.is_not(None)))
    return {row.address: row.article for row in rows}


def untried(connection: Connection, addresses: Collection[str]) -> set[str]:
    """Those of a few addresses that wait for their first visit (primary key)."""
    first = and_(visits.c.attempts == 0, visits.c.next_visit.is_not(None))
    wanted = select(visits.c.address).where(visits.c.address.in_(addresses), first)
    return set(connection.execute(wanted).scalars())
