"""Every address that was announced, what became of it, and when it is fetched (again)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, func, select
from sqlalchemy.dialects.sqlite import insert

from marsad.outcome import Outcome
from marsad.store.tables import feeds, sources, visits


@dataclass(frozen=True, slots=True)
class Visit:
    """An address to fetch, or how the last fetch of it ended."""

    address: str
    source: str
    #: Fields of the feed's entry for it.
    entry: Mapping[str, Any]
    outcome: Outcome = Outcome.LATER
    reason: str | None = None
    article: int | None = None
    attempts: int = 0
    #: When to fetch it (again); None where that is settled.
    next_visit: datetime | None = None


def announce(connection: Connection, announced: Iterable[Visit], now: datetime) -> int:
    """Line up addresses that were not known; gives how many were new."""
    rows = [
        {
            "address": visit.address,
            "source": visit.source,
            "entry": dict(visit.entry),
            "outcome": visit.outcome.value,
            "attempts": 0,
            "tried": now,
            "next_visit": visit.next_visit or now,
        }
        for visit in announced
    ]
    added = (connection.execute(insert(visits).values(**row).on_conflict_do_nothing()) for row in rows)
    return sum(result.rowcount for result in added)


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
    }
    connection.execute(
        insert(visits)
        .values(address=visit.address, **values)
        .on_conflict_do_update(index_elements=["address"], set_=values)
    )


def known(connection: Connection, addresses: Sequence[str]) -> set[str]:
    """Which of those addresses were announced before (primary key)."""
    return set(connection.execute(select(visits.c.address).where(visits.c.address.in_(addresses))).scalars())


def due(connection: Connection, now: datetime, limit: int, *, busy: Sequence[str] = ()) -> list[Visit]:
    """The addresses to fetch by `now`, longest due first, none of `busy` sources (ix_visits_next_visit)."""
    visited = and_(sources.c.paused.is_(False), sources.c.removed.is_(False))
    wanted = (
        select(visits)
        .join(sources, sources.c.slug == visits.c.source)
        .where(visits.c.next_visit <= now, visited, visits.c.source.not_in(busy))
        .order_by(visits.c.next_visit)
        .limit(limit)
    )
    return [
        Visit(
            address=row.address,
            source=row.source,
            entry=row.entry or {},
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
