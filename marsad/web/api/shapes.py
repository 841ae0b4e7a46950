"""What the answers of the programming interface look like. Addresses are absolute, moments in UTC."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field, RootModel

from marsad.search.query import Cause


class Source(BaseModel):
    """A newspaper, agency or official bulletin."""

    slug: str
    name: str
    home: str = Field(description="Its own home page.")
    page: str = Field(description="Its page here.")
    languages: list[str]
    country: str | None = Field(description="ISO 3166 code of its country.")
    kind: str
    display: str = Field(description="How much of its articles is shown: full, excerpt or headline.")


class Image(BaseModel):
    """An image at reading size, from this site."""

    address: str
    caption: str = ""
    alt: str = ""


class Headline(BaseModel):
    """What lists tell of an article."""

    source: str = Field(description="Slug of its newspaper.")
    number: int
    address: str = Field(description="Its lasting address.")
    newspaper: str
    title: str
    lead: str
    language: str
    section: str
    dated: datetime = Field(description="When it was published; collected, where no date was found.")
    precision: str = Field(description="How exactly that is known: minute, day, month or year.")
    story: int = Field(description="Number of the story that it tells.")
    image: str | None = None


class Headlines(BaseModel):
    """A page of a list, the newest first."""

    articles: list[Headline]
    next: str | None = Field(description="Give it as `cursor` for the next page; null at the end.")


class Place(BaseModel):
    """A place, as the gazetteer knows it."""

    slug: str
    kind: str = Field(description="country, region, province, city, commune or district.")
    page: str = Field(description="Its page here.")
    names: dict[str, str] = Field(description="In Arabic (`ar`), French (`fr`) and English (`en`).")
    lies_in: list[str] = Field(description="Slugs of what it lies in, the nearest first.")
    latitude: float | None = None
    longitude: float | None = None


class CountedPlace(BaseModel):
    """A place and how many articles tell of what happens there."""

    place: Place
    articles: int


class Places(BaseModel):
    """The places that articles tell of, the one with the most first."""

    places: list[CountedPlace]


class PlaceArticles(BaseModel):
    """A place with the newest of what happens there, and in what lies in it."""

    place: Place
    articles: list[Headline]
    next: str | None = Field(description="Give it as `cursor` for the next page; null at the end.")


class Block(BaseModel):
    """A piece of a text, in order."""

    kind: str = Field(description="paragraph, heading, quote, list_item or image.")
    text: str = ""
    image: Image | None = None


class Article(BaseModel):
    """One article, as much of it as may be shown."""

    source: str
    number: int
    address: str = Field(description="Its lasting address.")
    at_source: str = Field(description="Its address at the newspaper.")
    newspaper: str
    title: str
    lead: str
    author: str | None
    language: str
    section: str
    credit: str | None = Field(description="The agency that it was taken from.")
    published: datetime | None
    precision: str | None
    collected: datetime
    revision: int = Field(description="1, and one more with each change that was seen.")
    story: int | None
    display: str = Field(description="How much of it is shown: full, excerpt or headline.")
    blocks: list[Block]
    images: list[Image]
    places: list[Place] = Field(description="Where it happens.")
    copy_of: Headline | None = Field(description="The earlier article that this text stands in.")
    same_story: list[Headline]


class Story(BaseModel):
    """The articles that tell one event."""

    number: int
    address: str
    section: str
    first_seen: datetime
    last_seen: datetime
    articles: int
    sources: int
    independents: int = Field(description="Articles that are no copies of another of the story.")
    representative: Headline
    tellings: list[Headline]


class Addition(BaseModel):
    """What a telling has that none before it had."""

    number: int = Field(description="Of the article.")
    figures: list[str]
    places: list[str]
    names: list[str]


class Former(BaseModel):
    """Another story, by who speaks for it."""

    number: int
    address: str
    first_seen: datetime
    last_seen: datetime
    sources: int
    representative: Headline


class StoryPage(Story):
    """A story, what its tellings add one after the other, and the stories near it."""

    added: list[Addition]
    earlier: list[Former] = Field(description="Stories that ended before it began, the nearest first.")
    related: list[Former] = Field(description="Stories near it that did not.")


class Stories(BaseModel):
    """The stories of the front page, the most important first."""

    stories: list[Story]


class Trend(BaseModel):
    """Words that stand in headlines far more often than they usually do."""

    name: str
    search: str = Field(description="The address of the search for it.")
    told: int = Field(description="Articles of the last 24 hours; of one newspaper and story, one counts.")
    usual: float = Field(description="As many a day there usually are.")
    newspapers: int
    headlines: list[Headline] = Field(description="The newest of each of its largest stories.")


class Trends(BaseModel):
    """What rises, the most surprising first."""

    trends: list[Trend]


class Mark(BaseModel):
    """A part of a text that answers the search: from `start`, before `end`."""

    start: int
    end: int


class Passage(BaseModel):
    """A part of an article's text, with what answers the search in it."""

    text: str
    marks: list[Mark]


class Result(BaseModel):
    """An article that was found."""

    article: Headline
    passages: list[Passage]
    same_story: list[Headline] = Field(description="Further articles of its story that were found.")


class Choice(BaseModel):
    """What the search can be narrowed to, and how many articles that leaves."""

    value: str
    name: str
    count: int


class Ignored(BaseModel):
    """A part of a query that was left out."""

    part: str
    cause: Cause = Field(description="Why.")


class Unknown(BaseModel):
    """A newspaper that is asked for and not here."""

    name: str
    near: dict[str, str] = Field(description="Newspapers whose names come near, by their slugs.")


class Counted(BaseModel):
    """How much was found of a time."""

    when: str = Field(description="A year, month or day: 2024, 2024-03, 2024-03-05.")
    count: int


class Found(BaseModel):
    """A page of what a search found."""

    query: str
    total: int
    page: int
    pages: int
    cut: bool = Field(
        description="More was found than all pages show: narrow the search, or sort it by date."
    )
    upto: int = Field(description="Given back with a further page, it leaves out what came meanwhile.")
    relaxed: bool = Field(description="Not all words were found together: most articles have some of them.")
    strict: int = Field(description="In how many articles all of them were found, where that was relaxed.")
    added: int = Field(description="How many of the total were found by their meaning, and lack words.")
    results: list[Result]
    ignored: list[Ignored] = Field(description="Parts of the query that were left out.")
    unknown: list[Unknown] = Field(description="Newspapers that are asked for and not here.")
    meant: str | None = Field(description="A query that was perhaps meant.")
    narrower: dict[str, list[Choice]] = Field(description="By source, section, place and language.")
    timeline: list[Counted] = Field(
        description="What was found over time, as the chart of the site shows it."
    )


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: Literal["about:blank"] = "about:blank"
    title: str
    status: int
    detail: str = ""


class Sources(RootModel[list[Source]]):
    """Every newspaper on the list."""
