"""Images of which something was decided. An image is known by the key of its address at the newspaper."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from marsad.model import Standing
from marsad.store.tables import images


def standings(connection: Connection) -> dict[str, Standing]:
    """What was decided, by key, of all images that are not simply shown."""
    return {row.key: Standing(row.standing) for row in connection.execute(select(images))}


def standing(connection: Connection, key: str) -> Standing:
    """What was decided of one image (primary key)."""
    decided = connection.execute(select(images.c.standing).where(images.c.key == key)).scalar()
    return Standing(decided) if decided else Standing.SHOWN


def set_standing(connection: Connection, key: str, standing: Standing, now: datetime) -> None:
    """What is decided of an image from now on."""
    connection.execute(delete(images).where(images.c.key == key))
    if standing is not Standing.SHOWN:
        connection.execute(insert(images).values(key=key, standing=standing.value, since=now))
