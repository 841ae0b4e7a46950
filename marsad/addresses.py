"""Every address that Marsad shows or sends. Nobody else formats one by hand.

All are paths from the root of the site; `absolute` puts the public address before them.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

FRONT = "/"
SEARCH = "/search"
SOURCES = "/sources"
HEALTH = "/healthz"
METRICS = "/metrics"

#: Words that can never be the slug of a source, for they begin an address of ours.
RESERVED = frozenset(
    "about api ar archive country desk en fr front healthz image list metrics oembed place "
    "opensearch privacy reader report robots.txt saved search section sitemap source sources "
    "static statistics story transparency trends watch .well-known favicon.ico".split()
)


def article(source: str, number: int) -> str:
    """An article's lasting address, for example ``/agorapresse/236369``."""
    return f"/{quote(source, safe='')}/{number}"


def newspaper(source: str) -> str:
    """The page of one source."""
    return f"/{quote(source, safe='')}"


def story(number: int) -> str:
    """A story's lasting address."""
    return f"/story/{number}"


def section(name: str) -> str:
    """The page of one section."""
    return f"/section/{quote(name, safe='')}"


def search(query: str = "", **parameters: str | int) -> str:
    """The search page, with the query and whatever else narrows it."""
    given = {"q": query, **parameters} if query else dict(parameters)
    return f"{SEARCH}?{urlencode(given)}" if given else SEARCH


def static(name: str) -> str:
    """A file shipped with the site."""
    return f"/static/{quote(name)}"


def absolute(base: str, path: str) -> str:
    """`path` of ours under the site's public address `base`."""
    return base.rstrip("/") + path
