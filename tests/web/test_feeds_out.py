"""Feeds that the site gives: read by a feed reader, the same in every format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from starlette.testclient import TestClient

from marsad.app import Marsad
from marsad.model import Section
from marsad.pipeline.keeping import Arrival
from marsad.web.site import site
from marsad.web.syndication import atom, jsonfeed, rss
from marsad.web.syndication.channel import Channel, Item
from tests.press.world import archive
from tests.samples import SOURCE, article

FEEDS = ["/feed", "/section/sports/feed", f"/{SOURCE.slug}/feed", "/story/1/feed", "/search/feed"]


@pytest.fixture
def marsad(tmp_path: Path) -> Iterator[Marsad]:
    with archive(tmp_path) as opened:
        opened.add_sources([SOURCE])
        hostile = article(
            "هزم الفريق ضيفه",
            title='مباراة <b>&amp;</b> ]]> "كأس"',
            section=Section.SPORTS,
            address="https://x.example/1",
        )
        opened.keeper.keep([Arrival(hostile)])
        opened.indexer.catch_up()
        yield opened


@pytest.fixture
def reader(marsad: Marsad) -> TestClient:
    return TestClient(site(marsad), headers={"accept-language": "fr"})


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_feed_reader_finds_nothing_to_mend(reader: TestClient, path: str, form: str) -> None:
    answer = reader.get(f"{path}.{form}", params={"q": "الفريق"} if "search" in path else {})
    read = feedparser.parse(answer.content)
    assert not read.bozo
    (entry,) = read.entries
    assert entry.title == 'مباراة <b>&amp;</b> ]]> "كأس"'
    assert entry.link == f"http://testserver/{SOURCE.slug}/1"
    assert entry.author == SOURCE.name
    assert entry.published_parsed


@pytest.mark.parametrize("path", FEEDS)
def test_the_same_as_json(reader: TestClient, path: str) -> None:
    answer = reader.get(f"{path}.json", params={"q": "الفريق"} if "search" in path else {})
    assert answer.headers["content-type"].startswith("application/feed+json")
    (item,) = answer.json()["items"]
    assert item["url"] == f"http://testserver/{SOURCE.slug}/1"


def test_a_feed_names_itself_and_its_page(reader: TestClient) -> None:
    read = reader.get("/fr/search/feed.json", params={"q": "الفريق"}).json()
    assert read["feed_url"].startswith("http://testserver/fr/search/feed.json?q=")
    assert read["home_page_url"].startswith("http://testserver/fr/search?q=")


def test_what_has_not_changed_is_not_sent_again(reader: TestClient) -> None:
    first = reader.get("/feed.atom")
    again = reader.get("/feed.atom", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/feed.xml",
        "/section/nothing/feed.rss",
        "/nobody/feed.rss",
        "/story/99/feed.rss",
        "/country/zz/feed.rss",
    ],
)
def test_what_there_is_not_is_not_found(reader: TestClient, path: str) -> None:
    assert reader.get(path).status_code == 404


@pytest.mark.parametrize("page", ["/", "/section/sports", f"/{SOURCE.slug}", "/story/1", "/search?q=الفريق"])
def test_pages_name_their_feeds(reader: TestClient, page: str) -> None:
    found = html.fromstring(reader.get(page).content).xpath("//link[@rel='alternate'][@type]/@href")
    assert len(found) == 3
    assert all(reader.get(str(address)).status_code == 200 for address in found)


def test_a_page_without_a_list_names_none(reader: TestClient) -> None:
    assert "feed.rss" not in reader.get("/about").text


@given(st.text(), st.text())
def test_any_text_can_be_written(title: str, summary: str) -> None:
    moment = datetime(2024, 5, 1, tzinfo=UTC)
    item = Item("https://m.example/s/1", title, summary, "ar", title, "Sports", moment)
    channel = Channel(
        title, "https://m.example/", "https://m.example/feed.rss", "ar", "مرصد", (item,), moment
    )
    for write in (rss.write, atom.write):
        assert not feedparser.parse(write(channel).encode()).bozo
    assert json.loads(jsonfeed.write(channel))["items"][0]["title"] == title
