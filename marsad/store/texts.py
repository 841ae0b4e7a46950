"""What articles say, without all that is known of them: for lists that show parts of texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from marsad.store.tables import articles, bodies, sources

#: A body that begins with so many letters of the lead tells it again.
SAME = 60

_WANTED = (
    select(articles.c.number, articles.c.title, articles.c.lead, bodies.c.blocks)
    .join(bodies, bodies.c.article == articles.c.number)
    .where(articles.c.number.in_(bindparam("wanted", expanding=True)))
)
_NEWSPAPERS = select(sources.c.slug, sources.c.name).where(
    sources.c.slug.in_(bindparam("wanted", expanding=True))
)
_NEWEST = select(articles.c.number).order_by(articles.c.number.desc()).limit(1)


def texts(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """The running texts of those articles that are there, by number (primary keys)."""
    return {row.number: _text(row) for row in _rows(connection, numbers)}


def titled_texts(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """The same, each after its title."""
    return {row.number: f"{row.title}\n{_text(row)}" for row in _rows(connection, numbers)}


def _rows(connection: Connection, numbers: Sequence[int]) -> Iterable[Row[Any]]:
    return connection.execute(_WANTED, {"wanted": list(numbers)})


def _text(row: Row[Any]) -> str:
    body = "\n".join(text for _, text, *_ in row.blocks if text)
    return body if body.startswith(row.lead[:SAME]) else f"{row.lead}\n{body}"


def newspapers(connection: Connection, slugs: Sequence[str]) -> dict[str, str]:
    """The names of those sources, by slug (primary key)."""
    rows = connection.execute(_NEWSPAPERS, {"wanted": list(slugs)})
    return {row.slug: row.name for row in rows}


def newest(connection: Connection) -> int:
    """The highest number of an article, 0 where there is none (primary key)."""
    return connection.execute(_NEWEST).scalar() or 0
