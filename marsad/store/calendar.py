"""How much was published when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Select, func, select, type_coerce

from marsad.store.tables import articles

#: Every clock on earth is whole quarters of an hour away from UTC, so days of any clock are sums of these.
QUARTER = 900


@dataclass(frozen=True, slots=True)
class Span:
    """How many articles there are, and the moments of the first and the last."""

    articles: int
    first: datetime
    last: datetime


def span(connection: Connection, source: str | None = None) -> Span | None:
    """What is kept, of one source or of all (ix_articles_dated, _source_dated); None for nothing."""
    dated = articles.c.dated
    wanted = select(func.count().label("n"), func.min(dated).label("first"), func.max(dated).label("last"))
    row = connection.execute(wanted.where(*_only(source))).one()
    return Span(row.n, row.first, row.last) if row.n else None


def count(connection: Connection, since: datetime, until: datetime) -> int:
    """How many articles are dated from `since` on and before `until` (ix_articles_dated)."""
    within = (articles.c.dated >= since, articles.c.dated < until)
    return int(connection.execute(select(func.count()).select_from(articles).where(*within)).scalar_one())


def quarters(
    connection: Connection, since: datetime, until: datetime, source: str | None = None
) -> dict[datetime, int]:
    """How many articles are dated in each quarter of an hour, by its beginning (the same two indexes)."""
    quarter = (type_coerce(articles.c.dated, BigInteger) // QUARTER).label("quarter")
    within = (articles.c.dated >= since, articles.c.dated < until)
    wanted = select(quarter, func.count().label("n")).where(*within, *_only(source)).group_by(quarter)
    rows = connection.execute(wanted)
    return {datetime.fromtimestamp(row.quarter * QUARTER, UTC): row.n for row in rows}


def by_section(connection: Connection) -> dict[str, int]:
    """How many articles each section has (ix_articles_section_dated)."""
    return _grouped(connection, select(articles.c.section, func.count()).group_by(articles.c.section))


def by_language(connection: Connection) -> dict[str, int]:
    """How many articles are in each language; reads the whole table."""
    return _grouped(connection, select(articles.c.language, func.count()).group_by(articles.c.language))


def _grouped(connection: Connection, wanted: Select[Any]) -> dict[str, int]:
    return {row[0]: row[1] for row in connection.execute(wanted)}


def _only(source: str | None) -> list[ColumnElement[bool]]:
    return [] if source is None else [articles.c.source == source]
