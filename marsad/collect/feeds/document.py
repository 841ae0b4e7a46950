"""Bytes of a feed → an XML tree, however carelessly the feed was written.

Nothing that a document type declares is ever read: it is cut off before parsing, so there are no
entities to expand and no files to fetch. Depth and size are bounded by the parser itself.
"""

from __future__ import annotations

import codecs
import re
import zlib
from dataclasses import dataclass
from html.entities import html5

from lxml import etree

from marsad.errors import Refused
from marsad.outcome import Outcome

#: Most bytes of a feed once it is unpacked.
LARGEST = 20 * 2**20

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: How ``<?xml`` begins where two or four bytes make a letter.
_WIDE = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED = re.compile(rb"""^[^<]{0,64}<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[(?:[^\]]|\](?!\s*>))*\]\s*)?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(#?\w{1,32};)?")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML_ENTITIES = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})

Element = etree._Element


@dataclass(frozen=True, slots=True)
class Document:
    """A feed's tree, and what was wrong with its writing."""

    root: Element
    tolerated: tuple[str, ...]


def unpacked(body: bytes) -> bytes:
    """`body`, opened where it is gzip. Raises Refused (TOO_LARGE) beyond the limit."""
    if body[:2] != b"\x1f\x8b":
        return body
    opener = zlib.decompressobj(wbits=31)
    try:
        opened = opener.decompress(body, LARGEST)
    except zlib.error as error:
        raise Refused("the feed is packed and cannot be unpacked", cause=error) from error
    if opener.unconsumed_tail:
        raise Refused(f"the feed unpacks to more than {LARGEST} bytes", outcome=Outcome.TOO_LARGE)
    return opened


def decoded(body: bytes, content_type: str | None) -> tuple[str, tuple[str, ...]]:
    """The feed as text, and what was wrong with its encoding.

    A byte order mark decides; then UTF-8, where all of it reads as such, for a text of any other
    encoding hardly ever does; then what the server says, then what the feed itself says.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace"), ()
    for beginning, encoding in _WIDE:
        if body.startswith(beginning):
            return body.decode(encoding, "replace"), ()
    served = _CHARSET.search(content_type or "")
    written = _DECLARED.match(body)
    named = [match.group(1) for match in (served,) if match]
    named += [match.group(1).decode() for match in (written,) if match]
    tolerated: tuple[str, ...] = ()
    for encoding in ("utf-8", *named, "windows-1256"):
        try:
            return body.decode(_widened(encoding)), tolerated
        except (LookupError, ValueError):
            if encoding != "utf-8" or any(name.lower() == "utf-8" for name in named):
                tolerated = (f"its encoding is not {encoding} as it says",)
    return body.decode("utf-8", "replace"), ("letters of no known encoding",)


def parsed(text: str) -> Document:
    """The tree of a feed. Raises Refused where there is none to be had."""
    text = _DECLARATION.sub("", text[text.find("<") :], count=1) if "<" in text else ""
    text = _DOCTYPE.sub("", text, count=1)
    if not text.strip():
        raise Refused("not a feed: no XML in it")
    try:
        return Document(etree.fromstring(text.encode(errors="replace"), _parser(recover=False)), ())
    except etree.XMLSyntaxError as error:
        return _mended(text, error)


def _mended(text: str, error: etree.XMLSyntaxError) -> Document:
    mended = _FORBIDDEN.sub("", _ENTITY.sub(_spelled_out, text))
    try:
        root = etree.fromstring(mended.encode(errors="replace"), _parser(recover=True))
    except etree.XMLSyntaxError as final:
        raise Refused("not a feed: its XML cannot be read", cause=str(final)[:200]) from final
    if root is None:
        raise Refused("not a feed: its XML cannot be read", cause=str(error)[:200])
    return Document(root, (f"broken XML: {str(error)[:160]}",))


def _spelled_out(found: re.Match[str]) -> str:
    """HTML's named letters as letters; an ampersand that begins nothing as itself."""
    name = found.group(1)
    if name is None:
        return "&amp;"
    if name in _XML_ENTITIES or name.startswith("#"):
        return found.group()
    return html5.get(name, f"&amp;{name}")


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )


def _widened(encoding: str) -> str:
    """Windows' own encoding where the standard's poorer relation is named, as browsers do."""
    return {"iso-8859-1": "windows-1252", "us-ascii": "windows-1252", "iso-8859-6": "windows-1256"}.get(
        encoding.lower(), encoding
    )
