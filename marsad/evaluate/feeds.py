"""How right feeds are read: ours against gold answers.

Titles are compared as plain text on both sides (the gold keeps its markup), links to the letter,
dates (of publication, else of the last change) to the second. What the gold leaves empty must be empty.
"""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from marsad.collect.feeds.moments import moment
from marsad.collect.feeds.registry import parse_feed
from marsad.collect.feeds.texts import plain
from marsad.errors import Refused
from marsad.model import Feed


@dataclass(slots=True)
class Share:
    """How many of how many were right."""

    right: int = 0
    all: int = 0

    def count(self, *, right: bool) -> None:
        """One more, right or not."""
        self.right += right
        self.all += 1

    @property
    def value(self) -> float:
        """The share, 0 to 1; 1 where there was nothing to get wrong."""
        return round(self.right / self.all, 4) if self.all else 1.0


def evaluate(path: Path) -> dict[str, object]:
    """feeds, parsed, entries_accuracy, title_accuracy, link_accuracy, date_accuracy, feeds_per_second."""
    golds = [json.loads(line) for line in (path / "gold.jsonl").read_text("utf-8").splitlines() if line]
    bodies = [_body(path / "feeds" / gold["file"]) for gold in golds]
    entries, titles, links, dates, parsed = Share(), Share(), Share(), Share(), 0
    started = time.process_time()
    feeds = [_read(body, gold["content_type"]) for body, gold in zip(bodies, golds, strict=True)]
    seconds = time.process_time() - started
    for feed, gold in zip(feeds, golds, strict=True):
        parsed += feed is not None
        found = feed or Feed()
        entries.count(right=feed is not None and len(found.entries) == gold["entries"])
        titles.count(right=feed is not None and _titles_agree(found, gold))
        links.count(right=feed is not None and _first(found, "address") == (gold["first_link"] or ""))
        wanted = moment(gold["first_published"] or "")
        dates.count(right=feed is not None and _date(found) == wanted)
    return {
        "feeds": len(golds),
        "parsed": parsed,
        "entries_accuracy": entries.value,
        "title_accuracy": titles.value,
        "link_accuracy": links.value,
        "date_accuracy": dates.value,
        "feeds_per_second": round(len(golds) / seconds, 1) if seconds else None,
    }


def _body(path: Path) -> bytes:
    body = path.read_bytes()
    return gzip.decompress(body) if path.suffix == ".gz" else body


def _read(body: bytes, content_type: str | None) -> Feed | None:
    try:
        return parse_feed(body, content_type, "")
    except Refused:
        return None


def _titles_agree(feed: Feed, gold: Mapping[str, Any]) -> bool:
    pairs = ((feed.title, gold["title"]), (_first(feed, "title"), gold["first_title"]))
    return all(ours in {" ".join((wanted or "").split()), plain(wanted or "")} for ours, wanted in pairs)


def _first(feed: Feed, name: str) -> str:
    return str(getattr(feed.entries[0], name)) if feed.entries else ""


def _date(feed: Feed) -> datetime | None:
    first = feed.entries[0] if feed.entries else None
    return (first.published or first.updated) if first else None
