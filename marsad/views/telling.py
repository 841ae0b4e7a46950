"""A story's page: who tells it, in which order, and how it went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import chain

from sqlalchemy import Connection

from marsad.enrich.credit import agency
from marsad.model import Article, Copy, Headline, Image, Place, Precision, Story, body_text
from marsad.store import articles, places, stories
from marsad.stories.additions import Added, additions
from marsad.stories.chronology import Named, Spot, Told, chronology, steps
from marsad.stories.importance import Kind, Reason, pulse, reasons
from marsad.views.front import EVEN
from marsad.views.pictures import images_of
from marsad.views.places import around, known
from marsad.views.shown import Shown
from marsad.views.timeline import Bar, course

__all__ = ["Kind", "Picture", "Reason", "Share", "StoryPage", "story"]

#: Articles that are read for the days that they name, for what they add, and for their images, copies last.
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
    #: Who published it first; None where that is not known.
    first: Headline | None
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
    #: What each telling adds to those before it, a copy too.
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
    copies = _folded(everyone, stories.copied_within(connection, [each.number for each in everyone]))
    own = [headline for headline in everyone if headline.number in copies]
    beat = pulse(((told.source, told.language, told.dated) for told in everyone), now, weights)
    read = _read(connection, [*own, *chain.from_iterable(copies.values())], shown)
    told = _told(connection, read, everyone)
    return StoryPage(
        story=found,
        tellings=tuple(own),
        copies=copies,
        first=_first(everyone),
        steps=_steps(everyone, copies),
        newspapers=_shares([(told.source, told.newspaper) for told in everyone]),
        languages=_shares([(told.language, told.language) for told in everyone]),
        chronology=tuple(chronology(told)),
        reasons=reasons(found, now, beat, len({each.source for each in own})),
        by_number={headline.number: headline for headline in everyone},
        added=additions(told, agency),
        pictures=_pictures(read, everyone, found.representative.number),
        course=course([each.dated for each in everyone], clock) if len(everyone) >= CHARTED else (),
    )


def _first(everyone: Sequence[Headline]) -> Headline | None:
    """The earliest telling; None where hours are not known, and another newspaper told it on the same day."""
    first = everyone[0]
    if first.precision is Precision.MINUTE:
        return first
    until = first.dated + timedelta(days=1)
    rivals = [each for each in everyone if each.source != first.source and each.dated < until]
    return None if rivals else first


def _steps(everyone: Sequence[Headline], own: Container[int]) -> tuple[tuple[Headline, ...], ...]:
    """The own tellings in steps; a copy breaks a silence as well."""
    found = (tuple(each for each in step if each.number in own) for step in steps(everyone))
    return tuple(step for step in found if step)


def _folded(everyone: Sequence[Headline], copied: Mapping[int, Copy]) -> dict[int, tuple[Headline, ...]]:
    """Each own telling with its copies: a copy of a copy stands under the text that both go back to."""
    sources: dict[int, int] = {}
    for each in everyone:
        copy = copied.get(each.number)
        source = each.number if copy is None else _end(sources, copy.of)
        if source != each.number:  # two that were changed may name each other
            sources[each.number] = source
    found: dict[int, tuple[Headline, ...]] = {
        each.number: () for each in everyone if each.number not in sources
    }
    for each in everyone:
        if each.number in sources:
            found[_end(sources, each.number)] += (each,)
    return found


def _end(sources: Mapping[int, int], number: int) -> int:
    while number in sources:
        number = sources[number]
    return number


def _shares(told: Sequence[tuple[str, str]]) -> tuple[Share, ...]:
    counted = Counter(told).most_common()
    return tuple(Share(key, name, tellings) for (key, name), tellings in counted)


def _read(connection: Connection, told: Sequence[Headline], shown: Shown) -> list[Article]:
    """The first of those articles, in their order, as much as may be shown of them."""
    wanted = [headline.number for headline in told[:READ]]
    found = {article.number: article for article in articles.by_numbers(connection, wanted)}
    return [shown.article(found[number]) for number in wanted if number in found]


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
            _spots(named.get(number, ()), article.language),
            article.credit or "",
        )
        for article in read
        if (number := article.number) is not None
    ]


def _spots(named: Sequence[Place], language: str) -> dict[str, Spot]:
    return {
        found.slug: Spot(found.name(language), found.names, tuple(each.slug for each in around(found)))
        for each in named
        if (found := known(each.slug))
    }


def _pictures(read: Sequence[Article], everyone: Sequence[Headline], speaker: int) -> tuple[Picture, ...]:
    """One image of each article, the speaker's first, copies' last; the same image, or caption, once."""
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
