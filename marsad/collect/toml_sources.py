"""Lists of newspapers as TOML, for who writes one by hand.

[[source]]
name = "النخلة"
home = "https://nakhla.example/"
languages = ["ar", "fr"]
country = "MA"
feeds = ["https://nakhla.example/feed", { address = "https://nakhla.example/news.xml", kind = "sitemap" }]
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from marsad.collect.described import Complain, Described, Loaded, feed_of, source_of
from marsad.errors import Refused, SettingsError
from marsad.model import FeedAddress

_LARGEST = 10 * 1024 * 1024
_TEXTS = ("name", "home", "slug", "country", "timezone", "kind", "display")
_FIELDS = frozenset({*_TEXTS, "languages", "feeds"})
_FEED_FIELDS = frozenset({"address", "kind", "rubric"})
_HEADER = re.compile(r"^\s*\[\[\s*source\s*\]\]", re.MULTILINE)


def read_toml(body: bytes, name: str) -> Loaded:
    """The sources in a TOML file called `name`, and what was wrong with it, each with its line.

    Raises SettingsError, naming the line, where the file is no TOML or has a key or value of another kind.
    """
    tables, lines = _tables(body, name)
    tolerated: list[str] = []
    taken: set[str] = set()
    sources = []
    for table, line in zip(tables, lines, strict=True):
        place = f"{name}, line {line}"

        def complain(text: str, place: str = place) -> None:
            tolerated.append(f"{place}: {text}")

        try:
            sources.append(source_of(_described(table, place, complain), taken, complain))
        except Refused as refused:
            complain(f"left out: {refused}")
    return Loaded(tuple(sources), tuple(tolerated))


def _tables(body: bytes, name: str) -> tuple[list[Mapping[str, Any]], list[int]]:
    """The ``[[source]]`` tables of a file, and the line that each begins at."""
    if len(body) > _LARGEST:
        raise SettingsError("the list of newspapers is too large", name, f"more than {_LARGEST} bytes")
    try:
        text = body.decode("utf-8-sig")
        whole = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError("the list of newspapers is no TOML", name, error) from error
    _check_keys(whole, frozenset({"source"}), name)
    tables = whole.get("source", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise SettingsError("a list of newspapers holds [[source]] tables", name)
    begins = [text.count("\n", 0, found.end()) + 1 for found in _HEADER.finditer(text)]
    return tables, begins if len(begins) == len(tables) else [1] * len(tables)


def _described(table: Mapping[str, Any], place: str, complain: Complain) -> Described:
    _check_keys(table, _FIELDS, place)
    texts = {key: _text(table.get(key, ""), key, place) for key in _TEXTS}
    languages = [_text(each, "languages", place) for each in _list(table, "languages", place)]
    feeds = [_feed(each, place, complain) for each in _list(table, "feeds", place)]
    return Described(**texts, languages=languages, feeds=tuple(feed for feed in feeds if feed))


def _feed(given: object, place: str, complain: Complain) -> FeedAddress | None:
    table = {"address": given} if isinstance(given, str) else given
    if not isinstance(table, dict):
        raise SettingsError("a feed is an address or a table with one", place, repr(given)[:80])
    _check_keys(table, _FEED_FIELDS, place)
    address, kind, rubric = (_text(table.get(key, ""), key, place) for key in ("address", "kind", "rubric"))
    try:
        return feed_of(address, kind, rubric, complain)
    except Refused as refused:
        complain(f"a feed is left out: {refused}")
        return None


def _list(table: Mapping[str, Any], key: str, place: str) -> list[Any]:
    given = table.get(key, [])
    if not isinstance(given, list):
        raise SettingsError(f"{key} is a list", place, repr(given)[:80])
    return given


def _text(given: object, key: str, place: str) -> str:
    if not isinstance(given, str):
        raise SettingsError(f"{key} is a text", place, repr(given)[:80])
    return given


def _check_keys(table: Iterable[str], known: frozenset[str], place: str) -> None:
    for key in table:
        if key not in known:
            near = get_close_matches(key[:40], known, n=1)
            meant = f"; {near[0]!r} is meant?" if near else f"; known are {', '.join(sorted(known))}"
            raise SettingsError("unknown key", place, f"{key[:40]!r}{meant}")
