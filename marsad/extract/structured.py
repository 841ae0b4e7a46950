"""What a page says of its article to machines: JSON-LD, OpenGraph, microdata and meta elements."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

#: Characters of JSON-LD that are read of one page, and objects in it.
LONGEST = 1_000_000
MOST_OBJECTS = 500

_ARTICLES = ("article", "newsarticle", "reportagenewsarticle", "blogposting", "liveblogposting", "report")


@dataclass(frozen=True, slots=True)
class Structured:
    """The machine-readable part of a page."""

    #: The object of schema.org that is the article, empty where there is none.
    json_ld: Mapping[str, Any] = field(default_factory=dict)
    #: Names of a BreadcrumbList, the widest first.
    breadcrumbs: tuple[str, ...] = ()
    #: property or name in small letters → contents in their order.
    meta: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: itemprop, or property of RDFa, in small letters → its first value.
    microdata: Mapping[str, str] = field(default_factory=dict)

    def first(self, *names: str) -> str:
        """The first meta element of those names that says something."""
        return next((text for name in names for text in self.meta.get(name, ()) if text), "")

    def ld(self, *names: str) -> str:
        """The first property of the JSON-LD article of those names that is, or has, a text."""
        return next((text for name in names if (text := text_of(self.json_ld.get(name)))), "")


def read_structured(tree: HtmlElement) -> Structured:
    """All that the page says to machines; whatever is malformed is passed over."""
    objects = list(islice(_objects(tree), MOST_OBJECTS))
    return Structured(
        json_ld=next((one for kind in _ARTICLES for one in objects if kind in _types(one)), {}),
        breadcrumbs=next((_crumbs(one) for one in objects if "breadcrumblist" in _types(one)), ()),
        meta=_meta(tree),
        microdata=_microdata(tree),
    )


def text_of(value: Any) -> str:
    """The text of a JSON-LD value: itself, the name or address in it, or that of its first item."""
    for _ in range(4):
        if isinstance(value, str):
            # Many write the entities of HTML where JSON knows none, some of them twice.
            return unescape(unescape(value)).strip() if "&" in value else value.strip()
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = next((value[key] for key in ("name", "url", "@value", "@id") if key in value), None)
        else:
            return ""
    return ""


def texts_of(value: Any) -> tuple[str, ...]:
    """The texts of a value that may be a list."""
    values = value if isinstance(value, list) else [value]
    return tuple(text for one in values[:20] if (text := text_of(one)))


def _objects(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = (script.text or "").strip()[:LONGEST].removeprefix("<!--").removesuffix("-->")
        text = text.strip().removeprefix("//<![CDATA[").removesuffix("//]]>").strip().rstrip(";")
        try:
            yield from _inside(json.loads(text, strict=False), 0)
        except (ValueError, RecursionError):
            continue


def _inside(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for one in value[:MOST_OBJECTS]:
            yield from _inside(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _inside(value.get(name), depth + 1)


def _types(one: Mapping[str, Any]) -> set[str]:
    kinds = one.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return {kind.lower().rpartition("/")[2] for kind in listed if isinstance(kind, str)}


def _crumbs(one: Mapping[str, Any]) -> tuple[str, ...]:
    items = one.get("itemListElement")
    names = []
    for item in (items if isinstance(items, list) else [])[:10]:
        if isinstance(item, dict):
            inner = item.get("item")
            names.append(
                text_of(item.get("name")) or (text_of(inner.get("name")) if isinstance(inner, dict) else "")
            )
    return tuple(name for name in names if name and not name.startswith("http"))


def _meta(tree: HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for element in islice(tree.iter("meta"), 500):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        content = (element.get("content") or "").strip()
        if name and content:
            found[name] = (*found.get(name, ()), content)[:20]
    return found


def _microdata(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in islice(tree.xpath("//*[@itemprop or (@property and not(self::meta))]"), 300):
        value = element.get("content") or element.get("datetime") or ""
        if not value and element.tag in {
            "span",
            "time",
            "h1",
            "h2",
            "a",
            "div",
            "p",
            "strong",
            "dd",
            "td",
            "li",
        }:
            value = " ".join(str(piece) for piece in islice(element.itertext(), 20)).strip()
        for name in (element.get("itemprop") or element.get("property") or "").lower().split():
            if value:
                found.setdefault(name.rpartition(":")[2], value[:2000])
    return found
