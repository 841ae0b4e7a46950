"""Every address that Marsad shows or sends. Nobody else formats one by hand.

All are paths from the root of the site; `absolute` puts the public address before them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import quote, quote_plus, unquote, urlencode, urlsplit

#: Digits of the longest number that an address may name: nothing kept has one of more.
LONGEST_NUMBER = 16

FRONT = "/"
SEARCH = "/search"
SUGGEST = "/suggest"
OPENSEARCH = "/opensearch.xml"
SOURCES = "/sources"
ABOUT = "/about"
STATISTICS = "/statistics"
TRENDS = "/trends"
TRANSPARENCY = "/transparency"
REMOVAL = "/removal"
SAVED = "/saved"
DESK = "/desk"
SIGN_IN = "/desk/sign-in"
HEALTH = "/healthz"
METRICS = "/metrics"
ROBOTS = "/robots.txt"
#: Where apps for the Google Reader API look for it.
READER_LOGIN = "/accounts/ClientLogin"
READER = "/reader/api/0"
#: What apps for FreshRSS put before both by themselves.
READER_OF_FRESHRSS = "/api/greader.php"
API_PAGE = "/programmers"
API = "/api/v1"
API_DESCRIPTION = "/api/v1/openapi.json"
OPML = "/sources.opml"
OEMBED = "/oembed"
#: Where browsers look for an icon that no page names.
FAVICON = "/favicon.ico"

#: Words that can never be the slug of a source, for they begin an address of ours.
RESERVED = frozenset(
    "about accounts api ar archive country desk en fr front healthz image list metrics oembed place "
    "programmers "
    "opensearch opensearch.xml privacy reader removal report robots.txt saved search section sitemap "
    "sitemap.xml source sources sources.opml static statistics story suggest transparency trends watch "
    ".well-known favicon.ico".split()
)

#: What is the same in every language, and so never stands under a language's prefix.
SHARED = frozenset(
    "accounts api favicon.ico healthz image list metrics oembed opensearch opensearch.xml reader robots.txt "
    "sitemap sitemap.xml sources.opml static suggest .well-known".split()
)


def article(source: str, number: int) -> str:
    """An article's lasting address, for example ``/agorapresse/236369``."""
    return f"/{quote(source, safe='')}/{number}"


_ARTICLE = re.compile(
    r"(?:/(?:ar|fr|en))?/"
    r"(?:image/(?P<shown_in>\d{1,15})/(?P<image>[0-9a-f]{16})(?:/\d+)?"
    r"|(?P<source>[^/?#]{1,80})/(?P<number>\d{1,15}))/?",
    re.ASCII,
)


def path_at(address: str, *bases: str) -> str:
    """The path of an address at one of our `bases`, whichever scheme it is written with; "" of all others.

    A path alone is taken for one of ours.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    hosts = {"", *(urlsplit(base).netloc.lower() for base in bases)}
    return parts.path if parts.scheme in {"", "http", "https"} and parts.netloc.lower() in hosts else ""


def read_article(path: str) -> tuple[str, int, str] | None:
    """The source and number of an article that `path` of ours leads to, and the key of an image.

    The source is "" where the path is that of an image; None where it is neither.
    """
    found = _ARTICLE.fullmatch(path[:2000])
    if found is None:
        return None
    if found["image"]:
        return "", int(found["shown_in"]), found["image"]
    return unquote(found["source"]), int(found["number"]), ""


def citation(source: str, number: int, form: str) -> str:
    """An article's reference as a file: ``bib`` for BibTeX, ``ris``."""
    return f"{article(source, number)}.{form}"


def preview(source: str, number: int) -> str:
    """The image that stands for an article where its address is shared."""
    return f"{article(source, number)}.png"


def oembed(address: str) -> str:
    """How to show what stands at an absolute address of ours."""
    return f"{OEMBED}?{urlencode({'url': address})}"


def sitemap(name: str = "") -> str:
    """The sitemap of that name, ``news`` or ``2024-03-1``; "" for the list of all."""
    return f"/sitemap/{name}.xml" if name else "/sitemap.xml"


def newspaper(source: str) -> str:
    """The page of one source."""
    return f"/{quote(source, safe='')}"


def feed(page: str, form: str = "rss") -> str:
    """The feed of a page that lists articles: ``rss``, ``atom`` or ``json``. What narrows a search stays."""
    path, mark, query = page.partition("?")
    return f"{path.rstrip('/')}/feed.{form}{mark}{query}"


