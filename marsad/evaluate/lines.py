"""Reading measuring data: JSON Lines and folders, gzipped or not."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marsad.errors import SettingsError


def found(folder: Path, name: str) -> Path:
    """The file `name` of `folder`, or its gzipped form."""
    for path in (folder / name, folder / f"{name}.gz"):
        if path.exists():
            return path
    raise SettingsError("no such measuring data", str(folder / name))


def text_lines(path: Path) -> Iterator[str]:
    """The lines of a text file, gzipped where its name says so; SettingsError where it cannot be read."""
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8") as file
        ):
            yield from file
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise SettingsError("measuring data that cannot be read", str(path), error) from error


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file; a line that is none is a SettingsError with its number."""
    for number, line in enumerate(text_lines(path), 1):
        if not line.strip():
            continue
        try:
            read = json.loads(line)
        except ValueError as error:
            raise SettingsError("not JSON", f"{path} line {number}", error) from error
        if not isinstance(read, dict):
            raise SettingsError("not a JSON object", f"{path} line {number}")
        yield read
