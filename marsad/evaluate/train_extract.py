"""Trains what tells an article's text from the rest of its page.

    python -m marsad.evaluate.train_extract PATH [FURTHER …]

Each is a folder of pages as for ``marsad eval extract``. The figures come from cross-validation over the
publishers of the first: no page of a publisher is in both training and test. FURTHER pages are only learnt
from, at half the weight, for their makers draw the line elsewhere. The model is then trained on all pages
and written to `marsad/extract/body.npz`, with the figures. Needs scikit-learn (the extra ``train``).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from lxml.html import HtmlElement
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from marsad.evaluate.extract import GoldPage, averaged, compared, read_gold, shingles, tokens
from marsad.extract.article import clues_of, tree_of
from marsad.extract.body import body_of
from marsad.extract.choosing import MEASURED, Model, again
from marsad.extract.edges import trimmed
from marsad.extract.features import Clues, Measured, measured
from marsad.extract.names import names
from marsad.extract.segments import Segment, segments
from marsad.extract.structured import read_structured
from marsad.extract.trees import Trees
from marsad.model import body_text

TARGET = Path(__file__).parent.parent / "extract" / "body.npz"
FOLDS = 5
INNER_FOLDS = 3
#: What a page of a further folder counts.
_FURTHER = 0.5
#: Where segments cannot make up a further page's text better than this, its gold means something else.
_AGREED = 0.8
TREES = {"max_iter": 70, "max_leaf_nodes": 12, "max_depth": 5, "learning_rate": 0.1, "min_samples_leaf": 25}
REGULAR = {"l2_regularization": 5.0, "max_features": 0.3, "early_stopping": False, "max_bins": 48}
#: Second-level names under which a country registers publishers.
_SHARED = frozenset(("co", "com", "org", "net", "gov", "ac"))


@dataclass(frozen=True, slots=True)
class Sample:
    """A page as the trees see it, with the right answers."""

    gold: GoldPage
    tree: HtmlElement
    clues: Clues
    page: Measured
    right: NDArray[np.bool_]
    weights: NDArray[np.float64]
    publisher: str


def main(path: Path, *further: Path) -> None:
    """Measure by cross-validation, train on all, write the model."""
    samples = [sample_of(gold) for gold in read_gold(path)]
    others = [other for one in further for other in _others(one)]
    figures = cross_validated(samples, others)
    _say(f"cross-validated over publishers: {figures}")
    model = trained([*samples, *others], seed=0)
    told = np.array([len(samples), *(figures[name] for name in MEASURED)], dtype=np.float64)
    plain: dict[str, Any] = {"cross_validated": told, **model.to_plain()}
    np.savez_compressed(TARGET, **plain)
    _say(f"{TARGET}: {TARGET.stat().st_size} bytes")


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def sample_of(gold: GoldPage) -> Sample:
    """A page with the segments that its gold text has."""
    tree = tree_of(gold.page)
    clues = clues_of(read_structured(tree))
    texts = [segment for segment in segments(tree, names()) if segment.text]
    right = np.array(right_answers(texts, gold.text))
    page = measured(texts, clues)
    # A page counts as much as another, a segment by its words: that is how texts are compared.
    words = np.minimum(page.lengths / 6, 400) + 2
    weights = words / max(float((words * right).sum()), 300.0) * 100
    return Sample(gold, tree, clues, page, right, weights, publisher_of(gold.page.address))


def _others(path: Path) -> Iterator[Sample]:
    """The pages of a further folder whose gold text means what ours does."""
    for sample in map(sample_of, read_gold(path)):
        texts = [segment.text for segment in segments(sample.tree, names()) if segment.text]
        chosen = "\n".join(text for text, right in zip(texts, sample.right, strict=True) if right)
        if compared(chosen, sample.gold.text)[2] >= _AGREED:
            yield replace(sample, weights=sample.weights * _FURTHER)


def publisher_of(address: str) -> str:
    """The name that a publisher registered."""
    labels = (urlsplit(address).hostname or "").split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and labels[-2] in _SHARED else labels[-2:])


def right_answers(texts: Sequence[Segment], gold: str) -> list[bool]:
    """For each segment whether it is in the gold text; a line of few words has to stand in its place."""
    left = shingles(gold)
    answers: list[bool | None] = [_in_gold(segment.text, left) for segment in texts]
    whole = f" {' '.join(tokens(gold))} "
    return [
        _in_place(texts, answers, place, whole) if answer is None else answer
        for place, answer in enumerate(answers)
    ]


def _in_gold(text: str, left: Counter[tuple[str, ...]]) -> bool | None:
    """Whether most of `text` is among the shingles that are `left`, which are used up; None for few words."""
    mine = shingles(text)
    if not mine:
        return False
    if len(tokens(text)) < 4:
        return None
    found = mine & left
    if found.total() * 2 <= mine.total():
        return False
    left.subtract(found)
    return True


def _in_place(texts: Sequence[Segment], answers: Sequence[bool | None], place: int, whole: str) -> bool:
    said = " ".join(tokens(texts[place].text))
    before = next((texts[other].text for other in range(place - 1, -1, -1) if answers[other]), "")
    after = next((texts[other].text for other in range(place + 1, len(texts)) if answers[other]), "")
    ends, begins = " ".join(tokens(before)[-2:]), " ".join(tokens(after)[:2])
    return (bool(ends) and f" {ends} {said} " in whole) or (bool(begins) and f" {said} {begins} " in whole)


def folds(samples: Sequence[Sample], count: int, seed: int) -> NDArray[np.intp]:
    """The fold of each sample, all of a publisher in one."""
    publishers = sorted({sample.publisher for sample in samples})
    order = np.random.default_rng(seed).permutation(len(publishers))
    fold = {publishers[place]: number % count for number, place in enumerate(order)}
    return np.array([fold[sample.publisher] for sample in samples])


def cross_validated(samples: Sequence[Sample], others: Sequence[Sample]) -> dict[str, float]:
    """Precision, recall and F1 of each of `samples` by a model that saw no page of its publisher."""
    fold = folds(samples, FOLDS, seed=0)
    scores = []
    for number in range(FOLDS):
        _say(f"fold {number + 1} of {FOLDS}")
        tested = [sample for sample, its in zip(samples, fold, strict=True) if its == number]
        unseen = {sample.publisher for sample in tested}
        model = trained([one for one in (*samples, *others) if one.publisher not in unseen], seed=number)
        for sample in tested:
            blocks = body_of(sample.tree, sample.gold.page.address, sample.clues, model)
            text = body_text(trimmed(blocks, sample.gold.page.fetched))
            scores.append(compared(text, sample.gold.text))
    return averaged(scores)


def trained(samples: Sequence[Sample], seed: int) -> Model:
    """A model that learnt from `samples`, its second round from answers on publishers not seen before."""
    fold = folds(samples, INNER_FOLDS, seed)
    rows: list[NDArray[np.float32]] = [sample.page.rows for sample in samples]
    answers: list[NDArray[np.float64]] = [np.zeros(0)] * len(samples)
    for number in range(INNER_FOLDS):
        seen = [place for place in range(len(samples)) if fold[place] != number]
        trees = _grown([samples[place] for place in seen], [rows[place] for place in seen], seed)
        for place in np.flatnonzero(fold == number):
            answers[place] = trees.chances(rows[place])
    second = [again(sample.page, answer) for sample, answer in zip(samples, answers, strict=True)]
    return Model(_grown(samples, rows, seed), _grown(samples, second, seed))


def _grown(samples: Sequence[Sample], rows: Sequence[NDArray[np.float32]], seed: int) -> Trees:
    all_rows = np.concatenate(rows)
    grower = HistGradientBoostingClassifier(random_state=seed, **TREES, **REGULAR)
    right = np.concatenate([sample.right for sample in samples])
    grower.fit(all_rows, right, np.concatenate([sample.weights for sample in samples]))
    trees = exported(grower)
    wanted = grower.predict_proba(all_rows[:500])[:, 1]
    if not np.allclose(trees.chances(all_rows[:500]), wanted, atol=1e-4):
        raise AssertionError("the exported trees answer otherwise than those that were grown")
    return trees


def exported(grower: Any) -> Trees:
    """The trees of a grown classifier, their nodes set anew so that right children follow left ones."""
    features: list[int] = []
    thresholds: list[float] = []
    lefts: list[int] = []
    values: list[float] = []
    roots: list[int] = []
    for (predictor,) in grower._predictors:
        roots.append(len(features))
        nodes = predictor.nodes
        queue, start = [0], len(features)
        while len(features) - start < len(queue):
            node, place = nodes[queue[len(features) - start]], len(features)
            leaf = bool(node["is_leaf"])
            features.append(0 if leaf else int(node["feature_idx"]))
            thresholds.append(np.inf if leaf else float(node["num_threshold"]))
            lefts.append(place if leaf else start + len(queue))
            values.append(float(node["value"]) if leaf else 0.0)
            queue += [] if leaf else [int(node["left"]), int(node["right"])]
    return Trees(
        np.array(features, np.int32),
        np.array(thresholds, np.float32),
        np.array(lefts, np.int32),
        np.array(values, np.float32),
        np.array(roots, np.int32),
        int(TREES["max_depth"]),
        float(np.ravel(grower._baseline_prediction)[0]),
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
