"""The list of newspapers, for those who manage it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from marsad.collect.described import Described, source_of
from marsad.model import DisplayPolicy, Source
from marsad.oversight import Act, Deed
from marsad.store import deeds, outbox, sources
from marsad.store.engine import Store

LONGEST_NAME = 200


def carry_out(store: Store, deed: Deed) -> bool:
    """Do to a newspaper what `deed` says; False where there is no such newspaper.

    It is written down where it changes anything, and its articles are looked at anew where they are shown or
    found otherwise then.
    """
    slug = deed.thing
    with store.writing() as connection:
        before, known = sources.kept(connection, slug), sources.by_slug(connection, slug)
        if known is None:
            return False
        _do(connection, deed)
        if sources.kept(connection, slug) != before:
            deeds.add(connection, deed)
        if sources.by_slug(connection, slug) != known:
            outbox.write_of_source(connection, slug, "moderated", deed.at)
    return True


def description(source: Source, given: Mapping[str, str]) -> Mapping[str, str] | None:
    """What is said of a newspaper, read as lists are read; None where a part of it means nothing.

    Its name and its languages must be said, for what the desk says stands before all lists.
    """
    wrong: list[str] = [part for part in ("name", "languages") if not given.get(part, "").strip(" ,")]
    words = Described(
        name=given.get("name", "")[:LONGEST_NAME],
        home=source.home,
        slug=source.slug,
        languages=given.get("languages", "").replace(",", " ").split(),
        country=given.get("country", ""),
        timezone=given.get("timezone", "").strip(),
    )
    read = source_of(words, set(), wrong.append)
    if wrong:
        return None
    return {
        "name": read.name,
        "country": read.country or "",
        "languages": " ".join(read.languages),
        "timezone": read.timezone,
    }


def _do(connection: Connection, deed: Deed) -> None:
    slug, said = deed.thing, deed.detail
    match deed.act:
        case Act.PAUSED | Act.RESUMED:
            sources.set_paused(connection, slug, paused=deed.act is Act.PAUSED)
        case Act.REMOVED:
            # What the desk says binds all lists; a command is as good as the list that is read after it.
            take_off = sources.keep_off if deed.by else sources.remove
            take_off(connection, slug)
        case Act.DISPLAY:
            policy, permitted = DisplayPolicy(said["display"]), said["permitted"] == "yes"
            sources.set_display(connection, slug, policy, permitted=permitted)
        case Act.DESCRIBED:
            values = {"languages": said["languages"].split(), "country": said["country"] or None}
            sources.describe(connection, slug, {**said, **values})
