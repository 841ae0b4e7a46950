"""Readers' reports, as long as they count; and how many there were, for good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, insert, or_, select, update

from marsad.oversight import Reason, Report, Thing
from marsad.store.people_tables import decisions, reports


@dataclass(frozen=True, slots=True)
class Reported:
    """A thing that readers reported and that nobody has decided on since."""

    thing: Thing
    reports: tuple[Report, ...]


def add(connection: Connection, report: Report) -> None:
    """Keep a report."""
    connection.execute(
        insert(reports).values(
            article=report.thing.article,
            image=report.thing.image,
            reason=report.reason.value,
            note=report.note,
            voter=report.voter,
            device=report.device,
            network=report.network,
            at=report.at,
        )
    )


def forget(connection: Connection, before: datetime) -> None:
    """Forget of reports before that moment who made them, and their words (ix_reports_at)."""
    known = or_(reports.c.voter.is_not(None), reports.c.note != "")
    connection.execute(
        update(reports)
        .where(reports.c.at < before, known)
        .values(voter=None, device=None, network=None, note="")
    )


def of(connection: Connection, thing: Thing) -> list[Report]:
    """All reports of a thing, the oldest first (ix_reports_image_article)."""
    wanted = select(reports).where(_is(thing)).order_by(reports.c.number)
    return [_report(row) for row in connection.execute(wanted)]


def undecided(connection: Connection, limit: int) -> list[Reported]:
    """The things with reports that no moderator has answered, those with the most reports first."""
    later = select(decisions.c.number).where(
        decisions.c.image == reports.c.image,
        or_(reports.c.image != "", decisions.c.article == reports.c.article),
        decisions.c.by != "",
        decisions.c.answers >= reports.c.number,
    )
    wanted = select(reports).where(~later.exists()).order_by(reports.c.number)
    grouped: dict[tuple[int, str], list[Report]] = {}
    for row in connection.execute(wanted):
        report = _report(row)
        key = (0 if row.image else row.article, row.image)
        grouped.setdefault(key, []).append(report)
    found = [Reported(group[0].thing, tuple(group)) for group in grouped.values()]
    return sorted(found, key=lambda reported: -len(reported.reports))[:limit]


def last(connection: Connection) -> int:
    """Number of the newest report; 0 where there is none."""
    return connection.execute(select(func.max(reports.c.number))).scalar() or 0


def counts(connection: Connection) -> Mapping[Reason, int]:
    """How many reports there ever were, by reason."""
    wanted = select(reports.c.reason, func.count()).group_by(reports.c.reason)
    return {Reason(reason): count for reason, count in connection.execute(wanted)}


def _is(thing: Thing) -> ColumnElement[bool]:
    """An image is the same wherever it stands."""
    if thing.image:
        return reports.c.image == thing.image
    return and_(reports.c.image == "", reports.c.article == thing.article)


def _report(row: Row[Any]) -> Report:
    thing = Thing(row.article, row.image)
    marks = (row.voter, row.device, row.network)
    return Report(thing, Reason(row.reason), row.at, *marks, note=row.note, number=row.number)
