"""What articles say, without all that is known of them: for lists that show parts of texts."""

from __future__ import annotations

from collections.abc import Sequence
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


class Texts:
    """Reads texts in one transaction, each once: who searches looks at those that are shown then."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[int, tuple[str, str]] = {}

    def running(self, numbers: Sequence[int]) -> dict[int, str]:
        """The running texts of those articles that are there, by number (primary keys)."""
        self._fetch(numbers)
        return {number: self._read[number][1] for number in numbers if number in self._read}

    def titled(self, numbers: Sequence[int]) -> dict[int, str]:
        """The same, each after its title."""
        self._fetch(numbers)
        return {number: "\n".join(self._read[number]) for number in numbers if number in self._read}

    def _fetch(self, numbers: Sequence[int]) -> None:
        missing = [number for number in numbers if number not in self._read]
        for row in self._connection.execute(_WANTED, {"wanted": missing}) if missing else ():
            self._read[row.number] = row.title, _text(row)


def texts(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """The running texts of those articles that are there, by number (primary keys)."""
    return Texts(connection).running(numbers)


def _text(row: Row[Any, Any, Any, Any]) -> str:
    body = "\n".join([block[1] for block in row.blocks if block[1]])
    return body if body.startswith(row.lead[:SAME]) else f"{row.lead}\n{body}"


def newspapers(connection: Connection, slugs: Sequence[str]) -> dict[str, str]:
    """The names of those sources, by slug (primary key)."""
    rows = connection.execute(_NEWSPAPERS, {"wanted": list(slugs)})
    return {row.slug: row.name for row in rows}


def newest(connection: Connection) -> int:
    """The highest number of an article, 0 where there is none (primary key)."""
    return connection.execute(_NEWEST).scalar() or 0
