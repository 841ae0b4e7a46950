"""``marsad eval TASK PATH``: one JSON object on the last line of standard output."""

from __future__ import annotations

import json
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from marsad.errors import SettingsError


class Task(StrEnum):
    """What can be measured; each is a module of `marsad.evaluate`."""

    SEARCH = "search"
    FEEDS = "feeds"
    EXTRACT = "extract"
    DATES = "dates"
    STORIES = "stories"
    SECTIONS = "sections"
    NEAR_COPIES = "near-copies"
    PLACES = "places"


def evaluate(
    task: Annotated[Task, typer.Argument(help="What to measure.")],
    path: Annotated[Path, typer.Argument(help="File or folder with the gold answers.")],
) -> None:
    """Measure one step against gold answers, in the formats that docs/measuring.md describes."""
    if not path.exists():
        raise SettingsError("there is nothing to measure on", str(path))
    module = import_module(f"marsad.evaluate.{task.value.replace('-', '_')}")
    typer.echo(json.dumps(module.evaluate(path), ensure_ascii=False))
