"""Feeds and sitemaps that explode, lie, or lead astray."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from email.utils import format_datetime
from html import escape

from marsad.demo.hostile.answer import RSS, Asked, Handler, Parts, answer, head, whole

XML = "application/xml; charset=utf-8"
JSON = "application/feed+json"
TITLE = "نشرة الطقس"
MANY = 100_000


def item(link: str, title: str = TITLE, published: str = "Tue, 17 Nov 2026 14:05:00 +0100") -> str:
    """An entry of RSS, its parts as they are given."""
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{published}</pubDate></item>\n"


def rss(items: str, before: str = "") -> str:
    """A feed of `items`, with `before` between the XML declaration and the rest."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n{before}<rss version="2.0"><channel>'
        f"<title>{TITLE}</title><link>http://nasim.example/</link>\n{items}</channel></rss>\n"
    )


def _feed(words: str, make: Callable[[Asked], str | bytes], kind: str = RSS) -> Handler:
    def made(asked: Asked) -> bytes:
        return answer(make(asked), kind)

    made.__doc__ = words
    return whole(made)


def _link(asked: Asked) -> str:
    return f"{asked.base}/page/plain"


def _entry(title: str = TITLE) -> Callable[[Asked], str]:
    """A feed of one entry, whose title is `title` as it is."""
    return lambda asked: rss(item(_link(asked), title))


def _plain(asked: Asked) -> str:
    return rss(item(_link(asked)))


def _entity_bomb(asked: Asked) -> str:
    """Ten levels of ten references: 3 GB, were they resolved (the "billion laughs")."""
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    before = f'<!DOCTYPE rss [<!ENTITY a0 "hahaha">{levels}]>'
    return rss(item(_link(asked), title="&a9;"), before)


def _quadratic_bomb(asked: Asked) -> str:
    before = f'<!DOCTYPE rss [<!ENTITY a "{"a" * 100_000}">]>'
    return rss(item(_link(asked), title="&a;" * 20_000), before)


def _entity(asked: Asked, address: str) -> str:
    before = f'<!DOCTYPE rss [<!ENTITY file SYSTEM "{address}">]>'
    return rss(item(_link(asked), title="before &file; after"), before)


def _external_dtd(asked: Asked) -> str:
    return rss(item(_link(asked)), f'<!DOCTYPE rss SYSTEM "{asked.base}/canary">')


def _parameter_entity(asked: Asked) -> str:
    return rss(item(_link(asked)), f'<!DOCTYPE rss [<!ENTITY % out SYSTEM "{asked.base}/canary"> %out;]>')


def _included(asked: Asked) -> str:
    include = (
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="file:///etc/hostname"/>'
    )
    return rss(item(_link(asked), title=include))


def _style_sheet(asked: Asked) -> str:
    return rss(item(_link(asked)), f'<?xml-stylesheet type="text/xsl" href="{asked.base}/canary"?>')


async def huge(asked: Asked) -> Parts:
    """100,000 entries."""
    start, end = rss("@").split("@")
    yield head(kind=RSS) + start.encode()
    for first in range(0, MANY, 500):
        yield "".join(item(f"{asked.base}/page/plain?{n}") for n in range(first, first + 500)).encode()
    yield end.encode()


async def huge_sitemap(asked: Asked) -> Parts:
    """A sitemap of 100,000 addresses."""
    yield head(kind=XML) + b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    for first in range(0, MANY, 500):
        numbers = range(first, first + 500)
        yield "".join(f"<url><loc>{asked.base}/page/plain?{n}</loc></url>" for n in numbers).encode()
    yield b"</urlset>"


def _dates(asked: Asked) -> str:
    ahead = format_datetime((asked.now + timedelta(days=3653)).replace(microsecond=0), usegmt=True)
    dates = (
        ahead,
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 -1200",
        "Tue, 31 Feb 2026 10:00:00 GMT",
        "Tue, 17 Nov 2026 99:99:99 +9999",
        "99999999999999999999",
        "2026-11-17T14:05:00+99:99",
        "tomorrow",
        "",
    )
    return rss("".join(item(f"{_link(asked)}?{n}", published=date) for n, date in enumerate(dates)))


def _links(asked: Asked) -> str:
    port = asked.base.rpartition(":")[2]
    links = (
        "/page/plain?relative",
        "page/plain?nearer",
        f"//127.0.0.1:{port}/page/plain?protocol",
        f"  {_link(asked)}?spaces \n",
        f"{_link(asked)}?utm_source=rss&amp;utm_medium=feed&amp;fbclid=abc#part",
        f"{asked.base}/page/../page/./plain?dots",
        f"{asked.base}/page/plain?جملة=عربية",
        "javascript:alert(1)",
        "data:text/html,a",
        "file:///etc/hostname",
        "http://10.0.0.1/inside",
        "http://[::1",
        "mailto:nobody@nasim.example",
        "http://nasim.example/" + "a" * 20_000,
        "",
    )
    return rss("".join(item(link, title=f"{TITLE} {n}") for n, link in enumerate(links)))


def _same(asked: Asked) -> str:
    return rss(item(_link(asked)) * 1000)


def _markup(asked: Asked) -> str:
    tags = ("<script>alert(1)</script>", "<b>مطر</b>", "&amp;amp;", "<img src=x onerror=alert(1)>")
    return rss("".join(item(f"{_link(asked)}?{n}", escape(tag)) for n, tag in enumerate(tags)))


