"""How feeds write moments, and the one feed that is JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from marsad.demo.addressing import Site
from marsad.demo.newspapers import FeedPath
from marsad.demo.press import PressArticle


def rfc822(moment: datetime, clock: ZoneInfo | None = None) -> str:
    """``Tue, 17 Nov 2026 14:05:00 +0100``, as RSS writes it; by UTC where no clock is given."""
    return format_datetime(moment.astimezone(clock or UTC), usegmt=clock is None)


def iso(moment: datetime, clock: ZoneInfo | None = None) -> str:
    """``2026-11-17T14:05:00+01:00``, as Atom writes it; with ``Z`` where no clock is given."""
    text = moment.astimezone(clock or UTC).isoformat(timespec="seconds")
    return text if clock else text.replace("+00:00", "Z")


def json_feed(site: Site, feed: FeedPath, articles: Iterable[PressArticle]) -> bytes:
    """A feed after JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    paper = site.paper
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": paper.name,
            "description": paper.motto[paper.languages[0]],
            "language": paper.languages[0],
            "home_page_url": f"{site.base}/",
            "feed_url": site.feed(feed),
            "items": [_item(site, article) for article in articles],
        },
        ensure_ascii=False,
        indent=1,
    ).encode()


def _item(site: Site, article: PressArticle) -> dict[str, Any]:
    text = article.text
    paragraphs = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in text.paragraphs)
    item: dict[str, Any] = {
        "id": str(article.number),
        "url": site.address(article),
        "title": text.title,
        "summary": text.lead,
        "content_html": paragraphs,
        "date_published": iso(article.published, site.paper.clock),
        "tags": [site.paper.rubrics[site.paper.edition(text.language)][text.section.value]],
        "language": text.language,
    }
    if article.updated:
        item["date_modified"] = iso(article.updated, site.paper.clock)
    if text.author:
        item["authors"] = [{"name": text.author}]
    if text.image:
        item["image"] = site.picture(article)
    return item
