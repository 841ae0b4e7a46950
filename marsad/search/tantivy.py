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
from contextlib import contextmanager, suppress
from itertools import chain, count
from pathlib import Path
from threading import Lock, Thread

import tantivy

from marsad.errors import SearchError
from marsad.search import tantivy_fields as fields
from marsad.search.index import Document, Hits, Window
from marsad.search.mapped import give_back, mapped_bytes
from marsad.search.query import Query
from marsad.search.tantivy_hits import Run, all_numbers
from marsad.search.tantivy_query import Compiler, Dictionary, Weights

#: Changes whenever the same article would be indexed differently.
SCHEMA = 6
#: Bytes that wait in memory before they go to a segment.
HEAP = 30_000_000

#: Bytes of files that this process may have mapped before it lets go of what searches have read,
#: and searches between two times that it does: other files than those of the index may be mapped, too.
MOST_MAPPED = 200_000_000
LET_GO_EVERY = 16

_MARK = "marsad-index.json"
_META = "meta.json"
#: Of each segment, the files that who searches it keeps mapped.
_KEPT_MAPPED = ("idx", "pos", "term", "fast", "fieldnorm", "store")


class TantivyIndex:
    """An `Index` in `folder`, made when there is none."""

    def __init__(self, folder: Path, weights: Weights = Weights()) -> None:  # noqa: B008 # immutable
        self._folder = folder
        self._weights = weights
        self._lock = Lock()
        self._writer: tantivy.IndexWriter | None = None
        with self._translated("cannot open"):
            _check_mark(folder)
            self._reopen()

    @classmethod
    def anew(cls, folder: Path) -> TantivyIndex:
        """An empty index in `folder`, in place of the one, whole or broken, that was there before."""
        if any((folder / name).exists() for name in (_MARK, _META)):
            shutil.rmtree(folder)
        return cls(folder)

    def replace(self, documents: Iterable[Document]) -> None:
        with self._lock, self._translated("cannot write"):
            writer = self._opened_writer()
            for document in documents:
                writer.delete_documents_by_term("number", document.number)
                writer.add_document(fields.filled(document))

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
            self._spare_memory()
            schema, searcher, dictionary = self._index.schema, self._searcher, self._dictionary
            compiler = Compiler(schema, dictionary, self._weights, window.newest, window.without)
            return Run(schema, searcher, compiler, query.root, window).hits()

    def frequencies(self, words: Sequence[str]) -> list[int]:
        with self._translated("cannot read"):
            searcher = self._searcher
            return [int(searcher.doc_freq("spelling", word)) for word in words]

    def spellings(self, beginnings: Sequence[str], most: int) -> list[str]:
        with self._translated("cannot read"):
            begun = [self._dictionary.begun("spelling", beginning)[:most] for beginning in beginnings]
            found = list(dict.fromkeys(chain.from_iterable(begun)))
            counts = dict(zip(found, self.frequencies(found), strict=True))
            return sorted(found, key=lambda word: -counts[word])[:most]

    def count(self) -> int:
        return int(self._searcher.num_docs)

    def numbers(self) -> frozenset[int]:
        with self._translated("cannot read"):
            return frozenset(all_numbers(self._searcher, self._index.schema))

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
            self._writer = self._opened().writer(HEAP, 1)
        return self._writer

    def _opened(self) -> tantivy.Index:
        index = tantivy.Index(fields.schema(), path=str(self._folder))
        index.register_tokenizer(fields.TERMS, fields.terms_tokenizer())
        index.config_reader("manual")
        return index

    def _reopen(self) -> None:
        self._index = self._opened()
        self._refresh()
        self._searches = count()

    def _spare_memory(self) -> None:
        """Give back what searches have read where too much of files is mapped: what is read again comes back.

        The system would take such pages when it needs them, and counts them until then. It is done
        beside, so that no search waits for it.
        """
        if next(self._searches) < LET_GO_EVERY:
            return
        self._searches = count()  # to look takes as long as some searches
        if mapped_bytes() <= MOST_MAPPED:
            return
        if self._lock.acquire(blocking=False):
            Thread(target=self._let_go, name="index", daemon=True).start()

    def _let_go(self) -> None:
        try:
            searcher = self._searcher  # which keeps its files mapped for as long as it is kept itself
            if not give_back(self._searched):
                # Who searches next is told of what is broken.
                with suppress(ValueError, OSError, RuntimeError):
                    self._reopen()
            del searcher
        finally:
            self._lock.release()

    def _refresh(self) -> None:
        before = self._files()
        self._index.reload()
        self._searcher = self._index.searcher()
        self._dictionary = Dictionary(self._searcher)
        # Segments may be merged meanwhile, and then it cannot be told which of them are searched.
        self._searched = before if before == self._files() else frozenset()

    def _files(self) -> frozenset[Path]:
        """The files of the segments that whoever opens the index now would keep mapped."""
        meta = json.loads((self._folder / _META).read_bytes())
        names = [segment["segment_id"].replace("-", "") for segment in meta["segments"]]
        folder = self._folder.resolve()
        return frozenset(folder / f"{name}.{kind}" for name in names for kind in _KEPT_MAPPED)

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
