"""What every embedder promises, tried on each implementation that this machine has."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from marsad.language import embedder as embedding
from marsad.language.e5 import MOST_LETTERS, E5Small
from marsad.language.embedder import Embedder

IMPLEMENTATIONS = [
    pytest.param(
        E5Small,
        id="multilingual-e5-small",
        marks=pytest.mark.skipif(not embedding.available(), reason="no model runs on this machine"),
    )
]

RAIN = "أمطار غزيرة وسيول في شمال المغرب، والسلطات تدعو إلى الحذر"
RAIN_IN_FRENCH = "Fortes pluies et inondations dans le nord du Maroc, les autorités appellent à la prudence"
MATCH = "فاز المنتخب في المباراة النهائية بهدفين دون رد"


@pytest.fixture(scope="module", params=IMPLEMENTATIONS)
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return request.param()  # type: ignore[no-any-return]


def test_rows_have_length_one(embedder: Embedder) -> None:
    for rows in (embedder.passages([RAIN, MATCH, ""]), embedder.queries([RAIN, "", "؟"])):
        assert rows.shape == (3, embedder.dimensions)
        assert rows.dtype == np.float32
        assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-4)


def test_nothing_gives_no_row(embedder: Embedder) -> None:
    assert embedder.passages([]).shape == embedder.queries([]).shape == (0, embedder.dimensions)


def test_a_question_is_nearest_to_its_answer_in_any_language(embedder: Embedder) -> None:
    answers = embedder.passages([MATCH, RAIN, RAIN_IN_FRENCH])
    for question in ("فيضانات المغرب", "inondations au Maroc", "floods in Morocco"):
        assert set(np.argsort(-(answers @ embedder.queries([question])[0]))[:2]) == {1, 2}, question


def test_a_text_means_the_same_alone_and_among_others(embedder: Embedder) -> None:
    many = [MATCH, RAIN * 3, "قصير", RAIN_IN_FRENCH, *(f"خبر رقم {n}" for n in range(9)), RAIN]
    together = embedder.passages(many)
    for place in (0, 3, len(many) - 1):
        assert together[place] @ embedder.passages([many[place]])[0] > 0.995


@pytest.mark.parametrize("hostile", ["a\0b", "\ud800", "\u202e\u200b", "ا" * 2_000_000, "😀" * 100_000])
def test_no_text_is_refused_or_takes_long(embedder: Embedder, hostile: str) -> None:
    for row in (embedder.passages([hostile])[0], embedder.queries([hostile])[0]):
        assert np.isfinite(row).all()


def test_only_the_beginning_counts(embedder: Embedder) -> None:
    begun = (RAIN * 100)[:MOST_LETTERS]
    same, other = embedder.passages([begun, begun + MATCH * 50])
    assert same @ other > 0.999


def test_many_threads_get_what_one_gets(embedder: Embedder) -> None:
    texts = [f"{RAIN} {n}" for n in range(8)]
    expected = [embedder.passages([text])[0] for text in texts]
    with ThreadPoolExecutor(4) as pool:
        for row, known in zip(
            pool.map(lambda text: embedder.passages([text])[0], texts), expected, strict=True
        ):
            assert row @ known > 0.9999


def test_a_machine_without_the_wheel_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marsad.language.e5.model.find_spec", lambda _: None)
    assert not embedding.available()
    assert embedding.embedder() is None
