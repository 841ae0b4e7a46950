"""What moderators see: the queue, one case, the log; and what everybody may know of it."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection

from marsad.addresses import image_key
from marsad.model import Standing
from marsad.moderation.policy import WITHHELD
from marsad.moderation.reports import Rules, people
from marsad.oversight import Decision, Deed, Reason, Report, RequestState, Thing
from marsad.pipeline.moderating import OF_ARTICLES, OF_IMAGES, Judgement
from marsad.store import articles, decisions, deeds, images, reports, requests, sources
from marsad.views.pictures import images_of

__all__ = [
    "BEGINNING",
    "Case",
    "Entry",
    "Judgement",
    "Log",
    "Mark",
    "Transparency",
    "case",
    "image_address",
    "log",
    "queue",
    "transparency",
    "why_withheld",
]

QUEUE = 100
#: Beyond every number: where the log begins.
BEGINNING = (10**15 - 1, 10**15 - 1)


@dataclass(frozen=True, slots=True)
class Case:
    """A thing with all that is known about it, also where readers may not see it."""

    thing: Thing
    source: str
    title: str
    language: str
    #: Address and words of the image; "" for an article.
    address: str
    caption: str
    standing: Standing
    #: People who gave each reason, as they are counted.
    people: Mapping[Reason, int]
    reported: int
    #: Those that say something, the oldest first.
    told: tuple[Report, ...]
    last: datetime | None
    decisions: tuple[Decision, ...]
    possible: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log: a decision with the title of its article, or a deed with the name of what it was
    done to."""

    title: str
    decision: Decision | None = None
    deed: Deed | None = None


#: Numbers of a decision and of a deed, those before which a part of the log goes on.
Mark: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Log:
    """A part of the log, the newest first, and where it goes on; None at its end."""

    entries: tuple[Entry, ...]
    older: Mark | None


@dataclass(frozen=True, slots=True)
class Transparency:
    """What was reported, asked for and decided, in numbers."""

    reports: Mapping[Reason, int]
    images: Mapping[Standing, int]
    articles: Mapping[Standing, int]
    automatic: int
    requests: Mapping[RequestState, int]


def queue(connection: Connection, now: datetime) -> tuple[Case, ...]:
    """What waits for a moderator, the most reported first."""
    waiting = (case(connection, each.thing, now) for each in reports.undecided(connection, QUEUE))
    return tuple(each for each in waiting if each is not None)


def case(connection: Connection, thing: Thing, now: datetime) -> Case | None:
    """One case; None where there is no such thing."""
    article = articles.by_number(connection, thing.article)
    if article is None:
        return None
    found = {image_key(image.address): image for image in images_of(article)}
    if thing.image and thing.image not in found:
        return None
    image = found.get(thing.image)
    told = reports.of(connection, thing)
    return Case(
        thing=thing,
        source=article.source,
        title=article.title,
        language=article.language,
        address=image.address if image else "",
        caption=(image.caption or image.alt) if image else "",
        standing=images.standing(connection, thing.image) if image else article.standing,
        people=people(told, now, Rules()),
        reported=len(told),
        told=tuple(report for report in told if report.note),
        last=_last(told),
        decisions=tuple(decisions.of(connection, thing)),
        possible=OF_IMAGES if image else OF_ARTICLES,
    )


def image_address(connection: Connection, thing: Thing) -> str | None:
    """The newspaper's address of an image, whether readers may see it or not."""
    article = articles.by_number(connection, thing.article)
    for image in images_of(article) if article else ():
        if image_key(image.address) == thing.image:
            return image.address
    return None


def log(connection: Connection, limit: int, before: Mark = BEGINNING) -> Log:
    """The newest decisions and deeds, with smaller numbers than those of `before`."""
    decided: list[Decision | Deed] = [*decisions.latest(connection, limit + 1, before[0])]
    done: list[Decision | Deed] = [*deeds.latest(connection, limit + 1, before[1])]
    both = list(heapq.merge(decided, done, key=lambda each: each.at, reverse=True))
    shown = both[:limit]
    older = (
        min((each.number or 0 for each in shown if isinstance(each, Decision)), default=before[0]),
        min((each.number or 0 for each in shown if isinstance(each, Deed)), default=before[1]),
    )
    return Log(tuple(_entries(connection, shown)), older if len(both) > limit else None)


def _entries(connection: Connection, shown: Sequence[Decision | Deed]) -> Iterator[Entry]:
    decided = {each.thing.article for each in shown if isinstance(each, Decision)}
    titles = {each.number: each.title for each in articles.by_numbers(connection, list(decided))}
    names = {source.slug: source.name for source in sources.all_sources(connection, removed=True)}
    for each in shown:
        if isinstance(each, Decision):
            yield Entry(titles.get(each.thing.article, ""), decision=each)
        else:
            yield Entry(names.get(each.thing, each.thing), deed=each)


def why_withheld(connection: Connection, number: int) -> Decision | None:
    """The decision by which an article is not shown; None where it is."""
    told = decisions.of(connection, Thing(number))
    return told[-1] if told and told[-1].standing in WITHHELD else None


def transparency(connection: Connection) -> Transparency:
    """The numbers as of now."""
    decided = decisions.counts(connection)
    return Transparency(
        reports=reports.counts(connection),
        images={standing: count for (is_image, standing), count in decided.items() if is_image},
        articles={standing: count for (is_image, standing), count in decided.items() if not is_image},
        automatic=decisions.automatic(connection),
        requests=requests.counts(connection),
    )


def _last(told: list[Report]) -> datetime | None:
    return max((report.at for report in told), default=None)
