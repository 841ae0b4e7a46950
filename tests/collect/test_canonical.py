"""One address for all the ways in which an article is linked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.collect.canonical import canonical
from marsad.collect.target import target
from marsad.errors import Refused

RAIN = "https://nakhla.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/%D9%85%D8%B7%D8%B1"


@pytest.mark.parametrize(
    "written",
    [
        "https://nakhla.example/أخبار/مطر",
        "https://nakhla.example/%d8%a3%d8%ae%d8%a8%d8%a7%d8%b1/%d9%85%d8%b7%d8%b1",
        "HTTPS://Nakhla.Example:443/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/%D9%85%D8%B7%D8%B1#comments",
        "https://nakhla.example/أخبار/./x/../مطر",
        "https://nakhla.example/أخبار/%2e/مطر",
        "https://nakhla.example./أخبار/مطر?",
        " \n\u200fhttps://nakhla.example/أخبار/مطر\u200e ",
        "https://nakhla.example/أخ\nبار/مطر",
        "https://nakhla.example/أخبار/مطر?utm_source=rss&utm_medium=x&fbclid=abc&gclid=1",
        "https://nakhla.example/أخبار/مطر?UTM_Source=rss&&mc_cid=4#top",
        "https://nakhla.example/أخبار/مطر;jsessionid=0A1B",
        "https://nakhla.example/أخبار/مطر?PHPSESSID=0a1b",
        "https://nakhla.example/أخبار/مطر/amp",
        "https://nakhla.example/أخبار/مطر?amp",
        "https://nakhla.example/أخبار/مطر?amp=1&outputType=amp",
    ],
)
def test_many_ways_to_write_one_article(written: str) -> None:
    assert canonical(written) == RAIN


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("http://a.example", "http://a.example/"),
        ("http://a.example/?b=2&a=1", "http://a.example/?b=2&a=1"),
        ("http://a.example/?a=1&a=1", "http://a.example/?a=1&a=1"),
        ("http://a.example/news.php?sid=12&ref=3&s=4&m=5", "http://a.example/news.php?sid=12&ref=3&s=4&m=5"),
        ("http://a.example:8080/x/", "http://a.example:8080/x/"),
        ("http://a.example//x//y", "http://a.example//x//y"),
        ("http://a.example/x?q=%C7%E1%e3", "http://a.example/x?q=%C7%E1%E3"),
        ("http://a.example/%41%7e%2F", "http://a.example/A~%2F"),
        ("http://a.example/100%", "http://a.example/100%25"),
        ('http://a.example/a b|c"d', "http://a.example/a%20b%7Cc%22d"),
        ("http://a.example/x?ids[]=1", "http://a.example/x?ids[]=1"),
        ("http://a.example/amp", "http://a.example/amp"),
        ("http://a.example/amp/", "http://a.example/amp/"),
        ("http://a.example/camp", "http://a.example/camp"),
        ("http://a.example/slug/amp/", "http://a.example/slug/"),
        ("http://a.example/?ample=1", "http://a.example/?ample=1"),
        ("http://www.a.example/x", "http://www.a.example/x"),
        ("http://الأخبار.example/", "http://xn--igbhbd3au2k.example/"),
        ("http://[2001:DB8::0:1]:80/x", "http://[2001:db8::1]/x"),
    ],
)
def test_what_may_show_something_else_is_kept(written: str, kept: str) -> None:
    assert canonical(written) == kept


@pytest.mark.parametrize(
    ("link", "base", "whole"),
    [
        ("/b", "https://a.example/x/y", "https://a.example/b"),
        ("b?p=1", "https://a.example/x/y", "https://a.example/x/b?p=1"),
        ("../../../b", "https://a.example/x/y", "https://a.example/b"),
        ("//b.example/c", "https://a.example/x", "https://b.example/c"),
        ("?p=2", "https://a.example/x?p=1", "https://a.example/x?p=2"),
        ("خبر", "https://a.example/", "https://a.example/%D8%AE%D8%A8%D8%B1"),
        ("https://b.example", "https://a.example/", "https://b.example/"),
    ],
)
def test_relative_links_are_resolved(link: str, base: str, whole: str) -> None:
    assert canonical(link, base) == whole


ADDRESSES = st.one_of(
    st.text(max_size=60),
    st.builds(
        "{}://{}{}{}".format,
        st.sampled_from(["http", "https", "HTTP", "ftp"]),
        st.one_of(
            st.sampled_from(["a.example", "الخبر.example", "1.2.3.4", "[::1]", "x:80", "u@h"]), st.text()
        ),
        st.text(alphabet="/.%aAمé2eamp;jsessionid=?&#+ ~\\", max_size=40),
        st.text(max_size=20),
    ),
)


@given(ADDRESSES)
def test_canonical_twice_is_canonical_once_and_nothing_else_is_raised(written: str) -> None:
    try:
        once = canonical(written)
    except Refused:
        return
    assert once.isascii()
    assert " " not in once
    assert canonical(once) == once
    assert target(once).address == once


@given(st.text(max_size=40), ADDRESSES)
def test_any_link_on_any_page_is_resolved_or_refused(link: str, base: str) -> None:
    try:
        whole = canonical(link, base)
    except Refused:
        return
    assert canonical(whole) == whole
