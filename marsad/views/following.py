"""What reader apps show: the sources as subscriptions, and streams of articles with a user's marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from marsad.model import Article, Source
from marsad.oversight import User
from marsad.store import articles, marks, sources, users
from marsad.store.marks import Marked, Wanted
from marsad.views.shown import Shown

__all__ = ["Followed", "Marked", "Wanted", "contents", "numbers", "reader", "subscriptions", "unread"]


@dataclass(frozen=True, slots=True)
class Followed:
    """An article as much as may be shown of it, with its newspaper and the user's marks."""

    article: Article
    source: Source
    marked: Marked


def reader(connection: Connection, name: str, token: str) -> User | None:
    """The user whose reader apps sign in so, None for nobody."""
    return users.with_token(connection, name, token)


def subscriptions(connection: Connection) -> list[Source]:
    """Every source on the list."""
    return sources.all_sources(connection)


def numbers(connection: Connection, user: str, wanted: Wanted) -> list[Marked]:
    """Which articles are in a stream."""
    return marks.listed(connection, user, wanted)


def unread(connection: Connection, user: str) -> dict[str, tuple[int, datetime]]:
    """How much of each source is unread, and when the newest of that was published."""
    return marks.unread(connection, user)


def contents(connection: Connection, user: str, wanted: Sequence[int], shown: Shown) -> list[Followed]:
    """Those articles, in the order that is asked for; those that may not be shown are left out."""
    marked = marks.of_numbers(connection, user, wanted)
    newspapers = {source.slug: source for source in sources.all_sources(connection, removed=True)}
    found = {article.number: article for article in articles.by_numbers(connection, list(marked))}
    return [
        Followed(shown.article(found[number]), newspapers[found[number].source], marked[number])
        for number in wanted
        if number in found and number in marked
    ]
