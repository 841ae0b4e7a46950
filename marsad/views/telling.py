"""A story's page: who tells it, in which order, and how it went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from sqlalchemy import Connection

from marsad.model import Article, Copy, Headline, Image, Place, Story, body_text
from marsad.store import articles, places, stories
from marsad.stories.additions import Added, additions
from marsad.stories.chronology import Named, Told, chronology, steps
from marsad.stories.importance import Kind, Reason, pulse, reasons
from marsad.views.front import EVEN
from marsad.views.pictures import images_of
from marsad.views.places import known as place
from marsad.views.shown import Shown
from marsad.views.timeline import Bar, course

__all__ = ["Kind", "Picture", "Reason", "Share", "StoryPage", "story"]

#: Articles that are read for the days that they name, for what they add, and for their images.
READ = 40
#: Images that are shown, and tellings from which on a chart says more than the list.
MOST_PICTURES, CHARTED = 6, 4


@dataclass(frozen=True, slots=True)
class Share:
    """How many tellings a newspaper, or a language, has in a story."""

    #: Slug of the newspaper, or code of the language; and what it is called.
    key: str
    name: str
    tellings: int


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that a telling shows."""

    headline: Headline
    image: Image


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A story with all who tell it, the earliest first, copies under the original that they copy."""

    story: Story
    tellings: tuple[Headline, ...]
    copies: Mapping[int, tuple[Headline, ...]]
    #: Who published it first; the one that all others may have it from.
    first: Headline
    #: The own tellings again, in steps that a silence parts.
    steps: tuple[tuple[Headline, ...], ...]
    newspapers: tuple[Share, ...]
    languages: tuple[Share, ...]
    #: Days that its articles name.
    chronology: tuple[Named, ...]
    #: Why it stands where it stands on the front page.
    reasons: tuple[Reason, ...]
    #: Every telling by its number.
    by_number: Mapping[int, Headline]
    #: What each own telling adds to those before it.
    added: Mapping[int, Added]
    pictures: tuple[Picture, ...]
    #: How many tellings came when, copies among them.
    course: tuple[Bar, ...]

    def spoken(self, language: str) -> Headline:
        """The representative, or the first who tells it in that language where it is told in it."""
        speaker = self.story.representative
        own = (told for told in self.tellings if told.language == language)
        return speaker if speaker.language == language else next(own, speaker)


def story(
    connection: Connection,
    number: int,
    now: datetime,
    shown: Shown,
    weights: Mapping[str, float] = EVEN,
    clock: tzinfo = UTC,
) -> StoryPage | None:
    """The story of that number, or the one that it was joined to; None where there is none.

    Days are named, facts added and images taken by what may be `shown` of its articles.
    """
    found = stories.by_number(connection, number)
    if found is None:
        return None
    everyone = articles.of_stories(connection, [found.number])[found.number] or [found.representative]
    copied = stories.copied_by(connection, [headline.number for headline in everyone])
    own = [headline for headline in everyone if not _within(copied, headline, everyone)]
    beat = pulse(((told.source, told.language, told.dated) for told in everyone), now, weights)
    read = _read(connection, own, shown)
    told = _told(connection, read, everyone)
    return StoryPage(
        story=found,
        tellings=tuple(own),
        copies={headline.number: _copies_of(headline, everyone, copied) for headline in own},
        first=everyone[0],
        steps=tuple(tuple(step) for step in steps(own)),
        newspapers=_shares([(told.source, told.newspaper) for told in everyone]),
        languages=_shares([(told.language, told.language) for told in everyone]),
        chronology=tuple(chronology(told)),
        reasons=reasons(found, now, beat),
        by_number={headline.number: headline for headline in everyone},
        added=additions(told),
        pictures=_pictures(read, everyone, found.representative.number),
        course=course([each.dated for each in everyone], clock) if len(everyone) >= CHARTED else (),
    )


def _copies_of(
    original: Headline, everyone: Sequence[Headline], copied: Mapping[int, Copy]
) -> tuple[Headline, ...]:
    return tuple(
        other for other in everyone if other.number in copied and copied[other.number].of == original.number
    )


def _shares(told: Sequence[tuple[str, str]]) -> tuple[Share, ...]:
    counted = Counter(told).most_common()
    return tuple(Share(key, name, tellings) for (key, name), tellings in counted)


def _read(connection: Connection, own: Sequence[Headline], shown: Shown) -> list[Article]:
    found = articles.by_numbers(connection, [headline.number for headline in own[:READ]])
    return [shown.article(article) for article in found if article.number is not None]


def _told(connection: Connection, read: Sequence[Article], everyone: Sequence[Headline]) -> list[Told]:
    dated = {headline.number: headline.dated for headline in everyone}
    named = places.of(connection, [article.number for article in read if article.number is not None])
    return [
        Told(
            number,
            dated[number],
            article.language,
            body_text(article.blocks),
            article.title,
            _names(named.get(number, ()), article.language),
        )
        for article in read
        if (number := article.number) is not None
    ]


def _names(named: Sequence[Place], language: str) -> dict[str, str]:
    return {each.slug: known.name(language) for each in named if (known := place(each.slug))}


def _pictures(read: Sequence[Article], everyone: Sequence[Headline], speaker: int) -> tuple[Picture, ...]:
    """One image of each article, the speaker's first; the same image, or the same caption, once."""
    headlines = {headline.number: headline for headline in everyone}
    found: dict[str, Picture] = {}
    captions: set[str] = set()
    for article in sorted(read, key=lambda article: article.number != speaker):
        image = next(iter(images_of(article)), None)
        if image is None or article.number is None or (image.caption and image.caption in captions):
            continue
        captions.add(image.caption)
        found.setdefault(image.address, Picture(headlines[article.number], image))
    return tuple(found.values())[:MOST_PICTURES]


def _within(copied: Mapping[int, Copy], headline: Headline, everyone: Sequence[Headline]) -> bool:
    """Whether a headline is shown under its original: one of this story that is no copy itself."""
    copy = copied.get(headline.number)
    return copy is not None and any(
        other.number == copy.of and other.number not in copied for other in everyone
    )
