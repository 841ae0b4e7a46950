"""The steps of a story, and the days that its articles name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
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


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "Pluie. La rivière a atteint 8.3 mètres le 3 mars 2022. Fin.",
            "La rivière a atteint 8.3 mètres le 3 mars 2022",
        ),
        ("Pluie. J. Alaoui l'a dit le 3 mars 2022 à Fès.", "J. Alaoui l'a dit le 3 mars 2022 à Fès"),
        ("« Assez ! » Ce fut le 3 mars 2022", "Ce fut le 3 mars 2022"),
    ],
)
def test_a_sentence_is_whole(text: str, sentence: str) -> None:
    assert [each.sentence for each in chronology([Told(1, NOW, "fr", text)])] == [sentence]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Il y a 3 semaines, la crue montait, et 2 jours plus tard aussi.", "fr"),
        ("قبل 3 أسابيع ارتفع منسوب الوادي", "ar"),
        ("It was on Monday, 2 days ago.", "en"),
        ("Tunis, 3 mars 2022 (TAP) - La crue monte.", "fr"),
    ],
)
def test_what_counts_from_today_and_the_day_of_writing_name_no_day(text: str, language: str) -> None:
    assert chronology([Told(1, NOW, language, text)]) == []


def test_a_day_in_words_is_named_and_the_mark_of_a_list_is_left_out() -> None:
    text = "سيتوقف العمل\n- الأول من مايو 2022: إعادة فتح الطريق\nانتهى"
    assert [(each.day, each.sentence) for each in chronology([Told(1, NOW, "ar", text)])] == [
        (date(2022, 5, 1), "الأول من مايو 2022: إعادة فتح الطريق")
    ]


@pytest.mark.parametrize("before", [0, 30, 60, 90])
def test_of_a_long_sentence_the_words_around_the_day_are_shown(before: int) -> None:
    text = f"{'mot ' * before}le 3 mars 2022 {'mot ' * 90}"
    (named,) = chronology([Told(1, NOW, "fr", text)])
    assert "3 mars 2022" in named.sentence
    assert named.sentence.startswith("…") == (before > 30)
    assert named.sentence.endswith(" mot…")
    assert len(named.sentence) <= SHOWN + 2


@given(st.text(max_size=500), st.integers(0, 30))
def test_what_is_shown_is_bounded(text: str, times: int) -> None:
    days = "".join(f" On {n} May 2021 {'word ' * 80}" for n in range(1, times + 1))
    found = chronology([Told(1, NOW, "en", text + days)])
    assert len(found) <= MOST
    assert all(len(each.sentence) <= SHOWN + 2 for each in found)
