"""What every test may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from hypothesis import HealthCheck, settings

from marsad.store import users
from marsad.store.engine import Store
from tests.databases import prepare

# The same examples on every run, however slow the machine is.
settings.register_profile(
    "marsad", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("marsad")

#: Folders whose tests take longest, by which of them begins first.
LONGEST = {"press": 0, "browser": 1}
NOW = datetime(2024, 3, 5, 12, 0, tzinfo=UTC)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, else one process would be left with it when the others have ended."""
    items.sort(key=lambda item: LONGEST.get(item.path.parent.name, len(LONGEST)))


@pytest.fixture(scope="session", autouse=True)
def dear_hasher() -> Iterator[PasswordHasher]:
    """What digests passwords outside of tests; within them it is as cheap as can be."""
    dear = users._HASHER
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(users, "_HASHER", PasswordHasher.from_parameters(CHEAPEST))
        yield dear


@pytest.fixture
def now() -> datetime:
    """A moment that stands still."""
    return NOW


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A real archive, empty."""
    opened = Store(prepare(tmp_path / "archive"))
    yield opened
    opened.close()
