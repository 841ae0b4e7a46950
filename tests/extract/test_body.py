"""The text of a page, whatever stands around it, and whatever the page is made of."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from marsad.errors import Refused
from marsad.extract.body import body_of
from marsad.extract.choosing import Model, cross_validated, shipped
from marsad.extract.features import COLUMNS, Clues, measured
from marsad.extract.names import names
from marsad.extract.segments import MOST_SEGMENTS, segments
from marsad.model import Block, BlockKind
from tests.extract.pages import PARAGRAPHS, article

ADDRESS = "https://newspaper.example/a"
MENU = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(30))
LINKS = "".join(f"<li><a href='/{n}'>Another story of the valley, number {n}</a></li>" for n in range(12))


def read(body: str, clues: Clues | None = None) -> tuple[Block, ...]:
    return body_of(html.document_fromstring(f"<html><body>{body}</body></html>"), ADDRESS, clues)


def page(inside: str) -> str:
    """`inside` as the article of an ordinary page."""
    return (
        f"<header class='site-header'><nav><ul>{MENU}</ul></nav></header><main><article><h1>A bridge opens</h1>"
        f"<div class='article-body'>{inside}</div></article><aside class='related'><h3>Most read</h3>"
        f"<ul>{LINKS}</ul></aside></main><footer class='footer'><p>© The Valley Post</p><ul>{MENU}</ul></footer>"
    )


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_the_text_is_taken_and_menus_lists_of_links_and_the_foot_are_not() -> None:
    texts = [block.text for block in read(page(paragraphs(*PARAGRAPHS))) if block.text]
    assert [text for text in texts if text in PARAGRAPHS] == list(PARAGRAPHS)
    assert not [text for text in texts if "Section" in text or "Another story" in text or "©" in text]


def test_kinds_and_order_are_kept() -> None:
    first, second, *rest = PARAGRAPHS
    figure = "<figure><img src='/b.jpg' alt='A bridge'><figcaption>The bridge on Sunday</figcaption></figure>"
    inside = f"<p>{first}</p>{figure}<h2>Forty years of waiting</h2><blockquote><p>{second}</p></blockquote>"
    kinds = [(block.kind, block.text) for block in read(page(inside + paragraphs(*rest)))]
    assert kinds[0] == (BlockKind.PARAGRAPH, first)
    assert (BlockKind.QUOTE, second) in kinds
    [image] = [block.image for block in read(page(inside + paragraphs(*rest))) if block.image]
    assert (image.address, image.caption, image.alt) == (
        "https://newspaper.example/b.jpg",
        "The bridge on Sunday",
        "A bridge",
    )


@pytest.mark.parametrize(
    ("figure", "other", "captions"),
    [
        (
            "<figure><img src='/a.jpg'><figcaption>The harbour (Photo: X)</figcaption></figure>",
            "<figure><img src='/b.jpg'><figcaption>The ferry</figcaption></figure>",
            ["The harbour (Photo: X)", "The ferry"],
        ),
        (
            "<figure><img src='/a.jpg'></figure>",
            "<figure><figcaption>The ferry</figcaption><img src='/b.jpg'></figure>",
            ["", "The ferry"],
        ),
        (
            "<div><img src='/a.jpg'><figcaption>The harbour</figcaption></div>",
            "<div><img src='/b.jpg'><figcaption>The ferry</figcaption></div>",
            ["The harbour", "The ferry"],
        ),
    ],
)
def test_each_image_has_the_caption_of_its_own_figure(figure: str, other: str, captions: list[str]) -> None:
    first, *rest = PARAGRAPHS
    found = read(page(f"<p>{first}</p>{figure}{other}{paragraphs(*rest)}"))
    assert [block.image.caption for block in found if block.image] == captions
    assert not {block.text for block in found if block.text} & set(captions)


def test_lines_parted_by_two_breaks_are_paragraphs() -> None:
    texts = {block.text for block in read(page("<br><br>".join(PARAGRAPHS)))}
    assert texts >= set(PARAGRAPHS)


def test_a_page_that_a_program_draws_is_read_from_what_it_says_to_machines() -> None:
    body = "\n".join(PARAGRAPHS)
    found = read("<div id='app'>Loading…</div>", Clues(title="A bridge opens", body=body))
    assert [block.text for block in found] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 5_000 + "deep" + "</div>" * 5_000,
        "<b><i><a href='/'>" * 3_000 + "inline",
        "<p>x</p>" * 30_000,
        f"<p>{'word ' * 200_000}</p>",
        "<table>" * 300 + "<tr><td>cell" * 300,
        "<br>" * 50_000 + "end",
        f"<div class='{'body ' * 50_000}' style='{'display:' * 50_000}'>named</div>",
        "",
    ],
    ids=["deep", "inline", "many", "long", "tables", "breaks", "names", "empty"],
)
def test_a_hostile_page_is_read_or_refused(body: str) -> None:
    try:
        article(f"<html><head><title>A title</title></head><body>{body}</body></html>")
    except Refused:
        return


def test_no_more_segments_are_cut_than_may_be() -> None:
    tree = html.document_fromstring("<p>x</p>" * (MOST_SEGMENTS + 500))
    assert len(segments(tree, names())) <= MOST_SEGMENTS + 1


@given(
    st.lists(
        st.tuples(st.sampled_from(["p", "div", "li", "h2", "td", "a", "b", "br"]), st.text(max_size=30)),
        max_size=30,
    )
)
def test_each_segment_has_a_row_of_numbers_and_a_chance(pieces: list[tuple[str, str]]) -> None:
    tree = html.fragment_fromstring("<div></div>")
    for tag, text in pieces:
        child = html.fragment_fromstring(f"<{tag}></{tag}>")
        child.text = "".join(letter for letter in text if letter.isprintable())
        tree.append(child)
    texts = [segment for segment in segments(tree, names()) if segment.text]
    if texts:
        rows = measured(texts, Clues(title="A title", description="What it is about, in some words")).rows
        assert rows.shape == (len(texts), len(COLUMNS))
        assert np.isfinite(rows).all()
    chances = shipped().chances(texts, Clues())
    assert ((chances >= 0) & (chances <= 1)).all()


def test_the_model_survives_being_written() -> None:
    tree = html.document_fromstring(page(paragraphs(*PARAGRAPHS)))
    texts = [segment for segment in segments(tree, names()) if segment.text]
    again = Model.from_plain(shipped().to_plain())
    assert (again.chances(texts, Clues()) == shipped().chances(texts, Clues())).all()


def test_the_model_says_how_it_was_measured() -> None:
    figures = cross_validated()
    assert figures["pages"] > 50
    assert all(0.9 < figures[name] <= 1 for name in ("precision", "recall", "f1"))
