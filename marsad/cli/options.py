"""Options that many commands share, and how they become settings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from marsad.settings import Settings, load

Data = Annotated[
    Path | None,
    typer.Option("--data", help="Folder that everything is kept in.", show_default="./marsad-data"),
]


def settings(data: Path | None, **groups: dict[str, Any]) -> Settings:
    """The settings, with what was typed before all else; what was not typed (None) is left out."""
    typed = {
        group: {name: value for name, value in values.items() if value is not None}
        for group, values in groups.items()
    }
    given: dict[str, Any] = {group: values for group, values in typed.items() if values}
    if data is not None:
        given["data"] = data
    return load(**given)
