"""What a user of a reader app has read and starred. A reader of the site has no marks: nobody tracks him."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    delete,
    func,
    insert,
    select,
    tuple_,
    update,
)

from marsad.store.articles import is_listed
from marsad.store.people_tables import marks, read_until
from marsad.store.tables import articles


@dataclass(frozen=True, slots=True)
class Marked:
    """An article with its marks."""

    number: int
    source: str
    dated: datetime
    read: bool
    starred: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles of a user are listed."""

    #: Slugs of the only sources; None for all.
    among: Collection[str] | None = None
    starred: bool | None = None
    read: bool | None = None
    #: Dated from `since` on, before `until`.
    since: datetime | None = None
    until: datetime | None = None
    oldest_first: bool = False
    limit: int = 20
    #: The moment and number of the last article already listed. A place that is counted would move
    #: whenever news arrives or what was listed is marked.
    beyond: tuple[datetime, int] | None = None


def listed(connection: Connection, user: str, wanted: Wanted) -> list[Marked]:
    """Those articles with the user's marks (ix_articles_dated)."""
    asked = _marked(user).where(*_conditions(wanted)).limit(wanted.limit)
    order = (articles.c.dated, articles.c.number)
    asked = asked.order_by(*(order if wanted.oldest_first else (column.desc() for column in order)))
    return [_row(row) for row in connection.execute(asked)]


def of_numbers(connection: Connection, user: str, numbers: Iterable[int]) -> dict[int, Marked]:
    """The marks of those articles (primary key)."""
    rows = connection.execute(_marked(user).where(articles.c.number.in_(list(numbers))))
    return {row.number: _row(row) for row in rows}


def unread(connection: Connection, user: str) -> dict[str, tuple[int, datetime]]:
    """For each source that has any: how many articles are unread, and when the newest is dated."""
    asked = _joined(
        user, select(articles.c.source, func.count().label("n"), func.max(articles.c.dated).label("newest"))
    )
    rows = connection.execute(asked.where(is_listed(), ~_is_read()).group_by(articles.c.source))
    return {row.source: (row.n, row.newest) for row in rows}


def put(
    connection: Connection,
    user: str,
    numbers: Iterable[int],
    *,
    read: bool | None = None,
    starred: bool | None = None,
) -> None:
    """Mark those of the articles that there are; what is None stays as it is."""
    for found in of_numbers(connection, user, numbers).values():
        mine = and_(marks.c.user == user, marks.c.article == found.number)
        connection.execute(delete(marks).where(mine))
        connection.execute(
            insert(marks).values(
                user=user,
                article=found.number,
                read=found.read if read is None else read,
                starred=found.starred if starred is None else starred,
            )
        )


def put_all_read(connection: Connection, user: str, slugs: Iterable[str], until: datetime) -> None:
    """All articles of those sources that are dated up to `until` are read."""
    for slug in slugs:
        mine = and_(read_until.c.user == user, read_until.c.source == slug)
        connection.execute(delete(read_until).where(mine))
        connection.execute(insert(read_until).values(user=user, source=slug, moment=until))
        old = select(articles.c.number).where(articles.c.source == slug, articles.c.dated <= until)
        theirs = and_(marks.c.user == user, marks.c.article.in_(old))
        connection.execute(delete(marks).where(theirs, ~marks.c.starred))
        connection.execute(update(marks).where(theirs).values(read=True))


def _is_read() -> ColumnElement[bool]:
    until = and_(read_until.c.moment.is_not(None), articles.c.dated <= read_until.c.moment)
    return case((marks.c.read.is_not(None), marks.c.read), else_=until)


def _marked(user: str) -> Select[Any]:
    told = (articles.c.number, articles.c.source, articles.c.dated)
    starred = func.coalesce(marks.c.starred, False).label("starred")
    return _joined(user, select(*told, _is_read().label("read"), starred)).where(is_listed())


def _joined(user: str, asked: Select[Any]) -> Select[Any]:
    return asked.select_from(
        articles.outerjoin(marks, and_(marks.c.article == articles.c.number, marks.c.user == user)).outerjoin(
            read_until, and_(read_until.c.source == articles.c.source, read_until.c.user == user)
        )
    )


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.among is not None:
        found.append(articles.c.source.in_(sorted(wanted.among)))
    if wanted.starred is not None:
        is_starred = func.coalesce(marks.c.starred, False)
        found.append(is_starred if wanted.starred else ~is_starred)
    if wanted.read is not None:
        found.append(_is_read() if wanted.read else ~_is_read())
    if wanted.since is not None:
        found.append(articles.c.dated >= wanted.since)
    if wanted.until is not None:
        found.append(articles.c.dated < wanted.until)
    if wanted.beyond is not None:
        moment, number = wanted.beyond
        here = tuple_(articles.c.dated, articles.c.number)
        last = tuple_(int(moment.timestamp()), number)
        found.append(here > last if wanted.oldest_first else here < last)
    return found


def _row(row: Any) -> Marked:
    dated = row.dated if isinstance(row.dated, datetime) else datetime.fromtimestamp(row.dated, UTC)
    return Marked(row.number, row.source, dated, bool(row.read), bool(row.starred))
