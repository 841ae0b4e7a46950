"""Words and meaning together: which articles come first. Pure; nothing here reads an index.

    at first sight = words / best words + MEANING · (closeness − best closeness) + freshness

*words* is what the index says of an article, and *best words* the highest of it among the
candidates, but not less than `ENOUGH` of what an article with every word of the query would
get: where hardly a word is found, as when articles are in another language than the query,
words weigh little and meaning decides. *closeness* is the cosine between the query and the
nearest part of the article. Both are measured from the best candidate, for neither has a
scale that is the same for all queries. (A convex combination in the sense of Bruch, Gai and
Ingber, "An analysis of fusion functions for hybrid retrieval", 2023.)

The best at first sight are looked at again, with their texts, and stand before all others:

    score = `WEIGHTS` · `Traits` + freshness

*freshness* falls from `FRESH` to nothing with a half-life of `HALF_LIFE` days: it puts the
newer of two that are as good first and hardly moves anything else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from marsad.search.index import Hit
from marsad.search.letters import Look

#: What a difference of 1 in cosine is worth at first sight, when the best by words is worth 1.
MEANING = 9.0
#: The share of an ideal article's score from which on words weigh fully.
ENOUGH = 0.3
#: How much an article of this moment is ahead of one that is old.
FRESH = 0.03
HALF_LIFE = 30.0
#: Articles without the words are shown as far as this below the nearest in closeness.
NEAR = 0.08


class Closeness(NamedTuple):
    """How near the parts of an article are to the query, as cosines."""

    nearest: float
    mean: float
    #: Of the part with the opening.
    first: float


class Traits(NamedTuple):
    """What is known of an article that was looked at again, or what each of that is worth."""

    #: Its score by words, when the best by words has 1.
    words: float
    #: As in `Closeness`, measured from the best.
    nearest: float
    mean: float
    first: float
    #: Share of the query's words that it has in whatever form.
    coverage: float
    #: As in `Look`.
    whole: float
    opening: float
    passage: float
    names: float
    length: float


#: Chosen by `make train-ranking`, and rounded.
WEIGHTS = Traits(
    words=1.0,
    nearest=14.0,
    mean=3.5,
    first=5.0,
    coverage=1.3,
    whole=0.5,
    opening=0.3,
    passage=1.2,
    names=0.2,
    length=-0.15,
)


@dataclass(frozen=True)
class Candidates:
    """What is known of the articles that may answer a query."""

    #: With their scores by words.
    hits: Sequence[Hit]
    #: Of each article that has vectors.
    closeness: Mapping[int, Closeness]
    #: What an article with every word of the query would get.
    ideal: float = 0.0
    #: What was seen in the texts of those that were looked at again.
    looks: Mapping[int, Look] = field(default_factory=dict)

    def looked_at(self, looks: Mapping[int, Look]) -> Candidates:
        """The same with what was seen in some texts; what is known of all is not worked out again."""
        again = replace(self, looks=looks)
        vars(again).update(numbers=self.numbers, moments=self.moments, rows=self.rows)
        return again

    @cached_property
    def numbers(self) -> list[int]:
        """The number of each hit."""
        return [hit.number for hit in self.hits]

    @cached_property
    def moments(self) -> NDArray[np.float64]:
        """When each hit was published, as seconds."""
        return np.array([hit.published.timestamp() for hit in self.hits])

    @cached_property
    def rows(self) -> NDArray[np.float64]:
        """What is known of each hit at first sight: a row for each, with the columns of `Traits`."""
        rows = np.zeros((len(self.hits), len(Traits._fields)))
        if not self.hits:
            return rows
        words = np.array([hit.score for hit in self.hits])
        close = np.array(_closeness(self))
        rows[:, 0] = words / (max(ENOUGH * self.ideal, float(words.max())) or 1.0)
        rows[:, 1:4] = close - close.max(axis=0)
        rows[:, 4] = [hit.coverage for hit in self.hits]
        return rows


def says_little(best_words: float, ideal: float) -> bool:
    """Whether the words of a query are hardly found, so that they are not what articles are compared by."""
    return best_words < ENOUGH * ideal


def ranked(found: Candidates, now: datetime | None, weights: Traits = WEIGHTS) -> list[Hit]:
    """The hits in their order, with their scores; `now` is None where freshness is not to count."""
    hits = found.hits
    rows = traits(found)
    looked = np.array([number in found.looks for number in found.numbers], bool)
    at_first_sight = rows[:, 0] + MEANING * rows[:, 1]
    # Summed row by row, so that what is alike has the same score to the last digit.
    closely = (rows * np.array(weights)).sum(axis=1)
    scores = np.where(looked, closely, at_first_sight) + freshness(found.moments, now)
    # Those looked at, then the best, then the newest of those that are as good.
    order = np.lexsort((-np.array(found.numbers), -found.moments, -scores, ~looked)).tolist()
    scored = scores.tolist()
    return [
        Hit(hit.number, scored[place], hit.published, hit.story, hit.coverage)
        for place, hit in ((place, hits[place]) for place in order)
    ]


def traits(found: Candidates) -> NDArray[np.float64]:
    """What is known of each hit, what was seen in its text included: a row for each."""
    rows = found.rows.copy()
    for place, number in enumerate(found.numbers if found.looks else ()):
        if (look := found.looks.get(number)) is not None:
            rows[place, 5:] = look
    return rows


def _closeness(found: Candidates) -> list[Closeness]:
    """Of each hit. Of one that was not embedded yet nothing better can be said than of the farthest."""
    known = found.closeness
    if all(hit.number in known for hit in found.hits):
        return [known[hit.number] for hit in found.hits]
    farthest = Closeness(*map(min, zip(*known.values(), strict=True))) if known else _NEVER
    return [known.get(hit.number, farthest) for hit in found.hits]


def freshness(moments: NDArray[np.float64], now: datetime | None) -> NDArray[np.float64]:
    """What the age of articles of those `moments` adds to their scores; an announced date is no newer
    than now."""
    if now is None:
        return np.zeros(len(moments))
    days = np.maximum(now.timestamp() - moments, 0.0) / 86_400
    return np.asarray(FRESH * np.exp2(-days / HALF_LIFE), np.float64)


_NEVER = Closeness(0.0, 0.0, 0.0)
