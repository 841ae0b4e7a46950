"""Where things happen: the pages of places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from marsad.enrich.gazetteer import Kind, Known, gazetteer
from marsad.language.normalise import fold
from marsad.model import Headline, Place
from marsad.store import articles, places
from marsad.views.lists import PAGE, HeadlineList, mark_of, read_mark
from marsad.views.timeline import Bar, days

__all__ = ["Counted", "Kind", "Known", "PlacePage"]

#: Days in the chart; of how many the stories are taken, and how many of these.
CHARTED, FRESH, MOST_STORIES = 28, 7, 6
#: Headlines that stories are looked for in.
LOOKED_THROUGH = 200
#: Places inside of one that are shown, and places of one country in the list of all.
MOST_WITHIN, MOST_LISTED = 40, 60
#: Beginnings that so many places share are looked up in the archive.
MOST_BEGUN = 60


@dataclass(frozen=True, slots=True)
class Counted:
    """A place and how many articles tell of it."""

    place: Known
    articles: int


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A place with what happens there."""

    place: Known
    #: What it lies in, the nearest first; what lies in it and is told of, and what lies near it.
    around: tuple[Known, ...]
    within: tuple[Counted, ...]
    near: tuple[Known, ...]
    articles: int
    list: HeadlineList
    #: The newest headline of each story that several newspapers told in the last days.
    stories: tuple[Headline, ...]
    #: Articles on each of the last days; () where there are none.
    bars: tuple[Bar, ...]


def place(connection: Connection, slug: str, now: datetime, mark: str = "") -> PlacePage | None:
    """The page of the place of that slug; None where there is none, or nothing is told of it."""
    found = known(slug)
    total = places.count(connection, slug) if found else 0
    if found is None or not total:
        return None
    return PlacePage(
        place=found,
        around=around(found),
        within=_within(connection, slug),
        near=_told_of(connection, gazetteer().near(slug, 30))[:8],
        articles=total,
        list=latest(connection, slug, mark),
        stories=() if mark else _stories(connection, slug, now),
        bars=_bars(connection, slug, now),
    )


def latest(connection: Connection, slug: str, mark: str = "") -> HeadlineList:
    """The newest headlines of what happens there, from `mark` on."""
    numbers = places.latest(connection, slug, PAGE + 1, read_mark(mark))
    listed = articles.headlines(connection, numbers[:PAGE])
    more = len(numbers) > PAGE and listed
    return HeadlineList(tuple(listed), mark_of(listed[-1]) if more else None)


def by_country(connection: Connection) -> tuple[tuple[Known, tuple[Counted, ...]], ...]:
    """The places that are told of under their countries, those with the most articles first."""
    atlas, counted = gazetteer(), places.counts(connection)
    groups: dict[str, list[Counted]] = {}
    for slug, count in sorted(counted.items(), key=lambda each: (-each[1], each[0])):
        found = atlas.get(slug)
        if found is not None:
            groups.setdefault(found.country, []).append(Counted(found, count))
    ranked = sorted(groups, key=lambda code: -max(each.articles for each in groups[code]))
    return tuple(
        (atlas[code], tuple(each for each in groups[code] if each.place.slug != code)[:MOST_LISTED])
        for code in ranked
    )


def told(connection: Connection) -> tuple[Counted, ...]:
    """Every place that is told of, the one with the most articles first."""
    atlas, counted = gazetteer(), places.counts(connection)
    ranked = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    return tuple(Counted(found, count) for slug, count in ranked if (found := atlas.get(slug)))


def of_articles(connection: Connection, numbers: Sequence[int], most: int = 4) -> tuple[Known, ...]:
    """Where those articles happen: the main places of at least a third of those that have any."""
    named = places.of(connection, numbers).values()
    counted = Counter(place.slug for found in named for place in found if place.main)
    placed = sum(any(place.main for place in found) for found in named)
    often = [slug for slug, count in counted.most_common(most) if 3 * count >= placed]
    return tuple(found for slug in often if (found := known(slug)))


def known_main(found: Sequence[Place]) -> tuple[Known, ...]:
    """The main ones of those places, as the gazetteer knows them."""
    main = [place.slug for place in found if place.main]
    return tuple(place for slug in main if (place := gazetteer().get(slug)))


def known(slug: str) -> Known | None:
    """The place of that slug, None where there is none."""
    return gazetteer().get(slug)


def around(found: Known) -> tuple[Known, ...]:
    """What a place lies in, the nearest first."""
    return gazetteer().around(found.slug)


def place_name(slug: str, language: str = "en") -> str:
    """What the place of that slug is called in that language; the slug itself where there is none."""
    found = gazetteer().get(slug)
    return found.name(language) if found else slug


def namesake_kind(slug: str, language: str) -> Kind | None:
    """The kind of a province or region that is called as a town in it is, to tell the two apart."""
    found = known(slug)
    if found is None or found.kind not in {Kind.PROVINCE, Kind.REGION}:
        return None
    others = gazetteer().called(found.name(language))
    return found.kind if any(found in around(each) for each in others) else None


def begun(connection: Connection, beginning: str, most: int = 6) -> tuple[str, ...]:
    """Names of places that are told of and begin so, those with the most articles first."""
    atlas, folded = gazetteer(), fold(beginning)
    slugs: dict[str, str] = {}
    for name, bearers in atlas.names.bearers.items():
        if name.startswith(folded):
            slugs |= dict.fromkeys(bearers, name)
    largest = sorted(slugs, key=lambda slug: -atlas[slug].inhabitants)[:MOST_BEGUN]
    counted = places.counts(connection, largest)
    ranked = sorted(counted, key=lambda slug: -counted[slug])[:most]
    return tuple(dict.fromkeys(_called(atlas[slug], folded) for slug in ranked))


def _called(place: Known, beginning: str) -> str:
    """The name of the place that begins so."""
    return next((name for name in place.names if fold(name).startswith(beginning)), place.names[0])


def _within(connection: Connection, slug: str) -> tuple[Counted, ...]:
    inside = {place.slug: place for place in gazetteer().within(slug)}
    counted = places.counts(connection, list(inside)) if inside else {}
    ranked = sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:MOST_WITHIN]
    return tuple(Counted(inside[slug], count) for slug, count in ranked)


def _told_of(connection: Connection, candidates: Sequence[Known]) -> tuple[Known, ...]:
    counted = places.counts(connection, [place.slug for place in candidates]) if candidates else {}
    return tuple(place for place in candidates if counted.get(place.slug))


def _stories(connection: Connection, slug: str, now: datetime) -> tuple[Headline, ...]:
    numbers = places.latest(connection, slug, LOOKED_THROUGH)
    newest: dict[int, Headline] = {}
    newspapers: dict[int, set[str]] = {}
    for headline in articles.headlines(connection, numbers):
        if headline.dated >= now - timedelta(days=FRESH):
            newest.setdefault(headline.story, headline)
            newspapers.setdefault(headline.story, set()).add(headline.source)
    several = [story for story in newest if len(newspapers[story]) > 1]
    widest = sorted(several, key=lambda story: -len(newspapers[story]))[:MOST_STORIES]
    return tuple(newest[story] for story in widest)


def _bars(connection: Connection, slug: str, now: datetime) -> tuple[Bar, ...]:
    first = (now - timedelta(days=CHARTED - 1)).date()
    counted = places.days(connection, slug, now - timedelta(days=CHARTED))
    told = [(day.date().isoformat(), count) for day, count in counted.items()]
    return days(first, now.date(), told) if told else ()
