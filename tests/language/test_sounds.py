"""Names that sound alike across scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.language.sounds import LEAST, Remembered, heard, names_in, sounds


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("تسلا", "Tesla"),
        ("بيونسيه", "Beyoncé"),
        ("كوري", "Curie"),
        ("غاغارين", "Gagarine"),
        ("زيدان", "Zidane"),
        ("دنلوب", "Dunlop"),
        ("فلوري", "Florey"),
        ("تشرشل", "Churchill"),
        ("شاكيرا", "Shakira"),
        ("الدالاي", "Dalai"),
        ("والفاتيكان", "Vatican"),
        ("لباريس", "Paris"),
        ("لوكسمبورغ", "Luxembourg"),
    ],
)
def test_a_name_is_heard_in_both_scripts(arabic: str, latin: str) -> None:
    assert sounds(latin) in heard(arabic)


@pytest.mark.parametrize(("arabic", "latin"), [("تسلا", "Tolstoy"), ("كوري", "Korean"), ("زيدان", "Zadar")])
def test_other_names_are_not(arabic: str, latin: str) -> None:
    assert sounds(latin) not in heard(arabic)


def test_what_has_hardly_a_consonant_is_not_heard() -> None:
    assert heard("آيو") == heard("هوى") == frozenset()
    assert heard("Tesla") == frozenset()


def test_only_capitalised_words_are_names() -> None:
    known = Remembered()
    assert names_in("The tesla coil of Nikola Tesla, in Zürich", known) == {
        sounds(word) for word in ("The", "Nikola", "Tesla", "Zürich")
    }


@given(st.text(max_size=30))
def test_any_word_gives_classes_of_consonants(word: str) -> None:
    assert all(len(each) >= LEAST for each in heard(word))
    assert sounds(word) == sounds(word.upper()) or not word.isascii()
