"""Which articles come first, by words and meaning together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.search.index import Hit
from marsad.search.letters import UNSEEN
from marsad.search.rank import FRESH, HALF_LIFE, Candidates, Closeness, freshness, ranked

NOW = datetime(2024, 3, 10, tzinfo=UTC)


def hit(number: int, score: float, days: float = 0) -> Hit:
    return Hit(number, score, NOW - timedelta(days=days))


def near(cosines: Mapping[int, float]) -> dict[int, Closeness]:
    """Articles of one part each."""
    return {number: Closeness(cosine, cosine, cosine) for number, cosine in cosines.items()}


def order(found: Candidates, now: datetime | None = None) -> list[int]:
    return [each.number for each in ranked(found, now)]


def test_words_alone_decide_where_nothing_is_known_of_meaning() -> None:
    assert order(Candidates([hit(1, 3), hit(2, 9), hit(3, 6)], {})) == [2, 3, 1]


def test_meaning_alone_decides_where_no_words_are_found() -> None:
    assert order(Candidates([hit(1, 0), hit(2, 0)], near({1: 0.80, 2: 0.85}))) == [2, 1]


def test_the_best_by_both_beats_the_best_by_one() -> None:
    hits = [hit(1, 10), hit(2, 9), hit(3, 1)]
    assert order(Candidates(hits, near({1: 0.78, 2: 0.86, 3: 0.87})))[0] == 2


def test_a_few_chance_words_weigh_little_beside_meaning() -> None:
    """As when a question in Arabic meets articles in English: a number in common says little."""
    hits = [hit(1, 2), hit(2, 0)]
    assert order(Candidates(hits, near({1: 0.80, 2: 0.86}), ideal=60)) == [2, 1]
    assert order(Candidates(hits, near({1: 0.80, 2: 0.86}), ideal=4)) == [1, 2]


def test_what_was_not_embedded_yet_can_still_be_found_by_words() -> None:
    assert order(Candidates([hit(1, 9), hit(2, 2)], near({2: 0.8}))) == [1, 2]


def test_of_two_that_are_as_good_the_newer_comes_first_also_without_freshness() -> None:
    hits = [hit(1, 5, days=9), hit(2, 5, days=1)]
    assert order(Candidates(hits, {})) == [2, 1]


def test_freshness_moves_only_what_is_nearly_as_good() -> None:
    assert order(Candidates([hit(1, 100, days=900), hit(2, 99)], {}), NOW) == [2, 1]
    assert order(Candidates([hit(1, 100, days=900), hit(2, 90)], {}), NOW) == [1, 2]


def test_freshness_halves_and_does_not_reach_into_the_future() -> None:
    moments = np.array([(NOW + timedelta(days=days)).timestamp() for days in (-HALF_LIFE, 400)])
    assert list(freshness(moments, NOW)) == pytest.approx([FRESH / 2, FRESH])
    assert list(freshness(moments, None)) == [0, 0]


@given(
    st.dictionaries(st.integers(1, 50), st.floats(0, 100), max_size=20),
    st.dictionaries(st.integers(1, 50), st.floats(-1, 1), max_size=20),
    st.floats(0, 500),
)
def test_every_hit_is_ranked_once(
    scores: dict[int, float], closeness: dict[int, float], ideal: float
) -> None:
    found = order(Candidates([hit(n, s) for n, s in scores.items()], near(closeness), ideal))
    assert sorted(found) == sorted(scores)


def test_who_was_looked_at_again_stands_before_all_others() -> None:
    looks = dict.fromkeys((2, 3), UNSEEN)
    assert order(Candidates([hit(1, 9), hit(2, 3), hit(3, 6)], {}, looks=looks)) == [3, 2, 1]


@pytest.mark.parametrize("trait", ["whole", "opening", "passage", "names"])
def test_what_is_seen_in_a_text_counts_for_it(trait: str) -> None:
    seen = UNSEEN._replace(**{trait: 1.0})
    for better, other in ((1, 2), (2, 1)):
        hits = [hit(1, 9), hit(2, 9)]
        assert order(Candidates(hits, {}, looks={better: seen, other: UNSEEN})) == [better, other]


def test_of_two_texts_with_the_same_the_shorter_says_it_more_plainly() -> None:
    looks = {1: UNSEEN._replace(length=-1.0), 2: UNSEEN._replace(length=1.0)}
    assert order(Candidates([hit(1, 9), hit(2, 9)], {}, looks=looks)) == [1, 2]


def test_an_article_with_more_of_the_words_goes_before_one_with_few_of_them_often() -> None:
    few, more = hit(1, 10), hit(2, 9)._replace(coverage=0.5)
    assert order(Candidates([few, more], {}, looks=dict.fromkeys((1, 2), UNSEEN))) == [2, 1]


def test_a_text_that_is_near_as_a_whole_goes_before_one_with_a_near_part() -> None:
    looks = dict.fromkeys((1, 2), UNSEEN)
    close = {1: Closeness(0.86, 0.80, 0.86), 2: Closeness(0.86, 0.85, 0.86)}
    assert order(Candidates([hit(1, 5), hit(2, 5)], close, looks=looks)) == [2, 1]


def test_a_text_that_begins_with_what_is_asked_for_goes_before_one_that_comes_to_it() -> None:
    looks = dict.fromkeys((1, 2), UNSEEN)
    close = {1: Closeness(0.86, 0.83, 0.80), 2: Closeness(0.86, 0.83, 0.86)}
    assert order(Candidates([hit(1, 5), hit(2, 5)], close, looks=looks)) == [2, 1]


def test_what_was_seen_counts_as_if_it_had_been_known_from_the_start() -> None:
    looks = {2: UNSEEN._replace(whole=1.0), 3: UNSEEN}
    first = Candidates([hit(1, 9), hit(2, 3), hit(3, 6)], near({1: 0.8, 3: 0.7}), 12)
    assert order(first) == [1, 3, 2]
    assert ranked(first.looked_at(looks), NOW) == ranked(replace(first, looks=looks), NOW)
