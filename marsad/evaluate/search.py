"""How well a search finds: judged queries over a folder of documents, on the real index.

The folder holds `documents.jsonl` (id, title, text, language), `queries.jsonl` (id, text)
and `qrels.tsv` (query, document, grade).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from marsad.errors import SettingsError
from marsad.evaluate.embedding import CACHE, Embedded, vectors_of
from marsad.evaluate.lines import found, json_lines, text_lines
from marsad.language.embedder import Embedder, embedder
from marsad.search.hybrid import Meaning
from marsad.search.index import Document, Window
from marsad.search.parser import read_query
from marsad.search.query import meant
from marsad.search.tantivy import TantivyIndex
from marsad.search.vectors import VectorIndex, Vectors

#: Hits asked for: as many as the widest measure looks at.
DEPTH = 100
#: Queries run before the clock counts, so that no file is read for the first time.
WARM_UP = 20

_UNDATED = datetime(2020, 1, 1, tzinfo=UTC)

#: From a query to the places of the documents found, the best first.
Ranker = Callable[[str], Sequence[int]]
#: For each judged query, the documents with a grade above zero.
Judgements = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, queries and which answers which."""

    identifiers: tuple[str, ...]
    documents: tuple[Document, ...]
    queries: Mapping[str, str]
    judgements: Judgements


def evaluate(path: Path, cache: Path = CACHE) -> dict[str, Any]:
    """The measures of each way of searching, over the collection in the folder `path`.

    Vectors are kept in `cache` for the next time.
    """
    collection = read_collection(path)
    model = embedder()
    with TemporaryDirectory(prefix="marsad-eval-") as folder:
        index = TantivyIndex(Path(folder) / "index")
        index.replace(collection.documents)
        index.commit()
        ways: dict[str, Ranker] = {"lexical": lambda text: _numbers(index, text)}
        if model is not None:
            kept = Kept(collection.documents, vectors_of(collection.documents, model, cache))
            ways |= _by_meaning(index, model, kept)
        measures = {name: measured(collection, rank) for name, rank in ways.items()}
        index.close()
    return {"documents": len(collection.documents), "queries": len(collection.judgements), **measures}


@dataclass(frozen=True, slots=True)
class Kept:
    """The documents of a collection as an archive would keep them."""

    documents: Sequence[Document]
    rows: Mapping[int, Vectors]

    def vectors(self, numbers: Sequence[int]) -> dict[int, Vectors]:
        """Of those that have any."""
        return {number: self.rows[number] for number in numbers if number in self.rows}

    def texts(self, numbers: Sequence[int]) -> dict[int, str]:
        """Title and text."""
        found = ((number, self.documents[number]) for number in numbers)
        return {number: f"{document.title}\n{document.body}" for number, document in found}


def index_of_meanings(kept: Kept) -> VectorIndex:
    """The vectors of all documents."""
    near = VectorIndex()
    near.add([Embedded(number, rows) for number, rows in kept.rows.items()])
    return near


def _by_meaning(index: TantivyIndex, model: Embedder, kept: Kept) -> dict[str, Ranker]:
    """By meaning alone, and by both. Queries are embedded anew each time, as a reader's is."""
    meaning = Meaning(model, index_of_meanings(kept))

    def semantic(text: str) -> list[int]:
        return [number for number, _ in meaning.nearest(meant(read_query(text).root), DEPTH, kept.vectors)]

    def hybrid(text: str) -> list[int]:
        found = meaning.search(index, read_query(text), Window(size=DEPTH), kept, now=None)
        return [hit.number for hit in found.hits]

    return {"semantic": semantic, "hybrid": hybrid}


def read_collection(folder: Path) -> Collection:
    """The collection in `folder`; a document's number is its place."""
    rows = list(json_lines(found(folder, "documents.jsonl")))
    documents = tuple(read_document(number, row) for number, row in enumerate(rows))
    queries = {str(row["id"]): str(row["text"]) for row in json_lines(found(folder, "queries.jsonl"))}
    judgements: dict[str, dict[str, int]] = {}
    for line in text_lines(found(folder, "qrels.tsv")):
        query, document, grade = line.split("\t")
        if int(grade) > 0:
            judgements.setdefault(query, {})[document] = int(grade)
    if not judgements.keys() <= queries.keys():
        raise SettingsError("judgements of queries that are not there", str(folder))
    return Collection(tuple(str(row["id"]) for row in rows), documents, queries, judgements)


def read_document(number: int, row: Mapping[str, Any]) -> Document:
    """The document that `row` of documents.jsonl tells of, with its place as its number."""
    return Document(
        number=number,
        source="measured",
        language=row.get("language", "ar"),
        title=row.get("title", ""),
        lead="",
        body=row["text"],
        published=_UNDATED,
    )


def _numbers(index: TantivyIndex, text: str) -> list[int]:
    return [hit.number for hit in index.search(read_query(text), Window(size=DEPTH)).hits]


def measured(collection: Collection, rank: Ranker) -> dict[str, float]:
    """The measures of `rank`, averaged over the judged queries, and its times in milliseconds."""
    sums = dict.fromkeys(("ndcg_at_10", "mrr_at_10", "recall_at_10", "recall_at_100"), 0.0)
    times: list[float] = []
    for query in list(collection.judgements)[:WARM_UP]:
        rank(collection.queries[query])
    for query, gold in collection.judgements.items():
        start = time.perf_counter()
        places = rank(collection.queries[query])
        times.append((time.perf_counter() - start) * 1000)
        for name, value in judged([collection.identifiers[place] for place in places], gold).items():
            sums[name] += value
    times.sort()
    means = {name: round(value / len(times), 4) for name, value in sums.items()}
    return {
        **means,
        "p50_ms": round(percentile(times, 0.5), 3),
        "p99_ms": round(percentile(times, 0.99), 3),
    }


def judged(ranking: Sequence[str], gold: Mapping[str, int]) -> dict[str, float]:
    """nDCG (Järvelin and Kekäläinen, 2002), reciprocal rank and recall of one ranking."""
    first = next((rank for rank, document in enumerate(ranking[:10], 1) if document in gold), 0)
    return {
        "ndcg_at_10": _gain(gold.get(document, 0) for document in ranking[:10])
        / _gain(sorted(gold.values(), reverse=True)[:10]),
        "mrr_at_10": 1 / first if first else 0.0,
        "recall_at_10": len(gold.keys() & set(ranking[:10])) / len(gold),
        "recall_at_100": len(gold.keys() & set(ranking[:100])) / len(gold),
    }


def _gain(grades: Iterable[int]) -> float:
    return math.fsum((2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


def percentile(ordered: Sequence[float], share: float) -> float:
    """The least value that `share` of `ordered` does not exceed (nearest rank)."""
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]
