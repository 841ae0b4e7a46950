"""What is remembered of the pages of each source, so that what they repeat is taken out of its articles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from marsad.store.tables import templates
from marsad.store.upsert import upsert


def of_source(connection: Connection, source: str) -> Mapping[str, Any] | None:
    """The template of a source as it was kept; None where nothing was."""
    wanted = select(templates.c.template).where(templates.c.source == source)
    found: Mapping[str, Any] | None = connection.execute(wanted).scalar_one_or_none()
    return found


def keep(connection: Connection, source: str, template: Mapping[str, Any]) -> None:
    """Keep the template of a source in place of the one before."""
    row = upsert(templates).values(source=source, template=dict(template))
    connection.execute(
        row.on_conflict_do_update(index_elements=["source"], set_={"template": row.excluded.template})
    )
