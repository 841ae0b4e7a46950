"""Misspelt words, against a small archive of known ones."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.search.spelling import LONGEST, corrected, retyped

KNOWN = {
    "الحكومه": 90,
    "مظاهرات": 40,
    "المغرب": 300,
    "الجديده": 50,
    "election": 20,
    "نادر": 2,
    "قلم": 30,
    "علم": 100,
}


def frequencies(words: Sequence[str]) -> list[int]:
    return [KNOWN.get(word, 0) for word in words]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("الحوكمة", "الحكومه"),
        ("المغرف", "المغرب"),
        ("مظاهارت", "مظاهرات"),
        ("المغررب", "المغرب"),
        ("المغرب", None),
        ("الحكومةالجديدة", "الحكومه الجديده"),
        ("hglyvf", "المغرب"),
        ("hgY", None),
        ("Élecsion", "election"),
        ("2024", None),
        ("xq", None),
        ("زقزقة", None),
    ],
)
def test_what_was_meant(written: str, meant: str | None) -> None:
    assert corrected(written, frequencies) == meant


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ("hg[]d]m", "الجديده"),
        ("hgp;,lm", "الحكومه"),
        ("l/hihvj", "مظاهرات"),
        ("w,lf", None),
        ("a.b", None),
        ("l'eau", None),
        ("", None),
    ],
)
def test_arabic_letters_on_keys_of_punctuation(keys: str, meant: str | None) -> None:
    assert retyped(keys, frequencies) == meant


def test_the_likelier_slip_wins_over_the_more_frequent_word() -> None:
    assert corrected("كلم", frequencies) == "قلم"


def test_a_word_that_stands_in_the_archive_is_meant() -> None:
    assert corrected("نادر", lambda words: [3 if word == "نادر" else 0 for word in words]) is None


@given(st.text(max_size=3 * LONGEST))
def test_whatever_is_written_the_answer_is_known(word: str) -> None:
    found = corrected(word, frequencies)
    assert found is None or all(part in KNOWN for part in found.split())
