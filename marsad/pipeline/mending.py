"""The repair pass over recent stories: what later articles made clear is joined, split and summed up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from marsad.store import articles, places, stories, vectors
from marsad.stories.grouping import Grouping, Likeness, Telling, telling
from marsad.stories.regrouping import Group
from marsad.stories.representative import speaker
from marsad.stories.whereabouts import whereabouts
from marsad.stories.wording import Wording


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an article is in its story."""

    story: int
    #: The stories that it was compared with, the nearest first, and the title of the nearest article of each.
    likenesses: tuple[tuple[Likeness, str], ...]
    #: What its pair with the nearest article of the first story consists of: likeness → (value, log-odds).
    parts: Mapping[str, tuple[float, float]]


#: Articles read together.
BATCH = 500


def remembered(connection: Connection, grouping: Grouping) -> int:
    """Tell a new grouping of the newest articles of the archive; gives the position of the newest vectors."""
    position = vectors.last(connection)
    known = stories.fingerprints_of_latest(connection, grouping.window)
    for first in range(0, len(known), BATCH):
        batch = known[first : first + BATCH]
        numbers = [each.article for each in batch]
        meant, named = vectors.of(connection, numbers), places.of(connection, numbers)
        for each in batch:
            rows = meant.get(each.article)
            told = Telling(
                each.article,
                each.source,
                each.language,
                each.dated,
                each.fingerprint,
                Wording.from_bytes(each.wording or b""),
                None if rows is None else rows[0],
                whereabouts(named.get(each.article, ())),
            )
            grouping.settle(told, each.story)
    return position


def take_note(
    connection: Connection, grouping: Grouping, position: int, make_way: Callable[[], None] = lambda: None
) -> int:
    """Tell the grouping what was embedded since that position; gives the newest position.

    Calls `make_way` before each article, which costs about a millisecond.
    """
    while batch := list(vectors.after(connection, position, BATCH)):
        for kept in batch:
            make_way()
            grouping.mean(kept.article, kept.vectors[0])
        position = batch[-1].position
    return position


def explain(connection: Connection, grouping: Grouping, number: int) -> Explanation | None:
    """Why the article of that number is in its story: how it is linked to each story near it."""
    article = articles.by_number(connection, number)
    if article is None or article.story is None:
        return None
    rows = vectors.of(connection, [number]).get(number)
    placed = replace(article, places=places.of(connection, [number]).get(number, ()))
    told = telling(placed, number, None if rows is None else rows[0])
    found = grouping.place(told).likenesses
    titles = {
        each.number: each.title for each in articles.headlines(connection, [each.nearest for each in found])
    }
    return Explanation(
        article.story,
        tuple((each, titles.get(each.nearest, "")) for each in found),
        grouping.parts(told, found[0].nearest) if found else {},
    )


def mend(connection: Connection, groups: Iterable[Group], now: datetime) -> dict[int, int]:
    """Keep those groups as stories; gives the story of each of their articles.

    A story that lost all its articles leads to the one that most of them went to.
    """
    moved: dict[int, int] = {}
    for group in groups:
        story = group.story if group.story is not None else _opened(connection, group)
        stories.move(connection, group.articles, story, now)
        moved |= dict.fromkeys(group.articles, story)
        _summarise(connection, story, group.central)
    return moved


def _opened(connection: Connection, group: Group) -> int:
    first = articles.by_number(connection, group.articles[0])
    assert first is not None
    return stories.open_story(connection, first)


def _summarise(connection: Connection, story: int, central: Mapping[int, float]) -> None:
    shown = articles.of_stories(connection, [story])[story]
    if not shown:  # none of them may be shown
        return
    copied = stories.copied_by(connection, [headline.number for headline in shown])
    stories.summarise(connection, story, speaker(shown, copied, central))
