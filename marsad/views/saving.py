"""Searches that a user keeps, and what is new in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import Connection

from marsad.errors import SearchError
from marsad.model import Headline
from marsad.pipeline.engines import Engines
from marsad.search.index import Order
from marsad.store import saved
from marsad.store.saved import LONGEST_NAME, Saved
from marsad.store.texts import newest, newspapers
from marsad.views.asking import Asked, asked
from marsad.views.finding import FEED, headlines

__all__ = ["LONGEST_NAME", "Kept", "Saved", "kept", "newest", "saved"]

#: As many of the new headlines are shown under the name of a search.
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Kept:
    """A search that a user keeps, as the page lists it."""

    saved: Saved
    asked: Asked
    #: The name of the newspaper that it is narrowed to; "" where it is to none.
    newspaper: str
    #: The first of what came since the user last looked, and how much that is.
    new: tuple[Headline, ...]
    count: int

    @property
    def is_more(self) -> bool:
        """Whether there may be more that is new than was counted."""
        return self.count >= FEED


def kept(
    connection: Connection, engines: Engines, user: str, now: datetime, clock: tzinfo
) -> tuple[Kept, ...]:
    """All that a user keeps, the newest first."""
    return tuple(_kept(connection, engines, each, now, clock) for each in saved.of_user(connection, user))


def _kept(connection: Connection, engines: Engines, each: Saved, now: datetime, clock: tzinfo) -> Kept:
    wanted = asked(each.parameters)
    try:
        found = headlines(connection, engines, wanted.changed(order=Order.NEWEST), now, clock)
    except SearchError:
        found = ()  # the list itself can be read without the index
    new = tuple(headline for headline in found if headline.number > each.seen)
    newspaper = newspapers(connection, [wanted.source]).get(wanted.source, wanted.source)
    return Kept(each, wanted, newspaper, new[:SHOWN], len(new))
