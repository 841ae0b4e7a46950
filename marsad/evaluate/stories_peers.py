"""What one would group news by instead: one likeness, the nearest earlier article, the best threshold.

Each threshold is chosen on the very data that is measured, which is more than a user could do.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from marsad.evaluate.stories import Gold, Labels, Vectors, embedded, judged, read
from marsad.language.analyser import terms

#: Thresholds that are tried: quantiles of all likenesses of two articles.
TRIED = 60

Matrix = NDArray[np.float32]


def peers(path: Path) -> Iterator[dict[str, object]]:
    """The figures of each likeness over the judged articles in `path`."""
    gold = read(path)
    by_words = tfidf(
        [terms(f"{row['title']} {row.get('text', '')}", row.get("language")) for row in gold.rows]
    )
    yield {"": "TF-IDF of stems", **best(by_words, gold)}
    vectors = embedded(gold.rows)
    if vectors is not None:
        by_meaning = centred(vectors)
        yield {"": "embedding of headline and lead", **best(by_meaning, gold)}
        yield {"": "the mean of both", **best(np.asarray((by_words + by_meaning) / 2, np.float32), gold)}


def tfidf(documents: list[list[str]]) -> Matrix:
    """Cosines of the documents' terms, weighted by rarity among them, shape (documents, documents)."""
    columns = {
        term: place for place, term in enumerate(sorted({term for each in documents for term in each}))
    }
    counts = np.zeros((len(documents), len(columns)), np.float32)
    for row, each in enumerate(documents):
        np.add.at(counts[row], [columns[term] for term in each], 1)
    rarity = np.log((len(documents) + 1) / ((counts > 0).sum(axis=0) + 0.5))
    weights = np.where(counts > 0, (1 + np.log(np.maximum(counts, 1))) * rarity, 0).astype(np.float32)
    return _cosines(weights)


def centred(vectors: Vectors) -> Matrix:
    """Cosines of vectors from where their centre is."""
    return _cosines(vectors - vectors.mean(axis=0))


def best(likeness: Matrix, gold: Gold) -> dict[str, float]:
    """The figures of the threshold that is best for this very data."""
    pairs = likeness[np.triu_indices(len(likeness), 1)]
    # Few pairs are alike: nearly all thresholds worth a try lie among the highest of a hundred.
    tried = np.quantile(pairs, 1 - np.geomspace(0.0005, 0.03, TRIED)) if len(pairs) else np.zeros(1)
    found = (judged(greedy(likeness, float(least)), gold) for least in tried)
    wanted = "bcubed_f1_mean" if gold.second is not None else "bcubed_f1"
    return max(found, key=lambda figures: figures[wanted])


def greedy(likeness: Matrix, least: float) -> Labels:
    """Each article in the story of the most alike one before it, if that is alike enough."""
    found = np.arange(len(likeness))
    for place in range(1, len(likeness)):
        nearest = int(likeness[place, :place].argmax())
        if likeness[place, nearest] >= least:
            found[place] = found[nearest]
    return found


def _cosines(rows: Matrix) -> Matrix:
    units = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return np.asarray(units @ units.T, np.float32)
