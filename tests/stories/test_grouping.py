"""Copies under one story, whichever comes first."""

from __future__ import annotations

from datetime import timedelta

from marsad.model import Copy
from marsad.stories.grouping import Grouping, Telling, telling
from tests.samples import NOW, article

ORIGINAL = " ".join(f"كلمة{n}" for n in range(120))
CUT = " ".join(f"كلمة{n}" for n in range(20, 70))


def told(number: int, text: str, hours: float = 0) -> Telling:
    moment = NOW + timedelta(hours=hours)
    return telling(article(text, published=None, collected=moment), number)


def test_a_copy_joins_the_story_of_its_original() -> None:
    grouping = Grouping()
    grouping.settle(told(1, ORIGINAL), 7)
    placed = grouping.place(told(2, CUT, hours=1))
    assert (placed.story, placed.copies, placed.copied_by) == (7, (Copy(1, 1.0),), {})


def test_an_original_that_comes_after_its_copy_is_still_the_original() -> None:
    grouping = Grouping()
    grouping.settle(told(1, CUT, hours=1), 7)
    placed = grouping.place(told(2, ORIGINAL))
    assert (placed.story, placed.copies, placed.copied_by) == (7, (), {1: Copy(2, 1.0)})


def test_a_text_of_its_own_opens_a_story() -> None:
    grouping = Grouping()
    grouping.settle(told(1, ORIGINAL), 7)
    assert grouping.place(told(2, "نص آخر تماما عن أمر غير ذلك كله لا يشبه ما قبله")).story is None


def test_placing_changes_nothing_and_an_article_does_not_copy_itself() -> None:
    grouping = Grouping()
    grouping.settle(told(1, ORIGINAL), 7)
    again = told(1, ORIGINAL, hours=2)
    assert grouping.place(again) == grouping.place(again)
    assert grouping.place(again).copies == ()


def test_the_oldest_are_forgotten_beyond_the_window() -> None:
    grouping = Grouping(window=2)
    for number in (1, 2, 3):
        grouping.settle(told(number, f"{ORIGINAL} {number}" if number == 1 else f"نص{number} " * 30), number)
    assert grouping.place(told(4, ORIGINAL)).story is None
