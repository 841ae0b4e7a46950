"""A newspaper's pages, one after another: what each of them repeats is no part of its articles."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from marsad.model import Article, Entry, Page, Source
from marsad.pipeline.extracting import read_page
from marsad.pipeline.templating import Untemplated
from marsad.store import sources
from marsad.store.engine import Store
from tests.samples import NOW, SOURCE

PROMOTION = "Our readers carry this newspaper: for the price of a coffee a month you can carry it too."
PLACES = ("Oak Valley", "the harbour", "Saint Cross", "the old mill", "the upper village")


async def extract(page: Page, source: Source, entry: Entry | None) -> Article:
    return read_page(page, source, entry)


def page(place: str) -> Page:
    """An article that no other page has, with the promotion between its paragraphs."""
    first = f"The road to {place} was opened on Sunday, after three weeks of work, in the rain, by the mayor."
    last = f"Everybody who lives near {place} came to see it, and the school choir sang until it was dark."
    body = f"<h1>The road to {place} is open</h1><p>{first}</p><p>{PROMOTION}</p><p>{last}</p>"
    address = f"{SOURCE.home.rstrip('/')}/{place.replace(' ', '-')}"
    html = f"<html><body><article>{body}</article></body></html>".encode()
    return Page(address, address, NOW, 200, {"content-type": "text/html; charset=utf-8"}, html)


def texts(store: Store, places: Iterable[str]) -> list[str]:
    """The articles as they leave the pipeline, each time by one that was opened anew."""
    read = (asyncio.run(Untemplated(store, extract).extract(page(place), SOURCE, None)) for place in places)
    return ["\n".join(block.text for block in article.blocks) for article in read]


def test_a_promotion_is_taken_out_once_it_stood_in_three_articles(store: Store) -> None:
    with store.writing() as connection:
        sources.put(connection, SOURCE, NOW)
    found = texts(store, PLACES)
    assert [PROMOTION in text for text in found] == [True, True, False, False, False]
    assert all(f"The road to {place} was opened" in text for place, text in zip(PLACES, found, strict=True))
    assert all("until it was dark" in text for text in found)


def test_a_page_that_is_read_again_and_again_keeps_its_text(store: Store) -> None:
    with store.writing() as connection:
        sources.put(connection, SOURCE, NOW)
    found = texts(store, [PLACES[0]] * 5)
    assert len(set(found)) == 1
    assert PROMOTION in found[0]
