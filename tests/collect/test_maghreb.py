"""The starter list that comes with Marsad."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from marsad.collect.source_files import load_sources
from marsad.collect.target import target
from marsad.model import SourceKind

LIST = Path(__file__).parents[2] / "sources" / "maghreb.opml"


def test_the_starter_list_is_read_without_a_complaint() -> None:
    loaded = load_sources(LIST)
    assert loaded.tolerated == ()
    assert len(loaded.sources) >= 60
    countries = Counter(source.country for source in loaded.sources)
    assert set(countries) == {"MA", "DZ", "TN", "MR", "LY"}
    assert min(countries.values()) >= 8


def test_every_newspaper_of_it_can_be_followed() -> None:
    for source in load_sources(LIST).sources:
        assert target(source.home).address == source.home
        assert source.languages[0] in {"ar", "fr"}
        assert source.timezone.startswith("Africa/")
        assert len(source.feeds) <= 1
    assert sum(s.kind is SourceKind.AGENCY for s in load_sources(LIST).sources) == 5


def test_it_says_that_it_is_unverified() -> None:
    assert "UNVERIFIED" in LIST.read_text(encoding="utf-8")[:600]
