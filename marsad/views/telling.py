"""A story's page: who tells it, in which order, and how it went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from marsad.model import Copy, Headline, Story, body_text
from marsad.store import articles, stories
from marsad.stories.chronology import Named, Told, chronology, steps
from marsad.stories.importance import Kind, Reason, pulse, reasons
from marsad.views.front import EVEN
from marsad.views.shown import Shown

__all__ = ["Kind", "Reason", "Share", "StoryPage", "story"]

#: Articles that are read for the days they name.
READ = 40


@dataclass(frozen=True, slots=True)
class Share:
    """How many tellings a newspaper, or a language, has in a story."""

    #: Slug of the newspaper, or code of the language; and what it is called.
    key: str
    name: str
    tellings: int


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

    @property
    def pictures(self) -> tuple[Headline, ...]:
        """The tellings with a picture of their own, the representative's first."""
        speaker = self.story.representative.number
        shown = sorted(self.by_number.values(), key=lambda told: (told.number != speaker, told.dated))
        return tuple({told.picture: told for told in reversed(shown) if told.picture}.values())[::-1]


def story(
    connection: Connection, number: int, now: datetime, shown: Shown, weights: Mapping[str, float] = EVEN
) -> StoryPage | None:
    """The story of that number, or the one that it was joined to; None where there is none.

    Days are named by what may be `shown` of its articles.
    """
    found = stories.by_number(connection, number)
    if found is None:
        return None
    everyone = articles.of_stories(connection, [found.number])[found.number] or [found.representative]
    copied = stories.copied_by(connection, [headline.number for headline in everyone])
    own = [headline for headline in everyone if not _within(copied, headline, everyone)]
    beat = pulse(((told.source, told.language, told.dated) for told in everyone), now, weights)
    return StoryPage(
        story=found,
        tellings=tuple(own),
        copies={headline.number: _copies_of(headline, everyone, copied) for headline in own},
        first=everyone[0],
        steps=tuple(tuple(step) for step in steps(own)),
        newspapers=_shares([(told.source, told.newspaper) for told in everyone]),
        languages=_shares([(told.language, told.language) for told in everyone]),
        chronology=tuple(chronology(_read(connection, own, shown))),
        reasons=reasons(found, now, beat),
        by_number={headline.number: headline for headline in everyone},
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


def _read(connection: Connection, own: Sequence[Headline], shown: Shown) -> list[Told]:
    found = articles.by_numbers(connection, [headline.number for headline in own[:READ]])
    dated = {headline.number: headline.dated for headline in own}
    return [
        Told(article.number, dated[article.number], article.language, body_text(article.blocks))
        for article in map(shown.article, found)
        if article.number is not None
    ]


def _within(copied: Mapping[int, Copy], headline: Headline, everyone: Sequence[Headline]) -> bool:
    """Whether a headline is shown under its original: one of this story that is no copy itself."""
    copy = copied.get(headline.number)
    return copy is not None and any(
        other.number == copy.of and other.number not in copied for other in everyone
    )
