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
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from marsad.search.index import Hit
from marsad.search.letters import UNSEEN, Look

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


@dataclass(frozen=True, slots=True)
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


def says_little(best_words: float, ideal: float) -> bool:
    """Whether the words of a query are hardly found, so that they are not what articles are compared by."""
    return best_words < ENOUGH * ideal


def ranked(found: Candidates, now: datetime | None, weights: Traits = WEIGHTS) -> list[Hit]:
    """The hits in their order, with their scores; `now` is None where freshness is not to count."""
    rows = traits(found)
    looked = np.array([hit.number in found.looks for hit in found.hits], bool)
    at_first_sight = rows[:, 0] + MEANING * rows[:, 1]
    fresh = [freshness(hit.published, now) for hit in found.hits]
    # Summed row by row, so that what is alike has the same score to the last digit.
    closely = (rows * np.array(weights)).sum(axis=1)
    scores = (np.where(looked, closely, at_first_sight) + fresh).tolist()
    scored = [
        (not seen, Hit(hit.number, score, hit.published, hit.story, hit.coverage))
        for seen, score, hit in zip(looked.tolist(), scores, found.hits, strict=True)
    ]
    return [hit for _, hit in sorted(scored, key=lambda each: (each[0], *_rank(each[1])))]


def traits(found: Candidates) -> NDArray[np.float64]:
    """What is known of each hit: a row for each, with the columns of `Traits`."""
    rows = np.zeros((len(found.hits), len(Traits._fields)))
    if not found.hits:
        return rows
    # Of an article that was not embedded yet nothing better can be said than of the farthest.
    known = found.closeness
    farthest = Closeness(*np.min(list(known.values()), axis=0)) if known else _NEVER
    words = np.array([hit.score for hit in found.hits])
    close = np.array([known.get(hit.number, farthest) for hit in found.hits])
    rows[:, 0] = words / (max(ENOUGH * found.ideal, float(words.max())) or 1.0)
    rows[:, 1:4] = close - close.max(axis=0)
    rows[:, 4] = [hit.coverage for hit in found.hits]
    rows[:, 5:] = [found.looks.get(hit.number, UNSEEN) for hit in found.hits]
    return rows


def freshness(published: datetime, now: datetime | None) -> float:
    """What the age of an article adds to its score; an announced date is no newer than now."""
    if now is None:
        return 0.0
    days = max((now - published).total_seconds(), 0.0) / 86_400
    return float(FRESH * 2 ** (-days / HALF_LIFE))


_NEVER = Closeness(0.0, 0.0, 0.0)


def _rank(hit: Hit) -> tuple[float, float, int]:
    """The best first; the newest of those that are as good."""
    return -hit.score, -hit.published.timestamp(), -hit.number
