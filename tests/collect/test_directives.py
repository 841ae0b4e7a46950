"""What a page says of how it may be used."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.collect.directives import Directives, directives


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", Directives()),
        ("noindex", Directives(noindex=True)),
        ("NoArchive, NOFOLLOW", Directives(noarchive=True, nofollow=True)),
        ("none", Directives(noindex=True, nofollow=True)),
        ("googlebot: noindex, nosnippet", Directives()),
        ("marsad: noindex", Directives(noindex=True)),
        ("googlebot: noindex, marsad: nosnippet", Directives(nosnippet=True)),
        ("noarchive, otherbot: noindex", Directives(noarchive=True)),
        ("unavailable_after: 25 Jun 2010 15:00:00 UTC, noindex", Directives(noindex=True)),
        ("max-snippet:20, noarchive", Directives(noarchive=True)),
        ("all", Directives()),
    ],
)
def test_the_header(header: str, expected: Directives) -> None:
    assert directives({"x-robots-tag": header}) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<meta name="robots" content="noindex, noarchive">', Directives(noindex=True, noarchive=True)),
        ("<META CONTENT='NONE' NAME='ROBOTS'/>", Directives(noindex=True, nofollow=True)),
        ("<meta name=robots content=noindex>", Directives(noindex=True)),
        ('<meta name="Marsad" content="nosnippet">', Directives(nosnippet=True)),
        ('<meta name="googlebot" content="noindex">', Directives()),
        ('<meta name="tdm-reservation" content="1">', Directives(tdm_reserved=True)),
        ('<meta name="tdm-reservation" content="0">', Directives()),
        ('<!-- <meta name="robots" content="noindex"> --><title>x</title>', Directives()),
        ('<!-- a --><meta name="robots" content="noindex">', Directives(noindex=True)),
        ('<body><p>&lt;</p><meta name="robots" content="noindex">', Directives()),
        ('<meta property="og:title" content="noindex">', Directives()),
    ],
)
def test_the_head_of_a_page(html: str, expected: Directives) -> None:
    assert directives({}, html) == expected


def test_header_and_page_count_together() -> None:
    found = directives(
        {"tdm-reservation": "1", "x-robots-tag": "nosnippet"}, "<meta name=robots content=noindex>"
    )
    assert found == Directives(noindex=True, nosnippet=True, tdm_reserved=True)


@given(st.text(), st.text())
def test_nothing_is_raised(header: str, html: str) -> None:
    directives({"x-robots-tag": header, "tdm-reservation": header}, "<meta " + html)


@pytest.mark.parametrize(
    "unit", ["<meta ", "<!--", "<meta name=", "name = ", "<", "<meta content='", "<body", " "]
)
def test_time_is_linear(unit: str) -> None:
    started = time.process_time()
    directives({"x-robots-tag": unit * 10_000}, unit * (4_000_000 // len(unit)))
    assert time.process_time() - started < 2
