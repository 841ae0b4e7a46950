"""Stories beside a story: what came before it, and what else is told of the same matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection

from marsad.errors import SearchError
from marsad.language.analyser import terms
from marsad.language.analyser import words as words_of
from marsad.model import Headline, Story
from marsad.search.index import Index, Window
from marsad.search.query import Or, Query, Word
from marsad.search.vectors import VectorIndex, Vectors
from marsad.store import articles, stories, vectors
from marsad.stories.frequencies import share_of_articles

#: Articles near in meaning, and articles with its rarest words, that are looked at.
MEANT, WORDED = 150, 50
#: Words of the headline that are searched for.
ASKED = 6
#: What the words that two headlines share add at most to the cosine of what they mean.
WORDS_WEIGH = 0.06
#: Less near ones are about something else; those without vectors need that share of the words.
NEAR, SHARED = 0.9, 0.5
#: Of each kind that is shown.
SHOWN = 5
#: A word that nothing is known of is as rare as that.
_UNKNOWN_SHARE = 1 / 1000


@dataclass(frozen=True, slots=True)
class Beside:
    """The stories that ended before it began, and those that did not, the nearest first."""

    earlier: tuple[Story, ...] = ()
    related: tuple[Story, ...] = ()


def beside(connection: Connection, index: Index, near: VectorIndex | None, story: Story) -> Beside:
    """The stories nearest to `story` in meaning and by the rare words of its headline, in all the archive.

    Costs one look into each index and a few hundred rows, however large the archive.
    """
    speaker = story.representative
    own = vectors.of(connection, [speaker.number]).get(speaker.number)
    numbers = dict.fromkeys(_with_its_words(index, speaker))
    if near is not None and own is not None:
        numbers |= dict.fromkeys(near.nearest(own[0], MEANT))
    others = [each for each in articles.headlines(connection, numbers) if each.story not in (story.number, 0)]
    meant = vectors.of(connection, [each.number for each in others]) if own is not None else {}
    nearest = _nearest(speaker, own, others, meant)
    found = {each.number: each for each in stories.of_numbers(connection, nearest)}
    order = [found[number] for number in nearest if number in found]
    before = [each for each in order if each.last_seen < story.first_seen]
    return Beside(tuple(before[:SHOWN]), tuple(each for each in order if each not in before)[:SHOWN])


def _nearest(
    speaker: Headline, own: Vectors | None, others: Sequence[Headline], meant: Mapping[int, Vectors]
) -> list[int]:
    """The stories of those articles that are near enough, each by its nearest article."""
    weights = _weights(speaker)
    best: dict[int, float] = {}
    for other in others:
        shared = _shared(weights, terms(other.title, other.language))
        rows = meant.get(other.number)
        if own is not None and rows is not None:
            closeness = float(np.max(rows @ own.T)) + WORDS_WEIGH * shared
        else:
            closeness = NEAR if shared >= SHARED else 0.0
        if closeness >= NEAR:
            best[other.story] = max(best.get(other.story, 0.0), closeness)
    return sorted(best, key=lambda story: (-best[story], -story))[: 4 * SHOWN]


def _weights(speaker: Headline) -> dict[str, float]:
    """Each term of the headline with its inverse document frequency."""
    said = list(dict.fromkeys(terms(speaker.title, speaker.language)))
    shares = share_of_articles(speaker.language, said)
    return {
        term: float(-np.log(max(share if share < 1 else _UNKNOWN_SHARE, 1e-5)))
        for term, share in zip(said, shares, strict=True)
    }


def _shared(weights: Mapping[str, float], said: Iterable[str]) -> float:
    whole = sum(weights.values())
    return sum(weights.get(term, 0.0) for term in set(said)) / whole if whole else 0.0


def _with_its_words(index: Index, speaker: Headline) -> list[int]:
    weights = _weights(speaker)
    rarity = {
        word: max((weights.get(term, 0.0) for term in terms(word, speaker.language)), default=0.0)
        for word in words_of(speaker.title)
    }
    rarest = sorted(rarity, key=lambda word: -rarity[word])[:ASKED]
    if not rarest:
        return []
    asked = Query(Or(tuple(Word(word) for word in rarest)))
    try:
        found = index.search(asked, Window(size=WORDED, relax=False))
    except SearchError:
        return []  # the page can be read without the index
    return [hit.number for hit in found.hits]
