"""The index on one machine: Tantivy, in a folder of its own.

Terms come from our analyser and are handed over joined by spaces, which Tantivy takes in
more than twice as fast as tokens one by one. A commit is atomic: whoever is killed leaves
the last one readable. The folder says by which schema it was made; another one, or a
broken folder, is a SearchError, for everything in it can be made again from the store.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import tantivy

from marsad.errors import SearchError
from marsad.language.analyser import terms
from marsad.search import tantivy_fields as fields
from marsad.search.index import Document, Facet, Hit, Hits, Order, Window
from marsad.search.query import Query
from marsad.search.tantivy_query import Compiler

#: Changes whenever the same article would be indexed differently.
SCHEMA = 1
#: Bytes that wait in memory before they go to a segment.
HEAP = 30_000_000
#: Hits looked at for words that are not all found together, when fewer have all of them.
ENOUGH = 10

_MARK = "marsad-index.json"
_BLOCK = 50_000
_FACETS = {Facet.SOURCE: "source", Facet.SECTION: "section", Facet.LANGUAGE: "language"}


class TantivyIndex:
    """An `Index` in `folder`, made when there is none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._writer: tantivy.IndexWriter | None = None
        with self._translated("cannot open"):
            _check_mark(folder)
            self._index = tantivy.Index(fields.schema(), path=str(folder))
            self._index.register_tokenizer(fields.TERMS, fields.terms_tokenizer())
            self._index.config_reader("manual")
            self._refresh()

    @classmethod
    def anew(cls, folder: Path) -> TantivyIndex:
        """An empty index in `folder`, whatever was there before."""
        shutil.rmtree(folder, ignore_errors=True)
        return cls(folder)

    def replace(self, documents: Iterable[Document]) -> None:
        with self._lock, self._translated("cannot write"):
            writer = self._opened_writer()
            for document in documents:
                writer.delete_documents_by_term("number", document.number)
                writer.add_document(_filled(document))

    def delete(self, numbers: Iterable[int]) -> None:
        with self._lock, self._translated("cannot write"):
            writer = self._opened_writer()
            for number in numbers:
                writer.delete_documents_by_term("number", number)

    def commit(self) -> None:
        with self._lock, self._translated("cannot commit"):
            if self._writer is not None:
                self._writer.commit()
                self._refresh()

    def search(self, query: Query, window: Window) -> Hits:
        with self._translated("cannot search"):
            searcher = self._searcher
            compiler = Compiler(self._index.schema, searcher, window.newest)
            strict = compiler.all_of(query.root)
            hits = _found(searcher, strict, window)
            if hits.total >= ENOUGH or not window.relax:
                return hits
            loose = compiler.some_of(query.root)
            return hits if loose is None else _relaxed(searcher, loose, window, hits)

    def count(self) -> int:
        return int(self._searcher.num_docs)

    def numbers(self) -> frozenset[int]:
        with self._translated("cannot read"):
            return frozenset(_numbers(self._searcher, self._index.schema))

    def clear(self) -> None:
        with self._lock, self._translated("cannot clear"):
            writer = self._opened_writer()
            writer.delete_all_documents()
            writer.commit()
            self._refresh()

    def close(self) -> None:
        with self._lock, self._translated("cannot close"):
            if self._writer is not None:
                self._writer.rollback()
                self._writer = None

    def _opened_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            self._writer = self._index.writer(HEAP, 1)
        return self._writer

    def _refresh(self) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()

    @contextmanager
    def _translated(self, what: str) -> Iterator[None]:
        """The one place where Tantivy's errors become ours."""
        try:
            yield
        except (ValueError, OSError, RuntimeError) as error:
            raise SearchError(
                f"{what} the index, `marsad reindex` makes it again", str(self._folder), error
            ) from error
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # Rust's panics are no Exception
                raise
            raise SearchError(
                f"{what} the index, `marsad reindex` makes it again", str(self._folder), str(error)
            ) from error


