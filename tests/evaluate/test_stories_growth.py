"""The cost of grouping is measured at each size, over articles that a small collection is grown to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from marsad.evaluate import stories_growth
from marsad.stories.wording import Wording, wording


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small collection, on a machine without a model of meaning."""
    monkeypatch.setattr(stories_growth, "embedder", lambda: None)
    folder = tmp_path / "collection"
    folder.mkdir()
    rows = [
        {"id": str(n), "title": f"خبر {n}", "text": f"تساقطت أمطار على المدينة {n}. فاض الوادي."}
        for n in range(3)
    ]
    folder.joinpath("documents.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    folder.joinpath("queries.jsonl").write_text(json.dumps({"id": "q", "text": "أمطار"}), "utf-8")
    folder.joinpath("qrels.tsv").write_text("q\t0\t1\n", "utf-8")
    return folder


def test_each_size_has_its_cost(folder: Path, tmp_path: Path) -> None:
    found = list(stories_growth.costs(folder, tmp_path, sizes=(50, 300), placed=200))
    assert [row[""] for row in found] == ["50 articles remembered", "300 articles remembered"]
    assert found[0]["cost_over_smallest"] == 1.0
    assert all(int(str(row["articles_per_second"])) > 0 for row in found)


def test_terms_and_fingerprints_are_part_of_the_cost(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]

    def slow(*_: str) -> Wording:
        now[0] += 1.0
        return wording(*_)

    monkeypatch.setattr(stories_growth, "wording", slow)
    monkeypatch.setattr("time.process_time", lambda: now[0])
    [row] = stories_growth.costs(folder, tmp_path, sizes=(50,), placed=200)
    assert row["articles_per_second"] == 1
