"""Lists of headlines: a section, a newspaper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from marsad.model import Headline, Section, Source
from marsad.store import articles, sources

PAGE = 40


@dataclass(frozen=True, slots=True)
class HeadlineList:
    """A page of headlines, and the mark from which the next page goes on; None at the end."""

    headlines: tuple[Headline, ...]
    next_mark: str | None


def latest(
    connection: Connection, *, source: str | None = None, section: Section | None = None, mark: str = ""
) -> HeadlineList:
    """The newest headlines, from `mark` on; a mark that cannot be read begins at the newest."""
    found = articles.latest(connection, PAGE + 1, source=source, section=section, before=_read(mark))
    shown = found[:PAGE]
    more = len(found) > PAGE
    return HeadlineList(tuple(shown), _mark(shown[-1]) if more else None)


def newspaper(connection: Connection, slug: str) -> Source | None:
    """The source of that slug, None where there is none."""
    return sources.by_slug(connection, slug)


def all_newspapers(connection: Connection) -> list[Source]:
    """Every source on the list."""
    return sources.all_sources(connection)


def _mark(last: Headline) -> str:
    return f"{int(last.dated.timestamp())}-{last.number}"


def _read(mark: str) -> tuple[datetime, int] | None:
    seconds, _, number = mark.partition("-")
    try:
        return datetime.fromtimestamp(int(seconds), UTC), int(number)
    except (ValueError, OverflowError, OSError):
        return None
