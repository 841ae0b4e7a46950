"""Why an article is in its story, as somebody asks at the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from marsad.cli.main import app
from marsad.errors import MarsadError
from marsad.pipeline.keeping import Arrival
from tests.press.world import archive
from tests.samples import SOURCE, article


def explained(folder: Path, asked: str) -> str:
    done = CliRunner().invoke(app, ["stories", "explain", "--data", str(folder), "--", asked])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive")
    with archive(path) as marsad:
        marsad.add_sources([SOURCE])
        marsad.keeper.keep([Arrival(article())])
    return path


@pytest.mark.parametrize("asked", ["1", "/nakhla/1", "https://marsad.example/ar/nakhla/1/"])
def test_an_article_is_asked_for_by_number_or_address(folder: Path, asked: str) -> None:
    assert "Article 1 is in story 1." in explained(folder, asked)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("99", "no such article: 99"),
        ("9" * 30, "no such article: 9"),
        ("-3", "neither the number nor the address of an article: -3"),
        ("/nakhla/", "neither the number nor the address"),
        ("١", "neither the number nor the address"),
    ],
)
def test_what_is_no_article_is_told(folder: Path, asked: str, message: str) -> None:
    with pytest.raises(MarsadError, match=message):
        explained(folder, asked)
