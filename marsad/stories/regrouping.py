"""The repair pass: recent articles grouped anew, all at once, and named after the stories they were in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from marsad.stories.alike import CERTAIN, Compared, odds
from marsad.stories.frequencies import Frequencies
from marsad.stories.linkage import Matrix, clusters

#: The newest articles, which may still change their story.
NEWEST = 2000
#: Articles this much alike are looked at together.
TOGETHER = -0.5
#: Articles looked at together, at most: where there are more, only the more alike are.
MOST = 700


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that are one story."""

    #: The story that they are, None for a new one.
    story: int | None
    articles: tuple[int, ...]
    #: How much each is like all the others: the mean of its log-odds.
    central: Mapping[int, float]


class Recent:
    """The newest articles, who is like whom among them, and which have come since the last repair."""

    def __init__(self) -> None:
        self.compared: dict[int, Compared] = {}
        self.edges: dict[int, dict[int, float]] = {}
        self.fresh: set[int] = set()

    def add(self, number: int, compared: Compared, edges: Mapping[int, float] | None) -> None:
        """Take in an article with its log-odds to earlier ones, None for one that is not new."""
        self.compared[number] = compared
        known = self.edges.setdefault(number, {})
        if edges is not None:
            known.update((other, weight) for other, weight in edges.items() if weight >= TOGETHER)
            self.fresh.add(number)
        if len(self.compared) > NEWEST:
            self.remove(next(iter(self.compared)))

    def remove(self, number: int) -> None:
        """Leave an article out, known or not."""
        self.compared.pop(number, None)
        self.edges.pop(number, None)
        self.fresh.discard(number)


def regrouped(
    recent: Recent,
    story_of: Mapping[int, int],
    frequencies: Mapping[str, Frequencies],
    make_way: Callable[[], None] = lambda: None,
) -> list[Group]:
    """The groups that are new, or that an article joined since the last time.

    Looks only at what has to do with articles that came since then. Calls `make_way` between two parts.
    """
    found: list[Group] = []
    for together in _parts(recent, story_of, TOGETHER):
        if recent.fresh.isdisjoint(together):
            continue
        for part in _small_enough(recent, together):
            make_way()
            found += _named(_grouped(recent, part, frequencies), story_of)
    touched = [
        group
        for group in found
        if any(each in recent.fresh or story_of[each] != group.story for each in group.articles)
    ]
    recent.fresh.clear()
    return touched


def _grouped(
    recent: Recent, together: Sequence[int], frequencies: Mapping[str, Frequencies]
) -> list[dict[int, float]]:
    """The groups among articles, each with how central its articles are."""
    if len(together) == 1:
        return [{together[0]: 0.0}]
    compared = [recent.compared[number] for number in together]
    weights: Matrix = odds(compared, compared, frequencies)
    weights = ((weights + weights.T) / 2).astype(np.float32)
    place = {number: at for at, number in enumerate(together)}
    for number in together:
        for other, weight in recent.edges[number].items():
            if weight >= CERTAIN and other in place:
                weights[place[number], place[other]] = weights[place[other], place[number]] = CERTAIN
    return [
        {together[at]: float(weights[at, cluster].mean()) for at in cluster} for cluster in clusters(weights)
    ]


def _named(groups: Iterable[Mapping[int, float]], story_of: Mapping[int, int]) -> list[Group]:
    """Each group under the story most of which it is: the larger group chooses first."""
    taken: set[int] = set()
    named = []
    for group in sorted(groups, key=lambda group: (-len(group), min(group))):
        shares = Counter(story_of[number] for number in group)
        wanted = sorted(shares, key=lambda story: (-shares[story], story))
        story = next((story for story in wanted if story not in taken), None)
        if story is not None:
            taken.add(story)
        named.append(Group(story, tuple(sorted(group)), group))
    return named


def _small_enough(recent: Recent, together: Sequence[int]) -> list[list[int]]:
    """`together` in parts of at most `MOST`, cut where the likeness is least."""
    parts, least = [list(together)], TOGETHER
    while any(len(part) > MOST for part in parts) and least < CERTAIN:
        least += 1
        parts = [
            piece
            for part in parts
            for piece in (_parts(recent, {}, least, part) if len(part) > MOST else [part])
        ]
    return [part for part in parts if len(part) <= MOST]


def _parts(
    recent: Recent, story_of: Mapping[int, int], least: float, among: Iterable[int] | None = None
) -> list[list[int]]:
    """The articles in parts that no edge of `least` or more leads out of; a story is never cut."""
    numbers = list(recent.compared if among is None else among)
    parent = {number: number for number in numbers}

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    first_of: dict[int, int] = {}
    for number in numbers:
        for other, weight in recent.edges[number].items():
            if weight >= least and other in parent:
                parent[root(number)] = root(other)
        if number in story_of:
            parent[root(number)] = root(first_of.setdefault(story_of[number], number))
    parts: dict[int, list[int]] = {}
    for number in numbers:
        parts.setdefault(root(number), []).append(number)
    return list(parts.values())
