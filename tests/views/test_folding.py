"""Pages of hits: each hit once, each story once among the best, and the same again when asked again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.search.index import Hit, Hits, Window
from marsad.views import folding
from marsad.views.asking import LAST_PAGE, asked
from marsad.views.folding import FOLDED, PAGE, Remembered, page
from tests.samples import NOW

#: For each hit, in their order, the story that it tells; None for one that is in none yet.
stories = st.lists(st.one_of(st.none(), st.integers(1, 12)), max_size=3 * FOLDED)


def hits_of(told: list[int | None]) -> tuple[Hit, ...]:
    return tuple(
        Hit(number, 1 / number, NOW - timedelta(hours=number), story) for number, story in enumerate(told, 1)
    )


def all_pages(hits: tuple[Hit, ...], **parameters: str) -> list[list[tuple[Hit, ...]]]:
    def search(window: Window) -> Hits:
        return Hits(hits[window.start : window.start + window.size], len(hits))

    count = page(search, asked({"q": "x", **parameters}), ()).pages
    return [
        list(page(search, asked({"q": "x", "page": str(number), **parameters}), ()).results)
        for number in range(1, count + 1)
    ]


@given(stories)
def test_every_hit_stands_on_one_page_and_no_page_is_empty(told: list[int | None]) -> None:
    hits = hits_of(told)
    for parameters in ({}, {"fold": "0"}):
        pages = all_pages(hits, **parameters)
        assert all(pages)
        assert all(len(results) <= PAGE for results in pages)
        shown = [hit.number for results in pages for result in results for hit in result]
        assert sorted(shown) == [hit.number for hit in hits]


@given(stories)
def test_a_story_stands_once_among_the_best_under_its_best_hit(told: list[int | None]) -> None:
    hits = hits_of(told)[:FOLDED]
    results = [result for results in all_pages(hits) for result in results]
    assert [result[0] for result in results] == sorted(
        (result[0] for result in results), key=lambda hit: hit.number
    )
    named = [result[0].story for result in results if result[0].story is not None]
    assert len(named) == len(set(named))
    assert all(len({hit.story for hit in result}) == 1 for result in results)


@given(stories)
def test_unfolded_the_hits_stand_in_their_order(told: list[int | None]) -> None:
    hits = hits_of(told)
    assert [hit for results in all_pages(hits, fold="0") for (hit,) in results] == list(hits)


def test_nobody_reads_on_for_ever() -> None:
    def search(window: Window) -> Hits:
        return Hits(hits_of([None] * window.size), 10_000_000)

    whole = page(search, asked({"q": "x"}), ())
    assert (whole.pages, whole.cut) == (LAST_PAGE, True)


def test_a_further_page_goes_on_with_what_its_first_one_was_made_of() -> None:
    """Whatever stories were joined meanwhile, and however scores moved."""
    told: list[list[int | None]] = [[None] * 40, [7] * 20 + [None] * 20]
    remembered = Remembered()

    def shown(number: int, of: int, **bound: str) -> list[int]:
        def search(window: Window) -> Hits:
            return Hits(hits_of(told[of])[window.start : window.start + window.size], 40)

        wanted = asked({"q": "x", "page": str(number), **bound})
        results = page(search, wanted, (), listed=remembered.listed(wanted, 40)).results
        return [hit.number for result in results for hit in result]

    pages = [shown(1, of=0), *(shown(number, of=1, upto="40") for number in (2, 3, 4))]
    assert [number for each in pages for number in each] == list(range(1, 41))
    assert shown(1, of=1) == list(range(1, 30)), "a first page is made anew"
    assert shown(2, of=0, upto="40") == list(range(30, 40)), "and its further ones of the same"


def test_only_the_latest_searches_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding, "REMEMBERED", 2)
    remembered, made = Remembered(), []

    def first(query: str, number: int) -> None:
        def search() -> Hits:
            made.append((query, number))
            return Hits()

        remembered.listed(asked({"q": query, "page": str(number)}), 40)(search)

    for query in ("a", "b", "a", "c"):
        first(query, 2)
    first("b", 2)
    assert made == [("a", 2), ("b", 2), ("c", 2), ("b", 2)]


def test_what_was_found_in_haste_or_before_a_decision_is_not_gone_on_with() -> None:
    remembered, second = Remembered(), asked({"q": "x", "page": "2", "upto": "40"})
    full, hasty = Hits(total=2), Hits(total=1)
    assert remembered.listed(asked({"q": "x"}), (40, 7))(lambda: full) == full
    assert remembered.listed(asked({"q": "x"}), (40, 7), kept=False)(lambda: hasty) == hasty
    assert remembered.listed(second, (40, 7))(lambda: hasty) == full
    assert remembered.listed(second, (40, 8))(lambda: hasty) == hasty
