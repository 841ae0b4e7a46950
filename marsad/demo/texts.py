"""The texts of the sample press as they are written in `events/`, and read from there."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from marsad.demo.newspapers import newspapers
from marsad.model import Section

EVENTS = Path(__file__).with_name("events")


class PressError(ValueError):
    """A file of the sample press is wrong: which one, which text, and why."""


@dataclass(frozen=True, slots=True)
class Text:
    """One article as it was written, before it has a moment and an address."""

    id: str
    newspaper: str
    event: str
    section: Section
    country: str
    language: str
    #: Hours before the start of the press; negative for what appears after it, -1 first.
    age_hours: float
    title: str
    lead: str
    paragraphs: tuple[str, ...]
    author: str = ""
    #: What its picture shows, empty where it has none.
    image: str = ""
    caption: str = ""
    #: The agency that it was taken from.
    credit: str | None = None
    #: Id of the article that it repeats, wholly or in part.
    copy_of: str | None = None
    #: Where the event took place, in Arabic.
    places: tuple[str, ...] = ()
    #: What the event is a stage of, as a warning is of a flood; empty where it stands alone.
    saga: str = ""


def paragraphs_of(text: str) -> tuple[str, ...]:
    """The paragraphs of `text`, which blank lines part."""
    parts = (" ".join(part.split()) for part in text.split("\n\n"))
    return tuple(part for part in parts if part)


def _text(event: dict[str, Any], article: dict[str, Any]) -> Text:
    if article["newspaper"] not in newspapers():
        raise PressError(f"no such newspaper: {article['newspaper']}")
    given = {key: value for key, value in article.items() if key != "text"}
    return Text(
        event=event["event"],
        section=Section(event["section"]),
        country=event["country"],
        places=tuple(event["places"]),
        saga=event.get("saga", ""),
        paragraphs=paragraphs_of(article["text"]),
        **given,
    )


def read_event(path: Path) -> tuple[Text, ...]:
    """The texts of one event. Raises `PressError` naming the file and the text."""
    try:
        event = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise PressError(f"not to be read: {path.name}: {wrong}") from wrong
    texts = []
    for article in event.get("article", ()):
        try:
            texts.append(_text(event, article))
        except (KeyError, TypeError, ValueError) as wrong:
            raise PressError(f"wrong text: {path.name}: {article.get('id', '?')}: {wrong!r}") from wrong
    return tuple(texts)


def read_events(folder: Path = EVENTS) -> tuple[Text, ...]:
    """All texts under `folder`, by file name. Raises `PressError` where two share an id."""
    texts = tuple(text for path in sorted(folder.glob("*.toml")) for text in read_event(path))
    known: set[str] = set()
    for text in texts:
        if text.id in known:
            raise PressError(f"two texts with one id: {text.id}")
        known.add(text.id)
    return texts


@cache
def all_texts() -> tuple[Text, ...]:
    """The texts that come with the press."""
    return read_events()
