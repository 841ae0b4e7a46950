"""The pages of a search: what tells one story under its best hit, or every article by itself."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo

from marsad.search.index import Facet, Hit, Hits, Window
from marsad.views.asking import LAST_PAGE, Asked

#: Results on a page.
PAGE = 10
#: The best hits, which are folded. Nobody looks for the tellings of a story further down.
FOLDED = 100
#: Searches of which the first hits are remembered: some 30 KB each.
REMEMBERED = 300


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the hits of a search."""

    #: For each result the hits under it, the best first.
    results: tuple[tuple[Hit, ...], ...]
    #: All that was said of the search as a whole.
    hits: Hits
    #: How many pages can be read, and whether more was found than stands on them.
    pages: int
    cut: bool = False


#: From a search for the first hits to these.
Listed = Callable[[Callable[[], Hits]], Hits]


class Remembered:
    """The first hits of the searches that were asked lately: further pages are made of the same.

    What a search finds is bound by the newest article of its first page. Their order is not: stories are
    joined, and scores move as others arrive. Any thread may ask.
    """

    def __init__(self) -> None:
        self._lists: OrderedDict[Hashable, Hits] = OrderedDict()
        self._lock = threading.Lock()

    def listed(self, asked: Asked, as_of: Hashable, *, kept: bool = True) -> Listed:
        """What gives the first hits of that search as of that state of the archive: those of its first page
        for a further one, else found anew, and `kept` then."""
        key = asked.changed(), as_of

        def first(search: Callable[[], Hits]) -> Hits:
            with self._lock:
                known = self._lists.get(key) if asked.page > 1 else None
            hits = search() if known is None else known
            if kept or known is not None:
                self._keep(key, hits)
            return hits

        return first

    def _keep(self, key: Hashable, hits: Hits) -> None:
        with self._lock:
            self._lists[key] = hits
            self._lists.move_to_end(key)
            if len(self._lists) > REMEMBERED:
                self._lists.popitem(last=False)


def anew(search: Callable[[], Hits]) -> Hits:
    """What `search` finds now."""
    return search()


def page(
    search: Callable[[Window], Hits],
    asked: Asked,
    facets: tuple[Facet, ...],
    clock: tzinfo = UTC,
    listed: Listed = anew,
) -> Page:
    """The page that is asked for. May raise SearchError.

    The same articles are on the same page for as long as the first hits are `listed` alike, and after that
    as long as stories stay as they are: those that came later are left out.
    """
    top = Window(0, FOLDED, asked.order, asked.newest, facets, clock)
    first = (asked.page - 1) * PAGE
    if not asked.folded:
        hits = search(replace(top, start=first, size=PAGE))
        return _page(tuple((hit,) for hit in hits.hits), hits, -(-hits.total // PAGE))
    hits = listed(lambda: search(top))
    stories = _by_story(hits.hits)
    of_stories = -(-len(stories) // PAGE)
    further = max(hits.total - FOLDED, 0)
    pages = of_stories + -(-further // PAGE)
    if asked.page <= of_stories or not further:
        return _page(tuple(stories[first : first + PAGE]), hits, pages)
    after = FOLDED + first - of_stories * PAGE
    rest = search(replace(top, start=after, size=PAGE, facets=()))
    return _page(tuple((hit,) for hit in rest.hits), hits, pages)


def _by_story(hits: tuple[Hit, ...]) -> list[tuple[Hit, ...]]:
    stories: dict[int, list[Hit]] = {}
    for hit in hits:
        # An article that has no story yet is one by itself: numbers of stories are above zero.
        stories.setdefault(-hit.number if hit.story is None else hit.story, []).append(hit)
    return [tuple(story) for story in stories.values()]


def _page(results: tuple[tuple[Hit, ...], ...], hits: Hits, pages: int) -> Page:
    return Page(results, hits, min(pages, LAST_PAGE), cut=pages > LAST_PAGE)
