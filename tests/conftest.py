"""What every test may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from marsad.store.engine import Store

# The same examples on every run, however slow the machine is.
settings.register_profile(
    "marsad", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("marsad")

NOW = datetime(2024, 3, 5, 12, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    """A moment that stands still."""
    return NOW


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A real archive, empty."""
    opened = Store(tmp_path / "archive")
    yield opened
    opened.close()
