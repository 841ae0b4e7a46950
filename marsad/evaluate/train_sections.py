"""`make train-sections DATASET=…`: the model of `marsad.enrich.section_model`, from JSON Lines of
``title, text, language, section``.

Prints what cross-validation gives: plain, and with near-copies of one article kept together. The
model is trained on all articles then; what each gets from the models that did not see it is kept
beside the weights, so that measuring on the same data stays honest.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.metrics import accuracy_score, f1_score, log_loss
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold
from sklearn.svm import LinearSVC

from marsad import enrich
from marsad.enrich import section_meaning
from marsad.enrich.section import LOOKED_AT
from marsad.enrich.section_model import BUCKETS, FILE, buckets, digest
from marsad.evaluate import train_meanings
from marsad.evaluate.lines import json_lines
from marsad.language.analyser import terms

FOLDS = 5
#: A bucket that fewer articles meet says nothing.
FEWEST_ARTICLES = 2
#: How dear a mistake is against a simple model.
PENALTY = 0.4
#: Articles whose first terms are the same are near-copies.
SAME_BEGINNING = 12

Split = tuple[NDArray[np.int64], NDArray[np.int64]]


@dataclass(frozen=True)
class Articles:
    """The training data: (articles, BUCKETS) counts damped by the logarithm, and their sections."""

    counts: csr_matrix
    sections: NDArray[np.str_]
    groups: NDArray[np.int64]
    digests: NDArray[np.uint64]


@dataclass(frozen=True)
class Trained:
    """(BUCKETS,) idf, (sections, BUCKETS) weights, (sections,) intercept."""

    idf: NDArray[np.float64]
    weights: NDArray[np.float64]
    intercept: NDArray[np.float64]

    def margins(self, counts: csr_matrix) -> NDArray[np.float64]:
        """(articles, sections)."""
        return np.asarray(_weighted(counts, self.idf) @ self.weights.T + self.intercept)


def read(path: Path) -> Articles:
    """The articles of `path` in Arabic, the language that the model is for."""
    rows = [row for row in json_lines(path) if row.get("language", "ar") == "ar"]
    analysed = [(terms(row["title"], "ar"), terms(row["text"][:LOOKED_AT], "ar")) for row in rows]
    counted = [buckets(title, body) for title, body in analysed]
    lengths = np.cumsum([0, *map(len, counted)])
    columns = np.fromiter((bucket for counts in counted for bucket in counts), np.int64, lengths[-1])
    values = np.fromiter((times for counts in counted for times in counts.values()), float, lengths[-1])
    beginnings: dict[tuple[str, ...], int] = {}
    groups = [beginnings.setdefault(tuple(body[:SAME_BEGINNING]), len(beginnings)) for _, body in analysed]
    return Articles(
        csr_matrix((1 + np.log(values), columns, lengths), shape=(len(rows), BUCKETS)),
        np.array([row["section"] for row in rows]),
        np.array(groups),
        np.array([digest(row["title"], row["text"]) for row in rows], np.uint64),
    )


def trained(articles: Articles, chosen: NDArray[np.int64]) -> Trained:
    """One-against-all machines on the articles that are `chosen`, rare sections as dear as frequent ones."""
    counts = articles.counts[chosen]
    met = np.bincount(counts.indices, minlength=BUCKETS)
    idf = np.where(met >= FEWEST_ARTICLES, np.log((1 + len(chosen)) / (1 + met)) + 1, 0.0)
    machines = LinearSVC(C=PENALTY, class_weight="balanced", random_state=0)
    machines.fit(_weighted(counts, idf), articles.sections[chosen])
    return Trained(idf, machines.coef_, machines.intercept_)


def _weighted(counts: csr_matrix, idf: NDArray[np.float64]) -> csr_matrix:
    weighted = csr_matrix(counts.multiply(idf))
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1
    return csr_matrix(weighted.multiply(1 / lengths[:, None]))


def unseen_margins(articles: Articles, splits: Sequence[Split]) -> NDArray[np.float64]:
    """(articles, sections): each article's margins by the model of the fold that left it out."""
    found = np.zeros((len(articles.sections), len(set(articles.sections))))
    for others, left_out in splits:
        found[left_out] = trained(articles, others).margins(articles.counts[left_out])
    return found


def _measured(articles: Articles, margins: NDArray[np.float64]) -> dict[str, float]:
    chosen = np.unique(articles.sections)[margins.argmax(axis=1)]
    return {
        "accuracy": round(float(accuracy_score(articles.sections, chosen)), 4),
        "macro_f1": round(float(f1_score(articles.sections, chosen, average="macro")), 4),
    }


def _scale(articles: Articles, margins: NDArray[np.float64]) -> float:
    """What makes the softmax of `margins` true to how often they are right (Guo and others, 2017)."""

    def loss(scale: float) -> float:
        shares = np.exp(scale * (margins - margins.max(axis=1, keepdims=True)))
        return float(log_loss(articles.sections, shares / shares.sum(axis=1, keepdims=True)))

    return float(minimize_scalar(loss, bounds=(0.5, 20), method="bounded").x)


def train(path: Path, out: Path) -> dict[str, Any]:
    """Train on the file `path`, write the model to `out`; gives back what cross-validation measured."""
    articles = read(path)
    plain = StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(articles.groups, articles.sections)
    apart = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0).split(
        articles.groups, articles.sections, articles.groups
    )
    margins = unseen_margins(articles, list(plain))
    measured = _measured(articles, margins)
    grouped = _measured(articles, unseen_margins(articles, list(apart)))
    measured |= {f"{name}_copies_together": value for name, value in grouped.items()}
    whole = trained(articles, np.arange(len(articles.sections)))
    used = np.flatnonzero(whole.idf)
    steps = np.abs(whole.weights).max(axis=1) / 127
    np.savez_compressed(
        out,
        sections=np.unique(articles.sections),
        used=used.astype(np.uint32),
        idf=whole.idf[used].astype(np.float16),
        weights=np.round(whole.weights[:, used].T / steps).astype(np.int8),
        steps=steps.astype(np.float32),
        intercept=whole.intercept.astype(np.float32),
        scale=_scale(articles, margins),
        digests=articles.digests,
        unseen=margins.astype(np.float16),
        measures=np.array(list(measured)),
        measured=np.array(list(measured.values())),
    )
    return {"articles": len(articles.sections), **measured}


if __name__ == "__main__":
    folder = Path(enrich.__path__[0])
    told = train(Path(sys.argv[1]), folder / FILE) | train_meanings.train(folder / section_meaning.FILE)
    sys.stdout.write(json.dumps(told) + "\n")
