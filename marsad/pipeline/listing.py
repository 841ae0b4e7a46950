"""The list of newspapers: brought up to date by a file, or added to by one address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from marsad.collect.finding import Discovery
from marsad.collect.slugs import slug_for
from marsad.model import Source
from marsad.oversight import Act, Deed
from marsad.store import deeds, outbox, sources


def bring_up_to_date(connection: Connection, listed: Iterable[Source], now: datetime) -> None:
    """Put sources on the list as a file lists them; of those that are known, what it says now is so.

    A home page that is known keeps its slug, and a slug that another newspaper has is not given twice.
    What is new or other than before is written down, for each newspaper; where its articles are shown or
    found otherwise by that, they are looked at anew.
    """
    before, followed = _by_slug(connection), sources.listed(connection)
    known = {slug: source.home for slug, source in before.items()}
    for source in listed:
        slug = _own_slug(source, known)
        known[slug] = source.home
        sources.put(connection, replace(source, slug=slug), now)
    new = sources.listed(connection) - followed
    for slug, source in _by_slug(connection).items():
        if slug in new:
            deeds.add(connection, Deed(Act.ADDED, slug, "", now))
        elif source != before[slug]:
            deeds.add(connection, Deed(Act.LISTED, slug, "", now, _changes(before[slug], source)))
            if _said(source) != _said(before[slug]):
                outbox.write_of_source(connection, slug, "moderated", now)


def add(
    connection: Connection, found: Source, asked: str, now: datetime, by: str = ""
) -> tuple[Source, bool]:
    """Put a newspaper on the list that was found at `asked`; it, and whether that changed anything.

    Its slug is chosen here, for while it was looked at another may have been given the one it had in view.
    That it was done is written down; who did it is named at the desk, nobody is at the command line.

    Of one that is known all stays: a page tells less of a newspaper than whoever listed it. Where it is on
    the list, it is only followed by one feed more, if that is what was asked for.
    """
    known = {source.slug: source.home for source in sources.all_sources(connection, removed=True)}
    found = replace(found, slug=_own_slug(found, known))
    changed = _added(connection, found, asked, now)
    if changed:
        deeds.add(connection, Deed(Act.ADDED, found.slug, by, now))
    return found, changed


def _added(connection: Connection, found: Source, asked: str, now: datetime) -> bool:
    known = sources.by_slug(connection, found.slug)
    if known is None:
        sources.put(connection, found, now)
        return True
    followed = {feed.address for feed in known.feeds}
    more = [feed for feed in found.feeds if feed.address not in followed]
    if found.slug in sources.listed(connection):
        more = [feed for feed in more if feed.address == asked]
        if not more:
            return False
    sources.follow(connection, found.slug, more, now)
    return True


def as_source(found: Discovery, known: Sequence[Source], name: str | None = None) -> Source:
    """What was found, as the known source of that home page, else as a new one of that name."""
    same = next((source for source in known if _is_one(source.home, found.home)), None)
    if same is not None:
        return replace(same, feeds=found.feeds)
    called = name or found.name or found.home
    slug = slug_for(called, found.home, {source.slug for source in known})
    languages = (found.language,) if found.language else ("ar",)
    return Source(slug, called, found.home, languages, feeds=found.feeds)


def _by_slug(connection: Connection) -> Mapping[str, Source]:
    return {source.slug: source for source in sources.all_sources(connection, removed=True)}


def _changes(before: Source, after: Source) -> Mapping[str, str]:
    """What is said otherwise of a newspaper now, and what else it is followed by."""
    was, is_now = _said(before), _said(after)
    feeds = " ".join(feed.address for feed in after.feeds if feed not in before.feeds)
    return {part: said for part, said in {**is_now, "feeds": feeds}.items() if said != was.get(part, "")}


def _said(source: Source) -> Mapping[str, str]:
    return {
        "name": source.name,
        "home": source.home,
        "country": source.country or "",
        "languages": " ".join(source.languages),
        "timezone": source.timezone,
        "kind": source.kind.value,
        "display": source.display.value,
    }


def _own_slug(source: Source, known: Mapping[str, str]) -> str:
    same = next((slug for slug, home in known.items() if _is_one(home, source.home)), None)
    if same is not None:
        return same
    return slug_for(source.name, source.home, known) if source.slug in known else source.slug


def _is_one(home: str, other: str) -> bool:
    """Whether both are one home page: lists leave out the last slash that an answer brings."""
    return home.rstrip("/").lower() == other.rstrip("/").lower()
