"""When a feed is looked at again."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.collect.rhythm import (
    Pace,
    Rhythm,
    State,
    after_failure,
    after_success,
    first_look,
    from_plain,
    time_between,
    to_plain,
)
from marsad.errors import Later, Refused
from marsad.outcome import Outcome

NOW = datetime(2024, 3, 5, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
BUSY = Later("busy", "nakhla.example")
GONE = Refused("gone", "nakhla.example", outcome=Outcome.GONE)


def published_every(minutes: float, now: datetime, articles: int = 20) -> list[datetime]:
    return [now - minutes * MINUTE * (number + 0.5) for number in range(articles)]


def watched(minutes: float, hours: float = 48) -> Rhythm:
    """The rhythm after that many hours at a source that publishes every so many minutes."""
    rhythm, end, before = first_look(NOW), NOW + timedelta(hours=hours), NOW
    while rhythm.next_look < end:
        now = rhythm.next_look
        found = int((now - before) / (minutes * MINUTE))
        rhythm, before = after_success(rhythm, found, published_every(minutes, now), now), now
    return rhythm


def failed(times: int, error: Exception = BUSY, jitter: float = 0.5) -> Rhythm:
    rhythm = first_look(NOW)
    for _ in range(times):
        rhythm = after_failure(rhythm, error, rhythm.next_look, jitter)
    return rhythm


def test_a_new_feed_is_looked_at_at_once() -> None:
    assert first_look(NOW).next_look == NOW
    assert first_look(NOW).state is State.HEALTHY


@pytest.mark.parametrize(
    ("publishes_every", "looked_at_every"), [(0.25, 2), (2, 2), (10, 10), (45, 45), (120, 120), (1440, 120)]
)
def test_a_feed_is_looked_at_about_as_often_as_it_publishes(
    publishes_every: float, looked_at_every: float
) -> None:
    assert watched(publishes_every).interval == pytest.approx(60 * looked_at_every, rel=0.1)


def test_a_source_that_falls_silent_is_looked_at_less_and_less() -> None:
    rhythm, last = watched(5), NOW + 2 * DAY
    looks = []
    while rhythm.next_look < last + DAY:
        rhythm = after_success(rhythm, 0, published_every(5, last), rhythm.next_look)
        looks.append(rhythm.interval)
    assert looks == sorted(looks)
    assert looks[-1] == pytest.approx(7200, rel=0.05)


def test_without_dates_what_was_found_decides() -> None:
    rhythm = first_look(NOW)
    assert after_success(rhythm, 3, (), NOW).interval < rhythm.interval
    assert after_success(rhythm, 0, (), NOW).interval > rhythm.interval


def test_dates_in_the_future_are_ignored() -> None:
    future = [NOW + n * DAY for n in range(1, 20)]
    assert time_between(future, NOW) is None
    assert time_between([*future, *published_every(10, NOW)], NOW) == 9.5 * MINUTE


def test_the_bounds_can_be_set() -> None:
    pace = Pace(shortest=10 * MINUTE, longest=20 * MINUTE, first=5 * MINUTE)
    assert first_look(NOW, pace).interval == 300
    assert after_success(first_look(NOW, pace), 5, (), NOW, pace).interval == 600
    assert after_success(watched(1440), 0, (), NOW, pace).interval == 1200


def test_waits_double_from_failure_to_failure_up_to_a_day() -> None:
    waits = [failed(n).next_look - failed(n - 1).next_look for n in range(1, 13)]
    assert waits[:4] == [5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 40 * MINUTE]
    assert waits[-1] == DAY


def test_jitter_spreads_the_waits_by_a_quarter() -> None:
    assert failed(1, jitter=0.0).next_look == NOW + 3.75 * MINUTE
    assert failed(1, jitter=1.0).next_look == NOW + 6.25 * MINUTE


def test_a_source_that_says_until_when_is_left_alone_until_then() -> None:
    patient = after_failure(first_look(NOW), Later("429", when=NOW + timedelta(hours=3)), NOW, 0.5)
    assert patient.next_look == NOW + timedelta(hours=3)
    hasty = after_failure(first_look(NOW), Later("429", when=NOW + timedelta(seconds=1)), NOW, 0.5)
    assert hasty.next_look == NOW + 5 * MINUTE


def test_failing_is_said_with_since_when_and_ends_with_the_first_success() -> None:
    rhythm = failed(4)
    assert (rhythm.state, rhythm.failing_since, rhythm.failures) == (State.FAILING, NOW, 4)
    healed = after_success(rhythm, 0, (), rhythm.next_look)
    assert (healed.state, healed.failing_since, healed.failures) == (State.HEALTHY, None, 0)


def test_a_feed_that_says_three_times_that_it_is_gone_is_gone() -> None:
    assert failed(2, GONE).state is State.FAILING
    gone = failed(3, GONE)
    assert gone.state is State.GONE
    assert gone.next_look - failed(2, GONE).next_look == 7 * DAY
    assert after_success(gone, 1, (), gone.next_look).state is State.HEALTHY


def test_one_other_failure_between_leaves_the_question_open() -> None:
    rhythm = after_failure(failed(2, GONE), BUSY, NOW + 2 * DAY, 0.5)
    assert after_failure(rhythm, GONE, NOW + 3 * DAY, 0.5).state is State.FAILING


def test_a_feed_that_fails_for_a_month_is_gone() -> None:
    rhythm = first_look(NOW)
    while rhythm.next_look < NOW + 30 * DAY:
        assert rhythm.state is not State.GONE
        rhythm = after_failure(rhythm, BUSY, rhythm.next_look, 0.5)
    assert after_failure(rhythm, BUSY, rhythm.next_look, 0.5).state is State.GONE


def test_what_is_forbidden_is_asked_again_in_a_day() -> None:
    forbidden = Refused("robots.txt", outcome=Outcome.DISALLOWED)
    assert failed(1, forbidden).next_look == NOW + DAY


def test_a_defect_of_ours_is_a_failure_like_another() -> None:
    assert after_failure(first_look(NOW), ValueError("no"), NOW, 0.5).next_look == NOW + 5 * MINUTE


@given(
    st.lists(st.one_of(st.integers(0, 500), st.sampled_from([BUSY, GONE, ValueError()])), max_size=60),
    st.floats(0, 1),
)
def test_whatever_happens_the_next_look_lies_ahead_and_can_be_kept(
    happens: list[int | Exception], jitter: float
) -> None:
    rhythm = first_look(NOW)
    for what in happens:
        now = rhythm.next_look
        if isinstance(what, int):
            rhythm = after_success(rhythm, what, published_every(what / 10, now), now)
            assert 2 * MINUTE <= rhythm.next_look - now <= 120 * MINUTE
        else:
            rhythm = after_failure(rhythm, what, now, jitter)
            assert 3 * MINUTE < rhythm.next_look - now <= 7 * DAY
        assert from_plain(json.loads(json.dumps(to_plain(rhythm)))) == rhythm
