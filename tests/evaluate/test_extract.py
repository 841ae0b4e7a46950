"""How articles out of pages are measured, ours and others'."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from marsad.evaluate.extract import compared, evaluate, read_gold
from marsad.evaluate.extract_peers import measured
from tests.extract.pages import PARAGRAPHS, document

TEXT = "\n".join(PARAGRAPHS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.html").write_text(document("<title>A bridge opens</title>"), encoding="utf-8")
    gold = {
        "file": "a.html",
        "url": "https://newspaper.example/a",
        "language": "en",
        "title": "",
        "text": TEXT,
        "published": "",
    }
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold) + "\n", encoding="utf-8")
    return tmp_path


def test_both_figures_are_told(folder: Path) -> None:
    figures = evaluate(folder)
    assert (figures["pages"], figures["f1"]) == (1, 1.0)
    assert set(figures["cross_validated"]) == {"pages", "precision", "recall", "f1"}


def test_a_peer_is_judged_by_what_it_answers(folder: Path) -> None:
    golds = read_gold(folder)
    assert measured(lambda html, address: TEXT, golds)["f1"] == 1.0
    half = measured(lambda html, address: PARAGRAPHS[0], golds)
    assert half["precision"] == 1.0
    assert half["recall"] < 0.9


def test_a_peer_that_fails_has_read_nothing(folder: Path) -> None:
    def fails(html: str, address: str) -> str:
        raise ValueError(address)

    assert measured(fails, read_gold(folder))["f1"] == 0.0


def test_texts_are_compared_by_runs_of_four_words() -> None:
    assert compared("one two three four five", "one two three four six") == (0.5, 0.5, 0.5)
    assert compared("", "") == (1.0, 1.0, 1.0)
