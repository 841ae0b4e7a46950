"""Weather bulletins without end, each composed from its index alone.

Five articles make a round: the agency and two newspapers tell one bulletin (the first of
them now and then in the agency's words), two more newspapers tell one each of their own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

from marsad.demo.newspapers import newspapers
from marsad.demo.texts import Text
from marsad.model import Section, SourceKind

TABLE = Path(__file__).with_name("bulletins.toml")

ROUND = 5
BULLETINS_A_ROUND = 3
#: Which bulletin of its round each of the five articles tells.
TOLD = (0, 0, 0, 1, 2)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the stations say: one town, one condition, and its numbers."""

    number: int
    country: str
    #: The town's name by language.
    town: Mapping[str, str]
    condition: str
    numbers: Mapping[str, int]


@cache
def _phrases() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


@cache
def _papers() -> tuple[str, ...]:
    return tuple(slug for slug, paper in newspapers().items() if paper.kind is SourceKind.NEWSPAPER)


@cache
def _agency() -> str:
    return next(slug for slug, paper in newspapers().items() if paper.kind is SourceKind.AGENCY)


def _draw(below: int, *seed: object) -> int:
    """A number from 0 to `below` - 1 that depends on `seed` alone."""
    return crc32("/".join(map(str, seed)).encode()) // 7 % below


def newspaper_of(index: int) -> str:
    """The newspaper or agency in which article `index` appears."""
    round_, place = divmod(index, ROUND)
    # Five and eight share no factor, so that each newspaper comes to each place in turn.
    return _agency() if place == 0 else _papers()[(ROUND * round_ + place) % len(_papers())]


@lru_cache(maxsize=4096)
def bulletin(index: int) -> Text:
    """Article `index` (from 0) of those that the press goes on publishing."""
    round_, place = divmod(index, ROUND)
    slug = newspaper_of(index)
    if place == 1 and round_ % 3 == 0 and bulletin(index - 1).language == newspapers()[slug].languages[0]:
        return _copied(bulletin(index - 1), index, slug)
    first = newspaper_of(index + 1) if place == 0 else slug
    language = newspapers()[first].languages[0]
    if language not in newspapers()[slug].names:
        language = newspapers()[slug].languages[0]
    told = newspaper_of(round_ * ROUND + 1) if TOLD[place] == 0 else slug
    forecast = _forecast(round_ * BULLETINS_A_ROUND + TOLD[place], newspapers()[told].country)
    return _told(forecast, index, slug, language)


def _copied(original: Text, index: int, slug: str) -> Text:
    return replace(
        original, id=f"bulletin-{index}", newspaper=slug, credit=original.newspaper, copy_of=original.id
    )


def _forecast(number: int, country: str) -> Forecast:
    towns = _phrases()["towns"][country]
    town = towns[number % len(towns)]
    conditions = _phrases()["conditions"][town["kind"]]
    low = 3 + _draw(8, number, "low")
    rain = 12 + _draw(34, number, "rain")
    numbers = {
        "low": low,
        "high": low + 8 + _draw(10, number, "high"),
        "rain": rain,
        "less": rain // 2,
        "wind": 25 + 5 * _draw(9, number, "wind"),
        "waves": 3 + _draw(3, number, "waves"),
        "sight": 100 * (1 + _draw(8, number, "sight")),
        "damp": 30 + _draw(60, number, "damp"),
        "edition": 100 + number,
    }
    return Forecast(number, country, town, conditions[_draw(len(conditions), number, "sky")], numbers)


def _told(forecast: Forecast, index: int, slug: str, language: str) -> Text:
    def say(part: str) -> str:
        phrases = _phrases()[language][part]
        choices: list[str] = phrases.get(forecast.condition) or phrases["any"]
        choice = choices[_draw(len(choices), index, slug, part)]
        return choice.format(town=forecast.town[language], **forecast.numbers)

    about, degrees = say("facts"), say("temperatures")
    return Text(
        id=f"bulletin-{index}",
        newspaper=slug,
        event=f"bulletin-of-{forecast.number}",
        section=Section.WEATHER,
        country=forecast.country,
        language=language,
        age_hours=-1.0,
        title=say("titles"),
        lead=say("leads"),
        paragraphs=(f"{about} {degrees}", f"{say('advice')} {say('closings')}"),
        image=_phrases()["pictures"][forecast.condition] if _draw(2, index, "picture") else "",
        caption=forecast.town[language],
        places=(forecast.town["ar"],),
    )
