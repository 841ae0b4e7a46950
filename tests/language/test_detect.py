"""Which language a text is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.demo.texts import all_texts
from marsad.language.detect import UNKNOWN, detect


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أمطار قوية على تطوان", "ar"),
        ("الرباط: افتتاح المعرض", "ar"),
        ("علاش بزاف ديال الناس كيشريو من السوق", "ary"),
        ("واش غادي تكون الشتا هاد السيمانة؟", "ary"),
        ("شنو وقع البارح فكازا", "ary"),
        ("Fortes pluies sur Tétouan", "fr"),
        ("Rabat accueille le festival du livre", "fr"),
        ("Heavy rain over the north of the country", "en"),
        ("New school opens in Taza", "en"),
        ("La lluvia llega al norte del país", "es"),
        ("El puerto abre una nueva terminal", "es"),
        ("ⵜⴰⵎⴰⵣⵉⵖⵜ ⴷ ⵜⵓⵜⵍⴰⵢⵜ", "zgh"),
        ("Der Bürgermeister hat am Montag die neue Schule eröffnet", "de"),
        ("", UNKNOWN),
        ("2020 / 17", UNKNOWN),
    ],
)
def test_even_a_headline_tells_its_language(text: str, expected: str) -> None:
    assert detect(text) == expected


def test_every_text_of_the_sample_press_is_known_by_title_and_by_body() -> None:
    wrong = [
        (text.id, found)
        for text in all_texts()
        for found in (detect(text.title), detect(" ".join(text.paragraphs)))
        if found != text.language
    ]
    assert wrong == []


def test_most_of_a_mixed_text_decides() -> None:
    assert detect("قال المدير: « Bonjour à tous » ثم افتتح المعرض أمام الزوار في الساحة الكبرى") == "ar"
    assert detect("Le mot مرحبا signifie bienvenue dans la langue de la ville") == "fr"


def test_the_hint_tips_the_balance_of_a_bare_name() -> None:
    assert detect("Météo Tanger", hint=("fr",)) == "fr"


@given(st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    assert detect(text)
