"""The docs say what the code does."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from marsad.cli.evaluation import Task
from marsad.cli.main import app
from marsad.outcome import Outcome
from marsad.settings import table

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_every_setting_stands_in_its_table_as_it_is() -> None:
    rows = [f"| `{name}` | `{default}` | {meaning} |" for name, default, meaning in table()]
    written = [line for line in page("configuration.md").splitlines() if line.startswith("| `")]
    assert written == rows


def test_every_command_is_in_the_docs() -> None:
    everything = "".join(
        path.read_text(encoding="utf-8") for path in (*DOCS.glob("*.md"), ROOT / "README.md")
    )
    commands = get_command(app).commands  # type: ignore[attr-defined]  # a group has them
    names = [name for name in commands if not hasattr(commands[name], "commands")]
    names += [
        f"{group} {name}"
        for group in commands
        if hasattr(commands[group], "commands")
        for name in commands[group].commands
    ]
    missing = [name for name in names if f"marsad {name}" not in everything]
    assert missing == []


def test_every_field_of_a_query_is_explained() -> None:
    fields = tomllib.loads((ROOT / "marsad/search/operators.toml").read_text(encoding="utf-8"))["fields"]
    assert [field for field in fields if f"| `{field}:" not in page("search.md")] == []


def test_every_measurement_is_explained() -> None:
    for task in Task:
        assert f"| `{task.value}` |" in page("measuring.md")


def test_every_outcome_is_explained() -> None:
    for outcome in Outcome:
        assert f"`{outcome.value}`" in page("start.md")


def test_every_link_in_the_docs_leads_somewhere() -> None:
    for path in (*ROOT.glob("*.md"), *DOCS.rglob("*.md")):
        for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / link).exists(), f"{path.name}: {link}"


def test_starting_loads_no_engine() -> None:
    code = "import marsad, sys; print([m for m in ('tantivy', 'sqlalchemy', 'trafilatura', 'numpy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX"])
def test_nothing_is_left_open(word: str) -> None:
    left = [path.name for path in (ROOT / "marsad").rglob("*.py") if word in path.read_text(encoding="utf-8")]
    assert left == []
