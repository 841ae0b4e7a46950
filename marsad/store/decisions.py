"""The log of decisions: added to, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, insert, select

from marsad.model import Standing
from marsad.oversight import Decision, Reason, Thing
from marsad.store.people_tables import decisions


def add(connection: Connection, decision: Decision) -> Decision:
    """Write a decision down; gives it with its number."""
    number: int = connection.execute(
        insert(decisions)
        .values(
            article=decision.thing.article,
            image=decision.thing.image,
            address=decision.address,
            standing=decision.standing.value,
            reason=decision.reason.value,
            by=decision.by,
            note=decision.note,
            answers=decision.answers,
            at=decision.at,
        )
        .returning(decisions.c.number)
    ).scalar_one()
    return replace(decision, number=number)


def of(connection: Connection, thing: Thing) -> list[Decision]:
    """All that was decided of a thing, the oldest first (ix_decisions_image_article)."""
    wanted = select(decisions).where(_is(thing)).order_by(decisions.c.number)
    return [_decision(row) for row in connection.execute(wanted)]


def latest(connection: Connection, limit: int, before: int | None = None) -> list[Decision]:
    """The newest decisions, those with smaller numbers than `before` (primary key)."""
    wanted = select(decisions).order_by(decisions.c.number.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(decisions.c.number < before)
    return [_decision(row) for row in connection.execute(wanted)]


def last(connection: Connection) -> int:
    """Number of the newest decision; 0 where there is none (primary key)."""
    return connection.execute(select(func.max(decisions.c.number))).scalar() or 0


def counts(connection: Connection) -> Mapping[tuple[bool, Standing], int]:
    """How often each was decided, of images (True) and of articles (False)."""
    is_image = decisions.c.image != ""
    wanted = select(is_image, decisions.c.standing, func.count()).group_by(is_image, decisions.c.standing)
    return {(bool(image), Standing(name)): count for image, name, count in connection.execute(wanted)}


def automatic(connection: Connection) -> int:
    """How often enough readers agreed, before any moderator looked."""
    return connection.execute(select(func.count()).where(decisions.c.by == "")).scalar_one()


def _is(thing: Thing) -> ColumnElement[bool]:
    if thing.image:
        return decisions.c.image == thing.image
    return and_(decisions.c.image == "", decisions.c.article == thing.article)


def _decision(row: Row[Any]) -> Decision:
    return Decision(
        thing=Thing(row.article, row.image),
        standing=Standing(row.standing),
        reason=Reason(row.reason),
        at=row.at,
        by=row.by,
        note=row.note,
        address=row.address,
        answers=row.answers,
        number=row.number,
    )
