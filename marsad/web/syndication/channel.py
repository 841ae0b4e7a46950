"""A feed before it is written in one of the formats."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

#: What each format is called among types, by what stands behind the dot of its address.
TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}

#: What XML 1.0 has no way to write.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Item:
    """An article in a feed. Addresses are absolute, texts plain."""

    #: Its lasting address, which is its identifier too.
    address: str
    title: str
    summary: str
    language: str
    newspaper: str
    section: str
    dated: datetime
    image: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed. Addresses are absolute."""

    title: str
    #: The page that shows the same.
    page: str
    #: The feed itself.
    address: str
    #: Of the words of the site in it; each item has its own.
    language: str
    #: Name of the site.
    site: str
    items: tuple[Item, ...]
    #: The moment of a feed that has no items.
    made: datetime

    @property
    def updated(self) -> datetime:
        """When its newest item was published."""
        return max((item.dated for item in self.items), default=self.made)


def writable(text: str) -> str:
    """`text` without what XML cannot hold."""
    return _UNWRITABLE.sub("", text)
