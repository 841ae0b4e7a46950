"""`make train-ranking DATASET="FOLDER …"`: what the traits of a hit are worth, and `marsad/search/asked.npy`.

From folders in the form of `marsad eval search`. The first has questions in another language than
its documents; what they mean on average is written. Prints the weights learnt from all folders, and
for each the MRR@10 of the present weights and of weights learnt from the other half of the queries,
parted by the MD5 of their names. A softmax over the candidates of a query is fitted (ListNet, Cao et
al., "Learning to rank: from pairwise approach to listwise approach", 2007, with one relevant article).
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from marsad.errors import SettingsError
from marsad.evaluate.embedding import CACHE, vectors_of
from marsad.evaluate.search import DEPTH, Kept, index_of_meanings, read_collection
from marsad.language.embedder import Embedder, embedder
from marsad.search import hybrid
from marsad.search.hybrid import Meaning
from marsad.search.index import Hit, Window
from marsad.search.parser import read_query
from marsad.search.query import meant
from marsad.search.rank import WEIGHTS, Candidates, Traits, ranked, traits
from marsad.search.tantivy import TantivyIndex

#: What the first folder weighs beside each of the others: it is small, and asks for one thing.
FIRST_WEIGHT = 0.3
#: How dear large weights are.
PENALTY = 1e-3
#: Steps of the fit, and their length.
STEPS, LENGTH = 3000, 0.05

Rows = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Asked:
    """A query's candidates that were looked at, a row of traits for each, and which is sought."""

    half: int
    rows: Rows
    sought: int


def main(paths: Sequence[str]) -> int:
    """Write the mean of questions and print what was learnt, as one JSON object."""
    model = embedder()
    if not paths or model is None:
        sys.stderr.write("usage: python -m marsad.evaluate.train_ranking FOLDER…, where the model runs\n")
        return 2
    write_asked(Path(paths[0]), model)
    sets = [asked(Path(path), model) for path in paths]
    halves = [learnt([[each for each in one if each.half == half] for one in sets]) for half in (0, 1)]
    told = {
        path: {
            "present": round(mrr(one, [np.array(WEIGHTS)] * 2), 4),
            "learnt_from_other_half": round(mrr(one, halves[::-1]), 4),
        }
        for path, one in zip(paths, sets, strict=True)
    }
    weights = learnt(sets)
    named = Traits(*(round(float(weight / weights[0]), 2) for weight in weights))
    sys.stdout.write(json.dumps({"weights": named._asdict(), **told}) + "\n")
    return 0


def write_asked(folder: Path, model: Embedder) -> None:
    """Write what the questions in `folder` mean on average, where searches read it."""
    texts = [meant(read_query(text).root) for text in read_collection(folder).queries.values()]
    mean = model.queries(texts).mean(axis=0)
    np.save(Path(hybrid.__file__).with_name("asked.npy"), mean.astype(np.float16))


def asked(folder: Path, model: Embedder) -> list[Asked]:
    """The judged queries in `folder` whose document is among those that are looked at again."""
    collection = read_collection(folder)
    kept = Kept(collection.documents, vectors_of(collection.documents, model, CACHE))
    seen: list[Candidates] = []

    def recorded(found: Candidates, now: datetime | None) -> list[Hit]:
        seen.append(found)
        return ranked(found, now)

    found: list[Asked] = []
    with TemporaryDirectory(prefix="marsad-train-") as temporary:
        index = TantivyIndex(Path(temporary) / "index")
        index.replace(collection.documents)
        index.commit()
        meaning = Meaning(model, index_of_meanings(kept), recorded)
        for query, gold in collection.judgements.items():
            seen.clear()
            meaning.search(index, read_query(collection.queries[query]), Window(size=DEPTH), kept, None)
            if seen and (looked := _looked_at(seen[-1])):
                numbers, rows = looked
                sought = [n for n, place in enumerate(numbers) if collection.identifiers[place] in gold]
                found.append(Asked(_half(query), rows, sought[0] if sought else -1))
        index.close()
    return found


def learnt(sets: Sequence[Sequence[Asked]]) -> Rows:
    """A weight for each trait."""
    found = [each for one in sets for each in one if each.sought >= 0]
    shares = [FIRST_WEIGHT if not place else 1.0 for place, _ in enumerate(sets)]
    each = [s / len(one) for one, s in zip(sets, shares, strict=True) for a in one if a.sought >= 0]
    worth: Rows = np.array(each) / sum(each)
    rows = np.concatenate([one.rows for one in found])
    scale = rows.std(axis=0) + 1e-9
    starts = np.cumsum([0, *(len(one.rows) for one in found)])
    owner = np.repeat(np.arange(len(found)), np.diff(starts))
    rows = rows / scale
    right = rows[starts[:-1] + [one.sought for one in found]]
    weights, slope, square = np.zeros(rows.shape[1]), np.zeros(rows.shape[1]), np.zeros(rows.shape[1])
    for step in range(1, STEPS + 1):  # Adam (Kingma and Ba, 2015)
        scores = rows @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts[:-1])[owner])
        chances = odds / np.add.reduceat(odds, starts[:-1])[owner]
        down = (chances * worth[owner]) @ rows - worth @ right + 2 * PENALTY * weights
        slope, square = 0.9 * slope + 0.1 * down, 0.999 * square + 0.001 * down**2
        weights -= LENGTH * (slope / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-9)
    return np.asarray(weights / scale)


def mrr(queries: Sequence[Asked], weights: Sequence[Rows]) -> float:
    """MRR@10 where each half of the queries has its own `weights`; who is as good counts as behind."""
    ranks = [_rank(one, one.rows @ weights[one.half]) for one in queries if one.sought >= 0]
    return sum(1 / rank for rank in ranks if rank <= 10) / len(queries)


def _rank(one: Asked, scores: Rows) -> int:
    return 1 + int((scores > scores[one.sought]).sum())


def _looked_at(found: Candidates) -> tuple[list[int], Rows] | None:
    """The articles that were looked at again, with a row of traits for each; None where none was."""
    places = [place for place, hit in enumerate(found.hits) if hit.number in found.looks]
    return ([found.hits[place].number for place in places], traits(found)[places]) if places else None


def _half(query: str) -> int:
    return hashlib.md5(query.encode(), usedforsecurity=False).digest()[0] % 2


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except SettingsError as error:
        sys.exit(str(error))
