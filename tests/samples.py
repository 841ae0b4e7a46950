"""Small pieces that tests put together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from marsad.model import Article, Block, BlockKind, FeedAddress, Precision, Published, Section, Source

NOW = datetime(2024, 3, 5, 12, 0, tzinfo=UTC)

SOURCE = Source(
    slug="nakhla",
    name="النخلة",
    home="https://nakhla.example/",
    languages=("ar",),
    country="MA",
    timezone="Africa/Casablanca",
    feeds=(FeedAddress("https://nakhla.example/feed"),),
)


def paragraphs(text: str) -> tuple[Block, ...]:
    """A block for each line of `text`."""
    return tuple(Block(BlockKind.PARAGRAPH, line) for line in text.splitlines() if line)


def article(text: str = "نص الخبر الأول.", **changes: Any) -> Article:
    """An article of the sample source, changed as asked."""
    plain = Article(
        source=SOURCE.slug,
        address="https://nakhla.example/1",
        title="أمطار قوية على تطوان",
        lead="",
        blocks=paragraphs(text),
        language="ar",
        collected=NOW,
        published=Published(NOW, Precision.MINUTE, "json-ld"),
        section=Section.WEATHER,
    )
    return replace(plain, **changes)
