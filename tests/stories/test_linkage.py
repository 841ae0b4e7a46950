"""Agglomeration against a slow one that looks at everything again after each step."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from marsad.stories.linkage import LINKED, Matrix, clusters, link, linkage


def slowly(odds: Matrix) -> list[list[int]]:
    found = [[place] for place in range(len(odds))]
    while len(found) > 1:
        pairs = [
            (linkage(float(part.mean()), float(part.max())), one, other)
            for one in range(len(found))
            for other in range(one)
            if (part := odds[np.ix_(found[one], found[other])]).size
        ]
        best, one, other = max(pairs)
        if best < LINKED:
            break
        found[other] += found.pop(one)
    return sorted(sorted(each) for each in found)


@st.composite
def matrices(draw: st.DrawFn) -> Matrix:
    count = draw(st.integers(0, 9))
    # Halves and their like have no rounding; the seed parts all values, so that no two links tie.
    values = np.random.default_rng(draw(st.integers(0, 10**6))).normal(
        draw(st.sampled_from([-2, 0])), 3, (count, count)
    )
    return np.asarray((values + values.T) / 2, np.float32)


@given(matrices())
def test_the_same_as_the_slow_one(odds: Matrix) -> None:
    assert clusters(odds) == slowly(odds)


@given(matrices(), st.randoms(use_true_random=False))
def test_order_does_not_matter(odds: Matrix, draw: object) -> None:
    order = np.random.default_rng(len(odds)).permutation(len(odds))
    turned = clusters(odds[np.ix_(order, order)])
    assert sorted(sorted(int(order[place]) for place in each) for each in turned) == clusters(odds)


def test_an_article_is_linked_by_all_of_a_story_and_by_the_nearest() -> None:
    assert link([2.0, 2.0]) == 2.0
    assert -4.0 < link([4.0, -4.0, -4.0]) < 4.0
