"""Whether two articles tell one event: the log-odds, from a handful of likenesses."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marsad.stories.frequencies import Frequencies
from marsad.stories.whereabouts import NOWHERE, Whereabouts, elsewhere, other_sides, towns_in_common
from marsad.stories.wording import Terms, Wording

#: Log-odds are kept within these bounds: no single likeness decides alone.
CERTAIN = 8.0
#: Days from which on a telling in another language is as likely as after more of them: what follows an event.
FOLLOWING = 2.0
#: Hours within which a newspaper seldom tells the same thing twice.
TWICE = 3.0

Odds = NDArray[np.float32]
#: The frequencies of the language on the left, and on the right.
Usual = tuple[Frequencies, Frequencies]
Vector = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """What two articles are compared by."""

    source: str
    language: str
    #: Hours since 1970.
    hour: float
    wording: Wording
    #: What it means, of length 1; None where that was not computed.
    vector: Vector | None
    where: Whereabouts = NOWHERE
    #: Whether there is more than a headline: asked for every pair, so counted once.
    has_text: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "has_text", self.wording.has_text)


#: The likenesses, in the order of the columns below.
LIKENESSES = (
    *("meaning", "rare_words", "new_words", "headlines"),
    *("days_apart", "same_newspaper", "twice_at_once", "names", "towns"),
    *("other_country", "other_town", "opinion", "other_match"),
)
#: Where in them those stand that are no matter of words.
_APART, _SAME, _TWICE, _NAMES, _TOWNS, _ELSEWHERE = range(4, 10)
_OPINION, _OTHER_MATCH = map(LIKENESSES.index, ("opinion", "other_match"))
#: Those that rule one event out, whatever else speaks for it: no matter of learning.
RULING = ("other_town", "opinion", "other_match")
#: What a pair is compared by depends on what there is of both: the weights have these names.
MODELS = ("texts", "headlines", "texts_by_words", "headlines_by_words", "languages", "nothing")


def odds(left: Sequence[Compared], right: Sequence[Compared], frequencies: Mapping[str, Frequencies]) -> Odds:
    """The log-odds, from -8 to 8, that each of `left` tells the event of each of `right`."""
    found = likenesses(left, right, frequencies)
    models = models_of(left, right)
    weights = _weights()[models]
    raw = (found * weights[:, :, 1:]).sum(axis=2) + weights[:, :, 0]
    clipped: Odds = np.clip(raw, -CERTAIN, CERTAIN).astype(np.float32)
    return clipped


def parts(
    one: Compared, other: Compared, frequencies: Mapping[str, Frequencies]
) -> dict[str, tuple[float, float]]:
    """What the log-odds of a pair consist of: name of the likeness → (its value, the log-odds it adds)."""
    values = likenesses([one], [other], frequencies)[0, 0]
    start, *weights = _weights()[models_of([one], [other])[0, 0]].tolist()
    named = zip(LIKENESSES, values.tolist(), weights, strict=True)
    return {"start": (1.0, start)} | {name: (value, value * weight) for name, value, weight in named}


def likenesses(
    left: Sequence[Compared], right: Sequence[Compared], frequencies: Mapping[str, Frequencies]
) -> NDArray[np.float32]:
    """The likenesses of each of `left` to each of `right`, shape (left, right, 13)."""
    found = np.zeros((len(left), len(right), len(LIKENESSES)), np.float32)
    for one, rows in _by_language(left).items():
        for other, columns in _by_language(right).items():
            mine, theirs = [left[place] for place in rows], [right[place] for place in columns]
            usual = (frequencies[one], frequencies[other])
            part = np.zeros((len(rows), len(columns), len(LIKENESSES)), np.float32)
            part[:, :, 0] = _meaning(mine, theirs, usual if one != other else None)
            part[:, :, 1:4] = _of_words(mine, theirs, usual)
            if one != other:
                part[:, :, _NAMES] = _of_names(mine, theirs, usual)
                part[:, :, _TOWNS] = towns_in_common(
                    [each.where for each in mine], [each.where for each in theirs]
                )
            found[np.ix_(rows, columns)] = part
    apart = np.abs(_array(left, "hour")[:, None] - _array(right, "hour")[None])
    found[:, :, _APART] = np.minimum(apart / 24, np.where(_across(left, right), FOLLOWING, np.inf))
    same = _array(left, "source")[:, None] == _array(right, "source")[None]
    found[:, :, _SAME] = same
    found[:, :, _TWICE] = same & (apart < TWICE)
    found[:, :, _ELSEWHERE:_OPINION] = elsewhere(
        [each.where for each in left], [each.where for each in right]
    )
    found[:, :, _OPINION] = _opinion(left, right, same)
    found[:, :, _OTHER_MATCH] = _other_match(left, right)
    return found


def models_of(left: Sequence[Compared], right: Sequence[Compared]) -> NDArray[np.intp]:
    """By which of `MODELS` each pair is compared."""

    def both(has: Callable[[Compared], bool]) -> NDArray[np.bool_]:
        rows, columns = (np.array([has(each) for each in side], bool) for side in (left, right))
        pairs: NDArray[np.bool_] = rows[:, None] & columns[None]
        return pairs

    meant = both(lambda each: each.vector is not None)
    long = both(lambda each: each.has_text)
    chosen = np.where(long, 0, 1) + np.where(meant, 0, 2)
    picked: NDArray[np.intp] = np.where(_across(left, right), np.where(meant, 4, 5), chosen)
    return picked


def _across(left: Sequence[Compared], right: Sequence[Compared]) -> NDArray[np.bool_]:
    """Which pairs are in two languages."""
    across: NDArray[np.bool_] = _array(left, "language")[:, None] != _array(right, "language")[None]
    return across


def _opinion(
    left: Sequence[Compared], right: Sequence[Compared], same: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Where one of two is an opinion and the other a telling, or both are, of two newspapers."""
    mine, theirs = (np.array([each.wording.opinion for each in side], bool) for side in (left, right))
    both = mine[:, None] & theirs[None]
    ruled: NDArray[np.bool_] = (mine[:, None] | theirs[None]) & ~(both & same)
    return ruled


