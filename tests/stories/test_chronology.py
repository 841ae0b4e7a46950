"""The steps of a story, and the days that its articles name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from marsad.stories.chronology import MOST, SHOWN, Told, chronology, steps
from tests.samples import NOW
from tests.stories.test_importance import HEADLINE


def test_a_night_of_silence_parts_two_steps() -> None:
    hours = [0, 1, 3, 14, 15, 40]
    told = [replace(HEADLINE, number=n, dated=NOW + timedelta(hours=hour)) for n, hour in enumerate(hours)]
    assert [[each.number for each in step] for step in steps(told[::-1])] == [[0, 1, 2], [3, 4], [5]]


def test_a_day_is_named_once_by_the_first_who_names_it() -> None:
    first = Told(1, NOW, "fr", "Le projet fut voté le 3 mars 2022. Rien ne suivit.")
    second = Told(
        2,
        NOW + timedelta(hours=1),
        "fr",
        "Depuis le 3 mars 2022, on attend. La suite est pour le 9 mai 2024.",
    )
    found = chronology([second, first])
    assert [(each.day, each.article) for each in found] == [(date(2022, 3, 3), 1), (date(2024, 5, 9), 2)]
    assert found[0].sentence == "Le projet fut voté le 3 mars 2022"


@given(st.text(max_size=500), st.integers(0, 30))
def test_what_is_shown_is_bounded(text: str, times: int) -> None:
    days = "".join(f" On {n} May 2021 {'word ' * 80}" for n in range(1, times + 1))
    found = chronology([Told(1, NOW, "en", text + days)])
    assert len(found) <= MOST
    assert all(len(each.sentence) <= SHOWN + 1 for each in found)
