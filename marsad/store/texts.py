"""What an article says, without all that is known of it: for lists that show parts of texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from marsad.model import DisplayPolicy
from marsad.store.tables import articles, bodies, sources


@dataclass(frozen=True, slots=True)
class Text:
    """The lead and body of an article, and how much of them its source lets a public site show."""

    text: str
    display: DisplayPolicy


def texts(connection: Connection, numbers: Sequence[int]) -> dict[int, Text]:
    """The texts of those articles that are there, by number (primary keys)."""
    wanted = (
        select(articles.c.number, articles.c.lead, sources.c.display, bodies.c.blocks)
        .join(bodies, bodies.c.article == articles.c.number)
        .join(sources, sources.c.slug == articles.c.source)
        .where(articles.c.number.in_(numbers))
    )
    found: dict[int, Text] = {}
    for row in connection.execute(wanted):
        body = "\n".join(text for _, text, *_ in row.blocks if text)
        lead = "" if body.startswith(row.lead) else f"{row.lead}\n"
        found[row.number] = Text(lead + body, DisplayPolicy(row.display))
    return found


def newspapers(connection: Connection, slugs: Sequence[str]) -> dict[str, str]:
    """The names of those sources, by slug (primary key)."""
    wanted = select(sources.c.slug, sources.c.name).where(sources.c.slug.in_(slugs))
    return {row.slug: row.name for row in connection.execute(wanted)}


def newest(connection: Connection) -> int:
    """The highest number of an article, 0 where there is none (primary key)."""
    last = select(articles.c.number).order_by(articles.c.number.desc()).limit(1)
    return connection.execute(last).scalar() or 0
