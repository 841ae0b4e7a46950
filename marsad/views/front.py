"""The front page: the ticker, the stories that matter now, and the latest of each section."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from marsad.model import Headline, Section, Story
from marsad.store import articles, stories
from marsad.stories.importance import pulse, ranked

#: How many of the newest stories compete for the front page.
COMPETING = 240
TOP = 18
TICKER = 40
OF_SECTION = 5
#: Newspapers that all weigh the same.
EVEN: Mapping[str, float] = {}


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story with who tells it, the representative telling left out."""

    story: Story
    others: tuple[Headline, ...]

    @property
    def pictured(self) -> Headline | None:
        """The first telling with a picture that may be shown, the representative before all."""
        return next((told for told in (self.story.representative, *self.others) if told.picture), None)

    def spoken(self, language: str) -> StoryView:
        """The same story by a telling in that language, where there is one."""
        before = self.story.representative
        told = next((other for other in self.others if other.language == language), before)
        if before.language == language or told is before:
            return self
        others = tuple(before if other is told else other for other in self.others)
        return StoryView(replace(self.story, representative=told), others)


@dataclass(frozen=True, slots=True)
class Front:
    """What the front page shows."""

    top: tuple[StoryView, ...]
    sections: Mapping[Section, tuple[StoryView, ...]]
    latest: tuple[Headline, ...]


def front(connection: Connection, now: datetime, weights: Mapping[str, float] = EVEN) -> Front:
    """The front page as it is at `now`, newspapers weighing as the operator says.

    An archive that nobody has added to for long is ranked as of its last day.
    """
    competing = stories.latest(connection, COMPETING)
    as_of = min(now, max((story.last_seen for story in competing), default=now))
    tellers = stories.tellers(connection, [story.number for story in competing])
    beats = {number: pulse(told, as_of, weights) for number, told in tellers.items()}
    return laid_out(
        ranked(competing, as_of, beats), lambda shown: told(connection, shown), ticker(connection)
    )


def laid_out(
    order: Sequence[Story],
    tell: Callable[[Sequence[Story]], Iterable[StoryView]],
    latest: tuple[Headline, ...],
) -> Front:
    """Stories, the most important first, at their places; `tell` adds who else tells those that are shown."""
    top = order[:TOP]
    by_section: dict[Section, list[Story]] = {}
    for story in order[TOP:]:
        by_section.setdefault(story.section, []).append(story)
    chosen = {section: found[:OF_SECTION] for section, found in by_section.items()}
    shown = [*top, *(story for found in chosen.values() for story in found)]
    seen = {view.story.number: view for view in tell(shown)}
    return Front(
        top=tuple(seen[story.number] for story in top),
        sections={
            section: tuple(seen[story.number] for story in chosen[section])
            for section in Section
            if section in chosen and section is not Section.UNSORTED
        },
        latest=latest,
    )


def ticker(connection: Connection) -> tuple[Headline, ...]:
    """The newest headlines of all newspapers, one for each story."""
    for depth in (2, 8, 32):
        one_each: dict[int, Headline] = {}
        newest = articles.latest(connection, TICKER * depth)
        for headline in newest:
            one_each.setdefault(headline.story, headline)
        # One story that everybody tells at this moment does not push the others out.
        if len(one_each) >= TICKER or len(newest) < TICKER * depth:
            break
    return tuple(one_each.values())[:TICKER]


def told(connection: Connection, found: Sequence[Story]) -> list[StoryView]:
    """Those stories, each with its other tellings."""
    tellings = articles.of_stories(connection, [story.number for story in found if story.articles > 1])
    return [
        StoryView(
            story,
            tuple(
                headline
                for headline in tellings.get(story.number, ())
                if headline.number != story.representative.number
            ),
        )
        for story in found
    ]
