"""What a measuring process prints is read back row by row, and a failure is one."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from marsad.evaluate.alone import rows_of, tell

ROWS = [{"": "first", "p50_ms": 1.5}, {"": "قديم", "queries": 3}]


def test_what_is_told_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tell(ROWS)
    told = tmp_path / "rows.jsonl"
    told.write_text(capsys.readouterr().out, encoding="utf-8")
    assert rows_of("json.tool", "--json-lines", "--no-indent", told) == ROWS


def test_a_process_that_fails_measures_nothing() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        rows_of("marsad.evaluate.serving")


def test_rows_are_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    tell(ROWS)
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == ROWS
