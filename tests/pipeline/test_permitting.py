"""What a page says of its own use is obeyed, from the visit to what is shown."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from marsad.errors import Refused
from marsad.model import Article, DisplayPolicy, FeedAddress, Page, Section, Standing, body_text
from marsad.pipeline.indexing import documents
from marsad.pipeline.keeping import Arrival
from marsad.pipeline.permitting import permitted
from marsad.store import articles, sources
from marsad.views.asking import asked
from marsad.views.finding import find
from marsad.views.shown import Shown, Terms
from tests.press.world import archive, collect_sources_until
from tests.samples import NOW, SOURCE, article

TEXT = " ".join(f"كلمة{n} من نص الخبر الطويل." for n in range(60))
SUMMARY = " ".join(f"جملة{n} من ملخص الخلاصة." for n in range(12))
HEADS = {
    "plain": "",
    "noarchive": '<meta name="robots" content="noarchive">',
    "nosnippet": '<meta name="robots" content="nosnippet">',
    "noindex": '<meta name="robots" content="noindex">',
    "reserved": '<meta name="tdm-reservation" content="1">',
}


def page(head: str = "", **headers: str) -> Page:
    body = f"<html><head>{head}</head><body></body></html>".encode()
    return Page("https://a.example/1", "https://a.example/1", NOW, 200, headers, body)


def test_pages_narrow_what_is_shown() -> None:
    assert permitted(page()) is DisplayPolicy.FULL
    assert permitted(page(HEADS["noarchive"])) is DisplayPolicy.EXCERPT
    assert permitted(page(HEADS["nosnippet"])) is DisplayPolicy.HEADLINE
    assert permitted(page(**{"x-robots-tag": "noarchive"})) is DisplayPolicy.EXCERPT
    for unwanted in (page(HEADS["noindex"]), page(HEADS["reserved"]), page(**{"tdm-reservation": "1"})):
        with pytest.raises(Refused):
            permitted(unwanted)


@pytest.fixture
def newspaper() -> Iterator[str]:
    """A newspaper of five articles, each with another head."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.removeprefix("/")
            known = name in {*HEADS, "feed"}
            body = (feed(base) if name == "feed" else text(name)) if known else ""
            self.send_response(200 if known else 404)
            kind = "application/rss+xml" if name == "feed" else "text/html"
            self.send_header("content-type", f"{kind}; charset=utf-8")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield base
    server.shutdown()
    server.server_close()
    thread.join()


def feed(base: str) -> str:
    items = "".join(
        f"<item><title>عنوان الخبر {name}</title><link>{base}/{name}</link>"
        f"<description>ملخص {name} كما تقوله الخلاصة. {SUMMARY}</description></item>"
        for name in HEADS
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>الجريدة</title>{items}</channel></rss>'


def text(name: str) -> str:
    return (
        f"<!doctype html><html lang='ar'><head><title>عنوان الخبر {name}</title>{HEADS[name]}</head>"
        f"<body><article><h1>عنوان الخبر {name}</h1><p>سر {name}. {TEXT}</p><p>{TEXT}</p></article></body></html>"
    )


def test_the_way_from_the_visit_to_the_page(newspaper: str, tmp_path: Path) -> None:
    source = replace(SOURCE, home=newspaper, feeds=(FeedAddress(f"{newspaper}/feed"),))
    with archive(tmp_path) as marsad:

        def is_done() -> bool:
            with marsad.store.reading() as connection:
                return articles.count(connection) == 4

        collect_sources_until(marsad, [source], is_done)
        with marsad.store.reading() as connection:
            kept = {each.address.rpartition("/")[2]: each for each in articles.from_number(connection, 0, 9)}
            shown = Shown(connection, Terms(public=False))
            seen = {name: shown.article(each) for name, each in kept.items()}
    assert set(kept) == {"plain", "noarchive", "nosnippet", "reserved"}
    assert "سر plain" in words(seen["plain"])
    assert "سر noarchive" in words(seen["noarchive"])
    assert len(words(seen["noarchive"]).split()) <= 60
    assert words(seen["nosnippet"]).strip() == ""
    assert "سر" not in words(kept["reserved"]), "of a reserved text only what the feed says is kept"
    assert "ملخص reserved" in words(kept["reserved"])


def words(article: Article) -> str:
    return f"{article.lead}\n{body_text(article.blocks)}"


def test_searching_tells_no_more_than_may_be_seen(tmp_path: Path) -> None:
    long = " ".join(f"كلمة{n}" for n in range(100)) + " الخاتمة"
    with archive(tmp_path) as marsad:
        marsad.add_sources([SOURCE])
        marsad.keeper.keep(
            [
                Arrival(article(long, section=Section.WEATHER)),
                Arrival(article(long, address="https://nakhla.example/2", display=DisplayPolicy.HEADLINE)),
                Arrival(article(long, address="https://nakhla.example/3")),
            ]
        )
        with marsad.store.writing() as connection:
            articles.set_standing(connection, 3, Standing.REMOVED)
        with marsad.store.reading() as connection:
            found = documents(connection, [1, 2, 3])
            assert [(each.number, "الخاتمة" in each.body) for each in found] == [(1, True), (2, False)]
        marsad.indexer.catch_up()
        for public in (True, False):
            with marsad.store.reading() as connection:
                shown = Shown(connection, Terms(public=public, excerpt_words=20))
                page = find(connection, marsad.engines, asked({"q": "الخاتمة"}), NOW, UTC, shown)
            [result] = page.results
            passages = " ".join(passage.text for passage in result.passages)
            assert ("الخاتمة" in passages) is not public


def test_the_headline_policy_of_a_source_reaches_the_index(tmp_path: Path) -> None:
    with archive(tmp_path) as marsad:
        marsad.add_sources([SOURCE])
        marsad.keeper.keep([Arrival(article())])
        with marsad.store.writing() as connection:
            sources.set_display(connection, "nakhla", DisplayPolicy.HEADLINE, permitted=False)
        with marsad.store.reading() as connection:
            assert [each.body for each in documents(connection, [1])] == [""]
