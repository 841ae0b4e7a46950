"""The list of newspapers that an operator hands in, whatever format it has."""

from __future__ import annotations

from pathlib import Path

from marsad.collect.described import Loaded
from marsad.collect.opml import read_opml
from marsad.collect.toml_sources import read_toml
from marsad.errors import SettingsError


def load_sources(path: Path) -> Loaded:
    """The sources in an OPML or TOML file; raises SettingsError where it cannot be read."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise SettingsError(
            "the list of newspapers cannot be read", str(path), error.strerror or error
        ) from error
    return read_toml(body, path.name) if path.suffix.lower() == ".toml" else read_opml(body, path.name)
