"""Headlines in the order in which they came, with little else, for who reads very many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from marsad.store.articles import is_listed
from marsad.store.tables import articles, sources


@dataclass(frozen=True, slots=True)
class Line:
    """A headline and what it is counted by."""

    number: int
    source: str
    country: str | None
    title: str
    language: str
    section: str
    story: int
    dated: datetime


def before(connection: Connection, span: timedelta, most: int) -> int:
    """The number after which the headlines of the last `span` come, at most about `most` (ix_articles_dated).

    The last moment is that of the newest article, for an archive may rest.
    """
    newest = connection.execute(select(func.max(articles.c.dated))).scalar()
    last = connection.execute(select(func.max(articles.c.number))).scalar()
    if newest is None or last is None:
        return 0
    wanted = select(func.min(articles.c.number)).where(articles.c.dated >= newest - span)
    return max((connection.execute(wanted).scalar() or 1) - 1, int(last) - most)


def after(connection: Connection, number: int, limit: int) -> list[Line]:
    """The next headlines that may be listed after that of article `number` (primary key)."""
    wanted = (
        select(
            articles.c.number,
            articles.c.source,
            sources.c.country,
            articles.c.title,
            articles.c.language,
            articles.c.section,
            articles.c.story,
            articles.c.dated,
        )
        .join(sources, sources.c.slug == articles.c.source)
        .where(articles.c.number > number, is_listed())
        .order_by(articles.c.number)
        .limit(limit)
    )
    return [Line(*row) for row in connection.execute(wanted)]
