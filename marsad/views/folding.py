"""The pages of a search: what tells one story under its best hit, or every article by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from marsad.search.index import Facet, Hit, Hits, Window
from marsad.views.asking import LAST_PAGE, Asked

#: Results on a page.
PAGE = 10
#: The best hits, which are folded. Nobody looks for the tellings of a story further down.
FOLDED = 100


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the hits of a search."""

    #: For each result the hits under it, the best first.
    results: tuple[tuple[Hit, ...], ...]
    #: All that was said of the search as a whole.
    hits: Hits
    #: How many pages there are.
    pages: int


def page(search: Callable[[Window], Hits], asked: Asked, facets: tuple[Facet, ...]) -> Page:
    """The page that is asked for. May raise SearchError.

    The same articles are on the same page as long as stories stay as they are: those that came
    later are left out by `asked.newest`.
    """
    first = (asked.page - 1) * PAGE
    if not asked.folded:
        hits = search(Window(first, PAGE, asked.order, asked.newest, facets))
        return Page(tuple((hit,) for hit in hits.hits), hits, _pages(-(-hits.total // PAGE)))
    top = Window(0, FOLDED, asked.order, asked.newest, facets)
    hits = search(top)
    stories = _by_story(hits.hits)
    of_stories = -(-len(stories) // PAGE)
    further = max(hits.total - FOLDED, 0)
    pages = _pages(of_stories + -(-further // PAGE))
    if asked.page <= of_stories or not further:
        return Page(tuple(stories[first : first + PAGE]), hits, pages)
    after = FOLDED + first - of_stories * PAGE
    rest = search(replace(top, start=after, size=PAGE, facets=()))
    return Page(tuple((hit,) for hit in rest.hits), hits, pages)


def _by_story(hits: tuple[Hit, ...]) -> list[tuple[Hit, ...]]:
    stories: dict[int, list[Hit]] = {}
    for hit in hits:
        # An article that has no story yet is one by itself: numbers of stories are above zero.
        stories.setdefault(-hit.number if hit.story is None else hit.story, []).append(hit)
    return [tuple(story) for story in stories.values()]


def _pages(count: int) -> int:
    return min(count, LAST_PAGE)
