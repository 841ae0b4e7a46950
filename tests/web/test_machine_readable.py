"""What the site says of itself to machines."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree, html
from PIL import Image
from sqlalchemy import text
from starlette.testclient import TestClient

from marsad.app import Marsad
from marsad.collect.feeds.registry import parse_feed
from marsad.collect.opml import read_opml
from marsad.model import FeedAddress, FeedKind
from marsad.pipeline.keeping import Arrival
from marsad.web.site import site
from tests.press.world import archive
from tests.samples import SOURCE, article

TITLE = "</script><script>alert('خطر')</script> & \u2028 نهاية"
FEED = FeedAddress("https://vent.example/feed")
MAP = FeedAddress("https://vent.example/map.xml", FeedKind.SITEMAP)
PAGE = f"/{SOURCE.slug}/1"


@pytest.fixture
def marsad(tmp_path: Path) -> Iterator[Marsad]:
    with archive(tmp_path) as opened:
        opened.add_sources([SOURCE])
        opened.keeper.keep([Arrival(article("نص الخبر", title=TITLE))])
        yield opened


@pytest.fixture
def reader(marsad: Marsad) -> TestClient:
    return TestClient(site(marsad))


def test_robots_are_led_to_all_sitemaps_and_from_there_to_every_article(reader: TestClient) -> None:
    told = reader.get("/robots.txt").text
    address = told.split("Sitemap: ")[1].strip()
    index = parse_feed(reader.get(address).content, "application/xml", address)
    months = [part for part in index.further if "news" not in part and "places" not in part]
    (month,) = (parse_feed(reader.get(part).content, "application/xml", part) for part in months)
    assert [entry.address for entry in month.entries] == [f"http://testserver{PAGE}"]


def test_a_month_without_articles_has_no_sitemap(reader: TestClient) -> None:
    assert reader.get("/sitemap/1999-01-1.xml").status_code == 404
    assert reader.get("/sitemap/13-2024-1.xml").status_code == 404


def test_the_sitemap_of_news_is_one_even_without_news(reader: TestClient) -> None:
    assert "urlset" in str(etree.fromstring(reader.get("/sitemap/news.xml").content).tag)


def test_a_headline_cannot_break_out_of_what_describes_the_page(reader: TestClient) -> None:
    page = html.fromstring(reader.get(PAGE).content)
    (script,) = page.xpath("//script[@type='application/ld+json']")
    data = json.loads(script.text)
    assert data["headline"] == TITLE
    assert data["@type"] == "NewsArticle"
    assert data["url"] == f"http://testserver{PAGE}"
    assert page.xpath("//script[not(@src) and not(@type)]") == []
    assert page.xpath("string(//meta[@property='og:title']/@content)") == TITLE


def test_the_preview_is_an_image_of_the_size_that_is_told(reader: TestClient) -> None:
    page = html.fromstring(reader.get(PAGE).content)
    drawn = reader.get(str(page.xpath("string(//meta[@property='og:image']/@content)")))
    with Image.open(io.BytesIO(drawn.content)) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))
        assert len(image.convert("RGB").getcolors(1 << 20) or ()) > 10


def test_oembed_knows_our_articles_and_nothing_else(reader: TestClient) -> None:
    page = html.fromstring(reader.get(PAGE).content)
    answer = reader.get(str(page.xpath("string(//link[@type='application/json+oembed']/@href)"))).json()
    assert (answer["type"], answer["title"], answer["author_name"]) == ("link", TITLE, SOURCE.name)
    for ours in (PAGE, f"https://TESTSERVER/fr{PAGE}?x#y"):
        assert reader.get("/oembed", params={"url": ours}).status_code == 200
    for foreign in (f"https://evil.example{PAGE}", f"//evil.example{PAGE}", f"http://testserver@evil{PAGE}"):
        assert reader.get("/oembed", params={"url": foreign}).status_code == 404
    for unknown in ("", "http://testserver/", "http://testserver/x/999", "http://[", "x" * 5000):
        assert reader.get("/oembed", params={"url": unknown}).status_code == 404


def test_a_broken_archive_is_told_to_machines_in_their_own_form(marsad: Marsad, reader: TestClient) -> None:
    with marsad.store.writing() as connection:
        connection.execute(text("DROP TABLE outbox"))
    health = reader.get("/healthz")
    assert health.status_code == 503
    assert health.json() == {"status": "failing", "reason": "the archive could not be used"}
    counted = reader.get("/metrics")
    assert (counted.status_code, counted.text) == (503, "the archive could not be used")


@pytest.mark.parametrize(
    ("feeds", "followed"),
    [
        ((FEED,), [FEED.address]),
        ((), ["http://testserver/vent/feed.rss"]),
        ((MAP,), ["http://testserver/vent/feed.rss", MAP.address]),
    ],
)
def test_every_newspaper_of_the_list_can_be_followed_and_the_list_be_read_back(
    marsad: Marsad, reader: TestClient, feeds: tuple[FeedAddress, ...], followed: list[str]
) -> None:
    marsad.add_sources([replace(SOURCE, slug="vent", home="https://vent.example/", feeds=feeds)])
    told = reader.get("/sources.opml").content
    (vent,) = etree.fromstring(told).xpath("//outline[@htmlUrl='https://vent.example/']")
    assert [outline.get("xmlUrl") for outline in vent.iter() if outline.get("xmlUrl")] == followed
    read = {source.slug: source for source in read_opml(told, "sources.opml").sources}
    assert (read[SOURCE.slug].feeds, read["vent"].feeds) == (SOURCE.feeds, feeds)
