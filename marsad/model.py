"""The vocabulary of articles: what the steps hand to one another.

Frozen dataclasses that import nothing of ours and do no work. Every moment is an
aware datetime in UTC; every text is clean plain text, never HTML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class SourceKind(StrEnum):
    """What a source is."""

    NEWSPAPER = "newspaper"
    AGENCY = "agency"
    BULLETIN = "bulletin"


class DisplayPolicy(StrEnum):
    """How much of a source's articles a public site may show."""

    FULL = "full"
    EXCERPT = "excerpt"
    HEADLINE = "headline"


class Standing(StrEnum):
    """What was decided of an article or of an image."""

    SHOWN = "shown"
    """As its newspaper's display policy says."""
    EXCERPT = "excerpt"
    """Of an article: never more than an excerpt."""
    BLURRED = "blurred"
    """Of an image: shown to who asks to see it."""
    HIDDEN = "hidden"
    """Not shown until somebody decides."""
    REMOVED = "removed"
    """Not shown any more; its address says so."""


class FeedKind(StrEnum):
    """How an address announces articles."""

    FEED = "feed"
    SITEMAP = "sitemap"
    PAGE = "page"
    """A section page whose links are read, for a source with neither."""


class Precision(StrEnum):
    """How exactly a moment is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"


class BlockKind(StrEnum):
    """What a block of an article's body is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    LIST_ITEM = "list_item"
    IMAGE = "image"


class Section(StrEnum):
    """The sections that articles are sorted into."""

    POLITICS = "politics"
    ECONOMY = "economy"
    SOCIETY = "society"
    SPORTS = "sports"
    CULTURE = "culture"
    WORLD = "world"
    RELIGION = "religion"
    HEALTH = "health"
    TECHNOLOGY = "technology"
    OPINION = "opinion"
    WEATHER = "weather"
    UNSORTED = "unsorted"
    """Below the threshold of certainty; not a section of its own."""


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """One address at which a source announces its articles."""

    address: str
    kind: FeedKind = FeedKind.FEED
    #: The newspaper's own rubric for all that this feed carries, where it has one.
    rubric: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A newspaper, agency or official bulletin."""

    slug: str
    name: str
    home: str
    #: Language codes, the most used first.
    languages: tuple[str, ...] = ("ar",)
    #: ISO 3166 alpha-2, None where it belongs to no country.
    country: str | None = None
    #: IANA name of the clock that its dates are written by.
    timezone: str = "UTC"
    feeds: tuple[FeedAddress, ...] = ()
    kind: SourceKind = SourceKind.NEWSPAPER
    display: DisplayPolicy = DisplayPolicy.FULL
    #: It permits that a public site shows more than an excerpt.
    permitted: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What a fetch brought."""

    #: The address that was asked for.
    address: str
    #: The address that answered, after redirects.
    final_address: str
    fetched: datetime
    status: int
    #: Names in lower case.
    headers: Mapping[str, str]
    #: Decompressed, within the limits.
    body: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as a feed announces it. Any part but the address may be missing."""

    address: str
    title: str = ""
    #: Plain text.
    summary: str = ""
    #: Full text in HTML as the feed carries it, not cleaned; empty where it carries none.
    content: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    author: str | None = None
    categories: tuple[str, ...] = ()
    image: str | None = None
    language: str | None = None
    #: The feed's own identifier (guid, atom:id).
    identifier: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed or sitemap that was read."""

    title: str = ""
    home: str | None = None
    language: str | None = None
    entries: tuple[Entry, ...] = ()
    #: Further sitemaps to read (a sitemap index).
    further: tuple[str, ...] = ()
    #: What was wrong with it and read all the same, one short sentence each.
    tolerated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published."""

    moment: datetime
    precision: Precision
    #: Where it was read: ``json-ld``, ``opengraph``, ``microdata``, ``meta``, ``time``, ``text``, ``feed``…
    origin: str


@dataclass(frozen=True, slots=True)
class Image:
    """An image of an article, at the address of its newspaper."""

    address: str
    caption: str = ""
    alt: str = ""
    #: It was decided that only who asks to see it sees it.
    blurred: bool = False
    #: Width and height as it is shown, where it was fetched before.
    size: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of an article's body, in order."""

    kind: BlockKind
    #: Empty for an image.
    text: str = ""
    image: Image | None = None


class Part(StrEnum):
    """A part of an article that positions are counted in."""

    TITLE = "title"
    LEAD = "lead"
    BODY = "body"
    """Its running text, as `body_text` gives it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that an article names: where it names it first, ``part[start:end]``, and how often."""

    #: By which the gazetteer knows it: ``ma-fes``.
    slug: str
    part: Part
    start: int
    end: int
    times: int = 1
    #: The article is about what happens there; else it is a mention by the way.
    main: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """One text of one source."""

    #: Slug of the source.
    source: str
    #: Canonical address at the source.
    address: str
    title: str
    lead: str
    blocks: tuple[Block, ...]
    language: str
    collected: datetime
    published: Published | None = None
    modified: datetime | None = None
    author: str | None = None
    images: tuple[Image, ...] = ()
    #: The newspaper's own words for where it belongs (breadcrumb, category), the widest first.
    rubrics: tuple[str, ...] = ()
    section: Section = Section.UNSORTED
    #: Certainty of the section, 0 to 1, and the section that came second.
    section_score: float | None = None
    runner_up: Section | None = None
    #: The agency that it was taken from.
    credit: str | None = None
    #: Given when it is kept; the last part of its lasting address.
    number: int | None = None
    #: Number of the story that it tells; given when it is kept.
    story: int | None = None
    revision: int = 1
    #: The places that it names, the main ones first.
    places: tuple[Place, ...] = ()
    #: The name that an importer knew it by.
    identifier: str | None = None
    #: Where each part was read from: ``title`` → ``json-ld``.
    origins: Mapping[str, str] = field(default_factory=dict)
    #: The most that its own page allows to be shown of it; of an article as it is shown: what is shown.
    display: DisplayPolicy = DisplayPolicy.FULL
    standing: Standing = Standing.SHOWN


@dataclass(frozen=True, slots=True)
class Headline:
    """What a list shows of an article."""

    number: int
    source: str
    #: Name of the source, and of the clock that it writes by.
    newspaper: str
    timezone: str
    title: str
    lead: str
    language: str
    section: Section
    #: When it was published, or collected where no date was found; and how exactly that is known.
    dated: datetime
    precision: Precision
    story: int
    #: Address of its first image at the newspaper.
    picture: str | None = None
    #: As of the article.
    display: DisplayPolicy = DisplayPolicy.FULL
    standing: Standing = Standing.SHOWN


@dataclass(frozen=True, slots=True)
class Revision:
    """An earlier state of an article."""

    article: int
    revision: int
    #: When this state was collected.
    collected: datetime
    title: str
    lead: str
    text: str


@dataclass(frozen=True, slots=True)
class Copy:
    """That a text stands, wholly or in part, in an earlier article."""

    #: Number of the earlier article.
    of: int
    #: Share of the later article's text that stands in the earlier one, 0 to 1.
    share: float


@dataclass(frozen=True, slots=True)
class Story:
    """The articles that tell one event."""

    number: int
    #: The article whose headline speaks for the story.
    representative: Headline
    section: Section
    first_seen: datetime
    last_seen: datetime
    #: How many articles, of how many sources, of which how many are no copies of another.
    articles: int
    sources: int
    independents: int


def body_text(blocks: tuple[Block, ...]) -> str:
    """The running text of `blocks`, a line for each block that has any."""
    return "\n".join(block.text for block in blocks if block.text)
