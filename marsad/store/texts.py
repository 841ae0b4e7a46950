"""What articles say, without all that is known of them: for lists that show parts of texts."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from marsad.store.tables import articles, bodies, sources

#: A body that begins with so many letters of the lead tells it again.
SAME = 60


def texts(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """The running texts of those articles that are there, by number (primary keys)."""
    wanted = (
        select(articles.c.number, articles.c.lead, bodies.c.blocks)
        .join(bodies, bodies.c.article == articles.c.number)
        .where(articles.c.number.in_(numbers))
    )
    found: dict[int, str] = {}
    for row in connection.execute(wanted):
        body = "\n".join(text for _, text, *_ in row.blocks if text)
        told_twice = body.startswith(row.lead[:SAME])
        found[row.number] = body if told_twice else f"{row.lead}\n{body}"
    return found


def newspapers(connection: Connection, slugs: Sequence[str]) -> dict[str, str]:
    """The names of those sources, by slug (primary key)."""
    wanted = select(sources.c.slug, sources.c.name).where(sources.c.slug.in_(slugs))
    return {row.slug: row.name for row in connection.execute(wanted)}


def newest(connection: Connection) -> int:
    """The highest number of an article, 0 where there is none (primary key)."""
    last = select(articles.c.number).order_by(articles.c.number.desc()).limit(1)
    return connection.execute(last).scalar() or 0
