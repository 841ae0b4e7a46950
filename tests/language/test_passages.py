"""Which parts of an article are embedded."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from marsad.language.passages import LATIN_REST, SHORTEST_REST, WINDOW, passages


def test_a_short_article_is_one_part_with_its_headline() -> None:
    assert passages("عنوان", "", "نص قصير") == ("عنوان\nنص قصير",)


def test_a_lead_stands_before_the_body_once() -> None:
    assert passages("t", "lead", "body") == ("t\nlead\nbody",)
    assert passages("t", "lead", "lead and body") == ("t\nlead and body",)


def test_a_long_article_has_a_second_part_that_goes_on() -> None:
    body = "".join(chr(0x4E00 + n) for n in range(3 * WINDOW))
    first, second = passages("t", "", body)
    assert first == "t\n" + body[:WINDOW]
    assert body[WINDOW : WINDOW + 100] in second


def test_a_short_rest_is_no_part() -> None:
    assert len(passages("t", "", "ا" * (WINDOW + SHORTEST_REST - 1))) == 1
    assert len(passages("t", "", "ا" * (WINDOW + SHORTEST_REST))) == 2


def test_the_second_part_has_more_letters_where_a_token_has_more() -> None:
    assert passages("", "", "é" * 2000) == ("é" * WINDOW, "é" * LATIN_REST)
    assert passages("", "", "ا" * 2000) == ("ا" * WINDOW, "ا" * WINDOW)


@given(st.text(), st.text(), st.text(max_size=3000))
def test_there_are_one_or_two_parts(title: str, lead: str, body: str) -> None:
    assert len(passages(title, lead, body)) in (1, 2)
