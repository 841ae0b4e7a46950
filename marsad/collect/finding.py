"""From the address of a newspaper to what it can be followed by: feeds, else sitemaps, else its pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from marsad.collect.answers import FEED
from marsad.collect.discover import article_links, feed_links, usual_feeds, usual_sitemaps
from marsad.collect.feeds.registry import parse_feed
from marsad.collect.fetch import Fetched, Fetcher
from marsad.collect.hyperlinks import Outline, outline
from marsad.collect.robots import Robots
from marsad.collect.target import Target, target, with_scheme
from marsad.errors import Later, Refused
from marsad.model import Feed, FeedAddress, FeedKind, Page

#: Feeds of one newspaper that are tried, and kept.
_MOST_TRIED = 12
_MOST_KEPT = 6
#: Links to articles by which a page is worth reading again and again.
_FEWEST_ARTICLES = 5


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found at the address of a newspaper."""

    #: The address that answered where it was looked for.
    asked: str
    #: The home page's address as it answered.
    home: str
    #: The newspaper's name as its feed or its page gives it; may be empty.
    name: str
    #: The language code that it gives, None where it gives none.
    language: str | None
    feeds: tuple[FeedAddress, ...]
    #: What was tried in vain, one short sentence each.
    tried: tuple[str, ...]


async def find(address: str, fetcher: Fetcher, robots: Robots) -> Discovery:
    """What the newspaper at `address` (its home page, or a feed of it) can be followed by.

    Raises Refused or Later where the address cannot be read; `feeds` is empty where it leads nowhere.
    """
    search = _Search(fetcher, robots)
    page = await search.page(with_scheme(address))
    home = target(page.final_address)
    if _is_feed(page) and search.reads(page, FeedKind.FEED):
        return search.result(page, f"{home.origin}/", is_home=False)
    await search.try_all(feed_links(page), FeedKind.FEED, _MOST_KEPT)
    await search.try_all(usual_feeds(home), FeedKind.FEED, 1)
    await search.try_all(await search.sitemaps(home), FeedKind.SITEMAP, 1)
    if not search.found and len(article_links(page)) >= _FEWEST_ARTICLES:
        search.found.append((FeedAddress(page.final_address, FeedKind.PAGE), Feed()))
    return search.result(page, page.final_address)


def _is_feed(page: Page) -> bool:
    """Whether `page` can be a feed: a web page says so in its first letters."""
    beginning = page.body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return not beginning.startswith((b"<!doctype html", b"<html"))


class _Search:
    """What was found so far, and what was tried for it."""

    def __init__(self, fetcher: Fetcher, robots: Robots) -> None:
        self._fetcher = fetcher
        self._robots = robots
        self._tried: list[str] = []
        self.found: list[tuple[FeedAddress, Feed]] = []

    async def page(self, address: str) -> Page:
        found = await self._fetcher.fetch(address, wanted=FEED, permit=self._robots.permit)
        if not isinstance(found, Fetched):
            raise Later("answered that nothing changed", address)
        return found.page

    async def sitemaps(self, home: Target) -> tuple[str, ...]:
        """Those that robots.txt lists, those of news first, then the usual ones; none where not needed."""
        if self.found:
            return ()
        listed = await self._robots.sitemaps(home.address)
        return (*sorted(listed, key=lambda address: "news" not in address.lower()), *usual_sitemaps(home))

    async def try_all(self, addresses: Iterable[str], kind: FeedKind, most: int) -> None:
        """Add what can be read of `addresses`, where nothing was found before."""
        if self.found:
            return
        for address in list(dict.fromkeys(addresses))[:_MOST_TRIED]:
            try:
                self.reads(await self.page(address), kind)
            except (Refused, Later) as error:
                self._tried.append(str(error))
            if len(self.found) >= most:
                return

    def reads(self, page: Page, kind: FeedKind) -> bool:
        """Whether `page` is a feed that announces something new; it is added where it is."""
        try:
            feed = parse_feed(page.body, page.headers.get("content-type"), page.final_address)
        except Refused as refused:
            self._tried.append(f"{page.final_address}: {refused}")
            return False
        announced = {entry.address for entry in feed.entries} | set(feed.further)
        if announced <= {entry.address for _, other in self.found for entry in other.entries}:
            self._tried.append(f"{page.final_address}: it announces nothing, or nothing new")
            return False
        self.found.append((FeedAddress(page.final_address, kind), feed))
        return True

    def result(self, page: Page, home: str, *, is_home: bool = True) -> Discovery:
        """All that was found, from `page` on: the home page, or a feed."""
        said = outline(page) if is_home else Outline()
        first = self.found[0][1] if self.found else Feed()
        return Discovery(
            asked=page.final_address,
            home=home if is_home else first.home or home,
            name=first.title or said.title,
            language=first.language or said.language or None,
            feeds=tuple(address for address, _ in self.found),
            tried=tuple(self._tried),
        )
