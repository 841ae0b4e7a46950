"""The ledger: how every input ended, what went wrong, and the few facts about the archive itself."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from marsad.outcome import Outcome
from marsad.store.tables import articles, defects, facts, outcomes, robots
from marsad.store.upsert import upsert


@dataclass(frozen=True, slots=True)
class SourceCounts:
    """What the archive holds of one source."""

    articles: int
    last_dated: datetime


def note(connection: Connection, source: str, kind: str, outcome: Outcome, times: int = 1) -> None:
    """Count one end: `kind` says of what, a `feed`, a `page` or a `line`. Once for each input."""
    row = upsert(outcomes).values(source=source, input=kind, outcome=outcome.value, count=times)
    connection.execute(
        row.on_conflict_do_update(
            index_elements=["source", "input", "outcome"],
            set_={"count": outcomes.c.count + row.excluded["count"]},
        )
    )


def sums(connection: Connection) -> dict[tuple[str, str, Outcome], int]:
    """(source, kind of input, outcome) → how often."""
    rows = connection.execute(select(outcomes).order_by(outcomes.c.source, outcomes.c.input)).mappings()
    return {(row["source"], row["input"], Outcome(row["outcome"])): row["count"] for row in rows}


def set_aside(connection: Connection, source: str, thing: str, traceback: str, now: datetime) -> None:
    """Keep the traceback of a defect beside the thing it happened to."""
    connection.execute(insert(defects).values(source=source, thing=thing, at=now, traceback=traceback))


def defects_count(connection: Connection) -> int:
    """How many inputs were set aside after an error of ours."""
    return connection.execute(select(func.count()).select_from(defects)).scalar_one()


def tracebacks(connection: Connection) -> list[tuple[str, str]]:
    """(thing, traceback) of every input that was set aside, the oldest first."""
    wanted = select(defects.c.thing, defects.c.traceback).order_by(defects.c.number)
    return [(row.thing, row.traceback) for row in connection.execute(wanted)]


def counts(connection: Connection) -> dict[str, SourceCounts]:
    """What the archive holds of each source (ix_articles_source_dated)."""
    wanted = select(articles.c.source, func.count().label("n"), func.max(articles.c.dated).label("last"))
    rows = connection.execute(wanted.group_by(articles.c.source))
    return {row.source: SourceCounts(row.n, row.last) for row in rows}


def fact(connection: Connection, name: str) -> str | None:
    """A fact about the archive itself, None where it was never set."""
    return connection.execute(select(facts.c.value).where(facts.c.name == name)).scalar()


def set_fact(connection: Connection, name: str, value: str) -> None:
    """Keep a fact about the archive itself."""
    connection.execute(
        upsert(facts)
        .values(name=name, value=value)
        .on_conflict_do_update(index_elements=["name"], set_={"value": value})
    )


def archive_name(connection: Connection) -> str:
    """A name that no other archive has, given at the first call in a transaction that writes."""
    name = fact(connection, "archive")
    if name is None:
        name = secrets.token_hex(8)
        set_fact(connection, "archive", name)
    return name


def put_robots(connection: Connection, origin: str, fetched: datetime, record: Mapping[str, Any]) -> None:
    """Keep what an origin's robots.txt said, so that a restart does not ask again."""
    values = {"fetched": fetched, "record": dict(record)}
    connection.execute(
        upsert(robots)
        .values(origin=origin, **values)
        .on_conflict_do_update(index_elements=["origin"], set_=values)
    )


def all_robots(connection: Connection) -> list[Mapping[str, Any]]:
    """Every robots.txt that is kept."""
    return list(connection.execute(select(robots.c.record)).scalars())
