"""What stories are measured against, on a handful of articles."""

from __future__ import annotations

import numpy as np

from marsad.evaluate.stories import Gold
from marsad.evaluate.stories_peers import best, centred, greedy, tfidf


def test_common_terms_make_alike_and_rare_ones_more_so() -> None:
    likeness = tfidf([["a", "b", "x"], ["a", "b", "y"], ["x", "q"], ["a", "z"]])
    assert likeness[0, 1] > likeness[0, 3] > 0
    assert np.allclose(np.diag(likeness), 1)


def test_each_joins_the_nearest_before_it() -> None:
    likeness = np.array([[1, 0.9, 0.2], [0.9, 1, 0.1], [0.2, 0.1, 1]], np.float32)
    assert greedy(likeness, 0.5).tolist() == [0, 0, 2]
    assert greedy(likeness, 0.15).tolist() == [0, 0, 0]


def test_the_best_threshold_is_found() -> None:
    events = np.repeat(np.arange(40), 3)
    rng = np.random.default_rng(3)
    vectors = (rng.normal(size=(40, 64))[events] + rng.normal(size=(120, 64)) * 0.1).astype(np.float32)
    gold = Gold(tuple({} for _ in events), events, None)
    assert best(centred(vectors), gold)["bcubed_f1"] > 0.95
