"""Whole commands measured from outside."""

from __future__ import annotations

import json
import resource
from pathlib import Path

from marsad.evaluate.serving import importing


def test_an_import_is_counted_and_its_own_memory_told(tmp_path: Path) -> None:
    lines = tmp_path / "articles.jsonl"
    rows = [
        {
            "id": f"{n}",
            "source": "paper",
            "language": "ar",
            "url": f"https://paper.example/{n}",
            "title": f"خبر رقم {n}",
            "text": f"نص الخبر رقم {n}",
            "published": "2024-03-01T10:00:00+00:00",
        }
        for n in range(3)
    ]
    lines.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    told = importing(lines, tmp_path / "archive")
    after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    assert told["articles"] == 3
    assert told["articles_per_second"] > 0
    assert 0 < told["peak_memory_mb"] <= max(before, after) + 1
