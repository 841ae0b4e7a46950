"""Lists of newspapers as TOML, and files of either format."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.collect.source_files import load_sources
from marsad.collect.toml_sources import read_toml
from marsad.errors import SettingsError
from marsad.model import DisplayPolicy, FeedAddress, FeedKind, Source, SourceKind

WHOLE = """
# Our newspapers
[[source]]
name = "النخلة"
home = "nakhla.example"
slug = "palm"
languages = ["ar", "fr"]
country = "MA"
kind = "agency"
display = "excerpt"
feeds = ["https://nakhla.example/feed", { address = "https://nakhla.example/n.xml", kind = "sitemap", rubric = "رياضة" }]

[[source]]
feeds = ["https://phare.example/rss"]
"""


def test_all_that_a_source_has_can_be_said() -> None:
    loaded = read_toml(WHOLE.encode(), "list.toml")
    assert loaded.tolerated == ()
    assert loaded.sources[0] == Source(
        slug="palm",
        name="النخلة",
        home="https://nakhla.example/",
        languages=("ar", "fr"),
        country="MA",
        timezone="Africa/Casablanca",
        feeds=(
            FeedAddress("https://nakhla.example/feed"),
            FeedAddress("https://nakhla.example/n.xml", FeedKind.SITEMAP, "رياضة"),
        ),
        kind=SourceKind.AGENCY,
        display=DisplayPolicy.EXCERPT,
    )
    assert (loaded.sources[1].slug, loaded.sources[1].home) == ("phare", "https://phare.example/")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[source]]\nname = x", "line 2"),
        ('[[source]]\nnane = "x"', "line 1: 'nane'; 'name' is meant?"),
        ("sources = []", "'source' is meant?"),
        ("source = 4", "holds"),
        ("\n\n[[source]]\nhome = 4", "line 3: 4"),
        ('[[source]]\nhome = "a.example"\n[[source]]\nfeeds = "x"', "feeds is a list: list.toml, line 3"),
        ("[[source]]\nfeeds = [4]", "a feed is an address"),
        ('[[source]]\nfeeds = [{ adress = "x" }]', "'address' is meant?"),
        ("[[source]]\nlanguages = [4]", "languages is a text"),
    ],
)
def test_what_cannot_be_meant_is_an_error_with_file_and_line(text: str, said: str) -> None:
    with pytest.raises(SettingsError) as error:
        read_toml(text.encode(), "list.toml")
    assert said in str(error.value)
    assert "list.toml" in str(error.value)


def test_one_wrong_newspaper_does_not_cost_the_others() -> None:
    text = '[[source]]\nname = "x"\n[[source]]\nhome = "a.example"\ncountry = "Q"\nfeeds = ["file:///x"]'
    loaded = read_toml(text.encode(), "list.toml")
    assert [source.slug for source in loaded.sources] == ["a"]
    assert [message[:18] for message in loaded.tolerated] == [
        "list.toml, line 1:",
        "list.toml, line 3:",
        "list.toml, line 3:",
    ]


@given(st.one_of(st.binary(), st.text().map(str.encode)))
def test_any_bytes_are_read_or_are_an_error_of_settings(body: bytes) -> None:
    try:
        assert read_toml(body, "list.toml").sources == ()
    except SettingsError:
        return


def test_a_file_is_read_by_its_ending(tmp_path: Path) -> None:
    toml, opml = tmp_path / "list.toml", tmp_path / "list.opml"
    toml.write_text(WHOLE, encoding="utf-8")
    opml.write_text('<opml><body><outline htmlUrl="https://a.example/"/></body></opml>', encoding="utf-8")
    assert len(load_sources(toml).sources) == 2
    assert load_sources(opml).sources[0].name == "a.example"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.opml.*No such file"):
        load_sources(tmp_path / "none.opml")
    with pytest.raises(SettingsError, match="directory"):
        load_sources(tmp_path)
