"""A second reader for doubtful pages: trafilatura, and the one wide cell of pages of the age of tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import DEFAULT_CONFIG

from marsad.extract.breaks import is_cluttered, lines_between_breaks
from marsad.model import Block, BlockKind, Image

#: Lines that newspapers put at the end of an article, or between its paragraphs, and that are not of it.
_TAIL = re.compile(
    r"^\W*(?:اقرأ أيضا|إقرأ أيضا|اقرأ المزيد|مواضيع ذات صلة|مقالات ذات صلة|قد يعجبك|شارك|انقر هنا|"
    r"اضغط هنا|التعليقات|شكرا على الإبلاغ|سيتم حجب هذه الصورة|lire aussi|à lire aussi|a lire aussi|"
    r"articles similaires|partager|cliquez ici|commentaires|read also|read more|related articles|share this|"
    r"click here|comments)\b.{0,160}$",
    re.IGNORECASE,
)
_KINDS = {"head": BlockKind.HEADING, "quote": BlockKind.QUOTE, "item": BlockKind.LIST_ITEM}
_LARGEST_IMAGE_ADDRESS = 2000


def read_again(tree: HtmlElement, address: str) -> tuple[Block, ...]:
    """The blocks of the page's article as others find it; none where they find none. `tree` stays whole."""
    found = bare_extraction(
        deepcopy(tree),  # It is taken apart on the way.
        url=None,
        fast=True,  # Its own second readers add time and, on doubtful pages, nothing.
        include_comments=False,
        include_tables=False,
        include_images=True,
        with_metadata=False,
        config=DEFAULT_CONFIG,
    )
    if found is None or isinstance(found, dict) or found.body is None:
        return ()
    blocks = tuple(_cleaned(_blocks(found.body, address)))
    if is_cluttered([block.text for block in blocks if block.text]):
        lines = lines_between_breaks(tree)
        if lines and not is_cluttered(lines):
            return tuple(_cleaned(Block(BlockKind.PARAGRAPH, line) for line in lines))
    return blocks


def _blocks(element: etree._Element, address: str) -> Iterator[Block]:
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if child.tag == "graphic":
            if image := _image(child, address):
                yield Block(BlockKind.IMAGE, image=image)
        elif child.tag in {"list", "div", "table", "row", "cell", "quote"} and len(child):
            yield from _blocks(child, address)
        else:
            kind = _KINDS.get(child.tag, BlockKind.PARAGRAPH)
            for line in _text(child):
                yield Block(kind, line)
            for graphic in child.iter("graphic"):
                if image := _image(graphic, address):
                    yield Block(BlockKind.IMAGE, image=image)


def _text(element: etree._Element) -> Iterator[str]:
    """The lines of an element: a forced break begins another."""
    pieces: list[str] = []
    for piece in element.iter():
        if piece.tag == "lb":
            pieces.append("\n")
        elif isinstance(piece.tag, str):
            pieces.append(piece.text or "")
        if piece is not element:
            pieces.append(piece.tail or "")
    for line in "".join(pieces).split("\n"):
        if text := " ".join(line.split()):
            yield text


def _image(element: etree._Element, address: str) -> Image | None:
    source = (element.get("src") or "").strip()
    if not source or source.startswith("data:") or len(source) > _LARGEST_IMAGE_ADDRESS:
        return None
    try:
        return Image(urljoin(address, source), alt=(element.get("alt") or "").strip()[:500])
    except ValueError:
        return None


def _cleaned(blocks: Iterable[Block]) -> Iterator[Block]:
    """`blocks` without what points elsewhere, and without a line said twice in a row."""
    before = ""
    for block in blocks:
        if block.kind is not BlockKind.IMAGE and (_TAIL.match(block.text) or block.text == before):
            continue
        before = block.text or before
        yield block
