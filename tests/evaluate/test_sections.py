"""Sections are measured over the gold's own, and never on what the model was trained on."""

from __future__ import annotations

import json
from pathlib import Path

from marsad.evaluate.sections import evaluate

SPORT = "فاز الفريق بهدفين في مباراة كرة القدم ضمن الدوري، وسجل اللاعب هدف الفوز في ملعب المدينة بعد تعادل الشوط الأول"


def _measured(tmp_path: Path, *rows: dict[str, str]) -> dict[str, object]:
    path = tmp_path / "sections.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return evaluate(path)


def test_a_right_and_a_wrong_answer(tmp_path: Path) -> None:
    row = {"title": "فوز في الدوري", "text": SPORT, "language": "ar"}
    found = _measured(tmp_path, row | {"section": "sports"}, row | {"section": "culture"})
    assert found["articles"] == 2
    assert found["accuracy"] == 0.5
    # Sports is found twice and right once: F1 2/3; culture never: 0.
    assert found["macro_f1"] == 0.3333
    assert found["cross_validated"] == 0


def test_what_is_left_unsorted_is_not_right(tmp_path: Path) -> None:
    found = _measured(tmp_path, {"title": "…", "text": "", "language": "ar", "section": "unsorted-by-hand"})
    assert (found["accuracy"], found["unsorted"]) == (0.0, 1)


def test_an_empty_file_has_no_accuracy(tmp_path: Path) -> None:
    assert _measured(tmp_path)["accuracy"] is None


def test_the_shipped_model_says_how_it_was_measured(tmp_path: Path) -> None:
    training = _measured(tmp_path)["training"]
    assert isinstance(training, dict)
    assert training["accuracy"] > 0.9
