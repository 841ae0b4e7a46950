"""Copies are measured as a stream, on given gold or on reuse made from articles."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from marsad.errors import SettingsError
from marsad.evaluate import reuse
from marsad.evaluate.near_copies import evaluate, growth
from marsad.evaluate.near_copies import main as near_copies
from marsad.evaluate.reuse import with_reuse


def text(seed: int, sentences: int = 12) -> str:
    draw = random.Random(seed)
    return " ".join(
        " ".join(f"كلمة{draw.randrange(3000)}" for _ in range(draw.randrange(14, 24))) + "."
        for _ in range(sentences)
    )


TEXTS = [text(seed) for seed in range(400)]


def _file(tmp_path: Path, *rows: dict[str, Any]) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def test_right_wrong_and_missed_copies_are_told_apart(tmp_path: Path) -> None:
    found = evaluate(
        _file(
            tmp_path,
            {"id": 1, "text": text(1), "copy_of": None},
            {"id": 2, "text": text(2), "copy_of": None},
            {"id": "a", "text": text(1), "copy_of": 1},
            {"id": "b", "text": text(2), "copy_of": 1},
            {"id": "c", "text": text(3), "copy_of": 2},
        )
    )
    assert (found["articles"], found["copies"]) == (5, 3)
    assert (found["precision"], found["recall"]) == (0.5, 0.3333)


def test_a_small_reuse_need_not_be_found_and_may_be(tmp_path: Path) -> None:
    half = " ".join(text(1).split()[:80] + text(5).split()[:75])
    found = evaluate(
        _file(
            tmp_path,
            {"id": "1", "text": text(1), "copy_of": None},
            {"id": "2", "text": half, "copy_of": "1", "reuse": 0.5},
            {"id": "3", "text": text(1), "copy_of": "1", "reuse": 1.0},
        )
    )
    assert (found["copies"], found["precision"], found["recall"]) == (1, 1.0, 1.0)


def test_reuse_that_is_made_from_articles_is_found(tmp_path: Path) -> None:
    path = _file(tmp_path, *({"id": n, "text": words} for n, words in enumerate(TEXTS)))
    found = evaluate(path)
    assert found["copies"] > 40
    assert found["precision"] >= 0.97
    assert found["recall"] >= 0.97


def test_made_reuse_says_what_was_taken_of_what_came_before() -> None:
    rows = list(with_reuse([*TEXTS, *TEXTS[:50]]))
    places = {row["id"]: place for place, row in enumerate(rows)}
    made = [row for row in rows if "kind" in row]
    assert {row["kind"] for row in made} == {kind for kind, _ in reuse.KINDS}
    assert all((row["copy_of"] is None) == (row["kind"] == "quoted") for row in made)
    assert all(places[row["copy_of"]] < places[row["id"]] for row in made if row["copy_of"])
    assert all(0 <= row["reuse"] <= 1 for row in made)
    # The fifty that stood twice stand once, and the same texts give the same reuse.
    assert len({row["text"] for row in rows}) == len(rows)
    assert rows == list(with_reuse([*TEXTS, *TEXTS[:50]]))


def test_made_reuse_is_written_as_it_is_measured(tmp_path: Path) -> None:
    articles = _file(tmp_path, *({"id": n, "text": words} for n, words in enumerate(TEXTS)))
    out = tmp_path / "reuse.jsonl"
    assert reuse.main([str(articles), str(out)]) == 0
    again, first = evaluate(out), evaluate(articles)
    assert [again[name] for name in ("articles", "copies", "f1")] == [
        first[name] for name in ("articles", "copies", "f1")
    ]


def test_the_cost_of_an_article_is_measured_at_both_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in (("SMALL", 20), ("LARGE", 60), ("TIMED", 5)):
        monkeypatch.setattr(f"marsad.evaluate.near_copies.{name}", size)
    found = growth(TEXTS)
    assert found["microseconds_small"] > 0
    assert found["growth"] == pytest.approx(
        found["microseconds_large"] / found["microseconds_small"], rel=0.1
    )


@pytest.mark.parametrize("line", ['{"id": 1}', '{"id": 1, "text": null}', '{"text": "…"}', ""])
def test_what_cannot_be_measured_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"articles\.jsonl"):
        evaluate(path)


def test_without_their_files_the_commands_say_how_they_are_called(capsys: pytest.CaptureFixture[str]) -> None:
    assert (reuse.main([]), near_copies([])) == (2, 2)
    assert capsys.readouterr().err.count("usage: python -m marsad.evaluate.") == 2
