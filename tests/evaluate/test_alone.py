"""What a measuring process prints is read back row by row, and a failure is one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from marsad.evaluate.alone import peak_memory, rows_of, tell

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


@pytest.mark.skipif(sys.platform != "linux", reason="no system's account of it")
def test_the_highest_memory_is_not_that_of_who_started_the_process() -> None:
    large = bytearray(b"x") * (256 * 2**20)
    assert peak_memory() > 256
    told = "from marsad.evaluate.alone import peak_memory; print(peak_memory())"
    own = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True).stdout
    assert 0 < int(own) < 100
    assert large[-1:] == b"x"
