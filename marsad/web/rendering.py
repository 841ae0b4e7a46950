"""Templates, and what every one of them may use."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from marsad import addresses
from marsad.model import Headline, Precision, Section, SourceKind
from marsad.oversight import Role
from marsad.search.highlight import Span
from marsad.search.query import Cause
from marsad.views.places import Kind as PlaceKind
from marsad.views.places import namesake_kind, place_name
from marsad.views.telling import Kind, Reason
from marsad.web.shipped import shipped
from marsad.web.syndication.channel import TYPES
from marsad.web.wording import OWN_NAMES, Wording, direction, set_in
from marsad.web.wording import wording as wording_in

#: A message of the catalogue as it stands in a template.
_MESSAGE = re.compile(r"""(?<!\w)_\(("(?:[^"\\]|\\.)*")\)""")
TEMPLATES = Path(__file__).parent / "templates"

#: Nothing but our own files; images come through us or not at all.
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
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

KIND_NAMES = {
    SourceKind.NEWSPAPER: "Newspaper",
    SourceKind.AGENCY: "News agency",
    SourceKind.BULLETIN: "Official bulletin",
}

PLACE_KINDS = {
    PlaceKind.COUNTRY: "Country",
    PlaceKind.REGION: "Region",
    PlaceKind.PROVINCE: "Province",
    PlaceKind.CITY: "City",
    PlaceKind.COMMUNE: "Commune",
    PlaceKind.DISTRICT: "District",
}

STATE_NAMES = {
    "healthy": "Read regularly",
    "failing": "Does not answer since",
    "gone": "Closed since",
    "paused": "Not read for now",
    "new": "Not read yet",
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
    Cause.COMMON: "words that nearly every article has",
    Cause.WORDLESS: "no word to look for",
}


#: The pages of who is signed in, from which role on they are shown, and their names.
_DESK_PAGES = (
    (Role.MODERATOR, addresses.DESK, "Reports"),
    (Role.MODERATOR, addresses.desk("log"), "Log"),
    (Role.MODERATOR, addresses.desk("requests"), "Requests"),
    (Role.READER, addresses.SAVED, "Saved searches"),
    (Role.READER, addresses.desk("account"), "Account"),
    (Role.OPERATOR, addresses.desk("sources"), "Newspapers"),
    (Role.OPERATOR, addresses.desk("settings"), "Settings"),
)


def desk_pages(may: Callable[[Role], bool]) -> list[tuple[str, str]]:
    """The paths and names of the pages that somebody may see, by what his role is."""
    return [(path, name) for role, path, name in _DESK_PAGES if may(role)]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when a page is shown."""

    #: Name of the site.
    site: str
    #: Public address of the site, empty where it is not known.
    base: str
    #: The language that the address names, empty where the browser chose.
    prefix: str
    #: Path of the page without that prefix, and what follows its question mark.
    path: str
    query: str
    #: By the clock of the site.
    now: datetime
    #: Whether the Hijri date is told beside the other.
    hijri: bool = False

    def address(self, language: str) -> str:
        """This page in that language; "" for whichever the browser asks for."""
        path = self.path + (f"?{self.query}" if self.query else "")
        path = addresses.within(language, path)
        return addresses.absolute(self.base, path) if self.base else path

    @property
    def clock(self) -> tzinfo | None:
        """The clock of its readers; None where the operator named none, and each newspaper's own is told."""
        return None if self.now.tzinfo in {UTC, ZoneInfo("UTC")} else self.now.tzinfo

    @property
    def feed(self) -> bool:
        """Whether this page lists articles that a feed can follow."""
        return addresses.has_feed(self.path)

    def feed_as(self, form: str) -> str:
        """The feed of this page."""
        page = self.path + (f"?{self.query}" if self.query and self.path == addresses.SEARCH else "")
        return addresses.within(self.prefix, addresses.feed(page, form))


