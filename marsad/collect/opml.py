"""Lists of newspapers as OPML 2.0, in and out.

What OPML has no word for (country, time zone, kind, display, rubric) stands in attributes of a namespace of
ours; other programs read past them. A source with one feed is one outline, as feed readers write it; one
with more, or with none, is an outline with its home page that holds an outline for each feed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime

from lxml import etree

from marsad.collect.described import Complain, Described, Loaded, country_named, feed_of, source_of
from marsad.collect.feeds.document import decoded, parsed
from marsad.errors import Refused, SettingsError
from marsad.model import FeedAddress, FeedKind, Source

NAMESPACE = "urn:marsad:source"
#: What an outline announces that is an archive's own feed of a newspaper without one.
_ARCHIVE = "archive"
_LARGEST = 10 * 1024 * 1024
_MOST_OUTLINES = 20_000
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class _Outline:
    """An outline's attributes, by their names in lower case; ours without their namespace."""

    line: int
    given: dict[str, str]
    #: The names of the folders around it, the nearest first.
    folders: tuple[str, ...]

    def get(self, *names: str) -> str:
        return next((self.given[name] for name in names if self.given.get(name)), "")


def read_opml(body: bytes, name: str) -> Loaded:
    """The sources in an OPML file called `name`, and what was wrong with it, each with its line.

    Outlines with one home page (and slug, where they have one) are one source. A folder named for a country
    gives it to its newspapers. Raises SettingsError where the file is no OPML, or too large.
    """
    root, wrong = _root(body, name)
    tolerated = [f"{name}: {each}" for each in wrong]
    merged: dict[tuple[str, str], tuple[int, Described]] = {}
    for outline, feeds in _sources(root, name, tolerated):
        said = _described(outline, feeds)
        key = (said.slug, said.home.rstrip("/").lower()) if said.home else ("", f"#{len(merged)}")
        line, before = merged.get(key, (outline.line, replace(said, feeds=())))
        merged[key] = (line, replace(before, feeds=(*before.feeds, *feeds)))
    taken: set[str] = set()
    sources = []
    for line, said in merged.values():
        complain = _complaints(name, line, tolerated)
        try:
            sources.append(source_of(said, taken, complain))
        except Refused as refused:
            complain(f"left out: {refused}")
    return Loaded(tuple(sources), tuple(tolerated))


def write_opml(
    sources: Iterable[Source], title: str, now: datetime, archived: Callable[[str], str] | None = None
) -> bytes:
    """An OPML file of `sources`, from which `read_opml` gives the same back.

    `archived` gives the feed that an archive has of the newspaper of that slug: it stands where the
    newspaper has none itself, so that reader apps can follow it, and `read_opml` reads past it.
    """
    root = etree.Element("opml", {"version": "2.0"}, nsmap={"marsad": NAMESPACE})
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = title
    etree.SubElement(head, "dateCreated").text = format_datetime(now.astimezone(UTC), usegmt=True)
    body = etree.SubElement(root, "body")
    for source in sources:
        outline = _write_source(body, source)
        if archived and all(feed.kind is not FeedKind.FEED for feed in source.feeds):
            outline.set("type", "rss")
            outline.set("xmlUrl", archived(source.slug))
            _set_ours(outline, {"announces": _ARCHIVE})
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _root(body: bytes, name: str) -> tuple[etree._Element, tuple[str, ...]]:
    if len(body) > _LARGEST:
        raise SettingsError("the list of newspapers is too large", name, f"more than {_LARGEST} bytes")
    text, wrong = decoded(body, None)
    try:
        document = parsed(text)
    except Refused as refused:
        raise SettingsError("the list of newspapers is no OPML", name, refused.cause or "no XML") from refused
    if _local(document.root.tag) != "opml":
        raise SettingsError("the list of newspapers is no OPML", name, f"it is <{_local(document.root.tag)}>")
    return document.root, (*wrong, *document.tolerated)


