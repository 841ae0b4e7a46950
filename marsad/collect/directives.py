"""What a page itself says of how it may be used: robots directives and the reservation of rights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from marsad.collect.fetch import PRODUCT

#: Directives stand in the head of a page; what comes later is not looked at.
_LONGEST_HEAD = 512 * 1024
_BODY = re.compile(r"<body\b", re.IGNORECASE)
_META = re.compile(r"<meta\b([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""\b(name|content)\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
#: Directives that are written with a value after a colon, and so are no names of robots.
_WITH_VALUE = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})


@dataclass(frozen=True, slots=True)
class Directives:
    """What is not wanted of a page."""

    #: It should not be found.
    noindex: bool = False
    #: Its links should not be followed.
    nofollow: bool = False
    #: No copy should be shown.
    noarchive: bool = False
    #: No excerpt should be shown.
    nosnippet: bool = False
    #: Text and data mining is reserved (TDM Reservation Protocol, W3C Community Group, 2024).
    tdm_reserved: bool = False


def directives(headers: Mapping[str, str], html: str = "") -> Directives:
    """What the X-Robots-Tag and TDM-Reservation headers and the meta elements of `html` ask of us.

    Names of headers are in lower case. Those that are addressed to another robot do not count.
    """
    said = set(_addressed_to_us(headers.get("x-robots-tag", "")))
    reserved = headers.get("tdm-reservation", "").strip() == "1"
    for name, content in _metas(html):
        if name in {"robots", PRODUCT.lower()}:
            said.update(part.strip().lower() for part in content.split(","))
        reserved = reserved or (name == "tdm-reservation" and content.strip() == "1")
    if "none" in said:
        said |= {"noindex", "nofollow"}
    names = ("noindex", "nofollow", "noarchive", "nosnippet")
    return Directives(**{name: name in said for name in names}, tdm_reserved=reserved)


def _addressed_to_us(header: str) -> Iterator[str]:
    """The directives of an X-Robots-Tag; a robot's name counts for all that follow it."""
    robot = ""
    for part in header.lower().split(","):
        before, colon, after = part.partition(":")
        if colon and before.strip() not in _WITH_VALUE:
            robot, part = before.strip(), after
        if robot in {"", "*", PRODUCT.lower()}:
            yield part.strip()


def _metas(html: str) -> Iterator[tuple[str, str]]:
    """Name in lower case and content of each meta element in the head."""
    head = html[:_LONGEST_HEAD]
    first, *commented = head.split("<!--")
    head = first + "".join(part.partition("-->")[2] for part in commented)
    body = _BODY.search(head)
    for element in _META.finditer(head[: body.start()] if body else head):
        given = _attributes(element[1])
        if "name" in given and "content" in given:
            yield given["name"].strip().lower(), given["content"]


def _attributes(element: str) -> dict[str, str]:
    found = _ATTRIBUTE.finditer(element)
    return {each[1].lower(): each[2] or each[3] or each[4] or "" for each in found}
