"""What changed between two states of a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from marsad.views.differences import Kind, differences

TEXT = st.lists(
    st.lists(st.sampled_from("نص خبر جديد un mot de plus 7".split()), min_size=1, max_size=8).map(" ".join),
    max_size=6,
).map("\n".join)


def told(before: str, after: str) -> list[list[tuple[str, str]]]:
    return [[(piece.kind.value, piece.text) for piece in line] for line in differences(before, after)]


def test_words_are_told_within_the_paragraph_that_changed() -> None:
    assert told("مقدمة\nثلاثة قتلى في الحادث", "مقدمة\nأربعة قتلى في الحادث") == [
        [("gone", "ثلاثة"), ("new", "أربعة"), ("same", "قتلى في الحادث")]
    ]


def test_a_paragraph_more_and_a_paragraph_less_are_told_whole() -> None:
    assert told("a b", "a b\nc d") == [[("new", "c d")]]
    assert told("a b\nc d", "a b") == [[("gone", "c d")]]


@given(TEXT)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert differences(text, text) == []


@given(TEXT, TEXT)
def test_both_states_can_be_read_in_what_is_told(before: str, after: str) -> None:
    """What is gone or the same stands in the old state, what is new or the same in the new one."""
    for line in differences(before, after):
        for kind, state in ((Kind.GONE, before), (Kind.NEW, after)):
            read = " ".join(piece.text for piece in line if piece.kind in {kind, Kind.SAME})
            assert not read or read in state.splitlines()


def test_a_text_that_means_harm_is_compared_only_so_far() -> None:
    before = "\n".join(f"ا {line} " + "ب ت " * 800 for line in range(300))
    after = "\n".join(f"ث {line} " + "ت ب " * 800 for line in range(300))
    assert {piece.kind for line in differences(before, after)[5:] for piece in line} == {Kind.GONE, Kind.NEW}
