"""What a reader asks of the search: words, and what narrows them. It stands whole in an address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo

from marsad.enrich.credit import agency
from marsad.enrich.place_asked import asked_places
from marsad.language.registry import LANGUAGES
from marsad.model import Section
from marsad.search.index import Order
from marsad.search.parser import MOST_QUOTED, read_query
from marsad.search.period import read_period
from marsad.search.query import Cause, Field, Ignored, Name, Node, Query, narrowed

#: Beyond this page nobody looks, and every engine slows down.
LAST_PAGE = 100

#: The fields of `Asked` that narrow its words.
NARROWED_BY = ("source", "section", "language", "place", "on")

#: The codes of the languages that a search can be narrowed to.
LANGUAGE_CODES = tuple(LANGUAGES)

_WHEN = re.compile(r"[1-9]\d{3}(-\d{2}){0,2}", re.ASCII)
_SLUG = re.compile(r"[\w.-]{1,80}")
_NUMBER = re.compile(r"\d{1,15}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """A search. `asked` reads it from an address, `parameters` writes it into one."""

    query: str = ""
    #: Slug of the only newspaper.
    source: str = ""
    section: str = ""
    language: str = ""
    #: Slug of the only place.
    place: str = ""
    #: The only year (``2020``), month (``2020-11``) or day (``2020-11-05``).
    on: str = ""
    order: Order = Order.RELEVANCE
    #: Whether newer articles come before older ones that are as good.
    fresh: bool = True
    #: Whether what tells one story stands under its best hit.
    folded: bool = True
    page: int = 1
    #: Only articles up to this number, so that pages stay as they are while news arrives.
    newest: int | None = None
    #: What the address narrows to and nobody can read: the search is the same without it.
    ignored: tuple[Ignored, ...] = field(default=(), compare=False)

    def changed(self, **changes: str | int) -> Asked:
        """The same search, changed so, from its first page and as of now."""
        return replace(self, **{"page": 1, "newest": None, "ignored": (), **changes})  # type: ignore[arg-type]  # by name

    def narrowing(self) -> dict[str, str]:
        """What narrows the words, by the name of its field; only what is there."""
        fields = {name: getattr(self, name) for name in NARROWED_BY}
        return {name: value for name, value in fields.items() if value}

    def parameters(self, **changes: str | int) -> dict[str, str | int]:
        """What stands in the address of this search, changed so; only what says something."""
        wanted = replace(self, **changes) if changes else self  # type: ignore[arg-type]  # by name
        given: dict[str, str | int] = {"q": wanted.query, **wanted.narrowing()}
        if wanted.order is not Order.RELEVANCE:
            given["sort"] = str(wanted.order)
        given |= {} if wanted.fresh else {"fresh": 0}
        given |= {} if wanted.folded else {"fold": 0}
        if wanted.page > 1:
            given["page"] = wanted.page
            given |= {} if wanted.newest is None else {"upto": wanted.newest}
        return given

    def read(self, now: datetime, clock: tzinfo) -> Query:
        """The query with everything that narrows it; days by the site's clock."""
        query = read_query(self.query, timezone=clock, now=now, known=known)
        conditions: list[Node] = [
            Name(field, value)
            for field, value in (
                (Field.SOURCE, self.source),
                (Field.SECTION, self.section),
                (Field.LANGUAGE, self.language),
                (Field.PLACE, self.place),
            )
            if value
        ]
        query = replace(query, ignored=(*query.ignored, *self.ignored))
        period = read_period(self.on, clock, now) if self.on else None
        return narrowed(query, *conditions, *([period] if period is not None else []))


def known(field: Field, name: str) -> tuple[str, ...]:
    """What the archive knows under that name: places by their slugs, agencies by their usual names."""
    if field is Field.PLACE:
        return asked_places(name)
    found = agency(name) if field is Field.CREDIT else None
    return (found,) if found else ()


def asked(parameters: Mapping[str, str]) -> Asked:
    """The search that the parameters of an address ask for; what cannot be read is as if not there.

    Of a day that cannot be read it is told: others are only written by who made up an address.
    """

    def given(name: str, pattern: re.Pattern[str]) -> str:
        value = parameters.get(name, "")
        return value if pattern.fullmatch(value) else ""

    on = parameters.get("on", "").strip()
    dated = bool(_WHEN.fullmatch(on)) and read_period(on, UTC, datetime.now(UTC)) is not None
    section, language = parameters.get("section", ""), parameters.get("language", "")
    order, page, newest = parameters.get("sort", ""), given("page", _NUMBER), given("upto", _NUMBER)
    return Asked(
        query=parameters.get("q", "").strip(),
        source=given("source", _SLUG),
        section=section if section in set(Section) else "",
        language=language if language in LANGUAGES else "",
        place=given("place", _SLUG),
        on=on if dated else "",
        fresh=parameters.get("fresh") != "0",
        folded=parameters.get("fold") != "0",
        order=Order(order) if order in set(Order) else Order.RELEVANCE,
        page=min(max(int(page or 1), 1), LAST_PAGE),
        newest=int(newest) if newest else None,
        ignored=(Ignored(Cause.UNKNOWN_DATE, f"on={on}"[:MOST_QUOTED]),) if on and not dated else (),
    )