def _sitemap_index(*addresses: str) -> str:
    places = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in addresses)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</sitemapindex>'


def _endless_index(asked: Asked) -> str:
    step = int(asked.query) if asked.query.isascii() and asked.query.isdigit() else 0
    return _sitemap_index(
        f"{asked.base}{asked.path}?{step * 2 + 1}", f"{asked.base}{asked.path}?{step * 2 + 2}"
    )


def _json(items: str) -> str:
    return f'{{"version":"https://jsonfeed.org/version/1.1","title":"{TITLE}","items":{items}}}'


def _json_types(asked: Asked) -> str:
    odd = ("null", "1", '"a"', "[]", '{"url": 5, "title": ["a"]}', '{"url": {"a": 1}, "date_published": 5}')
    good = f'{{"id":"1","url":"{_link(asked)}","title":"{TITLE}"}}'
    return _json(f"[{', '.join((*odd, good))}]")


def _attributes(_: Asked) -> str:
    attributes = " ".join(f'a{number}="1"' for number in range(20_000))
    return rss(f"<item {attributes}/>")


def _inside(_: Asked) -> str:
    return _sitemap_index("http://10.0.0.1/sitemap.xml", "file:///etc/hostname")


FEEDS: Mapping[str, Handler] = {
    "/feed/plain": _feed("Nothing wrong, for comparison", _plain),
    "/feed/entity-bomb": _feed("Entities that grow to 3 GB", _entity_bomb),
    "/feed/quadratic-bomb": _feed("One long entity, 20,000 times", _quadratic_bomb),
    "/feed/external-file": _feed("A file of the reader's", lambda a: _entity(a, "file:///etc/hostname")),
    "/feed/external-address": _feed("An address to fetch", lambda a: _entity(a, f"{a.base}/canary")),
    "/feed/external-dtd": _feed("A document type to fetch", _external_dtd),
    "/feed/parameter-entity": _feed("The same by another door", _parameter_entity),
    "/feed/included-file": _feed("A file to include", _included),
    "/feed/style-sheet": _feed("A style sheet to fetch", _style_sheet),
    "/feed/huge": huge,
    "/feed/deep": _feed("100,000 elements, each in the last", lambda _: rss("<a>" * MANY + "</a>" * MANY)),
    "/feed/many-attributes": _feed("An element with 20,000 attributes", _attributes),
    "/feed/long-title": _feed("A title of 1,000,000 letters", _entry("ا" * 1_000_000)),
    "/feed/dates": _feed("Dates in the future, and of no calendar", _dates),
    "/feed/links": _feed("Relative, tracking and forbidden links", _links),
    "/feed/same-entry": _feed("One entry, 1,000 times", _same),
    "/feed/markup": _feed("Scripts in titles", _markup),
    "/feed/nul": _feed("NUL bytes", _entry("مطر\0خفيف")),
    "/feed/controls": _feed("Characters that XML forbids", _entry("مطر \x08&#8;\x1b&#xFFFF; خفيف")),
    "/feed/invalid-utf8": _feed(
        "Bytes that are no UTF-8", lambda a: _plain(a).encode().replace("ش".encode(), b"\xd8\xff")
    ),
    "/feed/wrong-charset": _feed(
        "windows-1256 that is called UTF-8", lambda a: _plain(a).encode("windows-1256")
    ),
    "/feed/unknown-charset": _feed(
        "A charset that does not exist", lambda a: _plain(a).replace("utf-8", "marsad-9"), "text/xml"
    ),
    "/feed/cut": _feed("Half a feed", lambda a: rss(item(_link(a)) * 20)[:1500]),
    "/feed/unescaped": _feed("Bare ampersands and brackets", _entry("مطر & ريح < غيم &nbsp; &unknown;")),
    "/feed/leading-space": _feed("Blank lines before the declaration", lambda a: "\n\n  " + _plain(a)),
    "/feed/as-html": _feed("A feed that is called HTML", _plain, "text/html"),
    "/feed/html": _feed(
        "A page in place of a feed", lambda _: "<!doctype html><title>Log in</title><p>Log in"
    ),
    "/feed/empty": _feed("Nothing", lambda _: ""),
    "/feed/no-entries": _feed("A feed without entries", lambda _: rss("")),
    "/feed/other-xml": _feed("XML that is no feed", lambda _: "<invoice><total>5</total></invoice>", XML),
    "/feed/json-deep": _feed("100,000 brackets", lambda _: _json("[" * MANY + "]" * MANY), JSON),
    "/feed/json-number": _feed("A number of 100,000 digits", lambda _: _json(f"[{'9' * MANY}]"), JSON),
    "/feed/json-types": _feed("Everything of the wrong type", _json_types, JSON),
    "/feed/json-not-an-object": _feed("A list in place of an object", lambda _: "[1, 2, 3]", JSON),
    "/feed/json-cut": _feed("Half a JSON feed", lambda a: _json_types(a)[:90], JSON),
    "/feed/sitemap-huge": huge_sitemap,
    "/feed/sitemap-of-itself": _feed(
        "An index that leads to itself", lambda a: _sitemap_index(a.base + a.path), XML
    ),
    "/feed/sitemap-endless": _feed("An index of two more, and so on", _endless_index, XML),
    "/feed/sitemap-elsewhere": _feed("An index of sitemaps on the inside", _inside, XML),
    "/feed/sitemap-false-gzip": _feed("Only seems compressed", lambda _: b"\x1f\x8b\x08 nothing", XML),
}
