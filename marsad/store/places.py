"""The places that articles name, and what lies where: what place pages and the index read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from enum import IntEnum

from sqlalchemy import BigInteger, Connection, bindparam, delete, func, insert, select, type_coerce

from marsad.model import Part, Place
from marsad.store.tables import article_places, articles

DAY = 86_400


class Role(IntEnum):
    """What a place is to an article."""

    MAIN = 0
    AROUND = 1
    """A main place lies in it."""
    MENTION = 2


_FORGET = delete(article_places).where(article_places.c.article == bindparam("gone"))
_ADD = insert(article_places)
_DATED = select(articles.c.dated).where(articles.c.number == bindparam("wanted"))
#: What a place's pages list: what happens there, or in what lies in it.
_HAPPENS = article_places.c.role < Role.MENTION


def put(connection: Connection, article: int, found: Sequence[Place], around: Iterable[str]) -> None:
    """Keep what an article names in place of what was kept before; its main places lie in `around`."""
    connection.execute(_FORGET, {"gone": article})
    dated = connection.execute(_DATED, {"wanted": article}).scalar()
    rows = {slug: _row(article, slug, Role.AROUND, dated) for slug in around if dated is not None} | {
        place.slug: _row(article, place.slug, _role(place), dated, place) for place in found
    }
    for place in found:  # a country that is named by the way, and holds the main place too
        if not place.main and place.slug in set(around):
            rows[place.slug]["role"] = Role.AROUND.value
    if rows and dated is not None:
        connection.execute(_ADD, list(rows.values()))


def _role(place: Place) -> Role:
    return Role.MAIN if place.main else Role.MENTION


def _row(
    article: int, slug: str, role: Role, dated: datetime | None, place: Place | None = None
) -> dict[str, object]:
    return {
        "article": article,
        "place": slug,
        "role": role.value,
        "part": place.part.value if place else None,
        "start": place.start if place else None,
        "stop": place.end if place else None,
        "times": place.times if place else 0,
        "dated": dated,
    }


def of(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[Place, ...]]:
    """What those articles name, the main places first (primary key); articles without places are left out."""
    named = article_places.c.part.is_not(None)
    wanted = (
        select(article_places)
        .where(article_places.c.article.in_(list(numbers)), named)
        .order_by(article_places.c.article, article_places.c.role, article_places.c.times.desc())
        .order_by(article_places.c.place)
    )
    found: dict[int, tuple[Place, ...]] = {}
    for row in connection.execute(wanted):
        is_main = row.role == Role.MAIN
        place = Place(row.place, Part(row.part), row.start, row.stop, row.times, is_main)
        found[row.article] = (*found.get(row.article, ()), place)
    return found


def happening(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The main places of those articles, and what these lie in (primary key)."""
    wanted = (
        select(article_places.c.article, article_places.c.place)
        .where(article_places.c.article.in_(list(numbers)), _HAPPENS)
        .order_by(article_places.c.article, article_places.c.role, article_places.c.place)
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in connection.execute(wanted):
        found[row.article] = (*found.get(row.article, ()), row.place)
    return found


def latest(
    connection: Connection, slug: str, limit: int, before: tuple[datetime, int] | None = None
) -> list[int]:
    """Numbers of the newest articles of what happens there (ix_article_places_place_dated).

    `before` is the moment and number of the last one already seen. Articles that are withheld
    are among them; `articles.headlines` leaves them out.
    """
    dated, article = article_places.c.dated, article_places.c.article
    wanted = select(article).where(article_places.c.place == slug, _HAPPENS)
    if before is not None:
        seconds = int(before[0].timestamp())
        moment = type_coerce(dated, BigInteger)
        wanted = wanted.where((moment < seconds) | ((moment == seconds) & (article < before[1])))
    return list(connection.execute(wanted.order_by(dated.desc(), article.desc()).limit(limit)).scalars())


def days(connection: Connection, slug: str, since: datetime) -> dict[datetime, int]:
    """How many articles tell of that place on each day, by universal time (ix_article_places_place_dated)."""
    day = (type_coerce(article_places.c.dated, BigInteger) // DAY).label("day")
    wanted = (
        select(day, func.count().label("n"))
        .where(article_places.c.place == slug, article_places.c.dated >= since, _HAPPENS)
        .group_by(day)
    )
    beginning = datetime(1970, 1, 1, tzinfo=UTC)
    return {beginning + timedelta(days=row.day): row.n for row in connection.execute(wanted)}


def count(connection: Connection, slug: str) -> int:
    """How many articles tell of that place (ix_article_places_place_dated)."""
    wanted = select(func.count()).where(article_places.c.place == slug, _HAPPENS)
    return connection.execute(wanted).scalar_one()


def counts(connection: Connection, slugs: Sequence[str] | None = None) -> dict[str, int]:
    """How many articles tell of each of those places, or of every one (reads the whole index then)."""
    wanted = select(article_places.c.place, func.count().label("n")).where(_HAPPENS)
    if slugs is not None:
        wanted = wanted.where(article_places.c.place.in_(list(slugs)))
    rows = connection.execute(wanted.group_by(article_places.c.place))
    return {row.place: row.n for row in rows}
