"""Which telling speaks for a story."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from marsad.model import Headline

_NOBODY: Mapping[int, float] = {}


def speaker(
    tellings: Sequence[Headline], copied: Container[int], central: Mapping[int, float] = _NOBODY
) -> int:
    """Number of the most `central` of `tellings` that is no copy; of any, where all are copies.

    `central` says of each how much it is like all the others; where it says nothing, the earliest speaks.
    """
    own = [headline for headline in tellings if headline.number not in copied]
    return min(
        own or tellings,
        key=lambda headline: (-central.get(headline.number, -99.0), headline.dated, headline.number),
    ).number
