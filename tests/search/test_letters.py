"""What is seen of a query in the texts of candidates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.search.letters import BLOCK, READ, Look, Looker

FILL = "كلام آخر لا صلة له بالموضوع. " * 40


def look(text: str, *words: str) -> Look:
    return Looker(dict.fromkeys(words, 1.0)).look([text])[0]


def test_a_word_in_another_form_counts_in_part() -> None:
    whole = [look(text, "فيضان").whole for text in ("قطع فيضان الطريق", "قطعت الفيضانات الطريق", "هدأ البحر")]
    assert whole[0] == pytest.approx(1)
    assert 0.3 < whole[1] < 1
    assert whole[2] == 0


def test_letters_are_compared_folded() -> None:
    assert look("إِلى الأَمَــام", "امام").whole > 0.5
    assert look("Un ÉLÈVE à l’œuvre", "eleve", "oeuvre").whole == pytest.approx(1)
    assert look("سنة ١٩٩٨", "1998").whole == pytest.approx(1)


def test_a_rare_word_counts_for_more_than_a_frequent_one() -> None:
    looker = Looker({"زلزال": 8.0, "مدينة": 1.0})
    rare, frequent = looker.look(["زلزال قوي", "مدينة كبيرة"])
    assert rare.whole > 3 * frequent.whole


def test_the_opening_is_where_a_text_begins() -> None:
    assert look(f"زلزال في الحوز {FILL}", "زلزال").opening == pytest.approx(1)
    assert look(f"{FILL} زلزال في الحوز", "زلزال").opening == 0


def test_words_side_by_side_make_a_better_passage_than_words_apart() -> None:
    together = look(f"{FILL} زلزال في الحوز {FILL}", "زلزال", "الحوز")
    apart = look(f"زلزال {FILL} الحوز", "زلزال", "الحوز")
    assert together.passage == pytest.approx(1)
    assert apart.passage == pytest.approx(0.5, abs=0.1)
    assert together.whole == pytest.approx(apart.whole)


def test_what_stands_across_two_blocks_is_seen() -> None:
    assert look("ا " * (BLOCK // 2 - 2) + "زلزال", "زلزال").passage == pytest.approx(1)


def test_names_are_heard_across_scripts_and_the_rare_one_says_more() -> None:
    looker = Looker({"غاغارين": 5.0, "موسكو": 5.0})
    texts = ["Yuri Gagarin left Moscow.", "The Kremlin is in Moscow.", "Moscow again.", "The sea was calm."]
    both, one, other, none = (look.names for look in looker.look(texts))
    assert both > 2 * one > 0
    assert one == other
    assert none == 0


def test_sounds_count_for_nothing_among_texts_in_the_script_of_the_query() -> None:
    assert look(f"قال Gagarin {FILL}", "غاغارين").names == 0


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    assert look("ا" * READ + " زلزال", "زلزال").whole == 0


@given(st.dictionaries(st.text(max_size=12), st.floats(0, 12), max_size=6), st.lists(st.text(), max_size=4))
def test_any_words_and_texts_give_shares(words: dict[str, float], texts: list[str]) -> None:
    for seen in Looker(words).look(texts):
        assert all(-1e-9 <= share <= 1 + 1e-9 for share in (seen.whole, seen.opening, seen.passage))
        assert seen.names >= 0


def test_texts_looked_at_together_are_seen_as_if_alone() -> None:
    texts = ["زلزال في  الحوز", "", "\uffff زلزال \u3000 قوي\uffff", f"{FILL} œuvre à Al Hoceïma", "ـَ"]
    looker = Looker({"زلزال": 8.0, "قوي": 3.0, "oeuvre": 2.0})
    assert [each._replace(names=0) for each in looker.look(texts)] == [
        looker.look([text])[0]._replace(names=0) for text in texts
    ]
    assert looker.look([]) == []
