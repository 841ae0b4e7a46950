"""Articles that mean nearly the same as one: what to read next."""

from __future__ import annotations

import numpy as np
from sqlalchemy import Connection

from marsad.model import Headline
from marsad.search.vectors import VectorIndex
from marsad.store import articles, vectors

#: Candidates for each that is shown: some tell the same story, some are not as near as they seemed.
CANDIDATES = 20
#: Cosine below which two articles have nothing to do with one another.
NEAR = 0.87


def related(connection: Connection, near: VectorIndex, number: int, limit: int = 6) -> tuple[Headline, ...]:
    """The headlines nearest in meaning to an article, the nearest first: one of each other story."""
    own = vectors.of(connection, [number]).get(number)
    if own is None:
        return ()
    found = vectors.of(connection, near.nearest(own[0], CANDIDATES * limit))
    closeness = {other: float(np.max(rows @ own.T)) for other, rows in found.items() if other != number}
    order = [other for other in sorted(closeness, key=lambda n: -closeness[n]) if closeness[other] >= NEAR]
    stories: dict[int, Headline] = {}
    known = {headline.number: headline for headline in articles.headlines(connection, [number])}
    seen = {headline.story for headline in known.values()}
    for headline in articles.headlines(connection, order[: CANDIDATES * limit]):
        if headline.story not in seen:
            stories.setdefault(headline.story, headline)
    return tuple(stories.values())[:limit]
