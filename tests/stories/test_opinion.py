"""Opinions say so at the beginning of their headline, and news never do, whatever their first word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.stories.opinion import is_opinion

MARKS = (
    *("رأي", "تحليل", "تعليق", "افتتاحية", "الافتتاحية", "وجهة نظر", "مقال رأي", "رأي كثبان", "كلمة الفجر"),
    *("Editorial", "EDITORIAL", "Éditorial", "Édito", "L'édito", "Opinion", "Tribune", "Le billet"),
    *("Chronique", "Point de vue", "Analysis", "Comment", "Op-ed", "Éditorial du Monde"),
)
SEPARATORS = (": ", " : ", "\xa0: ", " | ", " – ", " — ", " - ")
DOTS = (".. ", "… ", "...")


@pytest.mark.parametrize("mark", MARKS)
def test_what_begins_with_a_mark_and_is_parted_from_it_is_an_opinion(mark: str) -> None:
    assert all(is_opinion(f"{mark}{separator}النهر الذي يجمع") for separator in SEPARATORS)
    assert not is_opinion(f"{mark} النهر الذي يجمع")


@given(st.sampled_from(MARKS), st.sampled_from(SEPARATORS), st.text(max_size=80))
def test_whatever_follows_the_mark_counts_for_nothing(mark: str, separator: str, told: str) -> None:
    assert is_opinion(f"{mark}{separator}خبر{told}")


@pytest.mark.parametrize("dots", DOTS)
def test_dots_part_in_arabic_alone(dots: str) -> None:
    assert is_opinion(f"رأي{dots}كيف نعبر الصيف؟")
    assert is_opinion(f"تحليل {dots}كيف نعبر الصيف؟")
    assert not is_opinion(f"Comment{dots}passer l'été")


@given(st.sampled_from(MARKS), st.text("ابتثجabcdef é،", max_size=80))
def test_a_mark_that_nothing_parts_is_a_word_like_any_other(mark: str, told: str) -> None:
    assert not is_opinion(f"{mark} {told}")


@given(before=st.sampled_from(("ما", "استطلاع", "هل", "Some", "Une")), mark=st.sampled_from(MARKS))
def test_a_mark_further_on_marks_nothing(before: str, mark: str) -> None:
    assert not is_opinion(f"{before} {mark}: …")


@pytest.mark.parametrize(
    "title",
    [
        "كلمة السر لنجاح الموسم: ماء وصبر",
        "كلمة السر: اثنا عشر حرفا",
        "كلمة الرئيس: نحن معكم",
        "تعليق دعوى الممثلة ضد المحامي",
        "تعليق الدراسة: قائمة المدن",
        "تحليل العينات: لا أثر للتلوث",
        "رأي عام: نصف السكان مع المشروع",
        "الرأي العام: نصف السكان مع المشروع",
        "رأيك: أي طريق تختار؟",
        "رأي رابع بعيد عن عنوانه: سطر",
        "Opinion poll: half want the tram",
        "Comment voter : le guide",
        "Comment is asked for",
        "Analysis of samples: no trace",
        "Tribunes fermées : le club fait appel",
        "Le billet de train : 20 dirhams",
        "Chronique judiciaire : le procès reprend",
        "",
    ],
)
def test_news_that_begin_alike_are_news(title: str) -> None:
    assert not is_opinion(title)


@given(st.text(max_size=200))
def test_any_headline_can_be_asked(title: str) -> None:
    assert is_opinion(title) in {True, False}
