"""What is said of the store holds in both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from marsad.store.engine import Store
from tests import databases


@pytest.fixture(scope="session")
def server() -> Iterator[Path | None]:
    with databases.server() as socket:
        yield socket


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A real archive, empty, in either database."""
    if request.param == "postgresql":
        address = databases.empty_database(request.getfixturevalue("server"))
        opened = Store(tmp_path / "archive", address)
    else:
        opened = Store(databases.prepare(tmp_path / "archive"))
    yield opened
    opened.close()
