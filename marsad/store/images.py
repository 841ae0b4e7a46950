"""What is known of images, each by the key of its address at the newspaper: what was decided of it,
how large it is shown, or why it cannot be had."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from marsad.model import Standing
from marsad.store.tables import images, pictures

#: Images that cannot be had, of which lists need not know more.
_MOST_LOST = 20_000

#: Every page asks for both.
_DECIDED = select(images.c.key, images.c.standing)
_LOST = select(pictures.c.key).where(pictures.c.again > bindparam("now")).limit(_MOST_LOST)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that was fetched, or why it could not be."""

    key: str
    #: Width and height at the widest that it is shown, None where it cannot be had.
    size: tuple[int, int] | None
    reason: str | None = None
    #: When to try again; None for never.
    again: datetime | None = None


def standings(connection: Connection) -> dict[str, Standing]:
    """What was decided, by key, of all images that are not simply shown."""
    return {key: Standing(standing) for key, standing in connection.execute(_DECIDED)}


def standing(connection: Connection, key: str) -> Standing:
    """What was decided of one image (primary key)."""
    decided = connection.execute(select(images.c.standing).where(images.c.key == key)).scalar()
    return Standing(decided) if decided else Standing.SHOWN


def set_standing(connection: Connection, key: str, standing: Standing, now: datetime) -> None:
    """What is decided of an image from now on."""
    connection.execute(delete(images).where(images.c.key == key))
    if standing is not Standing.SHOWN:
        connection.execute(insert(images).values(key=key, standing=standing.value, since=now))


def note(connection: Connection, picture: Picture) -> None:
    """What became of fetching an image."""
    connection.execute(delete(pictures).where(pictures.c.key == picture.key))
    width, height = picture.size or (None, None)
    values = {"key": picture.key, "width": width, "height": height}
    connection.execute(insert(pictures).values(**values, reason=picture.reason, again=picture.again))


def fetched(connection: Connection, key: str) -> Picture | None:
    """What became of fetching that image; None where nobody asked for it yet (primary key)."""
    row = connection.execute(select(pictures).where(pictures.c.key == key)).one_or_none()
    if row is None:
        return None
    return Picture(row.key, (row.width, row.height) if row.width else None, row.reason, row.again)


def sizes(connection: Connection, keys: Collection[str]) -> dict[str, tuple[int, int]]:
    """The sizes of those of the images that were fetched (primary key)."""
    wanted = select(pictures).where(pictures.c.key.in_(keys), pictures.c.width.is_not(None))
    return {row.key: (row.width, row.height) for row in connection.execute(wanted)}


def lost(connection: Connection, now: datetime) -> frozenset[str]:
    """The keys of images that cannot be had and are not tried again yet."""
    return frozenset(connection.execute(_LOST, {"now": now}).scalars())
