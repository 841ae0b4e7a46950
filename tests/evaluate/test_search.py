"""The measures of search, by hand and over a small collection of our own."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from marsad.errors import SettingsError
from marsad.evaluate.search import evaluate, judged
from marsad.language.embedder import available


def test_measures_of_one_ranking() -> None:
    gold = {"a": 2, "b": 1}
    measures = judged(["x", "b", "a"], gold)
    assert measures["mrr_at_10"] == 0.5
    assert measures["recall_at_10"] == 1.0
    # (1/log2(3) + 3/log2(4)) / (3/log2(2) + 1/log2(3))
    assert measures["ndcg_at_10"] == pytest.approx(2.1309 / 3.6309, abs=1e-4)


def test_what_comes_after_the_tenth_counts_for_the_hundred_only() -> None:
    measures = judged([*map(str, range(10)), "a"], {"a": 1})
    assert measures == {"ndcg_at_10": 0.0, "mrr_at_10": 0.0, "recall_at_10": 0.0, "recall_at_100": 1.0}


def write_collection(folder: Path, qrels: str) -> None:
    documents = [
        {"id": "ميناء", "title": "", "text": "افتتح الميناء الجديد أمام سفن الصيد", "language": "ar"},
        {"id": "ثلوج", "title": "", "text": "قطعت الثلوج الطريق الجبلية صباحا", "language": "ar"},
    ]
    with gzip.open(folder / "documents.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(document) + "\n" for document in documents)
    queries = [{"id": "1", "text": "متى فتح ميناء الصيد؟"}, {"id": "2", "text": "طرق مقطوعة بالثلج"}]
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)), encoding="utf-8")
    (folder / "qrels.tsv").write_text(qrels, encoding="utf-8")


def test_a_collection_is_searched_through_the_real_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_collection(tmp_path, "1\tميناء\t1\n2\tثلوج\t1\n")
    measures = evaluate(tmp_path)
    assert (measures["documents"], measures["queries"]) == (2, 2)
    assert measures["lexical"]["mrr_at_10"] == 1.0
    assert 0 < measures["lexical"]["p50_ms"] <= measures["lexical"]["p99_ms"]
    if available():
        assert measures["hybrid"]["mrr_at_10"] == measures["semantic"]["mrr_at_10"] == 1.0
        assert len(list((tmp_path / "bench-cache").iterdir())) == 1
        assert evaluate(tmp_path)["hybrid"]["mrr_at_10"] == 1.0


def test_data_that_does_not_fit_together_is_named(tmp_path: Path) -> None:
    write_collection(tmp_path, "9\tميناء\t1\n")
    with pytest.raises(SettingsError, match="queries that are not there"):
        evaluate(tmp_path)
    with pytest.raises(SettingsError, match=r"no such measuring data: .*documents\.jsonl"):
        evaluate(tmp_path / "elsewhere")
