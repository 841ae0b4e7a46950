"""The named ends that a Page or an Article can come to.

Every input ends in exactly one of them, and what went in equals the sum of what
came out: `marsad status` shows the sums.
"""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """Where an input ended."""

    KEPT = "kept"
    """A new article is in the archive."""
    REVISED = "revised"
    """An article that was known has a new revision."""
    KNOWN = "known"
    """The article was there already, unchanged."""
    NOT_MODIFIED = "not_modified"
    """The server said that nothing changed."""
    REFUSED = "refused"
    """Not wanted: a bad line, a page without an article, a wrong content type."""
    DISALLOWED = "disallowed"
    """robots.txt, a page's own directives or the address guard forbid it."""
    TOO_LARGE = "too_large"
    """Beyond a limit of size, time, redirects or decompression."""
    GONE = "gone"
    """The server says that it is no longer there (404, 410)."""
    LATER = "later"
    """Put off: it is asked for again."""
    DEFECT = "defect"
    """Set aside after an error of ours, with its traceback."""
