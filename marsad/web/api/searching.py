"""What a program can ask of the search: the same that stands in an address, but nothing is passed over."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, Field, field_validator

from marsad.model import Section
from marsad.search.index import Order
from marsad.search.period import read_period
from marsad.views.asking import LANGUAGE_CODES, LAST_PAGE, Asked

_SLUG = r"^[\w.-]{0,80}$"
_LANGUAGE = rf"^({'|'.join(LANGUAGE_CODES)})?$"
_PERIOD = r"^([1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$"


class Search(BaseModel):
    """The parameters of a search."""

    q: Annotated[str, Field(max_length=2000, description="Words and operators, as on the site.")] = ""
    source: Annotated[str, Field(pattern=_SLUG, description="Slug of a newspaper.")] = ""
    section: Section | None = None
    language: Annotated[str, Field(pattern=_LANGUAGE, description=f"One of {', '.join(LANGUAGE_CODES)}.")] = (
        ""
    )
    place: Annotated[str, Field(pattern=_SLUG, description="Slug of a place.")] = ""
    on: Annotated[
        str, Field(pattern=_PERIOD, description="A year, month or day: 2024, 2024-03, 2024-03-05.")
    ] = ""
    sort: Order = Order.RELEVANCE
    fresh: Annotated[bool, Field(description="Newer articles somewhat ahead of older ones.")] = True
    fold: Annotated[bool, Field(description="Articles of one story under the best of them.")] = True
    page: Annotated[int, Field(ge=1, le=LAST_PAGE)] = 1
    upto: Annotated[
        int | None,
        Field(ge=0, lt=10**15, description="`upto` of the first page, so that further ones go on from it."),
    ] = None

    @field_validator("on")
    @classmethod
    def _is_in_the_calendar(cls, on: str) -> str:
        if on and read_period(on, UTC, datetime.now(UTC)) is None:
            raise ValueError("there is no such day")
        return on

    def asked(self) -> Asked:
        """The search that these ask for."""
        return Asked(
            query=self.q.strip(),
            source=self.source,
            section=self.section or "",
            language=self.language,
            place=self.place,
            on=self.on,
            order=self.sort,
            fresh=self.fresh,
            folded=self.fold,
            page=self.page,
            newest=self.upto,
        )
