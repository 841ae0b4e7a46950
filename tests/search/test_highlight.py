"""What lights up: the same words that were found, in whole words, wherever they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.language.analyser import terms
from marsad.search.highlight import Highlighter, Passage
from marsad.search.parser import read_query

ALPHABET = st.sampled_from("ابتمكفحةلإرهاب ـَ،.\n مدنية abcé'-12٣")


def lit(query: str, text: str, language: str = "ar") -> list[str]:
    return [text[span.start : span.end] for span in Highlighter(read_query(query)).spans(text, language)]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("إرهاب", "تفكيك الخلية الإرهابية بالمدينة", ["الإرهابية"]),
        ("مكافحه الارهاب", "جهود لِمُكافحة الإِرهاب، والإرهابيين", ["لِمُكافحة الإِرهاب", "والإرهابيين"]),
        ('"مدن الساحل"', "المدينة قرب الساحل", ["المدينة", "الساحل"]),
        ("اقتص*", "الاقتصاد واقتصاديات الحوت", ["الاقتصاد واقتصاديات"]),
        ("مطر -ثلج", "ثلج ومطر", ["ومطر"]),
        ("source:alsahil", "الساحل alsahil", []),
        ("في", "في المدينة", []),
        ("", "المدينة", []),
    ],
)
def test_words_of_the_query_light_up(query: str, text: str, expected: list[str]) -> None:
    assert lit(query, text) == expected


def test_a_query_s_language_need_not_be_known() -> None:
    assert lit("elections", "Les élections régionales", "fr") == ["élections"]
    assert lit("election", "The elections of Google", "en") == ["elections"]


def passages(query: str, text: str, **limits: int) -> tuple[Passage, ...]:
    return Highlighter(read_query(query)).passages(text, "ar", **limits)


FILL = "وقال المتحدث إن الأشغال تسير وفق الجدول المحدد لها. " * 20


def test_a_passage_surrounds_the_words_and_ends_between_words() -> None:
    (passage,) = passages("ميناء", f"{FILL}افتتح الميناء صباحا. {FILL}", most=1, length=80)
    assert [passage.text[span.start : span.end] for span in passage.spans] == ["الميناء"]
    assert (passage.cut_before, passage.cut_after) == (True, True)
    assert 80 <= len(passage.text) <= 120
    assert f" {passage.text} " in f"{FILL}افتتح الميناء صباحا. {FILL}"


def test_the_passage_with_more_of_the_words_comes_first() -> None:
    text = f"الميناء. {FILL}الميناء القديم أمام السفن. {FILL}السفن. {FILL}"
    (passage,) = passages("ميناء سفن", text, most=1, length=80)
    assert "القديم" in passage.text
    assert len(passages("ميناء سفن", text, most=3, length=80)) == 3


def test_without_words_the_beginning_is_shown() -> None:
    (passage,) = passages("قطار", FILL, length=60)
    assert FILL.startswith(passage.text)
    assert passage.spans == ()
    assert (passage.cut_before, passage.cut_after) == (False, True)
    assert passages("قطار", "") == (Passage("", (), cut_before=False, cut_after=False),)


def test_neighbouring_passages_are_one() -> None:
    assert len(passages("ميناء سفن", "الميناء أمام السفن", most=3, length=12)) == 1


@given(st.text(ALPHABET, max_size=300), st.text(ALPHABET, min_size=1, max_size=30), st.integers(10, 80))
def test_what_is_lit_analyses_to_what_was_asked(text: str, asked: str, length: int) -> None:
    query = read_query(asked.replace("-", " "))
    wanted = {term for language in ("ar", "fr", "en", "es", None) for term in terms(asked, language)}
    whole = Highlighter(query).spans(text, "ar")
    for span in whole:
        found = terms(text[span.start : span.end], "ar")
        assert found
        assert set(found) <= wanted
    for passage in Highlighter(query).passages(text, "ar", length=length):
        assert passage.text in text
        assert all(0 <= span.start < span.end <= len(passage.text) for span in passage.spans)
