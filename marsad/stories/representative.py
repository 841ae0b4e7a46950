"""Which telling speaks for a story."""

from __future__ import annotations

from collections.abc import Container, Sequence

from marsad.model import Headline


def speaker(tellings: Sequence[Headline], copied: Container[int]) -> int:
    """Number of the earliest of `tellings` that is no copy; of the earliest, where all are."""
    own = [headline for headline in tellings if headline.number not in copied]
    return min(own or tellings, key=lambda headline: (headline.dated, headline.number)).number
