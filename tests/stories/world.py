"""Invented events and who tells them: words of the event, words of its kind, and words of every day."""

from __future__ import annotations

import random
from datetime import timedelta
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from marsad.stories.fingerprint import fingerprint
from marsad.stories.grouping import Telling
from marsad.stories.wording import wording
from tests.samples import NOW

LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمنهي"


def word(seed: int) -> str:
    """An invented word of seven letters."""
    return "".join(random.Random(seed).choices(LETTERS, k=7))


EVERY_DAY = [word(n) for n in range(400)]


@cache
def _centre(language: str) -> NDArray[np.float32]:
    with files("marsad.stories").joinpath("centres.npz").open("rb") as file, np.load(file) as kept:
        return np.asarray(kept[language], np.float32)


def _direction(seed: int, length: float) -> NDArray[np.float64]:
    found = np.random.default_rng(seed).normal(size=384)
    return np.asarray(found * length / np.linalg.norm(found))


def vector(event: int, seed: int, language: str = "ar") -> NDArray[np.float32]:
    """What a telling of `event` means: near its other tellings, and not far from anything, as E5 has it."""
    found = _centre(language) + _direction(1000 + event, 0.42) + _direction(100_000 + seed, 0.12)
    return np.asarray(found / np.linalg.norm(found), np.float32)


def telling(
    number: int,
    event: int,
    hours: float = 0,
    *,
    source: str | None = None,
    language: str = "ar",
    meant: bool = True,
    text: bool = True,
) -> Telling:
    """Telling `number`, of that event, in its own words."""
    draw = random.Random(number)
    told = [word(1000 * event + n) for n in range(30)]
    kind = [word(1_000_000 * (1 + event % 3) + n) for n in range(30)]
    if language != "ar":
        told, kind = ([f"{each[::-1]}{language}" for each in words] for words in (told, kind))
    title = " ".join([*draw.sample(told, 5), *draw.sample(kind, 2)])
    words = draw.sample(told, 26) + draw.sample(kind, 8) + draw.sample(EVERY_DAY, 25)
    draw.shuffle(words)
    body = " ".join(words) if text else ""
    return Telling(
        number,
        source or f"paper{number % 5}",
        language,
        NOW + timedelta(hours=hours),
        fingerprint(body),
        wording(title, body, language),
        vector(event, number, language) if meant else None,
    )
