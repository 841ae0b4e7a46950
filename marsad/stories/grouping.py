"""Which story an article belongs to, decided as it arrives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from marsad.model import Article, Copy, body_text
from marsad.stories.copies import CopyIndex, fingerprint

#: Two texts, of one of which this share stands in the other, tell one story.
SAME_TEXT = 0.6
#: From this share on, a text is called a copy of the one that was published before.
A_COPY = 0.3


@dataclass(frozen=True, slots=True)
class Telling:
    """What grouping needs to know of an article; small enough to be remembered."""

    number: int
    source: str
    dated: datetime
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an article belongs: in `story`, or in one of its own; and what it copies."""

    story: int | None = None
    #: What it copies, the nearest first.
    copies: tuple[Copy, ...] = ()
    #: Articles that came before it but copy it: number of the article → the copy.
    copied_by: Mapping[int, Copy] = field(default_factory=dict)


def telling(article: Article, number: int) -> Telling:
    """The telling of `article`, to be known under that number."""
    dated = article.published.moment if article.published else article.collected
    return Telling(number, article.source, dated, fingerprint(body_text(article.blocks)))


class Grouping:
    """Joins articles to stories, one after another; remembers the newest `window` of them."""

    def __init__(self, window: int = 50_000) -> None:
        self.window = window
        self._copies = CopyIndex(window)
        self._story_of: dict[int, int] = {}
        self._dated: dict[int, datetime] = {}

    def place(self, told: Telling) -> Placement:
        """Where a telling belongs among those that are settled. Changes nothing."""
        found = [match for match in self._copies.find(told.fingerprint) if match.number != told.number]
        same = next((match.number for match in found if max(match.share, match.back) >= SAME_TEXT), None)
        return Placement(
            story=None if same is None else self._story_of[same],
            copies=tuple(
                Copy(match.number, round(match.share, 3))
                for match in found
                if match.share >= A_COPY and self._is_before(match.number, told)
            ),
            copied_by={
                match.number: Copy(told.number, round(match.back, 3))
                for match in found
                if match.back >= A_COPY and not self._is_before(match.number, told)
            },
        )

    def _is_before(self, number: int, told: Telling) -> bool:
        """Whether an article was published before `told`; of two of one moment, the one that came first."""
        return self._dated[number] <= told.dated

    def settle(self, told: Telling, story: int) -> None:
        """Remember that a telling belongs to `story`; the oldest is forgotten beyond the window."""
        if told.number in self._story_of:
            self._forget(told.number)
        self._copies.add(told.number, told.fingerprint)
        self._story_of[told.number] = story
        self._dated[told.number] = told.dated
        if len(self._story_of) > self.window:
            self._forget(next(iter(self._story_of)))

    def _forget(self, number: int) -> None:
        self._copies.remove(number)
        del self._story_of[number], self._dated[number]
