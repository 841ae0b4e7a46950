"""The list of newspapers, as an operator types it, and what the log tells of that."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from marsad.cli.main import app
from marsad.errors import SettingsError
from marsad.oversight import Act
from marsad.store import deeds
from tests.press.world import archive

LIST = """
[[source]]
name = "النخلة"
home = "https://nakhla.example/"
languages = ["ar"]

[[source]]
name = "Echo"
home = "https://echo.example/"
languages = ["fr"]
"""


def test_the_log_tells_what_commands_do_to_the_list_and_nothing_twice(tmp_path: Path) -> None:
    def typed(*words: str) -> None:
        done = CliRunner().invoke(app, ["sources", *words, "--data", str(tmp_path)])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception

    listed = tmp_path / "list.toml"
    listed.write_text(LIST, encoding="utf-8")
    typed("import", str(listed))
    listed.write_text(LIST.replace("Echo", "Echo du soir"), encoding="utf-8")
    for words in (["import", str(listed)], ["pause", "nakhla"], ["resume", "nakhla"], ["remove", "nakhla"]):
        typed(*words)
        typed(*words)
        if words[0] != "import":
            with pytest.raises(SettingsError, match="no source of that slug: nobody"):
                typed(words[0], "nobody")
    typed("import", str(listed))
    with archive(tmp_path) as marsad, marsad.store.reading() as connection:
        told = deeds.latest(connection, 99)[::-1]
    assert [(each.act, each.thing) for each in told] == [
        (Act.ADDED, "echo"),
        (Act.ADDED, "nakhla"),
        (Act.LISTED, "echo"),
        (Act.PAUSED, "nakhla"),
        (Act.RESUMED, "nakhla"),
        (Act.REMOVED, "nakhla"),
        (Act.ADDED, "nakhla"),
    ]
    assert {each.by for each in told} == {""}
    assert told[2].detail == {"name": "Echo du soir"}
