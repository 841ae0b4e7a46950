"""JSON Feed 1.0 and 1.1."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import urljoin

from marsad.collect.feeds.moments import moment
from marsad.collect.feeds.texts import plain
from marsad.errors import Refused
from marsad.model import Entry, Feed


def read(text: str, base: str, limit: int) -> Feed:
    """The feed; up to `limit` entries. Raises Refused where `text` is no JSON Feed."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused("not a feed: its JSON cannot be read", cause=error) from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise Refused("not a feed: JSON without items")
    items = feed["items"][:limit]
    entries = [_entry(item, base) for item in items if isinstance(item, dict)]
    passed = len(items) - len(entries)
    return Feed(
        title=plain(_text(feed, "title")),
        home=_address(feed, base, "home_page_url") or None,
        language=_text(feed, "language") or None,
        entries=tuple(entries),
        tolerated=(f"{passed} items that are no objects",) if passed else (),
    )


def _entry(item: Mapping[str, Any], base: str) -> Entry:
    html, text = _text(item, "content_html"), _text(item, "content_text")
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
    tags = item.get("tags")
    return Entry(
        address=_address(item, base, "url", "external_url"),
        title=plain(escape(_text(item, "title"))),
        summary=plain(escape(_text(item, "summary"))),
        content=html or paragraphs,
        published=moment(_text(item, "date_published")),
        updated=moment(_text(item, "date_modified")),
        author=_author(item),
        categories=tuple(tag.strip() for tag in tags if isinstance(tag, str) and tag.strip())
        if isinstance(tags, list)
        else (),
        image=_address(item, base, "image", "banner_image") or None,
        language=_text(item, "language") or None,
        identifier=_text(item, "id") or None,
    )


def _author(item: Mapping[str, Any]) -> str | None:
    authors = item.get("authors")
    listed = authors if isinstance(authors, list) else [item.get("author")]
    names = (plain(_text(author, "name")) for author in listed if isinstance(author, dict))
    return ", ".join(name for name in names if name) or None


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    # Lone surrogates, which JSON can write, are no text.
    return value.encode("utf-8", "ignore").decode().strip() if isinstance(value, str) else ""


def _address(fields: Mapping[str, Any], base: str, *names: str) -> str:
    for name in names:
        if address := _text(fields, name):
            try:
                return urljoin(base, address)
            except ValueError:
                continue
    return ""
