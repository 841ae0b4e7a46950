"""Which earlier articles are worth comparing with."""

from __future__ import annotations

import numpy as np

from marsad.stories.frequencies import Frequencies
from marsad.stories.nearby import BY_MEANING, Meant, Nearby
from tests.stories.world import vector

NO_TERMS, NO_WEIGHTS = np.zeros(0, np.uint32), np.zeros(0, np.float32)


def meant(event: int, seed: int, language: str) -> Meant:
    """What a telling of that event in that language means."""
    found = vector(event, seed, language)
    return Meant(found, Frequencies(language).from_centre(found[None])[0], language)


def test_the_same_news_in_another_language_is_found_beside_much_of_it_in_ones_own() -> None:
    nearby = Nearby()
    nearby.add(1, NO_TERMS, NO_WEIGHTS, meant(1, 1, "ar"))
    nearby.add(2, NO_TERMS, NO_WEIGHTS, meant(2, 2, "ar"))
    for number in range(3, 3 + 2 * BY_MEANING):
        nearby.add(number, NO_TERMS, NO_WEIGHTS, meant(1, number, "fr"))
    found = nearby.find(NO_TERMS, NO_WEIGHTS, meant(1, 900, "fr"))
    assert 1 in found
    assert 2 not in found
    assert len(found) == BY_MEANING + 1
