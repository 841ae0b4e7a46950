"""One table of changes, written in the transaction that makes them, read by each reader at its own pace.

A reader asks for what came after its cursor, does its work, and moves the cursor. If it is
killed in between it sees the same rows again, so its work must bear being done twice. To
rebuild a reader's work is to put its cursor back to zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, literal, select

from marsad.store.columns import Moment
from marsad.store.tables import articles, cursors, outbox
from marsad.store.upsert import upsert

#: Put together once: whoever shows a page asks for both, and that costs more than to run them.
_LAST = select(func.max(outbox.c.position))
_CURSOR = select(cursors.c.position).where(cursors.c.reader == bindparam("reader"))
_WRITE = insert(outbox)


@dataclass(frozen=True, slots=True)
class Change:
    """That an article was kept, revised, moved to another story, or removed."""

    position: int
    article: int
    change: str
    at: datetime


def write(connection: Connection, article: int, change: str, at: datetime) -> None:
    """Tell every reader of a change, in the transaction that makes it."""
    connection.execute(_WRITE, {"article": article, "change": change, "at": at})


def write_of_source(connection: Connection, source: str, change: str, at: datetime) -> None:
    """Tell every reader of a change of all articles of a source (ix_articles_source_dated)."""
    of_it = select(articles.c.number, literal(change), literal(at, Moment)).where(articles.c.source == source)
    connection.execute(insert(outbox).from_select(["article", "change", "at"], of_it))


def after(connection: Connection, position: int, limit: int) -> list[Change]:
    """The next changes after that position, in their order (primary key)."""
    wanted = select(outbox).where(outbox.c.position > position).order_by(outbox.c.position).limit(limit)
    return [Change(row.position, row.article, row.change, row.at) for row in connection.execute(wanted)]


def last(connection: Connection) -> int:
    """Position of the newest change; 0 where there is none."""
    return connection.execute(_LAST).scalar() or 0


def cursor(connection: Connection, reader: str) -> int:
    """How far that reader has come; 0 for one that has read nothing."""
    return connection.execute(_CURSOR, {"reader": reader}).scalar() or 0


def move(connection: Connection, reader: str, position: int) -> None:
    """That reader has done all up to `position`."""
    connection.execute(
        upsert(cursors)
        .values(reader=reader, position=position)
        .on_conflict_do_update(index_elements=["reader"], set_={"position": position})
    )
