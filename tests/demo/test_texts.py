"""Reading the texts of the sample press, and what is said of those that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from marsad.demo.texts import PressError, paragraphs_of, read_events
from marsad.model import Section

EVENT = """
event = "rain"
section = "weather"
country = "MA"
places = ["تطوان"]

[[article]]
id = "rain-1"
newspaper = "nasim-arz"
language = "ar"
age_hours = 3.5
title = "مطر"
lead = "موجز"
text = \"\"\"
فقرة أولى
في سطرين.

فقرة ثانية.
\"\"\"
author = ""
image = ""
"""


def test_an_event_is_read_into_its_texts(tmp_path: Path) -> None:
    (tmp_path / "rain.toml").write_text(EVENT, encoding="utf-8")
    (text,) = read_events(tmp_path)
    assert (text.id, text.event, text.section, text.country) == ("rain-1", "rain", Section.WEATHER, "MA")
    assert text.paragraphs == ("فقرة أولى في سطرين.", "فقرة ثانية.")
    assert text.copy_of is None
    assert text.saga == ""


def test_an_event_may_be_a_stage_of_a_saga(tmp_path: Path) -> None:
    (tmp_path / "rain.toml").write_text(f'saga = "storm"{EVENT}', encoding="utf-8")
    (text,) = read_events(tmp_path)
    assert (text.event, text.saga) == ("rain", "storm")


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('newspaper = "nasim-arz"', 'newspaper = "nobody"', "rain-1.*no such newspaper: nobody"),
        ('title = "مطر"', 'titel = "مطر"', "rain-1.*titel"),
        ('lead = "موجز"', "", "rain-1.*lead"),
        ('section = "weather"', 'section = "rain"', "rain-1.*rain"),
        ("age_hours = 3.5", "age_hours =", "not to be read: rain.toml"),
    ],
)
def test_a_wrong_text_is_named_with_its_file_and_its_fault(
    tmp_path: Path, right: str, wrong: str, said: str
) -> None:
    (tmp_path / "rain.toml").write_text(EVENT.replace(right, wrong), encoding="utf-8")
    with pytest.raises(PressError, match=said) as raised:
        read_events(tmp_path)
    assert "rain.toml" in str(raised.value)


def test_two_texts_with_one_id_are_refused(tmp_path: Path) -> None:
    for name in ("one.toml", "two.toml"):
        (tmp_path / name).write_text(EVENT, encoding="utf-8")
    with pytest.raises(PressError, match="two texts with one id: rain-1"):
        read_events(tmp_path)


def test_blank_lines_part_paragraphs() -> None:
    assert paragraphs_of("\n a\n b \n\n\n\n c\n") == ("a b", "c")
