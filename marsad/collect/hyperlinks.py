"""The links of a page, with what tells where they lead. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from marsad.collect.target import Target, target
from marsad.errors import Refused
from marsad.language.charset import decode
from marsad.model import Page

#: What is looked at of a page, and how many of its links.
_MOST_BYTES = 4 * 1024 * 1024
_MOST_LINKS = 5000
_LONGEST_TEXT = 300
#: How far up the elements around a link are looked at.
_LEVELS = 8
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})
_MENUS = frozenset({"nav", "footer", "menu"})


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page."""

    target: Target
    #: What a reader sees of it, blanks made one.
    text: str = ""
    #: ``link`` or ``a``.
    element: str = "a"
    #: In lower case.
    rel: frozenset[str] = frozenset()
    media_type: str = ""
    in_heading: bool = False
    in_menu: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """What a page says of itself, and its links in their order."""

    title: str = ""
    language: str = ""
    links: tuple[Link, ...] = ()


def outline(page: Page) -> Outline:
    """The title, language and links of `page`; empty where it is no HTML."""
    text, _ = decode(page.body[:_MOST_BYTES], page.headers.get("content-type"))
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.replace("\0", " ").encode(), parser)
    except etree.LxmlError:
        root = None
    if root is None:
        return Outline()
    elements = islice(root.iter("a", "link"), _MOST_LINKS)
    links = tuple(_links(elements, _base(root, page.final_address)))
    return Outline(_text(next(root.iter("title"), None)), (root.get("lang") or "")[:20].lower(), links)


def _links(elements: Iterator[etree._Element], base: str) -> Iterator[Link]:
    for element in elements:
        href = element.get("href")
        if not href or href.startswith("#"):
            continue
        try:
            where = target(href, base)
        except Refused:
            continue
        above = {str(parent.tag) for parent in islice(element.iterancestors(), _LEVELS)}
        yield Link(
            target=where,
            text=_text(element) or _described(element),
            element=str(element.tag),
            rel=frozenset((element.get("rel") or "").lower().split()),
            media_type=(element.get("type") or "").partition(";")[0].strip().lower(),
            in_heading=bool(above & _HEADINGS) or any(child.tag in _HEADINGS for child in element),
            in_menu=bool(above & _MENUS),
        )


def _base(root: etree._Element, address: str) -> str:
    written = next((element.get("href") for element in root.iter("base") if element.get("href")), None)
    try:
        return target(written, address).address if written else address
    except Refused:
        return address


def _text(element: etree._Element | None) -> str:
    if element is None:
        return ""
    return " ".join("".join(islice(element.itertext(), 40)).split())[:_LONGEST_TEXT]


def _described(element: etree._Element) -> str:
    """The words of a link that shows only a picture."""
    picture = next(element.iter("img"), None)
    words = element.get("title") or (picture.get("alt") if picture is not None else "") or ""
    return " ".join(words.split())[:_LONGEST_TEXT]
