"""The list of newspapers, for those who manage it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from marsad.model import DisplayPolicy, Source
from marsad.store import ledger, outbox, sources
from marsad.store.engine import Store


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A newspaper, and how it is treated."""

    source: Source
    is_paused: bool
    articles: int


def source_lines(connection: Connection) -> tuple[SourceLine, ...]:
    """Every newspaper on the list."""
    paused, counts = sources.paused(connection), ledger.counts(connection)
    return tuple(
        SourceLine(source, source.slug in paused, held.articles if (held := counts.get(source.slug)) else 0)
        for source in sources.all_sources(connection)
    )


def change_source(
    store: Store, slug: str, do: str, display: DisplayPolicy | None, *, permitted: bool
) -> bool:
    """Do ``pause``, ``resume``, ``remove`` or ``display`` to a source; False where there is none, or no such
    thing to do."""
    with store.writing() as connection:
        match do:
            case "pause" | "resume":
                return sources.set_paused(connection, slug, paused=do == "pause")
            case "remove":
                return sources.remove(connection, slug)
            case "display":
                known = sources.set_display(connection, slug, display, permitted=permitted)
                # How much may be shown of its articles has changed, and how much may be found.
                outbox.write_of_source(connection, slug, "moderated", datetime.now(UTC))
                return known
            case _:
                return False
