"""What is learnt from pairs that people judged."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("sklearn")

from marsad.evaluate import train_stories  # sklearn may be missing
from marsad.evaluate.train_stories import Weights, learnt, learnt_of_headlines, main, ruled
from marsad.stories.alike import LIKENESSES, RULING
from tests.stories.world import word

Example = tuple[NDArray[np.float32], NDArray[np.bool_]]


def test_what_tells_pairs_apart_gets_the_weight() -> None:
    rng = np.random.default_rng(1)
    values = rng.uniform(size=(400, 6)).astype(np.float32)
    said = values[:, 2] > 0.5
    weights = learnt([(values, said)])
    assert weights.each.argmax() == 2
    assert ((weights.odds(values) > 0) == said).mean() > 0.9


def test_without_a_file_it_says_what_it_wants(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err


def test_a_file_counts_the_same_however_many_pairs_it_has() -> None:
    rng = np.random.default_rng(2)
    values = rng.uniform(size=(400, 6)).astype(np.float32)
    by_first, by_second = (values, values[:, 0] > 0.5), (values, values[:, 1] > 0.5)
    once = learnt([by_first, by_second]).each
    often = learnt([by_first, (np.tile(values, (20, 1)), np.tile(by_second[1], 20))]).each
    assert once[0] > once[1]
    assert often[0] > often[1]


def test_of_headlines_days_speak_louder_and_a_day_apart_as_before() -> None:
    rng = np.random.default_rng(3)
    values = rng.uniform(size=(400, len(LIKENESSES))).astype(np.float32)
    values[:, [LIKENESSES.index(name) for name in RULING]] = 0
    part = values, values[:, 0] > 0.5
    by_texts, by_headlines = ruled(learnt([part])), learnt_of_headlines([part])
    days = np.arange(3) * (by_headlines.each - by_texts.each)[LIKENESSES.index("days_apart")]
    assert (by_headlines.start - by_texts.start + days).tolist() == pytest.approx([0.4, 0, -0.4])


def test_what_rules_one_event_out_is_given_and_not_learnt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(train_stories, "embedded", lambda rows: None)
    seen: list[NDArray[np.float32]] = []
    fitted = train_stories.learnt

    def looked_at(parts: Sequence[Example]) -> Weights:
        seen.extend(values for values, _ in parts)
        return fitted(parts)

    monkeypatch.setattr(train_stories, "learnt", looked_at)
    rows = [
        row | {"title": f"رأي: {row['title']}"} if n % 5 == 0 else row
        for n, row in enumerate(_judged_rows(3))
    ]
    path = tmp_path / "opinions.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    assert main([str(path)]) == 0
    weights = json.loads(capsys.readouterr().out)["texts"]["weights"]
    for name in RULING:
        assert weights[name] == -30
        assert not any(values[:, LIKENESSES.index(name)].any() for values in seen)


def test_each_file_is_measured_by_weights_that_were_learnt_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(train_stories, "embedded", lambda rows: None)
    taught: list[int] = []
    fitted = train_stories.learnt

    def counted(parts: Sequence[Example]) -> Weights:
        taught.append(len(parts))
        return fitted(parts)

    monkeypatch.setattr(train_stories, "learnt", counted)
    paths = [tmp_path / "first.jsonl", tmp_path / "second.jsonl"]
    for seed, path in enumerate(paths):
        path.write_text("\n".join(json.dumps(row) for row in _judged_rows(seed)), "utf-8")
    assert main([str(path) for path in paths]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"texts", "headlines"}
    assert set(found["texts"]["weights"]) == {"start", *LIKENESSES}
    assert set(found["texts"]["files"]) == {"first.jsonl", "second.jsonl"}
    assert set(found["texts"]["days"]) == {"2018-03-20", "2018-03-21"}
    # Of each model: of both files, without either file, without either day of the first.
    assert taught == [2, 1, 1, 2, 2] * 2


def _judged_rows(seed: int) -> list[dict[str, str]]:
    """Six stories of four tellings, with half of their words in common with all others."""
    return [
        {
            "id": f"{seed}-{n}",
            "source": f"paper{n % 3}",
            "language": "ar",
            "title": " ".join([*_words(seed, n // 4, 3), *_words(seed, 99, 3)]),
            "text": " ".join([*_words(seed, n // 4, 15 + n % 4), *_words(seed, 99, 15 + n % 4)]),
            "published": f"2018-03-2{n % 2}T0{n % 4}:00:00",
            "story": str(n // 4),
        }
        for n in range(24)
    ]


def _words(seed: int, event: int, count: int) -> list[str]:
    return [word(100_000 * seed + 100 * event + n) for n in range(count)]
