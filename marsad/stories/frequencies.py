"""How rare a term is, in the long run and these days: what is rare as a rule but not now makes an event."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marsad.stories.wording import NAME_CLASSES, NAME_SLOTS, SLOTS, Terms, number_of

#: Articles that "these days" are made of, for each language.
RECENT = 1000
#: Articles of the long run that are supposed to have come before the recent ones.
BEFORE = 100
#: Where nothing is known of a language: so many articles, one in five hundred of which has any given term.
SUPPOSED = 2000
SUPPOSED_RATE = 1 / 500

#: Articles that the usual meaning of a language is supposed to come from already.
MEANT_BEFORE = 200

#: Of so many articles that are supposed to have come before, the share in which a name of three, four,
#: five, six and more consonants is heard: measured over Arabic articles, where every word may be a name.
HEARD_BEFORE = 300
HEARD_RATES = (0.18, 0.06, 0.022, 0.011)

Weights = NDArray[np.float32]


class Frequencies:
    """In how many articles of one language each term stands, and what they mean on the whole.

    A model of meaning puts all texts of a language a little aside from those of another: texts
    of two languages are compared by where they stand from the centre of their own.
    """

    def __init__(self, language: str) -> None:
        known = _shipped().get(language)
        if known is None:
            self._documents = float(SUPPOSED)
            self._long = np.full(SLOTS, SUPPOSED * SUPPOSED_RATE, np.float32)
        else:
            self._documents = float(known[0])
            self._long = np.zeros(SLOTS, np.float32)
            self._long[known[1]] = known[2]
        self._now = np.zeros(SLOTS, np.float32)
        self._centre = _copied(_centres().get(language))
        self._meant = MEANT_BEFORE
        self._recent: deque[Terms] = deque()
        self._hearers = 0
        self._heard = np.zeros(NAME_SLOTS, np.float32)

    def add(self, terms: Terms) -> None:
        """Count an article with these distinct terms."""
        self._recent.append(terms)
        self._now[terms] += 1
        self._long[terms] += 1
        self._documents += 1
        if len(self._recent) > RECENT:
            self._now[self._recent.popleft()] -= 1

    def add_names(self, names: Terms) -> None:
        """Count what the names of an article sound like."""
        self._hearers += 1
        self._heard[names] += 1

    def add_meaning(self, vector: NDArray[np.floating[Any]]) -> None:
        """Count what an article means."""
        self._meant += 1
        if self._centre is None or len(self._centre) != len(vector):  # of another model
            self._centre = np.zeros(len(vector), np.float32)
        self._centre += (vector - self._centre) / self._meant

    def from_centre(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Rows of length 1 that point from the centre of the language to each of `vectors`."""
        centre = self._centre
        away = vectors if centre is None or len(centre) != vectors.shape[1] else vectors - centre
        lengths = np.linalg.norm(away, axis=1, keepdims=True)
        return np.asarray(away / np.maximum(lengths, 1e-9), np.float32)

    def rarity(self, terms: Terms) -> Weights:
        """The weight of each term by its frequency in the long run (inverse document frequency)."""
        weights: Weights = np.log((self._documents + 1) / (self._long[terms] + 0.5))
        return weights

    def name_rarity(self, names: Terms) -> Weights:
        """The weight of each name by how often one that sounds so was heard."""
        expected = HEARD_BEFORE * np.array(HEARD_RATES, np.float32)[names % NAME_CLASSES]
        weights: Weights = np.log((self._hearers + HEARD_BEFORE) / (self._heard[names] + expected))
        return np.maximum(weights, 0)

    def novelty(self, terms: Terms) -> Weights:
        """The same by its frequency these days."""
        expected = BEFORE * self._long[terms] / self._documents
        weights: Weights = np.log((len(self._recent) + BEFORE + 1) / (self._now[terms] + expected + 0.1))
        return weights


def share_of_articles(language: str, words: Sequence[str]) -> list[float]:
    """In which part of all articles of a language each of these terms stands, in the long run.

    1.0 for every one where nothing is known of the language.
    """
    known = _shipped().get(language)
    if known is None:
        return [1.0] * len(words)
    documents, counted, counts = known
    wanted = np.array([number_of(word) for word in words], np.uint32)
    places = np.minimum(np.searchsorted(counted, wanted), len(counted) - 1)
    found = np.where(counted[places] == wanted, counts[places], 0.0) / documents
    return [float(share) for share in found]


def _copied(centre: NDArray[np.float32] | None) -> NDArray[np.float32] | None:
    return None if centre is None else centre.copy()


@cache
def _centres() -> dict[str, NDArray[np.float32]]:
    with (
        files("marsad.stories").joinpath("centres.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as kept,
    ):
        return {name: np.asarray(kept[name], np.float32) for name in kept.files}


@cache
def _shipped() -> dict[str, tuple[int, Terms, Weights]]:
    """By language: how many articles were counted, and terms with the number of those that have them."""
    with (
        files("marsad.stories").joinpath("frequencies.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as kept,
    ):
        return {
            name: (int(kept[f"{name}_documents"]), kept[f"{name}_terms"], kept[f"{name}_counts"])
            for name in kept["languages"].tolist()
        }
