"""An article's page and a story's page."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from marsad.model import Article, Headline, Revision, Source, Story, body_text
from marsad.store import articles, places, sources, stories
from marsad.views.differences import Line, differences
from marsad.views.places import Known, known_main


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
    def where(self) -> tuple[Known, ...]:
        """The places that it is about, as far as they may be told."""
        return known_main(self.article.places)

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
        article=replace(found, places=places.of(connection, [number]).get(number, ())),
        source=newspaper,
        story=story,
        same_story=tuple(headline for headline in tellings if headline.number != number),
        original=originals[0] if originals else None,
        copied_share=copied[0].share if copied else 0.0,
        revisions=tuple(articles.revisions_of(connection, number)),
    )
