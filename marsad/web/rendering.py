"""Templates, and what every one of them may use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from marsad import addresses
from marsad.model import Precision, Section
from marsad.search.query import Cause
from marsad.web.wording import Wording, direction

TEMPLATES = Path(__file__).parent / "templates"

#: Nothing but our own files, and no script at all; images come through us or not at all.
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}

SECTION_NAMES = {
    Section.POLITICS: "Politics",
    Section.ECONOMY: "Economy",
    Section.SOCIETY: "Society",
    Section.SPORTS: "Sports",
    Section.CULTURE: "Culture",
    Section.WORLD: "World",
    Section.RELIGION: "Religion",
    Section.HEALTH: "Health",
    Section.TECHNOLOGY: "Technology",
    Section.OPINION: "Opinion",
    Section.WEATHER: "Weather",
    Section.UNSORTED: "Other news",
}

CAUSES = {
    Cause.TOO_LONG: "beyond the longest query",
    Cause.TOO_MANY: "more parts than are searched for at once",
    Cause.TOO_DEEP: "groups too deep",
    Cause.OPEN_QUOTE: "a quotation mark without its partner",
    Cause.OPEN_GROUP: "a parenthesis without its partner",
    Cause.LONELY_OPERATOR: "nothing to join or exclude",
    Cause.EMPTY_FIELD: "a field without a value",
    Cause.UNKNOWN_DATE: "not a date",
    Cause.UNKNOWN_NAME: "no such section or language",
    Cause.SHORT_PREFIX: "too few letters before the star",
}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.globals.update(
        to=addresses,
        sections=[section for section in Section if section is not Section.UNSORTED],
        section_name=SECTION_NAMES.__getitem__,
        cause=CAUSES.__getitem__,
        direction=direction,
    )
    return environment


def render(template: str, wording: Wording, site: str, values: Mapping[str, Any]) -> str:
    """The page of that template in the reader's language."""
    return (
        _environment()
        .get_template(template)
        .render(_=wording.say, wording=wording, moment=_moments(wording), site=site, **values)
    )


def page(body: str, status: int = 200) -> HTMLResponse:
    """An answer with the headers that guard the reader."""
    return HTMLResponse(body, status, headers=HEADERS | {"vary": "accept-language"})


def _moments(wording: Wording) -> Any:
    def moment(when: datetime, precision: Precision = Precision.MINUTE, clock: str = "UTC") -> str:
        return wording.moment(when, precision, ZoneInfo(clock))

    return moment
