"""An article's page and a story's page."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from marsad.model import Article, Copy, Headline, Revision, Source, Story, body_text
from marsad.store import articles, sources, stories
from marsad.views.differences import Line, differences


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article with what stands around it."""

    article: Article
    source: Source
    story: Story | None
    #: The other tellings of its story, the earliest first.
    same_story: tuple[Headline, ...]
    #: The article that it copies, if it is a copy.
    original: Headline | None
    copied_share: float
    #: Its earlier states, the oldest first.
    revisions: tuple[Revision, ...]

    @property
    def lead(self) -> str:
        """Its lead, empty where the text itself begins with it."""
        opening = next((block.text for block in self.article.blocks if block.text), "")
        return "" if opening.startswith(self.article.lead.rstrip(" .…")) else self.article.lead

    @property
    def changes(self) -> list[Change]:
        """What each new state changed, the newest first; the ten newest of many."""
        article = self.article
        texts = [(state.title, state.lead, state.text, state.collected) for state in self.revisions]
        texts.append((article.title, article.lead, body_text(article.blocks), article.collected))
        steps = [
            Change(now[3], differences("\n".join(was[:3]), "\n".join(now[:3])))
            for was, now in itertools.pairwise(texts)
        ]
        return [step for step in steps[:-11:-1] if step.lines]


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed in an article when its new state was collected."""

    collected: datetime
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A story with all who tell it, the earliest first, copies under the original that they copy."""

    story: Story
    tellings: tuple[Headline, ...]
    copies: Mapping[int, tuple[Headline, ...]]


def article(connection: Connection, source: str, number: int) -> ArticleView | None:
    """The article at that lasting address, None where there is none."""
    found = articles.by_number(connection, number)
    newspaper = sources.by_slug(connection, source)
    if found is None or newspaper is None or found.source != source:
        return None
    story = stories.by_number(connection, found.story) if found.story is not None else None
    tellings = articles.of_stories(connection, [story.number])[story.number] if story else []
    copied = stories.copies_of(connection, number)
    originals = articles.headlines(connection, [copied[0].of]) if copied else []
    return ArticleView(
        article=found,
        source=newspaper,
        story=story,
        same_story=tuple(headline for headline in tellings if headline.number != number),
        original=originals[0] if originals else None,
        copied_share=copied[0].share if copied else 0.0,
        revisions=tuple(articles.revisions_of(connection, number)),
    )


def story(connection: Connection, number: int) -> StoryPage | None:
    """The story of that number, or the one that it was joined to; None where there is none."""
    found = stories.by_number(connection, number)
    if found is None:
        return None
    everyone = articles.of_stories(connection, [found.number])[found.number]
    copied = stories.copied_by(connection, [headline.number for headline in everyone])
    own = [headline for headline in everyone if not _within(copied, headline, everyone)]
    return StoryPage(
        story=found,
        tellings=tuple(own),
        copies={
            headline.number: tuple(
                other
                for other in everyone
                if other.number in copied and copied[other.number].of == headline.number
            )
            for headline in own
        },
    )


def _within(copied: Mapping[int, Copy], headline: Headline, everyone: list[Headline]) -> bool:
    """Whether a headline is shown under its original: one of this story that is no copy itself."""
    copy = copied.get(headline.number)
    return copy is not None and any(
        other.number == copy.of and other.number not in copied for other in everyone
    )
