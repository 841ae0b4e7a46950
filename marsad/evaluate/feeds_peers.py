"""How fast ordinary feeds are read: ours beside feedparser and fastfeedparser, in one run."""

from __future__ import annotations

import importlib
import statistics
import time
from collections.abc import Callable, Iterator
from html import escape

from marsad.collect.feeds.registry import parse_feed

_ARABIC = (
    "أفادت المديرية العامة للأرصاد الجوية أن أمطارا قوية ستهم عددا من أقاليم الشمال ابتداء من مساء اليوم، "
    "ودعت مستعملي الطرق إلى الحيطة والحذر."
)
_FRENCH = (
    "La province a annoncé la réouverture de la route après deux jours de travaux, et remercie les habitants "
    "de leur patience."
)
ROUNDS = 7


def ordinary_feeds() -> Iterator[tuple[str, bytes]]:
    """(name, feed): RSS and Atom of 20 to 100 items, with summaries or whole articles, 30 to 300 kB."""
    for items, paragraphs in ((20, 6), (40, 2), (100, 1), (60, 10)):
        yield f"RSS, {items} items", _rss(items, paragraphs).encode()
        yield f"Atom, {items} entries", _atom(items, paragraphs).encode()


def benchmark() -> dict[str, float]:
    """Median seconds of each installed reader for all ordinary feeds, and how many times ours that is."""
    readers: dict[str, Callable[[bytes], object]] = {
        "marsad": lambda body: parse_feed(body, "application/xml", "https://newspaper.example/feed")
    }
    for name in ("feedparser", "fastfeedparser"):
        try:
            readers[name] = importlib.import_module(name).parse
        except ImportError:
            continue
    feeds = [body for _, body in ordinary_feeds()]
    times: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(ROUNDS):  # in turn, so that a slow moment of the machine meets all alike
        for name, read in readers.items():
            started = time.perf_counter()
            for body in feeds:
                read(body)
            times[name].append(time.perf_counter() - started)
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    ratios = {
        f"{name}_times_ours": round(median / medians["marsad"], 1)
        for name, median in medians.items()
        if name != "marsad"
    }
    return {name: round(median, 5) for name, median in medians.items()} | ratios


def _paragraphs(number: int, count: int) -> str:
    texts = (_ARABIC, _FRENCH)
    return "".join(f"<p>{texts[(number + n) % 2]} ({number}.{n})</p>" for n in range(count))


def _rss(items: int, paragraphs: int) -> str:
    inside = "".join(
        f"<item><title>خبر رقم {n} : أمطار &amp; رياح</title>"
        f"<link>https://newspaper.example/articles/{n}?utm_source=rss</link>"
        f"<guid isPermaLink='false'>{n}</guid><dc:creator>هيئة التحرير</dc:creator>"
        f"<pubDate>Tue, 17 Nov 2020 {n % 24:02}:05:00 +0100</pubDate><category>مجتمع</category>"
        f"<description>{escape(_paragraphs(n, 1))}</description>"
        f"<content:encoded><![CDATA[{_paragraphs(n, paragraphs)}]]></content:encoded>"
        f"<media:content url='https://newspaper.example/{n}.jpg' medium='image' width='800'/></item>"
        for n in range(items)
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0' "
        "xmlns:content='http://purl.org/rss/1.0/modules/content/' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/' "
        "xmlns:media='http://search.yahoo.com/mrss/'><channel><title>الجريدة</title>"
        f"<link>https://newspaper.example/</link><language>ar</language>{inside}</channel></rss>"
    )


def _atom(items: int, paragraphs: int) -> str:
    inside = "".join(
        f"<entry><title type='html'>Titre {n} &amp;amp; suite</title>"
        f"<link rel='alternate' type='text/html' href='https://journal.example/a/{n}'/>"
        f"<id>tag:journal.example,2020:{n}</id><updated>2020-11-17T{n % 24:02}:05:00Z</updated>"
        f"<published>2020-11-17T{n % 24:02}:00:00Z</published><author><name>Rédaction</name></author>"
        f"<category term='société'/><summary type='html'>{escape(_paragraphs(n, 1))}</summary>"
        f"<content type='html'>{escape(_paragraphs(n, paragraphs))}</content></entry>"
        for n in range(items)
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom' xml:lang='fr'>"
        f"<title>Le Journal</title><link href='https://journal.example/'/>{inside}</feed>"
    )
