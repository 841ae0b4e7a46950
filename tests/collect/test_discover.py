"""The feeds and articles that a page leads to."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.collect.canonical import canonical
from marsad.collect.discover import article_links, feed_links, usual_feeds, usual_sitemaps
from marsad.collect.hyperlinks import outline
from marsad.collect.target import target
from marsad.model import Page

CASES = Path(__file__).parent.parent / "cases" / "collect" / "links"
NOW = datetime(2024, 3, 5, 12, 0, tzinfo=UTC)


def page(body: bytes | str, address: str = "https://waha.example/", content_type: str = "text/html") -> Page:
    raw = body.encode() if isinstance(body, str) else body
    return Page(address, address, NOW, 200, {"content-type": content_type}, raw)


def case(name: str) -> tuple[Page, dict[str, Any]]:
    expected = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    text = (CASES / f"{name}.html").read_text(encoding="utf-8")
    charset = "cp1256" if "windows-1256" in text else "utf-8"
    return page(text.encode(charset), expected["address"]), expected


ALL = sorted(path.stem for path in CASES.glob("*.html"))


@pytest.mark.parametrize("name", ALL)
def test_articles_are_told_from_menus_tags_and_lists(name: str) -> None:
    found, expected = case(name)
    assert article_links(found) == tuple(canonical(address) for address in expected["articles"])


@pytest.mark.parametrize("name", ALL)
def test_feeds_are_found_and_those_of_comments_are_not(name: str) -> None:
    found, expected = case(name)
    assert feed_links(found) == tuple(target(address).address for address in expected["feeds"])


@pytest.mark.parametrize("name", ALL)
def test_a_page_says_its_title_and_language(name: str) -> None:
    found, expected = case(name)
    assert (outline(found).title, outline(found).language) == (expected["title"], expected["language"])


def test_at_most_as_many_as_asked_for() -> None:
    many = "".join(f"<a href='/news/{n}.html'>Heavy rain over the hills</a>" for n in range(1000, 1400))
    assert len(article_links(page(many))) == 200
    assert article_links(page(many), most=1) == ("https://waha.example/news/1000.html",)


def test_a_short_headline_counts_where_its_address_is_made_like_those_of_others() -> None:
    others = "".join(f"<a href='/node/{n}'>Heavy rain over the hills</a>" for n in (101, 102, 103))
    assert len(article_links(page(others + "<a href='/node/104'>Fog</a><a href='/list/104'>Fog</a>"))) == 4
    assert article_links(page("<a href='/node/104'>Fog</a>")) == ()


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("/node/1952809", True),
        ("/2052592", True),
        ("/2024/03/05/9917", True),
        ("/2024-03-05-fog-and-rain", True),
        ("/20240305/fog-and-rain", True),
        ("/2024/03/05/", False),
        ("/2024/03", False),
    ],
)
def test_a_number_is_told_from_a_date(path: str, is_one: bool) -> None:
    found = article_links(page(f"<a href='{path}'>Heavy rain over the hills</a>"))
    assert len(found) == is_one


def test_the_usual_places_are_on_the_same_site() -> None:
    home = target("http://waha.example:8080/ar/index.php")
    assert "http://waha.example:8080/feed/" in usual_feeds(home)
    assert usual_sitemaps(home)[0] == "http://waha.example:8080/news-sitemap.xml"


@given(st.binary(max_size=400))
def test_any_bytes_are_read(body: bytes) -> None:
    for what in (body, b"<html><a href='" + body, b"<a href=/x>" + body):
        feed_links(page(what))
        article_links(page(what))


@given(st.text(max_size=100), st.text(max_size=100), st.text(max_size=60))
def test_any_link_is_read(href: str, base: str, text: str) -> None:
    found = page(f'<base href="{base}"><h2><a href="{href}">{text}</a></h2>')
    assert all(canonical(address) == address for address in article_links(found))


@pytest.mark.parametrize(
    "unit",
    [
        "<a href=/x>",
        "<div>",
        "<a href=/1234.html><b>",
        "<nav><a href=/news/12345.html>Heavy rain over the hills",
        "<!--",
        "&nbsp;",
        "<base href=/x/>",
        "<link rel=alternate type=application/rss+xml href=/a>",
    ],
)
def test_a_hostile_page_costs_little(unit: str) -> None:
    hostile = page(unit * (2_000_000 // len(unit)))
    started = time.process_time()
    article_links(hostile)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "unit", ["/1234-", "/2024", "-", "page/", "/2024/03/", "=id&", "%D8%A7-", ";jsessionid="]
)
def test_a_hostile_address_costs_little(unit: str) -> None:
    long = (unit * 4000)[:4000]
    hostile = page("".join(f"<a href='/{n}{long}'>Heavy rain over the hills</a>" for n in range(200)))
    started = time.process_time()
    article_links(hostile)
    assert time.process_time() - started < 3