def _sources(
    root: etree._Element, name: str, tolerated: list[str]
) -> Iterator[tuple[_Outline, tuple[FeedAddress, ...]]]:
    """Each outline that is a source, with its feeds: its own, and those of the outlines inside it."""
    of_others: set[etree._Element] = set()
    for number, element in enumerate(_outlines(root)):
        if number >= _MOST_OUTLINES:
            raise SettingsError(
                "the list of newspapers is too large", name, f"over {_MOST_OUTLINES} outlines"
            )
        outline = _outline(element)
        if element in of_others or not outline.get("xmlurl", "htmlurl"):
            continue
        parts = {outline.get("htmlurl"), ""}
        nested = [each for each in _outlines(element) if each.get("htmlUrl", "") in parts]
        of_others.update(nested)
        described = (outline, *(_outline(each) for each in nested if each is not element))
        feeds = (_feed(each, name, tolerated) for each in described)
        yield outline, tuple(feed for feed in feeds if feed)


def _outlines(element: etree._Element) -> Iterator[etree._Element]:
    """`element`, where it is an outline, and the outlines inside it."""
    return (each for each in element.iter() if _local(each.tag) == "outline")


def _outline(element: etree._Element) -> _Outline:
    given = {_local(key): str(value).strip() for key, value in element.attrib.items()}
    names = (parent.get("text") or parent.get("title") for parent in element.iterancestors())
    return _Outline(element.sourceline or 0, given, tuple(str(name) for name in names if name))


def _local(tag: object) -> str:
    """A name without its namespace, in lower case; empty for comments and the like."""
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _described(outline: _Outline, feeds: tuple[FeedAddress, ...]) -> Described:
    of_folder = next((code for name in outline.folders if (code := country_named(name))), "")
    return Described(
        name=outline.get("text", "title"),
        home=outline.get("htmlurl"),
        slug=outline.get("slug"),
        languages=outline.get("languages", "language").replace(",", " ").split(),
        country=outline.get("country") or of_folder,
        timezone=outline.get("timezone"),
        kind=outline.get("kind"),
        display=outline.get("display"),
        feeds=feeds,
    )


def _feed(outline: _Outline, name: str, tolerated: list[str]) -> FeedAddress | None:
    """The feed of an outline, None where it has none."""
    if not outline.get("xmlurl") or outline.get("announces") == _ARCHIVE:
        return None
    complain = _complaints(name, outline.line, tolerated)
    rubric = outline.get("rubric") or outline.get("category").partition(",")[0].rpartition("/")[2]
    try:
        return feed_of(outline.get("xmlurl"), outline.get("announces"), rubric, complain)
    except Refused as refused:
        complain(f"a feed is left out: {refused}")
        return None


def _complaints(name: str, line: int, tolerated: list[str]) -> Complain:
    return lambda text: tolerated.append(f"{name}, line {line}: {text}")


def _write_source(body: etree._Element, source: Source) -> etree._Element:
    outline = etree.SubElement(body, "outline", {"text": _writable(source.name), "htmlUrl": source.home})
    ours = {
        "slug": source.slug,
        "languages": " ".join(source.languages),
        "country": source.country or "",
        "timezone": source.timezone,
        "kind": source.kind.value,
        "display": source.display.value,
    }
    outline.set("language", source.languages[0] if source.languages else "")
    _set_ours(outline, ours)
    if len(source.feeds) == 1 and source.feeds[0].kind is FeedKind.FEED:
        _write_feed(outline, source.feeds[0])
    else:
        for feed in source.feeds:
            text = _writable(feed.rubric or source.name)
            _write_feed(etree.SubElement(outline, "outline", {"text": text}), feed)
    return outline


def _write_feed(outline: etree._Element, feed: FeedAddress) -> None:
    outline.set("type", "rss")
    outline.set("xmlUrl", feed.address)
    _set_ours(outline, {"announces": feed.kind.value, "rubric": feed.rubric or ""})


def _set_ours(outline: etree._Element, given: dict[str, str]) -> None:
    for name, value in given.items():
        if value:
            outline.set(f"{{{NAMESPACE}}}{name}", _writable(value))


def _writable(text: str) -> str:
    """`text` without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)
