"""Users, as an operator types them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from marsad.cli.main import app
from marsad.errors import SettingsError
from marsad.oversight import Act
from marsad.store import deeds
from tests.press.world import archive


def test_users_come_and_go(tmp_path: Path) -> None:
    def typed(*words: str, given: str = "") -> str:
        done = CliRunner().invoke(app, ["users", *words, "--data", str(tmp_path)], input=given)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.output

    assert "salma can sign in as operator" in typed(
        "add", "salma", "--role", "operator", given="a long password\n"
    )
    assert "operator" in typed("list")
    assert "another" in typed("password", "salma", given="another password\n")
    token = typed("token", "salma").strip()
    assert len(token) == 32
    assert "no longer" in typed("remove", "salma")
    assert "salma" not in typed("list")
    for words in (["remove", "salma"], ["token", "salma"]):
        with pytest.raises(SettingsError, match="no user of that name: salma"):
            typed(*words)
    with archive(tmp_path) as marsad, marsad.store.reading() as connection:
        told = deeds.latest(connection, 9)
    assert [each.act for each in told] == [Act.LET_OUT, Act.TOKEN, Act.PASSWORD, Act.LET_IN]
    assert {(each.thing, each.by) for each in told} == {("salma", "")}
    assert [each.detail for each in told] == [{}, {}, {}, {"role": "operator"}], "no secrets"
