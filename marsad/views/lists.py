"""Lists of headlines: a section, a newspaper."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from marsad.model import Headline, Section, Source
from marsad.store import articles, sources
from marsad.store.marks import Marked

PAGE = 40

#: Seconds since 1970 that a calendar has, and a number that the store can hold.
MARK = r"(-?[0-9]{1,10})-([0-9]{1,16})"


@dataclass(frozen=True, slots=True)
class HeadlineList:
    """A page of headlines, and the mark from which the next page goes on; None at the end."""

    headlines: tuple[Headline, ...]
    next_mark: str | None


def latest(
    connection: Connection,
    *,
    source: str | None = None,
    section: Section | None = None,
    among: Collection[str] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    mark: str = "",
) -> HeadlineList:
    """The newest headlines, from `mark` on; one that cannot be read begins at the newest, or at `until`."""
    before = read_mark(mark) or ((until, 0) if until else None)
    found = articles.latest(
        connection, PAGE + 1, source=source, section=section, among=among, since=since, before=before
    )
    shown = found[:PAGE]
    more = len(found) > PAGE
    return HeadlineList(tuple(shown), mark_of(shown[-1]) if more else None)


def newspaper(connection: Connection, slug: str) -> Source | None:
    """The source of that slug, None where there is none."""
    return sources.by_slug(connection, slug)


def all_newspapers(connection: Connection) -> list[Source]:
    """Every source on the list."""
    return sources.all_sources(connection)


def by_country(newspapers: Iterable[Source]) -> list[tuple[str | None, list[Source]]]:
    """Newspapers by country, the country with the most first; those of none (None) last."""
    groups: dict[str | None, list[Source]] = {}
    for source in newspapers:
        groups.setdefault(source.country, []).append(source)
    return sorted(groups.items(), key=lambda group: (group[0] is None, -len(group[1]), group[0] or ""))


def of_country(connection: Connection, code: str) -> list[Source]:
    """Every source on the list that belongs to that country."""
    return [source for source in sources.all_sources(connection) if source.country == code.upper()]


def mark_of(last: Headline | Marked) -> str:
    """From which the page after that article goes on."""
    return f"{int(last.dated.timestamp())}-{last.number}"


def read_mark(mark: str) -> tuple[datetime, int] | None:
    """The moment and number that a mark says; None where it says nothing."""
    found = re.fullmatch(MARK, mark)
    return None if found is None else (datetime.fromtimestamp(int(found[1]), UTC), int(found[2]))