class Links:
    """`addresses` as a template sees them: every page within the language that the address names."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def __getattr__(self, name: str) -> Any:
        """The address, or what makes it, of that name."""
        known = getattr(addresses, name)
        if isinstance(known, str):
            found: Any = addresses.within(self._prefix, known)
        else:

            def found(*given: Any, **named: Any) -> str:
                return addresses.within(self._prefix, known(*given, **named))

        setattr(self, name, found)
        return found


@cache
def links(prefix: str) -> Links:
    """The addresses within that language; "" for no prefix."""
    return Links(prefix)


class _Context(Context):
    """What a page is made of. It calls what a template calls as it is, which pages do hundreds of times:
    none of what ours call asks for a context, but macros for whether to escape.

    Its macros know it and it knows them. Who has made a page lets go of its contexts, of which it gives the
    list in `contexts`: else all that was shown would stay until Python looks for such circles.
    """

    def __init__(self, environment: Environment, parent: dict[str, Any], *given: Any, **named: Any) -> None:
        """Of that environment, with what its template is given."""
        super().__init__(environment, parent, *given, **named)
        parent.get("contexts", []).append(self)

    def let_go(self) -> None:
        """Forget everything; nothing can be rendered after that."""
        for held in (self.vars, self.parent, self.exported_vars, self.blocks):
            held.clear()

    def call(self, called: Any, /, *given: Any, **named: Any) -> Any:
        """What `called` gives; how a loop stands is for those that ask for a context."""
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return called(self.eval_ctx, *given, **named) if type(called) is Macro else called(*given, **named)


class _Environment(Environment):
    context_class = _Context


class _Spoken(Extension):
    """Puts the messages of a language into a template before it is compiled: once, not for each page."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """The template with each ``_("…")`` as what it says."""
        say: Callable[[str], str] = self.environment.globals["_"]  # type: ignore[assignment]  # our own
        return _MESSAGE.sub(lambda found: json.dumps(say(json.loads(found[1])), ensure_ascii=False), source)


@cache
def _environment(language: str) -> Environment:
    """Templates in that language."""
    wording = wording_in(language)
    environment = _Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # else every page looks whether its files changed
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", _Spoken],
    )
    environment.globals.update(
        _=wording.say,
        _n=wording.count,
        wording=wording,
        cited_date=_cited_dates(wording),
        place_name=_place_names(wording),
        sections=[section for section in Section if section is not Section.UNSORTED],
        section_name=SECTION_NAMES.__getitem__,
        kind_name=KIND_NAMES.__getitem__,
        state_name=STATE_NAMES.__getitem__,
        cause=CAUSES.__getitem__,
        direction=direction,
        desk_pages=desk_pages,
        image_widths=addresses.IMAGE_WIDTHS,
        shipped=shipped,
        lasting_address=addresses.article,
        languages=OWN_NAMES,
        feed_types=TYPES,
        reason_words=reason_words,
    )
    environment.filters["filled"] = filled
    environment.filters["lit"] = lit
    environment.filters["set_in"] = set_in
    return environment


def render(template: str, wording: Wording, setting: Setting, values: Mapping[str, Any]) -> str:
    """The page of that template in the reader's language."""
    contexts: list[_Context] = []
    try:
        return (
            _environment(wording.language)
            .get_template(template)
            .render(
                moment=_moments(wording, setting.clock or UTC),
                hijri=_hijri(wording) if setting.hijri else lambda *_: "",
                local=_locals(wording, setting.clock),
                told_at=_told_at(setting.clock),
                brief=_brief(
                    wording, values.get("day", setting.now.date()), values.get("clock", setting.clock)
                ),
                setting=setting,
                site=setting.site,
                to=links(setting.prefix),
                contexts=contexts,
                **values,
            )
        )
    finally:
        for context in contexts:
            context.let_go()


