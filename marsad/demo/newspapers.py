"""The newspapers of the sample press: who they are and how their sites are laid out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from marsad.model import FeedKind, SourceKind

TABLE = Path(__file__).with_name("newspapers.toml")

WEEKDAYS = {
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد".split(),
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}
HALVES = {"ar": ("ص", "م"), "fr": ("", ""), "en": ("a.m.", "p.m.")}


@dataclass(frozen=True, slots=True)
class FeedPath:
    """One feed or sitemap of a site."""

    path: str
    #: Name of its template; empty where it is JSON.
    template: str
    media: str
    kind: FeedKind = FeedKind.FEED
    #: The one language that it carries, None where it carries all.
    language: str | None = None
    gzip: bool = False
    #: Whether it stands in the list of sources, or is only reached through another.
    announced: bool = True


@dataclass(frozen=True, slots=True)
class Newspaper:
    """One site of the sample press, as its table in `newspapers.toml` gives it."""

    slug: str
    #: By language, the most used first.
    names: Mapping[str, str]
    motto: Mapping[str, str]
    country: str
    timezone: str
    article: str
    section: str
    picture: str
    date: Mapping[str, str]
    months: str
    #: By language: what it calls each section.
    rubrics: Mapping[str, Mapping[str, str]]
    feeds: tuple[FeedPath, ...]
    aliases: tuple[str, ...] = ()
    kind: SourceKind = SourceKind.NEWSPAPER
    encoding: str = "utf-8"
    digits: str = "0123456789"
    manner: str = ""
    clock: ZoneInfo = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "clock", ZoneInfo(self.timezone))

    @property
    def languages(self) -> tuple[str, ...]:
        """Its languages, the most used first."""
        return tuple(self.names)

    @property
    def name(self) -> str:
        """What it calls itself in its first language."""
        return self.names[self.languages[0]]

    def written(self, moment: datetime, language: str) -> str:
        """`moment` as its readers see it, by its own clock, months and digits."""
        local = moment.astimezone(self.clock)
        text = self.date[self.edition(language)].format(
            day=local.day,
            month=local.month,
            month_name=self.months.split()[local.month - 1],
            year=local.year,
            hour=local.hour,
            hour12=local.hour % 12 or 12,
            minute=local.minute,
            weekday=WEEKDAYS[self.edition(language)][local.weekday()],
            half=HALVES[self.edition(language)][local.hour >= 12],
        )
        return text.translate(str.maketrans("0123456789", self.digits))

    def edition(self, language: str) -> str:
        """The language of the pages on which a text in `language` stands."""
        return language if language in self.names else self.languages[0]


def _newspaper(slug: str, table: dict[str, Any]) -> Newspaper:
    feeds = tuple(
        FeedPath(**{**feed, "kind": FeedKind(feed.get("kind", "feed"))}) for feed in table.pop("feeds")
    )
    aliases = tuple(table.pop("aliases", ()))
    kind = SourceKind(table.pop("kind", "newspaper"))
    return Newspaper(slug=slug, feeds=feeds, aliases=aliases, kind=kind, **table)


@cache
def newspapers() -> Mapping[str, Newspaper]:
    """All newspapers by slug, in the order of their ports."""
    tables = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {slug: _newspaper(slug, table) for slug, table in tables.items()}
