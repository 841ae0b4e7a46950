"""Numbers written in words, in Arabic, French, English and Spanish."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import NamedTuple

from marsad.language.normalise import fold

#: A run of number words is read no further than this.
LONGEST = 10

#: Between two words of one number: vingt et un, twenty-one, خمسة و عشرون.
_JOINTS = frozenset({"-", "و", "et", "and", "y"})


@dataclass(frozen=True, slots=True)
class Spoken:
    """A number in words."""

    value: int
    ordinal: bool
    #: How many of the given words say it.
    words: int


class _Step(NamedTuple):
    value: int
    ordinal: bool
    words: int = 1
    #: Written with the Arabic "and", and with the Arabic article.
    joined: bool = False
    definite: bool = False


def spoken(words: Sequence[str]) -> Spoken | None:
    """The number that folded `words` begin with (a hyphen is a word too); None where they begin with none."""
    total = current = at = used = 0
    ordinal = definite = False
    while at < min(len(words), LONGEST):
        joint = used > 0 and words[at] in _JOINTS
        step = _step(words, at + joint)
        if step is None or (
            used and not _fits(current, definite, step._replace(joined=joint or step.joined))
        ):
            break
        if step.value >= 1000:
            total, current = total + max(current, 1) * step.value, 0
        else:
            current = current * 100 if step.value == 100 and current else current + step.value
        ordinal, definite = ordinal or step.ordinal, step.definite
        at = used = at + joint + step.words
    return Spoken(total + current, ordinal, used) if used else None


def number_word(word: str) -> int | None:
    """What one folded word counts, its article and "and" taken off; None where it is no number."""
    step = _step([word], 0)
    return step.value if step else None


def _step(words: Sequence[str], at: int) -> _Step | None:
    compound = _HYPHENATED.get(tuple(words[at : at + 3]))
    if compound is not None:
        return _Step(compound, ordinal=False, words=3)
    word = words[at] if at < len(words) else ""
    for joined in (False, True) if word.startswith("و") else (False,):
        for definite in (False, True):
            bare = word.removeprefix("و" * joined)
            bare = bare[2:] if definite and bare.startswith("ال") else bare
            if bare in _KNOWN:
                return _Step(*_KNOWN[bare], joined=joined, definite=definite)
    return None


def _fits(current: int, definite: bool, step: _Step) -> bool:
    """Whether `step` can be said after `current` within one number."""
    value, rest = step.value, current % 100
    if step.joined and definite != step.definite:
        return False  # الثالثة وعشرون دقيقة: an hour and its minutes
    if value >= 1000:
        return current > 0
    if value >= 100:
        return current == 0 or (value == 100 and 1 < current < 10)
    if rest in (60, 80) and value < 20:
        return True  # soixante-dix, quatre-vingt-onze
    if value == 10:
        return rest == 0 or (rest < 10 and not step.joined)  # ثلاث عشرة
    if value % 10 == 0:
        return rest < 10  # ثلاثة وعشرون
    return rest == 0 or (value < 10 and rest >= 20 and rest % 10 == 0)


def _table() -> dict[str, tuple[int, bool]]:
    text = files("marsad.language.words").joinpath("numbers.toml").read_text(encoding="utf-8")
    kinds = tomllib.loads(text)
    return {
        fold(word): (int(value), kind == "ordinal")
        for kind in ("ordinal", "cardinal")
        for value, words in kinds[kind].items()
        for word in words
    }


_KNOWN = _table()
#: Words with a hyphen arrive as three.
_HYPHENATED = {
    tuple(word.replace("-", " - ").split()): value for word, (value, _) in _KNOWN.items() if "-" in word
}
