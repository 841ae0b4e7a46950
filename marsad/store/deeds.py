"""What was done beside deciding, at the desk and by commands: added to, never changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from marsad.oversight import Act, Deed
from marsad.store.people_tables import deeds


def add(connection: Connection, deed: Deed) -> None:
    """Write a deed down."""
    connection.execute(
        insert(deeds).values(
            act=deed.act.value, thing=deed.thing, by=deed.by, detail=dict(deed.detail), at=deed.at
        )
    )


def latest(connection: Connection, limit: int, before: int | None = None) -> list[Deed]:
    """The newest deeds, those with smaller numbers than `before` (primary key)."""
    wanted = select(deeds).order_by(deeds.c.number.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(deeds.c.number < before)
    return [_deed(row) for row in connection.execute(wanted)]


def of(connection: Connection, act: Act, things: Collection[str]) -> Mapping[str, list[Deed]]:
    """The deeds of that kind done to each of the things, the oldest first (ix_deeds_thing)."""
    wanted = select(deeds).where(deeds.c.thing.in_(things), deeds.c.act == act.value)
    found: dict[str, list[Deed]] = {}
    for row in connection.execute(wanted.order_by(deeds.c.number)):
        found.setdefault(row.thing, []).append(_deed(row))
    return found


def _deed(row: Row[Any]) -> Deed:
    return Deed(Act(row.act), row.thing, row.by, row.at, row.detail, row.number)