def _place_names(wording: Wording) -> Callable[[str], str]:
    """What a place is called; a province as its chief town, and that it is the province."""

    def called(slug: str) -> str:
        name, kind = place_name(slug, wording.language), namesake_kind(slug, wording.language)
        return f"{name} ({wording.say(PLACE_KINDS[kind])})" if kind else name

    return called


def reason_words(wording: Wording, reason: Reason) -> str:
    """What speaks for a story, in words."""
    match reason.kind:
        case Kind.NEWSPAPERS:
            return wording.count("%(number)s newspaper", "%(number)s newspapers", reason.number)
        case Kind.OWN_WORDS:
            return wording.count(
                "%(number)s in its own words", "%(number)s in their own words", reason.number
            )
        case Kind.LANGUAGES:
            return wording.count("%(number)s language", "%(number)s languages", reason.number)
        case Kind.FIRST if reason.number == 0:
            return wording.say("first within the hour")
        case Kind.FIRST if reason.number < 48:
            return wording.count("first %(number)s hour ago", "first %(number)s hours ago", reason.number)
        case Kind.FIRST:
            return _days_ago(wording, reason.number // 24)
        case Kind.GROWING:
            return wording.say("growing")


def _days_ago(wording: Wording, days: int) -> str:
    """Days up to two months, months up to two years, then years."""
    if days < 60:
        return wording.count("first %(number)s day ago", "first %(number)s days ago", days)
    if days < 730:
        return wording.count("first %(number)s month ago", "first %(number)s months ago", days // 30)
    return wording.count("first %(number)s year ago", "first %(number)s years ago", days // 365)


def filled(sentence: str, **parts: Any) -> Markup:
    """A sentence of the catalogue with its ``%(names)s`` in place, each as safe as it is by itself."""
    return Markup(escape(sentence)) % parts  # noqa: S704  # the sentence was escaped


def lit(text: str, spans: Sequence[Span]) -> Markup:
    """`text` with its lit parts marked."""
    parts, last = [], 0
    for start, end in spans:
        parts += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    return Markup("".join([*parts, escape(text[last:])]))  # noqa: S704  # each part was escaped


def _locals(wording: Wording, clock: tzinfo | None) -> Any:
    """How the page of an article tells moments."""

    def local(when: datetime, precision: Precision, own: str) -> str:
        return wording.local(when, Precision(precision), ZoneInfo(own), clock)

    return local


def _brief(wording: Wording, today: date, clock: tzinfo | None) -> Any:
    """How lists tell moments: by one clock, for newspapers of several countries stand in them."""

    def brief(when: datetime, precision: Precision, own: str) -> str:
        return wording.brief(when, precision, clock or ZoneInfo(own), today)

    return brief


def _told_at(clock: tzinfo | None) -> Callable[[Headline], datetime]:
    """When a headline came, by the clock that lists tell it by; a day is the one that its newspaper wrote."""

    def told_at(headline: Headline) -> datetime:
        if headline.precision is not Precision.MINUTE:
            return headline.dated.astimezone(UTC)
        return headline.dated.astimezone(clock or ZoneInfo(headline.timezone))

    return told_at


def _hijri(wording: Wording) -> Any:
    def hijri(when: datetime, precision: Precision, clock: str) -> str:
        """The Hijri day of a moment that is known to the day: a newspaper's day is the one that it wrote."""
        if precision not in {Precision.DAY, Precision.MINUTE}:
            return ""
        return wording.hijri(when.astimezone(UTC if precision is Precision.DAY else ZoneInfo(clock)).date())

    return hijri


def _cited_dates(wording: Wording) -> Any:
    def cited_date(when: datetime, precision: Precision, clock: str) -> str:
        """The day that the newspaper printed over it."""
        return wording.printed(when, Precision(precision), ZoneInfo(clock))

    return cited_date


def _moments(wording: Wording, clock: tzinfo) -> Any:
    """How what happened here is told: by the clock of the site."""

    def moment(when: datetime, precision: Precision = Precision.MINUTE) -> str:
        return wording.moment(when, Precision(precision), clock)

    return moment
