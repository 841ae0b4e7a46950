"""A small archive with somebody of each role."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from marsad.app import Marsad
from marsad.model import Image
from marsad.oversight import Role
from marsad.pipeline.keeping import Arrival
from marsad.store import users
from tests.press.world import archive
from tests.samples import NOW, SOURCE, article
from tests.web.desk.signed_in import PASSWORD, PICTURE


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with users; each test has a copy, for passwords are slow to make."""
    folder = tmp_path_factory.mktemp("filled") / "archive"
    with archive(folder) as opened:
        opened.add_sources([SOURCE])
        opened.keeper.keep([Arrival(article(images=(Image(PICTURE, "صورة"),)))])
        opened.keeper.keep([Arrival(article(address="https://nakhla.example/2", title="خبر آخر"))])
        with opened.store.writing() as connection:
            for role in Role:
                users.add(connection, role.value, PASSWORD, role, NOW)
    return folder


@pytest.fixture
def marsad(filled: Path, tmp_path: Path) -> Iterator[Marsad]:
    shutil.copytree(filled, tmp_path / "archive")
    with archive(tmp_path / "archive") as opened:
        yield opened