def has_feed(page: str) -> bool:
    """Whether the page of that path lists articles that a feed can follow."""
    first, _, rest = page.strip("/").partition("/")
    if first in {"section", "country", "place", "story"}:
        return bool(rest) and "/" not in rest
    return page in {FRONT, SEARCH} or (not rest and first not in RESERVED)


def story(number: int) -> str:
    """A story's lasting address."""
    return f"/story/{number}"


def section(name: str) -> str:
    """The page of one section."""
    return f"/section/{quote(name, safe='')}"


def country(code: str) -> str:
    """The page of the newspapers of one country, by its ISO 3166 code."""
    return f"/country/{quote(code.lower(), safe='')}"


def trends(**narrowed: str) -> str:
    """What rises, in all or in one ``section`` or ``country``."""
    return f"{TRENDS}?{urlencode(narrowed)}" if narrowed else TRENDS


def place(slug: str = "") -> str:
    """The page of what happens at a place, ``/place/ma-fes``; "" for the list of all places."""
    return f"/place/{quote(slug, safe='')}" if slug else "/place"


def archive(when: str = "", source: str | None = None) -> str:
    """The calendar, or what stood there in a month (``2024-03``) or on a day; of one source if named."""
    start = newspaper(source) if source else ""
    return f"{start}/archive/{quote(when, safe='')}" if when else f"{start}/archive"


def search(query: str = "", **parameters: str | int) -> str:
    """The search page, with the query and whatever else narrows it."""
    given = {"q": query, **parameters} if query else dict(parameters)
    return f"{SEARCH}?{urlencode(given, quote_via=quoted)}" if given else SEARCH


def saved(token: str) -> str:
    """A search that somebody keeps, by its token; ``new`` to keep one."""
    return f"{SAVED}/{token}"


def saving(parameters: Mapping[str, str | int]) -> str:
    """Where the search with these parameters is given a name and kept."""
    return f"{saved('new')}?{urlencode(parameters)}"


def saved_feed(token: str, form: str = "rss") -> str:
    """The feed of a search that somebody keeps."""
    return f"{saved(token)}/feed.{form}"


#: Widths that images are shown at, in pixels: beside a headline, and in an article.
IMAGE_WIDTHS = (320, 800)


def image_key(address: str) -> str:
    """By which an image is known here: 16 hexadecimal digits of its address at the newspaper."""
    return blake2b(address.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def image(article: int, address: str, width: int = IMAGE_WIDTHS[-1]) -> str:
    """An image of an article at reading size, by its address at the newspaper."""
    return f"/image/{article}/{image_key(address)}/{width}"


def report(article: int, image: str = "") -> str:
    """Where a reader reports an article, or one of its images by its address at the newspaper."""
    return f"/report/{article}/{image_key(image)}" if image else f"/report/{article}"


def desk_case(article: int, image: str = "") -> str:
    """Where a moderator decides on an article, or on one of its images by its key."""
    return f"{DESK}/case/{article}/{image}" if image else f"{DESK}/case/{article}"


def desk_image(article: int, image: str) -> str:
    """An image as moderators see it, hidden or not."""
    return f"{DESK}/image/{article}/{image}"


def desk(page: str = "") -> str:
    """A page of the desk: "" for the queue, ``log``, ``requests``, ``sources``, ``settings``, ``account``."""
    return f"{DESK}/{quote(page)}" if page else DESK


def removal(token: str) -> str:
    """Where whoever asked for a removal follows what becomes of it."""
    return f"{REMOVAL}/{quote(token, safe='')}"


def static(name: str) -> str:
    """A file shipped with the site."""
    return f"/static/{quote(name)}"


def page(path: str) -> str:
    """The page of a path that is known already: templates put the reader's language before it."""
    return path


def absolute(base: str, path: str) -> str:
    """`path` of ours under the site's public address `base`."""
    return base.rstrip("/") + path


def within(language: str, path: str) -> str:
    """`path` of ours under a language's prefix, ``/fr/section/sports``; "" lets the browser choose."""
    first = path.removeprefix("/").partition("/")[0].partition("?")[0]
    if not language or not path.startswith("/") or first in SHARED:
        return path
    return f"/{language}{path}"


#: One page links to the same query many times over.
quoted = lru_cache(1_000)(quote_plus)
