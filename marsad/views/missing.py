"""What somebody may have looked for who found nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import unquote

from sqlalchemy import Connection

from marsad.model import Headline, Source
from marsad.store import articles, sources


@dataclass(frozen=True, slots=True)
class Guess:
    """What stands nearest to an address that leads nowhere; each part may be missing."""

    #: The article of that number, which stands under another newspaper.
    article: Headline | None = None
    newspaper: Source | None = None
    #: The words of the address, to search for.
    words: str = ""


def guess(connection: Connection, path: str) -> Guess:
    """The best guess for a path without a language's prefix."""
    first, _, rest = path[:300].strip("/").partition("/")
    number = re.match(r"[0-9]{1,12}", rest)
    found = articles.headlines(connection, [int(number[0])]) if number else []
    words = re.findall(r"[^\W\d_]{2,}", unquote(rest or first))
    return Guess(found[0] if found else None, _newspaper(connection, first), " ".join(words[:8]))


def _newspaper(connection: Connection, written: str) -> Source | None:
    near = get_close_matches(written[:80].lower(), sources.slugs(connection), n=1, cutoff=0.75)
    return sources.by_slug(connection, near[0]) if near else None
