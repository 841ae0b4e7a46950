"""Lists of newspapers as OPML."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from marsad.collect.opml import read_opml, write_opml
from marsad.errors import SettingsError
from marsad.model import DisplayPolicy, FeedAddress, FeedKind, Source, SourceKind

NOW = datetime(2024, 3, 5, 12, 0, tzinfo=UTC)


def opml(body: str, head: str = "") -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}<opml version="2.0"><body>\n{body}\n</body></opml>'.encode()


def the_source(body: str) -> Source:
    loaded = read_opml(opml(body), "list.opml")
    assert not loaded.tolerated
    (source,) = loaded.sources
    return source


def test_an_outline_as_feed_readers_write_it() -> None:
    source = the_source(
        '<outline type="rss" text="النخلة" htmlUrl="https://nakhla.example" language="fr-MA" '
        'xmlUrl="https://nakhla.example/feed?a=1&amp;b=2"/>'
    )
    assert source == Source(
        slug="nakhla",
        name="النخلة",
        home="https://nakhla.example/",
        languages=("fr",),
        feeds=(FeedAddress("https://nakhla.example/feed?a=1&b=2"),),
    )


def test_all_that_a_source_has_can_be_said() -> None:
    source = the_source(
        '<outline xmlns:m="urn:marsad:source" title="Bulletin" xmlUrl="https://meteo.example/a.xml" m:slug="meteo" '
        'm:languages="ar fr" m:country="MA" m:timezone="Africa/Algiers" m:kind="bulletin" m:display="headline" '
        'm:announces="sitemap" m:rubric="Météo"/>'
    )
    assert source == Source(
        slug="meteo",
        name="Bulletin",
        home="https://meteo.example/",
        languages=("ar", "fr"),
        country="MA",
        timezone="Africa/Algiers",
        feeds=(FeedAddress("https://meteo.example/a.xml", FeedKind.SITEMAP, "Météo"),),
        kind=SourceKind.BULLETIN,
        display=DisplayPolicy.HEADLINE,
    )


def test_the_same_without_our_namespace() -> None:
    source = the_source(
        '<outline text="N" htmlUrl="nakhla.example" slug="palm" country="ma" languages="ar,fr"/>'
    )
    assert (source.slug, source.country, source.languages) == ("palm", "MA", ("ar", "fr"))
    assert (source.home, source.feeds) == ("https://nakhla.example/", ())


def test_a_country_has_its_clock() -> None:
    source = the_source('<outline text="N" htmlUrl="https://nakhla.example/" country="TN"/>')
    assert source.timezone == "Africa/Tunis"


@pytest.mark.parametrize("folder", ["Tunisie", "تونس", "tunisia"])
def test_a_folder_named_for_a_country_gives_it(folder: str) -> None:
    source = the_source(
        f'<outline text="{folder}"><outline text="Quotidiens"><outline text="N" xmlUrl="https://n.example/f"/>'
        "</outline></outline>"
    )
    assert source.country == "TN"


def test_feeds_with_one_home_page_are_one_newspaper() -> None:
    source = the_source(
        '<outline text="Le Phare" htmlUrl="https://phare.example/" xmlUrl="https://phare.example/1"/>'
        '<outline text="Le Phare, sport" htmlUrl="https://phare.example" xmlUrl="https://phare.example/2" '
        'category="/presse/sport,autre"/>'
    )
    assert source.name == "Le Phare"
    assert source.feeds == (
        FeedAddress("https://phare.example/1"),
        FeedAddress("https://phare.example/2", rubric="sport"),
    )


def test_feeds_inside_a_newspaper_are_its_own_and_newspapers_inside_a_folder_are_not() -> None:
    loaded = read_opml(
        opml(
            '<outline text="Le Phare" htmlUrl="https://phare.example/"><outline text="Mer" xmlUrl="https://a.example/"/>'
            '<outline text="Autre" htmlUrl="https://autre.example/" xmlUrl="https://autre.example/f"/></outline>'
        ),
        "list.opml",
    )
    assert [(source.name, len(source.feeds)) for source in loaded.sources] == [("Le Phare", 1), ("Autre", 1)]


def test_newspapers_without_a_home_page_are_not_thrown_together() -> None:
    loaded = read_opml(
        opml(
            '<outline text="A" xmlUrl="https://host.example/a"/><outline text="B" xmlUrl="https://host.example/b"/>'
        ),
        "list.opml",
    )
    assert [source.slug for source in loaded.sources] == ["host", "host-2"]


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ('htmlUrl="file:///etc/passwd"', "left out"),
        ('htmlUrl="https://n.example/" xmlUrl="javascript:x"', "a feed is left out"),
        ('htmlUrl="https://n.example/" country="Atlantis"', "no country"),
        ('htmlUrl="https://n.example/" country="ZQ"', "no country"),
        ('htmlUrl="https://n.example/" timezone="Africa/Nowhere"', "no time zone"),
        ('htmlUrl="https://n.example/" timezone="../../etc/passwd"', "no time zone"),
        ('htmlUrl="https://n.example/" language="42"', "no code of a language"),
        ('htmlUrl="https://n.example/" kind="blog"', "none of newspaper, agency, bulletin"),
        ('htmlUrl="https://n.example/" display="all"', "none of full"),
        ('htmlUrl="https://n.example/" slug="search"', "cannot be a slug"),
        ('htmlUrl="https://n.example/" slug="Ä"', "cannot be a slug"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(attributes: str, said: str) -> None:
    good = '<outline text="B" htmlUrl="https://b.example/"/>\n'
    loaded = read_opml(opml(f'{good}<outline text="N" {attributes}/>'), "list.opml")
    (message,) = loaded.tolerated
    assert message.startswith("list.opml, line 4: ")
    assert said in message
    assert loaded.sources[0].name == "B"


def test_a_slug_given_twice_is_said() -> None:
    two = "".join(f'<outline text="{n}" htmlUrl="https://{n}.example/" slug="same"/>' for n in "ab")
    loaded = read_opml(opml(two), "list.opml")
    assert [source.slug for source in loaded.sources] == ["same", "b"]
    assert "given twice" in loaded.tolerated[0]


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    broken = opml(
        '<outline text="A & B" htmlUrl="https://a.example/"/><outline text="C" htmlUrl="https://c.example/">'
    )
    loaded = read_opml(broken, "list.opml")
    assert [source.name for source in loaded.sources] == ["A & B", "C"]
    assert loaded.tolerated[0].startswith("list.opml: ")


@pytest.mark.parametrize("body", [b"", b"hello", b"<html></html>", b"<rss/>", b"\0\1\2", b"{}"])
def test_what_is_no_opml_is_an_error_that_names_the_file(body: bytes) -> None:
    with pytest.raises(SettingsError, match=r"no OPML: list\.opml"):
        read_opml(body, "list.opml")


def test_a_list_that_is_too_large_is_refused() -> None:
    with pytest.raises(SettingsError, match="too large"):
        read_opml(opml('<outline text="a" htmlUrl="http://a.example"/>' * 20_001), "list.opml")
    with pytest.raises(SettingsError, match="too large"):
        read_opml(b" " * 11_000_000, "list.opml")


def test_entities_are_neither_fetched_nor_expanded(tmp_path: object) -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    secret = '<!ENTITY file SYSTEM "file:///etc/passwd">'
    started = time.process_time()
    loaded = read_opml(
        opml(
            '<outline text="&e11;&file;N" htmlUrl="https://n.example/"/>',
            f"<!DOCTYPE opml [{bomb}{secret}]>\n",
        ),
        "list.opml",
    )
    assert time.process_time() - started < 1
    assert all("root:" not in source.name and "haha" not in source.name for source in loaded.sources)


@pytest.mark.parametrize(
    "unit", ["<outline>", '<outline htmlUrl="http://a.example" text="x">', "<a><b>", "&amp;", "<!--"]
)
def test_a_hostile_list_costs_little(unit: str) -> None:
    started = time.process_time()
    try:
        read_opml(opml(unit * (2_000_000 // len(unit))), "list.opml")
    except SettingsError as error:
        assert "list.opml" in str(error)  # noqa: PT017 - either end is right, as long as it is soon
    assert time.process_time() - started < 5


# In and out

WORDS = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters="\ufffe\uffff")
)
NAMES = WORDS.filter(bool)
FEEDS = st.builds(
    FeedAddress,
    st.integers(0, 99).map(lambda n: f"https://feeds.example/{n}?a=1&b=%D8%A3"),
    st.sampled_from(FeedKind),
    st.one_of(st.none(), NAMES),
)
SOURCES = st.builds(
    Source,
    slug=st.integers(0, 9999).map(lambda n: f"s-{n}"),
    name=NAMES,
    home=st.integers(0, 20).map(lambda n: f"https://{n}.example/"),
    languages=st.sampled_from([("ar",), ("fr", "ar"), ("ary", "zgh", "en")]),
    country=st.sampled_from([None, "MA", "DZ", "FR"]),
    timezone=st.sampled_from(["UTC", "Africa/Casablanca", "America/New_York"]),
    feeds=st.lists(FEEDS, max_size=4, unique_by=lambda feed: feed.address).map(tuple),
    kind=st.sampled_from(SourceKind),
    display=st.sampled_from(DisplayPolicy),
)


@given(st.lists(SOURCES, max_size=6, unique_by=lambda source: source.slug))
def test_what_is_written_comes_back_whole(sources: list[Source]) -> None:
    loaded = read_opml(write_opml(sources, "قائمة", NOW), "list.opml")
    assert loaded.sources == tuple(sources)
    assert loaded.tolerated == ()


def test_other_programs_find_the_feeds_where_they_look_for_them() -> None:
    source = Source("n", "النخلة", "https://n.example/", feeds=(FeedAddress("https://n.example/f"),))
    root = etree.fromstring(write_opml([source], "قائمة", NOW))
    (outline,) = root.iter("outline")
    assert (outline.get("type"), outline.get("xmlUrl")) == ("rss", "https://n.example/f")
    assert (outline.get("text"), outline.get("htmlUrl")) == ("النخلة", "https://n.example/")
    assert root.findtext("head/title") == "قائمة"


def test_letters_that_xml_cannot_hold_are_let_fall() -> None:
    source = Source("n", "a\x00b\x1f", "https://n.example/")
    assert read_opml(write_opml([source], "x", NOW), "list.opml").sources[0].name == "ab"
