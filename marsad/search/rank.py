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
from operator import mul, sub
from typing import NamedTuple

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
    known = traits(found)

    def score(hit: Hit) -> float:
        own = known[hit.number]
        if hit.number in found.looks:
            return float(sum(map(mul, weights, own))) + freshness(hit.published, now)
        return own.words + MEANING * own.nearest + freshness(hit.published, now)

    scored = [Hit(hit.number, score(hit), hit.published, hit.story, hit.coverage) for hit in found.hits]
    return sorted(scored, key=lambda hit: (hit.number not in found.looks, *_rank(hit)))


def traits(found: Candidates) -> dict[int, Traits]:
    """What is known of each hit."""
    best_words = max([ENOUGH * found.ideal, *(hit.score for hit in found.hits)], default=0.0) or 1.0
    # Of an article that was not embedded yet nothing better can be said than of the farthest.
    farthest = (
        Closeness(*map(min, zip(*found.closeness.values(), strict=True))) if found.closeness else _NEVER
    )
    close = {hit.number: found.closeness.get(hit.number, farthest) for hit in found.hits}
    best = Closeness(*map(max, zip(*close.values(), strict=True))) if close else _NEVER

    def of(hit: Hit) -> Traits:
        own, look = close[hit.number], found.looks.get(hit.number, UNSEEN)
        nearest, mean, first = map(sub, own, best)
        return Traits(hit.score / best_words, nearest, mean, first, hit.coverage, *look)

    return {hit.number: of(hit) for hit in found.hits}


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
