"""JSON Feed 1.1."""

from __future__ import annotations

import json
from typing import Any

from marsad.web.syndication.channel import Channel, Item


def write(channel: Channel) -> str:
    """The feed as JSON."""
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": channel.title,
            "home_page_url": channel.page,
            "feed_url": channel.address,
            "language": channel.language,
            "authors": [{"name": channel.site}],
            "items": [_item(item) for item in channel.items],
        },
        ensure_ascii=False,
    )


def _item(item: Item) -> dict[str, Any]:
    written: dict[str, Any] = {
        "id": item.address,
        "url": item.address,
        "title": item.title,
        "content_text": item.summary or item.title,
        "date_published": item.dated.isoformat(),
        "authors": [{"name": item.newspaper}],
        "language": item.language,
        "tags": [item.section],
    }
    if item.summary:
        written["summary"] = item.summary
    if item.image:
        written["image"] = item.image
    return written
