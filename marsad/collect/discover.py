"""What a page of a newspaper leads to: its feeds, and its articles where it has no feed. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from urllib.parse import unquote

from marsad.collect.canonical import canonical
from marsad.collect.hyperlinks import Link, outline
from marsad.collect.target import DEFAULT_PORTS, Target, target
from marsad.model import Page

_FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/rss",
        "text/rss",
    }
)
#: Where the usual systems of newspapers keep their feeds (WordPress, Drupal, SPIP, Blogger, Joomla).
_FEED_PATHS = (
    *("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/spip.php?page=backend"),
    *("/index.php?format=feed&type=rss", "/feeds/posts/default", "/ar/rss.xml", "/fr/rss.xml", "/feed.json"),
)
_SITEMAP_PATHS = (
    *("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/googlenews.xml"),
    *("/sitemap_index.xml", "/sitemap.xml", "/wp-sitemap.xml"),
)
_LIKE_A_FEED = re.compile(
    r"(?:^|[/=])(?:feed|feeds|rss|rss2|atom|rdf|backend)(?:[/.?&_-]|$)|\.(?:rss|atom|rdf)$", re.IGNORECASE
)
_OF_COMMENTS = re.compile(r"comment|تعليق", re.IGNORECASE)

#: An article's address gathers evidence; from this much on it is taken for one.
_ENOUGH = 4
#: So many articles whose addresses differ by a number show how the addresses of the site are made.
_SAME_SHAPE = 3
_DIGITS = re.compile(r"\d+")
_DATE = re.compile(
    r"(?:^|[/_-])(?:19[89]|20[0-4])\d"
    r"(?:[/_-](?:0?[1-9]|1[0-2])(?:[/_-]|$)|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d))"
)
_NUMBER = re.compile(r"(?:^|[/_=.-])\d{3,}(?:$|[/_.&-])")
_NUMBERED = re.compile(
    r"(?:^|&)(?:id|sid|nid|p|article|art|news|newsid|id_article|aid|pid)=\d+(?:&|$)", re.IGNORECASE
)
_PAGE_OF_LIST = re.compile(r"(?:^|/)page/\d+|(?:^|[?&])(?:page|paged|offset|start)=\d", re.IGNORECASE)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|zip|docx?|xml|json|css|js|apk)$", re.IGNORECASE)
_ENDING = re.compile(r"\.(?:s?html?|php|aspx?)$", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"[-_+\s]+")


def feed_links(page: Page) -> tuple[str, ...]:
    """The addresses of feeds that `page` announces, then those of links that look like feeds; each once."""
    links = [link for link in outline(page).links if not _is_about_comments(link)]
    announced = [link for link in links if "alternate" in link.rel and link.media_type in _FEED_TYPES]
    seeming = [link for link in links if link.element == "a" and _LIKE_A_FEED.search(link.target.path)]
    return tuple(dict.fromkeys(link.target.address for link in (*announced, *seeming)))


def usual_feeds(home: Target) -> tuple[str, ...]:
    """The addresses at which a site usually has a feed, where it announces none."""
    return tuple(home.origin + path for path in _FEED_PATHS)


def usual_sitemaps(home: Target) -> tuple[str, ...]:
    """The addresses at which a site usually has a sitemap, those of news first."""
    return tuple(home.origin + path for path in _SITEMAP_PATHS)


def article_links(page: Page, *, most: int = 200) -> tuple[str, ...]:
    """The canonical addresses of links of a section page that look like articles, in its order, each once.

    An article is linked with a date, a number or the words of its headline in its path, and with its
    headline as the text; menus, tags, authors, lists and what lies on other sites are left out. An address
    that differs only by its number from several that are articles is one too, however short its headline.
    Raises Refused where the page's own address is no web address.
    """
    here = target(page.final_address)
    evidence: dict[str, int] = {}
    for link in outline(page).links:
        if link.element == "a" and _is_same_site(link.target, here):
            address = canonical(link.target.address)
            evidence[address] = max(evidence.get(address, 0), _evidence(link))
    evidence.pop(canonical(here.address), None)
    shapes = Counter(_shape(address) for address, weight in evidence.items() if weight >= _ENOUGH)
    return tuple(
        address
        for address, weight in evidence.items()
        if weight >= _ENOUGH or (weight > 0 and shapes[_shape(address)] >= _SAME_SHAPE)
    )[:most]


def _shape(address: str) -> str:
    """`address` without what its numbers are."""
    return _DIGITS.sub("#", address)


def _evidence(link: Link) -> int:
    """How much speaks for `link` to lead to an article."""
    path, _, query = unquote(link.target.path).partition("?")
    segments = [segment for segment in path.lower().split("/") if segment]
    if _leads_elsewhere(path, query, segments) or link.rel & {"tag", "author", "next", "prev"}:
        return 0
    name = _ENDING.sub("", segments[-1]) if segments else ""
    words = [word for word in _BETWEEN_WORDS.split(name) if word and not word.isdigit()]
    without_date, dates = _DATE.subn("/", path)
    numbered = bool(_NUMBER.search(without_date) or _NUMBERED.search(query))
    if not (words or numbered):
        return 0  # All the news of a day or a month.
    ending = bool(segments and _ENDING.search(segments[-1]))
    of_address = 2 * bool(dates) + 2 * numbered + min(max(len(words) - 2, 0), 2) + ending
    headline = len(link.text.split())
    of_text = 2 * (headline >= 4 and len(link.text) >= 18) + (headline >= 7) + link.in_heading
    return of_address + of_text - 2 * link.in_menu if of_address else 0


def _leads_elsewhere(path: str, query: str, segments: Iterable[str]) -> bool:
    """Whether a path is one of lists, accounts, files and the like."""
    whole = f"{path}?{query}"
    listed = any(segment in _not_articles() for segment in segments)
    return listed or bool(_PAGE_OF_LIST.search(whole) or _FILE.search(path))


def _is_same_site(one: Target, other: Target) -> bool:
    usual = DEFAULT_PORTS.values()
    same_port = one.port == other.port or (one.port in usual and other.port in usual)
    return same_port and _bare(one.host) == _bare(other.host)


def _bare(host: str) -> str:
    return host.removeprefix("www.").removeprefix("m.")


def _is_about_comments(link: Link) -> bool:
    return bool(_OF_COMMENTS.search(link.target.path) or _OF_COMMENTS.search(link.text))


@cache
def _not_articles() -> frozenset[str]:
    text = (files("marsad.collect") / "not_articles.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
