"""What a search found."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from marsad.errors import SearchError
from marsad.model import Headline
from marsad.search.index import Facet, Hits, Index, Order, Window
from marsad.search.parser import read_query
from marsad.search.query import Ignored
from marsad.store import articles

PAGE = 20
#: Beyond this page nobody looks, and every engine slows down.
LAST_PAGE = 50
COUNTED = (Facet.SOURCE, Facet.SECTION, Facet.LANGUAGE, Facet.YEAR)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of the hits of a query."""

    query: str
    headlines: tuple[Headline, ...]
    total: int
    #: Parts of the query that were left out, and why.
    ignored: tuple[Ignored, ...]
    facets: dict[str, tuple[tuple[str, int], ...]]
    order: Order
    page: int
    pages: int
    #: Not all words were found together: these articles have some of them.
    relaxed: bool = False
    #: The index could not answer; the pages of the archive can still be read.
    broken: bool = False


def find(connection: Connection, index: Index, query: str, *, page: str = "", sort: str = "") -> Found:
    """The hits of `query`; what a reader typed for page and order is read leniently."""
    number = min(max(int(page), 1), LAST_PAGE) if page.isascii() and page.isdecimal() and len(page) < 6 else 1
    order = Order(sort) if sort in set(Order) else Order.RELEVANCE
    read = read_query(query)
    window = Window(start=(number - 1) * PAGE, size=PAGE, order=order, facets=COUNTED)
    try:
        hits, broken = (index.search(read, window) if read.root is not None else Hits()), False
    except SearchError:
        hits, broken = Hits(), True
    return Found(
        query=query,
        headlines=tuple(articles.headlines(connection, [hit.number for hit in hits.hits])),
        total=hits.total,
        ignored=read.ignored,
        facets={facet.value: counted for facet, counted in hits.facets.items()},
        order=order,
        page=number,
        pages=min(-(-hits.total // PAGE), LAST_PAGE),
        relaxed=hits.relaxed,
        broken=broken,
    )
