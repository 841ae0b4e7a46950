"""Feeds of every format, however written, as entries."""

from __future__ import annotations

import gzip
import json
import time
from calendar import timegm
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.collect.feeds.moments import moment
from marsad.collect.feeds.registry import parse_feed
from marsad.collect.feeds.texts import plain
from marsad.errors import MarsadError, Refused
from marsad.evaluate.feeds_peers import ordinary_feeds
from marsad.outcome import Outcome

CASES = Path(__file__).parents[2] / "cases" / "feeds"
BASE = "https://journal.example/feed"
FEEDS = list(ordinary_feeds())


def rss(items: str, head: str = "") -> bytes:
    return f"<rss version='2.0'><channel><title>النخلة</title>{head}{items}</channel></rss>".encode()


@pytest.mark.parametrize("case", sorted(CASES.glob("*.json")), ids=lambda path: path.stem)
def test_a_feed_is_read_as_its_case_says(case: Path) -> None:
    expected = json.loads(case.read_text(encoding="utf-8"))
    feed = parse_feed(case.with_suffix("").read_bytes(), expected.get("content_type"), BASE)
    assert feed.title == expected["title"]
    assert len(feed.entries) == len(expected["entries"])
    for entry, wanted in zip(feed.entries, expected["entries"], strict=True):
        assert wanted, "a case must expect something of each entry"
        for name, value in wanted.items():
            assert _written(getattr(entry, name)) == value, name
    assert list(feed.further) == expected.get("further", [])
    assert bool(feed.tolerated) == expected.get("tolerates", False)


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("body", [body for _, body in FEEDS], ids=[name for name, _ in FEEDS])
def test_ordinary_feeds_are_read_as_feedparser_reads_them(body: bytes) -> None:
    theirs = feedparser.parse(body)
    ours = parse_feed(body, "application/xml", BASE)
    assert ours.title == theirs.feed.title
    assert [e.address for e in ours.entries] == [e.link for e in theirs.entries]
    assert [e.title for e in ours.entries] == [plain(e.title) for e in theirs.entries]
    assert [e.published for e in ours.entries] == [
        datetime.fromtimestamp(timegm(e.published_parsed), UTC) for e in theirs.entries
    ]


letters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"))
titles = st.text(letters, min_size=1, max_size=60).map(lambda text: " ".join(text.split()))


@given(st.lists(titles.filter(bool), min_size=1, max_size=5))
def test_whatever_a_title_says_comes_back(written: list[str]) -> None:
    items = "".join(f"<item><title>{escape(escape(title))}</title></item>" for title in written)
    assert [entry.title for entry in parse_feed(rss(items), None, BASE).entries] == written


@settings(deadline=None)
@given(st.data())
def test_no_bytes_raise_anything_but_our_errors(data: st.DataObject) -> None:
    body = bytearray(data.draw(st.sampled_from(FEEDS[:2]))[1][:4000])
    for _ in range(data.draw(st.integers(1, 20))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    content_type = data.draw(st.sampled_from([None, "text/xml; charset=x", "text/html"]))
    try:
        feed = parse_feed(bytes(body), content_type, BASE)
    except MarsadError:
        return
    assert len(feed.entries) <= 21


def test_a_broken_feed_gives_what_can_be_read_and_says_so() -> None:
    whole = rss("".join(f"<item><title>خبر {n}</title><link>/{n}</link></item>" for n in range(10)))
    feed = parse_feed(whole[: len(whole) * 2 // 3], None, BASE)
    assert 3 < len(feed.entries) < 10
    assert feed.entries[0].title == "خبر 0"
    assert "broken XML" in feed.tolerated[0]


def test_more_entries_than_the_limit_are_left() -> None:
    items = "<item><title>x</title><link>/x</link></item>" * 50
    assert len(parse_feed(rss(items), None, BASE, limit=7).entries) == 7


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "no XML"),
        (b"<!doctype html><html><body>hello</body></html>", "a web page"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>", "a web page"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "another kind"),
        (b'{"version": "1"}', "without items"),
        (b"{broken", "JSON cannot be read"),
        (b"\x1f\x8b\x08garbage", "cannot be unpacked"),
    ],
)
def test_what_is_no_feed_is_refused_with_its_reason(body: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        parse_feed(body, "application/rss+xml", BASE)


def bomb() -> bytes:
    entities = "<!ENTITY a0 'boom'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    return f"<?xml version='1.0'?><!DOCTYPE rss [{entities}]>".encode() + rss(
        "<item><title>&a11;</title><link>/1</link></item>"
    )


def external() -> bytes:
    return b"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + rss(
        "<item><title>&x;</title><link>/1</link></item>"
    )


def deep() -> bytes:
    return rss("<a>" * 100_000)


def attributes() -> bytes:
    return rss("<item " + " ".join(f"a{n}='1'" for n in range(20_000)) + "><link>/1</link></item>")


@pytest.mark.parametrize("make", [bomb, external, deep, attributes])
def test_hostile_xml_is_survived_at_once_and_expands_to_nothing(make: Callable[[], bytes]) -> None:
    started = time.monotonic()
    try:
        feed = parse_feed(make(), None, BASE)
    except Refused:
        feed = None
    assert time.monotonic() - started < 2
    if feed is not None:
        assert all("boom" not in entry.title and "root:" not in entry.title for entry in feed.entries)
        assert sum(len(entry.title) for entry in feed.entries) < 1000


def test_a_feed_that_unpacks_without_end_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        parse_feed(gzip.compress(b" " * 30_000_000), None, BASE)
    assert refusal.value.outcome is Outcome.TOO_LARGE


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Tue, 17 Nov 2020 14:05:00 +0100", "2020-11-17T13:05:00"),
        ("Mon, 17 Nov 2020 14:05 GMT", "2020-11-17T14:05:00"),
        ("17 Nov 20 14:05:00 EST", "2020-11-17T19:05:00"),
        ("2020-11-17T14:05:00Z", "2020-11-17T14:05:00"),
        ("2020-11-17T14:05:00.123+01:00", "2020-11-17T13:05:00"),
        ("2020-11-17 14:05:00", "2020-11-17T14:05:00"),
        ("2020-11-17T14:05+0100", "2020-11-17T13:05:00"),
        ("2020-11-16T24:00:00Z", "2020-11-17T00:00:00"),
        ("20201117T140500Z", "2020-11-17T14:05:00"),
        ("2020-322", "2020-11-17T00:00:00"),
        ("2020-11", "2020-11-01T00:00:00"),
        ("2020", "2020-01-01T00:00:00"),
        ("Tue Nov 17 14:05:00 2020", "2020-11-17T14:05:00"),
        ("yesterday", None),
        ("2020-13-45T99:99:99Z", None),
        ("", None),
    ],
)
def test_moments_as_feeds_write_them(written: str, expected: str | None) -> None:
    found = moment(written)
    assert (found.replace(microsecond=0, tzinfo=None).isoformat() if found else None) == expected
