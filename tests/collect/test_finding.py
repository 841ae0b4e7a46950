"""From the address of a newspaper to what it can be followed by."""

from __future__ import annotations

import pytest

from marsad.collect.finding import Discovery, find
from marsad.collect.robots import Robots
from marsad.errors import Later, Refused
from marsad.model import FeedAddress, FeedKind
from tests.collect.server import Behaviour, Server, fetcher, redirect, reply, run


def rss(*numbers: int, title: str = "واحة اليوم") -> bytes:
    items = "".join(
        f"<item><title>خبر {n}</title><link>https://waha.example/{n}</link></item>" for n in numbers
    )
    text = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title><language>ar</language>
    <link>https://waha.example/</link>{items}</channel></rss>"""
    return reply(text.encode(), content_type="application/rss+xml")


def sitemap(*numbers: int) -> bytes:
    urls = "".join(f"<url><loc>https://waha.example/{n}</loc></url>" for n in numbers)
    text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    return reply(text.encode(), content_type="text/xml")


def home(*feeds: str, articles: int = 0) -> bytes:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{feed}">' for feed in feeds)
    news = "".join(
        f'<a href="/news/{n}.html">أمطار قوية على تطوان والنواحي</a>' for n in range(100, 100 + articles)
    )
    text = f"<!DOCTYPE html><html lang='ar'><head><title>واحة</title>{links}</head><body>{news}</body></html>"
    return reply(text.encode())


def found(answers: dict[str, bytes | Behaviour], path: str = "/", typed: str = "{}") -> tuple[Discovery, str]:
    """What is found at a server with those answers, and the server's root."""

    async def story() -> tuple[Discovery, str]:
        async with Server(answers) as server, fetcher() as reader:
            return await find(typed.format(server.root + path), reader, Robots(reader)), server.root

    return run(story())


def test_the_feeds_that_a_home_page_announces() -> None:
    discovery, root = found({"/": home("/a.xml", "/b.xml"), "/a.xml": rss(1, 2), "/b.xml": rss(3)})
    assert discovery.feeds == (FeedAddress(f"{root}/a.xml"), FeedAddress(f"{root}/b.xml"))
    assert (discovery.home, discovery.name, discovery.language) == (f"{root}/", "واحة اليوم", "ar")


def test_a_second_way_to_the_same_news_is_left_out_with_a_word() -> None:
    discovery, root = found({"/": home("/a.xml", "/b.xml"), "/a.xml": rss(1, 2), "/b.xml": rss(2)})
    assert discovery.feeds == (FeedAddress(f"{root}/a.xml"),)
    assert any("/b.xml" in tried and "nothing new" in tried for tried in discovery.tried)


def test_a_feed_that_cannot_be_read_is_named_and_the_next_is_tried() -> None:
    answers: dict[str, bytes | Behaviour] = {
        "/": home("/gone.xml", "/page", "/empty.xml", "/good.xml"),
        "/page": home(),
        "/empty.xml": rss(),
        "/good.xml": rss(7),
    }
    discovery, root = found(answers)
    assert discovery.feeds == (FeedAddress(f"{root}/good.xml"),)
    for name, tried in zip(("/gone.xml", "/page", "/empty.xml"), discovery.tried, strict=True):
        assert name in tried


def test_the_usual_places_are_tried_where_none_is_announced() -> None:
    discovery, root = found({"/": home(), "/feed.xml": rss(1), "/atom.xml": rss(2)})
    assert discovery.feeds == (FeedAddress(f"{root}/feed.xml"),)


def test_a_site_without_a_feed_is_followed_by_the_sitemap_that_robots_lists() -> None:
    robots = b"Sitemap: /all.xml\nSitemap: /news-map.xml"
    discovery, root = found(
        {"/": home(), "/robots.txt": reply(robots), "/all.xml": sitemap(1), "/news-map.xml": sitemap(2)}
    )
    assert discovery.feeds == (FeedAddress(f"{root}/news-map.xml", FeedKind.SITEMAP),)


def test_a_site_without_feed_and_sitemap_is_followed_by_its_links() -> None:
    discovery, root = found({"/": home(articles=6)})
    assert discovery.feeds == (FeedAddress(f"{root}/", FeedKind.PAGE),)
    assert (discovery.name, discovery.language) == ("واحة", "ar")


def test_a_page_that_leads_nowhere_says_what_was_tried() -> None:
    discovery, _ = found({"/": home(articles=2)})
    assert discovery.feeds == ()
    assert any("sitemap" in tried for tried in discovery.tried)


def test_the_address_of_a_feed_will_do() -> None:
    discovery, root = found({"/x/feed": rss(1)}, "/x/feed")
    assert discovery.feeds == (FeedAddress(f"{root}/x/feed"),)
    assert (discovery.home, discovery.name) == ("https://waha.example/", "واحة اليوم")


def test_redirects_are_followed_and_the_last_address_is_kept() -> None:
    answers: dict[str, bytes | Behaviour] = {
        "/": redirect("/ar/"),
        "/ar/": home("feed"),
        "/ar/feed": redirect("/ar/feed/"),
        "/ar/feed/": rss(1),
    }
    discovery, root = found(answers)
    assert discovery.home == f"{root}/ar/"
    assert discovery.feeds == (FeedAddress(f"{root}/ar/feed/"),)


@pytest.mark.parametrize(
    ("path", "typed"), [("/x/feed", " {}\u200f"), ("/old", "{}"), ("/y/../x/feed", "{}#top")]
)
def test_however_a_feed_is_asked_for_its_own_address_is_told(path: str, typed: str) -> None:
    discovery, root = found({"/x/feed": rss(1), "/old": redirect("/x/feed")}, path, typed)
    assert (discovery.asked, *discovery.feeds) == (f"{root}/x/feed", FeedAddress(f"{root}/x/feed"))


def test_an_address_without_a_scheme_is_a_web_address() -> None:
    with pytest.raises(Later, match=r"https://127\.0\.0\.1:1"):
        found({}, typed="127.0.0.1:1")


def test_what_robots_forbids_is_not_tried() -> None:
    answers: dict[str, bytes | Behaviour] = {
        "/": home("/a.xml"),
        "/a.xml": rss(1),
        "/robots.txt": reply(b"user-agent: *\ndisallow: /a.xml"),
    }
    discovery, _ = found(answers)
    assert discovery.feeds == ()
    assert any("robots.txt" in tried for tried in discovery.tried)


@pytest.mark.parametrize(("status", "error"), [(404, Refused), (503, Later)])
def test_a_home_page_that_cannot_be_read_raises(status: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        found({"/": reply(b"", status)})
