"""A page of an old newspaper, the whole way: fetched, read, kept, found by misspelt words."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from marsad.app import Marsad
from marsad.model import BlockKind, FeedAddress, FeedKind, Precision, Source
from marsad.search.index import Window
from marsad.search.parser import read_query
from marsad.store import articles
from tests.press.world import archive, collect_sources_until

SEED = Path(__file__).parents[3] / "shared" / "data" / "seed" / "page.txt"
TITLE = "الاستباقية.. حجر الزاوية في المقاربة المغربية لمكافحة الإرهاب"


def parts() -> tuple[list[str], list[str]]:
    """The ticker's headlines, and the article's paragraphs."""
    lines = [line.strip() for line in SEED.read_text(encoding="utf-8").splitlines() if line.strip()]
    start = lines.index(TITLE)
    ticker = [part.strip() for part in lines[0].split("    ") if part.strip()]
    body = [line for line in lines[start + 2 :] if not line.startswith("انقر هنا")]
    return ticker, body


def old_page() -> str:
    """The page as such a newspaper prints it."""
    ticker, body = parts()
    news = "".join(f'<a href="/news/{n}">{escape(line)}</a> &nbsp; ' for n, line in enumerate(ticker))
    text = "".join(f"<p>{escape(line)}</p>" for line in body)
    return f"""<html dir="rtl"><head><meta charset="utf-8"><title>{TITLE} : أكورا بريس</title></head><body>
    <div class="ticker"><marquee>{news}</marquee></div>
    <div class="report" style="display:none">شكرا على الإبلاغ!<br>سيتم حجب هذه الصورة تلقائيا عندما يتم الإبلاغ عنها من طرف عدة أشخاص.</div>
    <div id="content"><h1>{TITLE}</h1><span class="info">نشر في <a href="/">أكورا بريس</a> يوم 17 - 11 - 2020</span>
    <div class="text">{text}</div><p><a href="https://source.example/1">انقر هنا لقراءة الخبر من مصدره.</a></p></div>
    <div class="menu"><a href="/">الرئيسية</a> <a href="/contact">اتصل بنا</a></div></body></html>"""


@contextmanager
def served() -> Iterator[str]:
    """A newspaper of one section page and one article, on this machine."""
    pages = {
        "/": f'<html><body><h2><a href="/articles/236369.html">{TITLE}</a></h2></body></html>',
        "/articles/236369.html": old_page(),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path)
            self.send_response(200 if body else 404)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((body or "").encode())

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.skipif(not SEED.exists(), reason="the page that is measured on is not here")
def test_the_page_that_it_began_with_is_read_whole_and_found_again(tmp_path: Path) -> None:
    with served() as base, archive(tmp_path) as marsad:
        source = Source(
            "agorapresse", "أكورا بريس", f"{base}/", feeds=(FeedAddress(f"{base}/", FeedKind.PAGE),)
        )
        collect_sources_until(marsad, [source], lambda: _count(marsad) == 1)
        with marsad.store.reading() as connection:
            [article] = articles.from_number(connection, 0, 9)
        assert (article.title, article.source) == (TITLE, "agorapresse")
        assert article.published is not None
        assert (article.published.moment, article.published.precision) == (
            datetime(2020, 11, 17, tzinfo=UTC),
            Precision.DAY,
        )
        assert [block.text for block in article.blocks if block.kind is not BlockKind.IMAGE] == parts()[1]
        assert len(parts()[1]) == 10
        for query in ("الاستباقية", "تفكيك خلايا", "مكافحه الارهاب"):
            assert [hit.number for hit in marsad.index.search(read_query(query), Window()).hits] == [
                article.number
            ]


def _count(marsad: Marsad) -> int:
    with marsad.store.reading() as connection:
        return articles.count(connection)
