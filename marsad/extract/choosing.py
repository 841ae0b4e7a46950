"""Which segments of a page are its article: trees are asked twice, the second time with the first answers.

The first answer looks at a segment alone; the second knows what its neighbours, its kin and its container
were answered, as in Cohen and Carvalho, "Stacked sequential learning" (2005).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marsad.extract.features import Clues, Indices, Matrix, Measured, Vector, measured, moved
from marsad.extract.segments import Segment
from marsad.extract.trees import Trees

#: The measures that are kept with a model, each from 0 to 1.
MEASURED = ("precision", "recall", "f1")
_SURE = 0.6
_LONG = 60
_WINDOWS = (5, 12)


@dataclass(frozen=True, slots=True)
class Model:
    """The two rounds of trees."""

    first: Trees
    second: Trees

    def chances(self, segments: Sequence[Segment], clues: Clues) -> NDArray[np.float64]:
        """For each text segment of a page the chance, 0 to 1, that it is of the article."""
        if not segments:
            return np.zeros(0)
        page = measured(segments, clues)
        answers = self.first.chances(page.rows)
        return self.second.chances(again(page, answers))

    def to_plain(self) -> dict[str, NDArray[Any]]:
        """Its arrays by name."""
        return {**self.first.to_plain("first"), **self.second.to_plain("second")}

    @classmethod
    def from_plain(cls, plain: Mapping[str, NDArray[Any]]) -> Model:
        """The model that `to_plain` wrote."""
        return cls(Trees.from_plain(plain, "first"), Trees.from_plain(plain, "second"))


@cache
def shipped() -> Model:
    """The model of this installation; `marsad.evaluate.train_extract` makes it."""
    return Model.from_plain(_plain())


def cross_validated() -> dict[str, float]:
    """What the shipped model's kind reached on pages of publishers that it had not seen, and on how many."""
    figures = _plain()["cross_validated"].tolist()
    return dict(zip(("pages", *MEASURED), figures, strict=True))


@cache
def _plain() -> Mapping[str, NDArray[Any]]:
    with (files("marsad.extract") / "body.npz").open("rb") as file, np.load(file) as plain:
        return dict(plain)


def again(page: Measured, answers: Vector) -> Matrix:
    """The rows for the second round: those of the first, and what the first answered all around."""
    letters = answers * page.lengths
    columns = [answers]
    columns += [moved(answers, step, 0.0) for step in (-3, -2, -1, 1, 2, 3)]
    for group in (page.home, page.alike, page.beside):
        columns += _of_group(group, answers, letters, page.lengths)
    columns += _of_place(answers, letters, page.lengths)
    return np.concatenate([page.rows, np.stack(columns, axis=1).astype(np.float32)], axis=1)


def _of_group(group: Indices, answers: Vector, letters: Vector, lengths: Vector) -> list[Vector]:
    size = int(group.max()) + 1
    count = np.bincount(group, minlength=size)
    said = np.bincount(group, letters, size)
    summed = np.bincount(group, answers, size)
    return [
        (said / np.maximum(np.bincount(group, lengths, size), 1))[group],
        (said / max(float(letters.sum()), 1.0))[group],
        (summed / count)[group],
        (summed[group] - answers) / np.maximum(count[group] - 1, 1),
    ]


def _of_place(answers: Vector, letters: Vector, lengths: Vector) -> list[Vector]:
    """How far it is to the first and last sure one, how much was said before, in all, and near by."""
    count = len(answers)
    index = np.arange(count)
    sure = np.flatnonzero((answers > _SURE) & (lengths > _LONG))
    first, last = (sure[0], sure[-1]) if len(sure) else (0, count - 1)
    total = max(float(letters.sum()), 1.0)
    columns = [
        np.clip(index - first, -40, 40).astype(np.float64),
        np.clip(last - index, -40, 40).astype(np.float64),
        (np.cumsum(letters) - letters) / total,
        np.full(count, total),
    ]
    for reach in _WINDOWS:
        window = np.ones(2 * reach + 1)
        said = np.convolve(letters, window)[reach : reach + count]
        columns.append(said / np.maximum(np.convolve(lengths, window)[reach : reach + count], 1))
    return columns
