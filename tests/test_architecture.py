"""The floors of the house: who may import whom, typing imports included."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "marsad"

FLOOR_0 = {"model", "oversight", "errors", "outcome", "addresses", "precedence"}
STEPS = {"collect", "extract", "enrich", "stories", "watch", "archive", "moderation"}
EDGES = {"store", "search", "work"}
BELOW_PIPELINE = FLOOR_0 | {"language"} | STEPS | EDGES
MAY_IMPORT: dict[str, set[str]] = {
    "model": set(),
    "oversight": {"model"},
    "outcome": set(),
    "errors": {"outcome"},
    "addresses": {"model"},
    "precedence": set(),
    "language": FLOOR_0,
    **{name: FLOOR_0 | {"language"} for name in STEPS | EDGES},
    "pipeline": BELOW_PIPELINE,
    "evaluate": BELOW_PIPELINE - {"store"},
    "settings": BELOW_PIPELINE,
    "views": BELOW_PIPELINE | {"pipeline"},
    "app": BELOW_PIPELINE | {"pipeline", "settings"},
    "web": FLOOR_0 | {"app", "views", "settings", "search"},
    "cli": BELOW_PIPELINE | {"pipeline", "settings", "app", "views", "evaluate", "web", "demo"},
    "demo": {"model"},
    "__init__": set(),
    "__main__": {"cli"},
}


def imports_of(path: Path) -> Iterator[str]:
    """The top package of ours behind each import in `path`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            deeper = node.module == "marsad"
            names = [f"marsad.{alias.name}" for alias in node.names] if deeper else [node.module]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "marsad" and len(parts) > 1:
                yield parts[1]


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_each_file_imports_only_what_stands_below_it(path: Path) -> None:
    part = path.relative_to(ROOT).parts[0].removesuffix(".py")
    assert part in MAY_IMPORT, f"{part} has no floor"
    wrong = {name for name in imports_of(path) if name != part} - MAY_IMPORT[part]
    assert not wrong, f"{path.relative_to(ROOT)} may not import {sorted(wrong)}"
