"""What a reader may have meant by a word that hardly any article has.

Every spelling one slip away is looked up in the archive itself (Norvig, 2007, after the error
model of Kernighan, Church and Gale, 1990): a letter missing, too many, exchanged with its
neighbour or taken for another, a space forgotten, or the whole word typed on the keyboard of
the other script. No list of words is kept for it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from marsad.language.normalise import fold

#: In how many articles each of these folded words stands.
Frequencies = Callable[[Sequence[str]], Sequence[int]]

#: A word that stands in more articles than this is taken as meant.
RARE = 2
#: A correction stands in at least so many articles, and so many times more than the word itself.
COMMON_ENOUGH = 3
TIMES = 10
#: Shorter words are one slip away from too many others; longer ones are no words.
SHORTEST, LONGEST = 3, 24
#: A word typed on the other keyboard that may be misspelt as well.
LONG = 6
#: How much likelier a slip is for which hand or ear has a reason.
LIKELY = 8.0

_LETTERS = {"arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "latin": "abcdefghijklmnopqrstuvwxyz"}


def corrected(word: str, frequencies: Frequencies) -> str | None:
    """The folded word, or two, that `word` was likely meant to be; None where it is well known."""
    spelling = fold(word)
    if not SHORTEST <= len(spelling) <= LONGEST or any(letter.isdigit() for letter in spelling):
        return None
    own = frequencies([spelling])[0]
    if own > RARE:
        return None
    candidates = dict(_slips(spelling))
    candidates.pop(spelling, None)
    counts = frequencies(list(candidates))
    worth = {
        word: count * candidates[word]
        for word, count in zip(candidates, counts, strict=True)
        if count >= max(COMMON_ENOUGH, TIMES * own)
    }
    return max(worth, key=worth.__getitem__) if worth else _parted(spelling, frequencies)


def retyped(keys: str, frequencies: Frequencies) -> str | None:
    """The folded word that `keys`, marks among them, give on the other keyboard, or were meant to give.

    None where it is not known. Of a short one, a slip is one away from too many others.
    """
    letters = [_other_keyboard().get(key, "") for key in keys.lower()]
    word = fold("".join(letters))
    if not all(letters) or not SHORTEST <= len(word) <= LONGEST:
        return None
    if frequencies([word])[0] >= COMMON_ENOUGH:
        return word
    meant = corrected(word, frequencies) if len(word) >= LONG else None
    return meant if meant is not None and " " not in meant else None


def _slips(word: str) -> Iterator[tuple[str, float]]:
    """Every word one slip away, with how likely the slip is; a likelier way to the same word comes last."""
    letters = _LETTERS["latin" if word.isascii() else "arabic"]
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    for before, after in cuts:
        for letter in letters:
            yield before + letter + after, 1.0
            yield before + letter + after[1:], 1.0
    for before, after in cuts[:-1]:
        yield before + after[1:], LIKELY if before[-1:] == after[0] else 1.0
        yield before + after[0] + after, LIKELY
        for letter in _confused().get(after[0], ""):
            yield before + letter + after[1:], LIKELY
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:], LIKELY
    yield fold("".join(_other_keyboard().get(letter, letter) for letter in word)), 1.0


def _parted(word: str, frequencies: Frequencies) -> str | None:
    """The two known words that a forgotten space makes of `word`."""
    cuts = range(2, len(word) - 1)
    counts = frequencies([part for cut in cuts for part in (word[:cut], word[cut:])])
    pairs = list(zip(cuts, counts[::2], counts[1::2], strict=True))
    rarer, cut = max(((min(one, other), cut) for cut, one, other in pairs), default=(0, 0))
    return f"{word[:cut]} {word[cut:]}" if rarer >= COMMON_ENOUGH else None


@cache
def _confused() -> dict[str, str]:
    """Each letter with those that are often written for it."""
    found: dict[str, str] = {}
    for group in _data()["confused"]:
        for letter in group:
            found[letter] = found.get(letter, "") + group.replace(letter, "")
    return found


@cache
def _other_keyboard() -> dict[str, str]:
    """From a letter to what its key gives on the keyboard of the other script, on one key two letters."""
    latin, arabic = _data()["keyboards"]["latin"], _data()["keyboards"]["arabic"]
    keys = list(zip(latin, arabic, strict=True))
    return {**dict(keys), **{other: one for one, other in keys}, "b": "لا"}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("slips.toml").read_text(encoding="utf-8"))
