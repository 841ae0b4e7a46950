"""`make train-stories DATASET="FILE …"`: the weights of `[texts]` in `marsad/stories/weights.toml`.

From files in the form of `marsad eval stories`. Prints the weights learnt from all of them, and what
weights learnt without each day of the first file in turn do on that day. Files beyond the first are
learnt from, at half the weight.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from marsad.evaluate.stories import Gold, Labels, embedded, judged, read, telling
from marsad.stories.alike import CERTAIN, LIKENESSES, Compared, likenesses
from marsad.stories.frequencies import Frequencies
from marsad.stories.linkage import clusters

#: Pairs less alike than both of these are passed over: nobody doubts them.
WORDS, MEANING = 0.28, 0.87
#: Log-odds by which doubtful stories are kept apart: found best on days that were left out.
LEAN = 0.3
FURTHER_WEIGHT = 0.5


@dataclass(frozen=True, eq=False)
class Judged:
    """Articles that people grouped, and the likenesses of all pairs, shape (n, n, 6)."""

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
    first, *further = [_judged(Path(path)) for path in paths]
    weights = learnt([_examples(first), *map(_examples, further)])
    named = {"start": weights.start, **dict(zip(LIKENESSES, weights.each.tolist(), strict=True))}
    days = {day: _left_out(first, further, day) for day in sorted(set(first.days.tolist()))}
    sys.stdout.write(json.dumps({"weights": {name: round(x, 2) for name, x in named.items()}, "days": days}))
    return 0


def _left_out(first: Judged, further: Sequence[Judged], day: str) -> dict[str, float]:
    held = first.days == day
    weights = learnt([_examples(first, ~held), *map(_examples, further)])
    labels: Labels = np.zeros(len(held), np.intp)
    for number, cluster in enumerate(clusters(weights.odds(first.pairs))):
        labels[cluster] = number
    return judged(labels, first.gold, held)


def learnt(parts: Sequence[tuple[NDArray[np.float32], NDArray[np.bool_]]]) -> Weights:
    """Weights by logistic regression; what two people say of a pair counts as two examples."""
    values = np.concatenate([part[0] for part in parts])
    said = np.concatenate([part[1] for part in parts])
    heavy = np.concatenate(
        [np.full(len(part[1]), 1.0 if not place else FURTHER_WEIGHT) for place, part in enumerate(parts)]
    )
    middle, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    model = LogisticRegression(max_iter=500).fit((values - middle) / spread, said, sample_weight=heavy / 2)
    each = np.asarray(model.coef_[0] / spread, np.float64)
    return Weights(float(model.intercept_[0] - (each * middle).sum()) - LEAN, each)


def _examples(
    known: Judged, among: NDArray[np.bool_] | None = None
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    chosen = np.triu((known.pairs[:, :, 1] > WORDS) | (known.pairs[:, :, 0] > MEANING), 1)
    if among is not None:
        chosen &= among[:, None] & among[None]
    second = known.gold.first if known.gold.second is None else known.gold.second
    said = [(labels[:, None] == labels[None])[chosen] for labels in (known.gold.first, second)]
    return np.concatenate([known.pairs[chosen]] * 2), np.concatenate(said)


def _judged(path: Path) -> Judged:
    gold = read(path)
    vectors = embedded(gold.rows)
    usual: dict[str, Frequencies] = {}
    compared = []
    for place, row in enumerate(gold.rows):
        told = telling(place + 1, row, None if vectors is None else vectors[place])
        known = usual.setdefault(told.language, Frequencies(told.language))
        known.add(told.wording.terms)
        known.add_names(told.wording.names)
        hour = told.dated.timestamp() / 3600
        compared.append(Compared(told.source, told.language, hour, told.wording, told.vector))
    return Judged(gold, likenesses(compared, compared, usual))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