def _check_mark(folder: Path) -> None:
    mark = folder / _MARK
    if not mark.exists():
        if folder.exists() and any(folder.iterdir()):
            raise ValueError("the folder holds something else, or an index cut short")
        folder.mkdir(parents=True, exist_ok=True)
        mark.write_text(json.dumps({"schema": SCHEMA}), encoding="utf-8")
    elif (found := json.loads(mark.read_text(encoding="utf-8")).get("schema")) != SCHEMA:
        raise ValueError(f"it was made by schema {found}, this is schema {SCHEMA}")


def _filled(document: Document) -> tantivy.Document:
    language = document.language
    filled = tantivy.Document()
    filled.add_integer("number", document.number)
    filled.add_integer("moment", fields.moment(document.published, document.number))
    filled.add_unsigned("month", document.published.year * 100 + document.published.month)
    if document.story is not None:
        filled.add_unsigned("story", document.story)
    for name in ("source", "section", "language"):
        filled.add_text(name, getattr(document, name))
    for name in fields.RUNNING:
        filled.add_text(name, " ".join(terms(getattr(document, name), language)))
    for name, values in (
        ("author", (document.author,)),
        ("credit", (document.credit,)),
        ("source_name", (document.source_name,)),
        ("place", document.places),
    ):
        for value in values:
            filled.add_text(name, fields.name_words(value))
    return filled


def _found(searcher: tantivy.Searcher, query: tantivy.Query, window: Window) -> Hits:
    order: dict[str, Any] = {}
    if window.order is not Order.RELEVANCE:
        direction = tantivy.Order.Desc if window.order is Order.NEWEST else tantivy.Order.Asc
        order = {"order_by_field": "moment", "order": direction}
    result = searcher.search(query, max(window.size, 1), offset=window.start, **order)
    hits = _hits(searcher, result.hits[: window.size], by_relevance=not order)
    total = int(result.count)  # type: ignore[attr-defined]  # the stubs forgot it
    return Hits(hits, total, _facets(searcher, query, window.facets))


def _relaxed(searcher: tantivy.Searcher, loose: tantivy.Query, window: Window, strict: Hits) -> Hits:
    hits = _found(searcher, loose, window)
    return strict if hits.total == strict.total else Hits(hits.hits, hits.total, hits.facets, relaxed=True)


def _hits(
    searcher: tantivy.Searcher, found: Sequence[tuple[Any, Any]], *, by_relevance: bool
) -> tuple[Hit, ...]:
    addresses = [address for _, address in found]
    columns = [searcher.fast_field_values(name, addresses) for name in ("number", "moment", "story")]
    rows = zip(found, *columns, strict=True)
    return tuple(
        Hit(int(number), float(key) if by_relevance else 0.0, fields.published(int(moment)), story)
        for (key, _), number, moment, story in rows
    )


def _facets(
    searcher: tantivy.Searcher, query: tantivy.Query, wanted: Sequence[Facet]
) -> dict[Facet, tuple[tuple[str, int], ...]]:
    if not wanted:
        return {}
    asked = {facet.value: {"terms": {"field": _FACETS.get(facet, "month"), "size": 1000}} for facet in wanted}
    answer = searcher.aggregate(query, asked)
    return {facet: _counts(facet, answer[facet.value]["buckets"]) for facet in wanted}


def _counts(facet: Facet, buckets: Sequence[dict[str, Any]]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for bucket in buckets:
        value = fields.facet_value(facet, bucket["key"])
        counts[value] = counts.get(value, 0) + bucket["doc_count"]
    return tuple(sorted(((v, n) for v, n in counts.items() if v), key=lambda each: (-each[1], each[0])))


def _numbers(searcher: tantivy.Searcher, schema: tantivy.Schema) -> Iterator[int]:
    last = searcher.aggregate(tantivy.Query.all_query(), {"last": {"max": {"field": "number"}}})["last"][
        "value"
    ]
    for first in range(0, int(last or 0) + 1, _BLOCK):
        block = tantivy.Query.range_query(
            schema, "number", tantivy.FieldType.Integer, first, first + _BLOCK, include_upper=False
        )
        found = searcher.search(block, _BLOCK, count=False).hits
        values = searcher.fast_field_values("number", [address for _, address in found])
        yield from (int(value) for value in values if value is not None)