def _other_match(left: Sequence[Compared], right: Sequence[Compared]) -> NDArray[np.bool_]:
    """Where two report matches, and not the same one."""
    mine, theirs = (np.array([each.wording.match for each in side], bool) for side in (left, right))
    both: NDArray[np.bool_] = mine[:, None] & theirs[None]
    if both.any():
        both &= other_sides([each.where for each in left], [each.where for each in right])
    return both


def _array(compared: Sequence[Compared], name: str) -> NDArray[Any]:
    return np.array([getattr(each, name) for each in compared])


def _by_language(compared: Sequence[Compared]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, each in enumerate(compared):
        places.setdefault(each.language, []).append(place)
    return places


def _meaning(left: Sequence[Compared], right: Sequence[Compared], usual: Usual | None) -> NDArray[np.float32]:
    """The cosine of what each pair means, 0 where that is not known of both.

    Across languages (where `usual` is given) of how it differs from what is usual in each.
    """
    found = np.zeros((len(left), len(right)), np.float32)
    rows = [place for place, each in enumerate(left) if each.vector is not None]
    columns = [place for place, each in enumerate(right) if each.vector is not None]
    if rows and columns:
        mine, theirs = _vectors(left), _vectors(right)
        if usual is not None:
            mine, theirs = usual[0].from_centre(mine), usual[1].from_centre(theirs)
        found[np.ix_(rows, columns)] = mine @ theirs.T
    return found


def _vectors(compared: Sequence[Compared]) -> NDArray[np.float32]:
    return np.stack([each.vector for each in compared if each.vector is not None]).astype(np.float32)


class _Table:
    """The terms of several articles under each other, with their weights."""

    def __init__(self, wordings: Sequence[Wording], frequencies: Frequencies) -> None:
        self.size = len(wordings)
        self.owner = np.repeat(np.arange(self.size), [len(each.terms) for each in wordings])
        self.terms = np.concatenate([each.terms for each in wordings])
        headline = np.concatenate([each.headline for each in wordings]).astype(np.float32)
        beginning = np.concatenate([each.beginning for each in wordings]).astype(np.float32)
        rarity = frequencies.rarity(self.terms)
        self.rare = self._of_length_one((1 + np.log(headline + beginning)) * rarity)
        self.new = self._of_length_one(
            (1 + np.log(2 * headline + beginning)) * frequencies.novelty(self.terms)
        )
        #: The share of the headline's weight that each term has.
        self.headline = self._shares(np.where(headline > 0, rarity, 0))

    def spread(self, columns: Terms) -> tuple[NDArray[np.float32], ...]:
        """How rare, how new, which share of the headline, and whether there at all: each with a row for
        each article and a column for each of `columns` (ascending)."""
        place = np.minimum(np.searchsorted(columns, self.terms), max(len(columns) - 1, 0))
        there = columns[place] == self.terms if len(columns) else np.zeros(len(self.terms), bool)
        cells = self.owner[there] * len(columns) + place[there]
        spread = np.zeros((4, self.size * len(columns)), np.float32)
        for row, values in enumerate((self.rare, self.new, self.headline)):
            spread[row, cells] = values[there]
        spread[3, cells] = 1
        return tuple(spread.reshape(4, self.size, len(columns)))

    def _of_length_one(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        lengths = np.sqrt(np.bincount(self.owner, values**2, self.size))
        return (values / np.maximum(lengths, 1e-9)[self.owner]).astype(np.float32)

    def _shares(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        sums = np.bincount(self.owner, values, self.size)
        return (values / np.maximum(sums, 1e-9)[self.owner]).astype(np.float32)


def _of_words(left: Sequence[Compared], right: Sequence[Compared], usual: Usual) -> NDArray[np.float32]:
    """Likeness by rare words, by words that are new, and the share of each headline told by the other.

    What two languages have in common are numbers and names in the same letters.
    """
    mine = _Table([each.wording for each in left], usual[0])
    theirs = _Table([each.wording for each in right], usual[1])
    # Of one article the terms are known to be distinct: nothing else can be in common with it.
    columns = mine.terms if len(left) == 1 else np.intersect1d(mine.terms, theirs.terms)
    my_rare, my_new, my_headline, my_terms = mine.spread(columns)
    rare, new, headline, there = theirs.spread(columns)
    told = (my_headline @ there.T + my_terms @ headline.T) / 2
    found = np.stack([my_rare @ rare.T, my_new @ new.T, told], axis=-1)
    return np.sqrt(np.maximum(found, 0))


def _of_names(left: Sequence[Compared], right: Sequence[Compared], usual: Usual) -> NDArray[np.float32]:
    """How rare the names are, as they sound, that each pair has in common: the sum of their rarities."""
    mine, theirs = [each.wording.names for each in left], [each.wording.names for each in right]
    columns = np.intersect1d(np.concatenate(mine), np.concatenate(theirs))
    weights = np.minimum(usual[0].name_rarity(columns), usual[1].name_rarity(columns))
    return np.asarray((_there(mine, columns) * weights) @ _there(theirs, columns).T, np.float32)


def _there(names: Sequence[Terms], columns: Terms) -> NDArray[np.float32]:
    return np.stack([np.isin(columns, each, assume_unique=True) for each in names]).astype(np.float32)


@cache
def _weights() -> NDArray[np.float32]:
    """For each of `MODELS`: where it starts, and what each likeness adds."""
    models = tomllib.loads(files("marsad.stories").joinpath("weights.toml").read_text("utf-8"))
    return np.array(
        [[models[name]["start"], *(models[name].get(like, 0.0) for like in LIKENESSES)] for name in MODELS],
        np.float32,
    )
