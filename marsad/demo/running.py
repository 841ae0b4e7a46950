"""The sample press while it is served: its sites, who visited them, and what is true of its articles."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from marsad.demo.addressing import Site
from marsad.demo.hostile.site import HostileSite
from marsad.demo.newspapers import newspapers
from marsad.demo.press import Press, PressArticle
from marsad.model import FeedAddress, Section, Source, SourceKind

#: So many visits are remembered.
REMEMBERED = 100_000


@dataclass(frozen=True, slots=True)
class PressSite:
    """One newspaper of the press, where it stands now."""

    slug: str
    name: str
    #: Without a slash at its end.
    base_url: str
    feeds: tuple[FeedAddress, ...]
    languages: tuple[str, ...]
    country: str
    timezone: str
    kind: SourceKind


@dataclass(frozen=True, slots=True)
class Visit:
    """One request that a newspaper answered. Moments are seconds of a clock that only goes forward."""

    slug: str
    path: str
    began: float
    ended: float
    status: int
    agent: str


@dataclass(frozen=True, slots=True)
class Gold:
    """What is true of one article that stands in the press."""

    newspaper: str
    event: str
    section: Section
    language: str
    title: str
    lead: str
    #: Its paragraphs, a line each.
    text: str
    published: datetime
    updated: datetime | None
    author: str
    copy_of: str | None
    #: In Arabic, whatever the language of the text.
    places: tuple[str, ...]
    address: str
    #: Address of its picture, empty where it has none.
    picture: str


@dataclass(frozen=True, slots=True)
class RunningPress:
    """The press while it is served."""

    press: Press
    sites: tuple[PressSite, ...]
    #: The hostile site, where it was asked for.
    hostile: HostileSite | None = None
    #: The requests that the newspapers answered, the oldest first.
    visits: deque[Visit] = field(default_factory=lambda: deque(maxlen=REMEMBERED))

    def site(self, slug: str) -> PressSite:
        """The site of one newspaper. Raises KeyError where there is none of that name."""
        for site in self.sites:
            if site.slug == slug:
                return site
        raise KeyError(slug)


def sources(sites: Sequence[PressSite]) -> tuple[Source, ...]:
    """The sites as sources that can be collected from."""
    return tuple(
        Source(
            slug=site.slug,
            name=site.name,
            home=f"{site.base_url}/",
            languages=site.languages,
            country=site.country,
            timezone=site.timezone,
            feeds=site.feeds,
            kind=site.kind,
        )
        for site in sites
    )


def gold(running: RunningPress, now: datetime | None = None) -> dict[str, Gold]:
    """What stands in the press at `now` (by its own clock where none is given), by article id."""
    moment = running.press.now() if now is None else now
    found = {}
    for place in running.sites:
        site = Site(newspapers()[place.slug], place.base_url)
        for article in running.press.articles(place.slug, moment):
            found[article.id] = _gold(site, article)
    return found


def _gold(site: Site, article: PressArticle) -> Gold:
    text = article.text
    return Gold(
        newspaper=text.newspaper,
        event=text.event,
        section=text.section,
        language=text.language,
        title=text.title,
        lead=text.lead,
        text="\n".join(text.paragraphs),
        published=article.published,
        updated=article.updated,
        author=text.author,
        copy_of=text.copy_of,
        places=text.places,
        address=site.address(article),
        picture=site.picture(article) if text.image else "",
    )
