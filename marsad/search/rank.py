"""Words and meaning together: which articles come first. Pure; nothing here reads an index.

    score = words / best words  +  MEANING · (closeness − best closeness)  +  freshness

*words* is what the index says of an article, and *best words* the highest of it among the
candidates, but not less than `ENOUGH` of what an article with every word of the query would
get: where hardly a word is found, as when articles are in another language than the query,
words weigh little and meaning decides. *closeness* is the cosine between the query and the
nearest part of the article. Both are measured from the best candidate, for neither has a
scale that is the same for all queries. (A convex combination in the sense of Bruch, Gai and
Ingber, "An analysis of fusion functions for hybrid retrieval", 2023.)

*freshness* falls from `FRESH` to nothing with a half-life of `HALF_LIFE` days: it puts the
newer of two that are as good first and hardly moves anything else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from marsad.search.index import Hit

#: What a difference of 1 in cosine is worth, when the best by words is worth 1.
MEANING = 9.0
#: The share of an ideal article's score from which on words weigh fully.
ENOUGH = 0.3
#: How much an article of this moment is ahead of one that is old.
FRESH = 0.03
HALF_LIFE = 30.0
#: Articles without the words are shown as far as this below the nearest in closeness.
NEAR = 0.08


@dataclass(frozen=True, slots=True)
class Candidates:
    """What is known of the articles that may answer a query."""

    #: With their scores by words.
    hits: Sequence[Hit]
    #: Cosine of the nearest part of each article that has vectors.
    closeness: Mapping[int, float]
    #: What an article with every word of the query would get.
    ideal: float = 0.0


def ranked(found: Candidates, now: datetime | None) -> list[Hit]:
    """The hits in their order, with their scores; `now` is None where freshness is not to count."""
    best_words = max([ENOUGH * found.ideal, *(hit.score for hit in found.hits)], default=0.0) or 1.0
    nearest = max((found.closeness.get(hit.number, -1.0) for hit in found.hits), default=0.0)
    farthest = min(found.closeness.values(), default=nearest)

    def score(hit: Hit) -> float:
        # Of an article that was not embedded yet nothing better can be said than of the farthest.
        behind = found.closeness.get(hit.number, farthest) - nearest
        return hit.score / best_words + MEANING * behind + freshness(hit.published, now)

    return sorted((replace(hit, score=score(hit)) for hit in found.hits), key=_rank)


def freshness(published: datetime, now: datetime | None) -> float:
    """What the age of an article adds to its score; an announced date is no newer than now."""
    if now is None:
        return 0.0
    days = max((now - published).total_seconds(), 0.0) / 86_400
    return float(FRESH * 2 ** (-days / HALF_LIFE))


def _rank(hit: Hit) -> tuple[float, float, int]:
    """The best first; the newest of those that are as good."""
    return -hit.score, -hit.published.timestamp(), -hit.number
