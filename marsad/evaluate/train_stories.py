"""`make train-stories DATASET="FILE …"`: weights of `marsad/stories/weights.toml`, of texts and of headlines.

From files in the form of `marsad eval stories`. Prints the weights learnt from all of them, what weights
learnt without each file in turn do on that file, and the same for each day of the first. Files beyond
the first are learnt from at half the weight.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from marsad.evaluate.stories import Gold, Labels, embedded, judged, located, read, telling
from marsad.stories.alike import CERTAIN, LIKENESSES, RULING, Compared, likenesses
from marsad.stories.frequencies import Frequencies
from marsad.stories.linkage import clusters

#: Pairs less alike than both of these are passed over: nobody doubts them.
WORDS, MEANING = 0.28, 0.87
#: Some likenesses rule one event out: such pairs are not learnt from. Headlines that name other towns do, as
#: a series of bulletins needs it that nobody judged: of 312 such pairs in five spans of three days none told
#: one event, whoever judged. An opinion is no telling, though some who judge put it with what it is about.
RULES, RULED_OUT = [LIKENESSES.index(name) for name in RULING], -30.0
#: Headlines have few words to tell two days of one affair apart, and regression over pairs gives their
#: days less than the groups need that come of it: so much more speaks each day against one event, less
#: than a day for it.
DAY, MORE_A_DAY = LIKENESSES.index("days_apart"), 0.4
#: What a file counts, however many pairs it has, where the first one counts 1: one of a crisis has many.
FURTHER_WEIGHT = 0.5

#: The likenesses of pairs, and for each whether somebody said that they tell one event.
Examples = tuple[NDArray[np.float32], NDArray[np.bool_]]


@dataclass(frozen=True, eq=False)
class Judged:
    """Articles that people grouped, and the likenesses of all pairs, shape (n, n, 13)."""

    gold: Gold
    pairs: NDArray[np.float32]

    @property
    def days(self) -> NDArray[np.str_]:
        """The day of each article."""
        return np.array([row["published"][:10] for row in self.gold.rows])


@dataclass(frozen=True, eq=False)
class Weights:
    """Log-odds to start from, and for each likeness."""

    start: float
    each: NDArray[np.float64]

    def odds(self, pairs: NDArray[np.float32]) -> NDArray[np.float32]:
        """The log-odds of pairs."""
        return np.asarray(np.clip(pairs @ self.each + self.start, -CERTAIN, CERTAIN), np.float32)


def main(paths: Sequence[str]) -> int:
    """Print what was learnt, as one JSON object."""
    if not paths:
        sys.stderr.write("usage: python -m marsad.evaluate.train_stories FILE [FILE…]\n")
        return 2
    found = {}
    for model, learn in LEARNT.items():
        files = [_judged(Path(path), text=model == "texts") for path in paths]
        names = [Path(path).name for path in paths]
        weights = learn(list(map(_examples, files)))
        named = {"start": weights.start, **dict(zip(LIKENESSES, weights.each.tolist(), strict=True))}
        days = sorted(set(files[0].days.tolist()))
        found[model] = {
            "weights": {name: round(x, 2) for name, x in named.items()},
            "files": {name: _without_file(files, place, learn) for place, name in enumerate(names)},
            "days": {day: _without_day(files, day, learn) for day in days},
        }
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


def _without_file(files: Sequence[Judged], place: int, learn: Learn) -> dict[str, float]:
    others = [each for at, each in enumerate(files) if at != place]
    if not others:
        return {}
    weights = learn(list(map(_examples, others)))
    return judged(_labels(weights, files[place]), files[place].gold)


def _without_day(files: Sequence[Judged], day: str, learn: Learn) -> dict[str, float]:
    first, *further = files
    held = first.days == day
    if held.all():
        return {}
    weights = learn([_examples(first, ~held), *map(_examples, further)])
    return judged(_labels(weights, first), first.gold, held)


def _labels(weights: Weights, known: Judged) -> Labels:
    labels: Labels = np.zeros(len(known.pairs), np.intp)
    for number, cluster in enumerate(clusters(weights.odds(known.pairs))):
        labels[cluster] = number
    return labels


def learnt(parts: Sequence[Examples]) -> Weights:
    """Weights by logistic regression; what two people say of a pair counts as two examples."""
    values = np.concatenate([part[0] for part in parts])
    said = np.concatenate([part[1] for part in parts])
    heavy = np.concatenate(
        [
            np.full(len(part[1]), (FURTHER_WEIGHT if place else 1.0) / max(len(part[1]), 1))
            for place, part in enumerate(parts)
        ]
    )
    heavy *= len(said) / (2 * heavy.sum())
    middle, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    model = LogisticRegression(max_iter=600).fit((values - middle) / spread, said, sample_weight=heavy)
    each = np.asarray(model.coef_[0] / spread, np.float64)
    return Weights(float(model.intercept_[0] - (each * middle).sum()), each)


def ruled(weights: Weights) -> Weights:
    """The same with what is no matter of learning."""
    each = weights.each.copy()
    each[RULES] = RULED_OUT
    return replace(weights, each=each)


def learnt_of_headlines(parts: Sequence[Examples]) -> Weights:
    """The weights where there is nothing but headlines."""
    found = ruled(learnt(parts))
    each = found.each.copy()
    each[DAY] -= MORE_A_DAY
    return Weights(found.start + MORE_A_DAY, each)


def _examples(known: Judged, among: NDArray[np.bool_] | None = None) -> Examples:
    chosen = np.triu((known.pairs[:, :, 1] > WORDS) | (known.pairs[:, :, 0] > MEANING), 1)
    chosen &= ~known.pairs[:, :, RULES].any(axis=2)
    if among is not None:
        chosen &= among[:, None] & among[None]
    second = known.gold.first if known.gold.second is None else known.gold.second
    said = [(labels[:, None] == labels[None])[chosen] for labels in (known.gold.first, second)]
    return np.concatenate([known.pairs[chosen]] * 2), np.concatenate(said)


Learn = Callable[[Sequence[Examples]], Weights]
#: The weights that are learnt, and how.
LEARNT: dict[str, Learn] = {"texts": lambda parts: ruled(learnt(parts)), "headlines": learnt_of_headlines}


def _judged(path: Path, *, text: bool) -> Judged:
    gold = read(path)
    if not text:
        gold = replace(gold, rows=tuple({**row, "text": ""} for row in gold.rows))
    vectors, where = embedded(gold.rows), located(gold.rows)
    usual: dict[str, Frequencies] = {}
    compared = []
    for place, row in enumerate(gold.rows):
        told = telling(place + 1, row, None if vectors is None else vectors[place], where[place])
        known = usual.setdefault(told.language, Frequencies(told.language))
        known.add(told.wording.terms)
        known.add_names(told.wording.names)
        hour = told.dated.timestamp() / 3600
        compared.append(Compared(told.source, told.language, hour, told.wording, told.vector, told.where))
    return Judged(gold, likenesses(compared, compared, usual))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
