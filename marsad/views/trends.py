"""What rises in the headlines, as readers see it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from sqlalchemy import Connection

from marsad.errors import SearchError
from marsad.model import Headline, Section
from marsad.search.index import Facet, Index, Window
from marsad.search.parser import read_query
from marsad.store import articles
from marsad.stories.trends import NOW, Trend
from marsad.views.asking import known
from marsad.views.timeline import Bar, days

__all__ = ["NOW", "Among", "Rising", "among", "charted", "risen"]

#: Headlines under a trend, and days in its chart.
SHOWN, CHARTED = 3, 28
#: Trends on the page, and on the front page.
ON_PAGE, ON_FRONT = 15, 8

_COUNTRY = re.compile("[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Rising:
    """A trend with the headlines that say it, and how often it was said day by day."""

    trend: Trend
    #: The newest of each story, the story with the most first.
    headlines: tuple[Headline, ...]
    bars: tuple[Bar, ...] = ()

    @property
    def query(self) -> str:
        """The search for it."""
        return f'"{self.trend.name}"' if " " in self.trend.name else self.trend.name


@dataclass(frozen=True, slots=True)
class Among:
    """Where trends are looked for: in one section, or one country, or everywhere."""

    section: Section | None = None
    country: str = ""

    @property
    def group(self) -> str:
        """The name of these headlines, as they are counted by."""
        if self.section is not None:
            return f"section:{self.section.value}"
        return f"country:{self.country}" if self.country else ""


def among(parameters: Mapping[str, str]) -> Among:
    """Where the parameters of an address ask for; what cannot be read is as if not there."""
    section, country = parameters.get("section", ""), parameters.get("country", "").upper()
    if section in set(Section):
        return Among(Section(section))
    return Among(country=country if _COUNTRY.fullmatch(country) else "")


def risen(connection: Connection, found: tuple[Trend, ...]) -> tuple[Rising, ...]:
    """Trends with their headlines; those of which nothing may be listed are left out."""
    wanted = {number for trend in found for number in trend.articles}
    listed = {headline.number: headline for headline in articles.headlines(connection, wanted)}
    shown = []
    for trend in found:
        tellings = [listed[number] for number in trend.articles if number in listed]
        if tellings:
            shown.append(Rising(trend, _of_each_story(tellings)))
    return tuple(shown)


def charted(index: Index, rising: tuple[Rising, ...], now: datetime, clock: tzinfo) -> tuple[Rising, ...]:
    """The same with how many articles say each of them on each of the last days."""
    return tuple(Rising(each.trend, each.headlines, _bars(index, each.query, now, clock)) for each in rising)


def _of_each_story(tellings: list[Headline]) -> tuple[Headline, ...]:
    sizes = Counter(headline.story for headline in tellings)
    newest: dict[int, Headline] = {}
    for headline in tellings:
        newest.setdefault(headline.story, headline)
    return tuple(newest[story] for story, _ in sizes.most_common(SHOWN))


def _bars(index: Index, query: str, now: datetime, clock: tzinfo) -> tuple[Bar, ...]:
    last = now.astimezone(clock).date()
    since = last - timedelta(days=CHARTED - 1)
    asked = read_query(f"{query} after:{since.isoformat()}", timezone=clock, now=now, known=known)
    try:
        found = index.search(asked, Window(size=1, facets=(Facet.DAY,), clock=clock, relax=False))
    except SearchError:
        return ()  # the list itself can be read without the index
    return days(since, last, found.facets[Facet.DAY])
