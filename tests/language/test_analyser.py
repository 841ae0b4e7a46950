"""Which words meet under one term, and where terms stand in the text."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.language import analyser
from marsad.language.analyser import LONGEST_WORD, beginnings, forms, readings, terms, tokens, words

LETTERS = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةى ًٌٍَُِّْـ‌ 0123456789٠١٢۳۴'’-_#abcéèçœ"),
    ),
    max_size=200,
)


@pytest.mark.parametrize(
    ("language", "together"),
    [
        ("ar", "الإرهاب الارهاب إِرْهَاب الإرهـــاب والإرهابيين للإرهاب الإرهابية"),
        ("ar", "مكافحة مكافحه لمكافحة ومكافحته بمكافحة"),
        ("ar", "مدينة المدينة مدينتها المدن بالمدن"),
        ("ar", "خلية خلايا والخلايا"),
        ("ar", "لجنة اللجنة للجنة وللجنة بلجنة"),
        ("ar", "كأس بكأس لكأس الكأس"),
        ("ar", "سوريا السورية سوري السوريين"),
        ("ar", "استخدم استخدمت استخدموا"),
        ("ar", "حاليا الحالي الحالية"),
        ("ar", "إيران الإيرانية الإيرانيون"),
        ("ar", "وزير الوزراء وزيرة بالوزير"),
        ("ar", "المسؤول مسئول والمسؤولين"),
        ("ar", "ﻣﻜﺎﻓﺤﺔ مكافحة"),
        ("ar", "کتاب كتاب الکتاب"),
        ("fr", "élection elections l'élection L’ÉLECTION d'élections"),
        ("fr", "régional régionale REGIONALES"),
        ("fr", "cœur coeur"),
        ("en", "flood floods flooding flooded"),
        ("es", "elección elecciones"),
    ],
)
def test_forms_of_a_word_meet(language: str, together: str) -> None:
    found = {word: terms(word, language) for word in together.split()}
    assert len({tuple(each) for each in found.values()}) == 1, found


@pytest.mark.parametrize(
    "apart",
    [
        "لبنان بنان",
        "باريس ريس",
        "وزير زير",
        "فنان نان",
        "كبير بير",
        "بريطانيا ريطانيا",
        "ليبيا لبن",
        "مدرسة درس",
        "فلسطين فلس",
        "كتاب تاب",
        "وفد فد",
        "أمراء امرأة",
    ],
)
def test_words_that_only_look_alike_stay_apart(apart: str) -> None:
    one, other = apart.split()
    assert terms(one, "ar") != terms(other, "ar")


def test_a_text_in_three_scripts() -> None:
    text = "أعلنت Google يوم ١٢ مارس أن #مكافحة_الاحتيال ستبدأ بالدورة ال27 من COVID-19 و5G"
    assert terms(text, "ar") == [
        *terms("أعلنت", "ar"),
        "google",
        *terms("يوم", "ar"),
        "12",
        *terms("مارس مكافحة الاحتيال ستبدأ دورة", "ar"),
        "27",
        "covid",
        "19",
        "5g",
    ]


def test_arabic_inside_french_is_read_as_arabic() -> None:
    assert terms("Le mot الإرهابية", "fr") == ["mot", "ارهاب"]


def test_stop_words_give_no_term_and_keep_no_place() -> None:
    assert terms("هذا الذي كان في مدينة", "ar") == terms("مدينة", "ar")
    assert terms("il n'est pas dans la ville", "fr") == terms("ville", "fr")


def test_an_unknown_language_is_read_as_it_stands() -> None:
    assert terms("Élections générales", None) == ["elections", "generales"]
    assert terms("Élections générales", "xx") == terms("Élections générales", None)
    assert terms("Élections générales", "fr-MA") == terms("Élections générales", "fr")


def test_latin_words_have_a_reading_for_each_language() -> None:
    read = {tuple(form.stem for form in reading) for reading in readings(["élections"])}
    assert {("elections",), ("elect",)} <= read
    assert () in readings(["les"])
    assert readings(["على"]) == ((),)
    assert len(readings(["الإرهابية"])) == 1


def test_beginnings_lose_their_article() -> None:
    assert "اقتص" in beginnings("الاقتص")
    assert beginnings("Élec") == ("elec",)


def test_depths_of_a_word() -> None:
    assert forms("والاستقالة", "ar") == [("والاستقاله", "استقال", "ستقل")]
    assert forms("يستقيل", "ar")[0].root == "ستقل"
    assert forms("مدن", "ar")[0].root == forms("المدينة", "ar")[0].root


@given(LETTERS, st.sampled_from(["ar", "fr", "en", None]))
def test_tokens_are_the_terms_with_their_places(text: str, language: str | None) -> None:
    found = tokens(text, language)
    assert [token.term for token in found] == terms(text, language)
    for token in found:
        assert terms(text[token.start : token.end], language) == [token.term]
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(LETTERS)
def test_terms_are_short_words_without_spaces(text: str) -> None:
    for term in terms(text, "ar"):
        assert 0 < len(term) <= LONGEST_WORD
        assert not any(character.isspace() for character in term)
    assert len(words(text)) >= len(terms(text, "ar"))


def test_what_was_forgotten_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyser, "REMEMBERED", 4)
    mixed = "مدينة مدن خلية خلايا وزير وزراء كأس كؤوس سوريا سورية".split() * 5
    random.Random(1).shuffle(mixed)
    fresh = {word: terms(word, "ary") for word in set(mixed)}
    assert [terms(word, "ary") for word in mixed] == [fresh[word] for word in mixed]
