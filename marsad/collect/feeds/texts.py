"""The texts of a feed's elements as plain text, and its addresses made whole."""

from __future__ import annotations

import base64
import binascii
import re
from html import unescape
from urllib.parse import urljoin

from lxml import etree

from marsad.collect.feeds.document import Element

_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]*|!--(?:[^-]|-(?!->))*--|![^<>]*)>")
_UNREAD = re.compile(r"<(script|style)\b[^<>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(r"<[/a-zA-Z!]|&[#\w]")
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_HTML_TYPES = frozenset({"html", "text/html", "application/xhtml+xml", "xhtml"})


def plain(html: str) -> str:
    """The text that a browser would show of `html`, on one line."""
    if "<" in html:
        html = _TAG.sub(" ", _UNREAD.sub(" ", html)) if _MARKUP.search(html) else html
    if "&" in html:
        html = unescape(html)
    return " ".join(html.split())


def own(element: Element) -> str:
    """All text inside an element, as it is written."""
    text = element.text or ""
    if len(element):
        text = "".join(str(piece) for piece in element.itertext())
    return text.strip()


def escaped(element: Element) -> str:
    """The HTML that an element of RSS carries: escaped, in CDATA, or as elements of its own."""
    return inner(element) if len(element) else (element.text or "").strip()


def inner(element: Element) -> str:
    """The markup inside an element, without the names of its namespaces."""
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            etree.cleanup_namespaces(child)
            pieces.append(etree.tostring(child, encoding="unicode"))
        else:  # an entity that the feed never declared
            pieces.append(child.tail or "")
    return "".join(pieces).strip()


def construct(element: Element) -> tuple[str, bool]:
    """An Atom text construct (RFC 4287, 3.1, and Atom 0.3): what it says, and whether that is HTML."""
    kind = (element.get("type") or "text").strip().lower()
    mode = (element.get("mode") or "").strip().lower()
    if mode == "base64" or (kind not in _HTML_TYPES and _is_binary(kind, mode)):
        return _unpacked(own(element)), kind in _HTML_TYPES
    if kind in {"xhtml", "application/xhtml+xml"} or len(element):
        return inner(element), True
    return (element.text or "").strip(), kind in _HTML_TYPES


def said(element: Element) -> str:
    """An Atom text construct as plain text. Where no type is told, markup is taken for what it looks like."""
    text, is_html = construct(element)
    is_html = is_html or (element.get("type") is None and bool(_MARKUP.search(text)))
    return plain(text) if is_html else " ".join(text.split())


def whole(address: str, element: Element, base: str) -> str:
    """`address` resolved against the bases of `element` and of the feed; as it is where that fails."""
    address = address.strip()
    if not address or address[:7].lower() in {"http://", "https:/"}:
        return address
    try:
        return urljoin(base_of(element, base), address)
    except ValueError:
        return address


def base_of(element: Element, base: str) -> str:
    """The base of the addresses in `element`: every ``xml:base`` around it, from the outermost in."""
    around = [element.get(_BASE), *(parent.get(_BASE) for parent in element.iterancestors())]
    for step in reversed([one for one in around if one]):
        base = urljoin(base, step.strip())
    return base


def language(element: Element) -> str | None:
    """The ``xml:lang`` of an element."""
    return (element.get(_LANGUAGE) or "").strip() or None


def _is_binary(kind: str, mode: str) -> bool:
    return not mode and "/" in kind and not kind.startswith("text/") and not kind.endswith(("+xml", "/xml"))


def _unpacked(text: str) -> str:
    try:
        return base64.b64decode(text, validate=False).decode("utf-8", "replace").strip()
    except (binascii.Error, ValueError):
        return text
