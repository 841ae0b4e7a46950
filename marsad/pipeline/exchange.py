"""JSON Lines → archive, and back.

A line is an article: ``source`` (name of the newspaper), ``url``, ``title``, ``text`` (a
paragraph a line), ``published`` (ISO 8601), and where they are known ``id``, ``lead``,
``author``, ``language``. An export's lines carry all the rest as well; read into an empty
archive they give the same archive, numbers and stories included.
"""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any

from marsad.collect.slugs import slug_for
from marsad.errors import Refused, StoreError
from marsad.model import Revision, Source
from marsad.outcome import Outcome
from marsad.oversight import Act, Deed
from marsad.pipeline.keeping import Arrival, Keeper
from marsad.pipeline.lines import Line, line_of, read_line
from marsad.store import articles, deeds, ledger, sources
from marsad.store.engine import Store

BATCH = 100
#: A line longer than this, in characters, is no article.
LONGEST_LINE = 8 * 2**20
RESTORED_FROM = "restored_from"


def unwatched(_done: int) -> None:
    """Progress that nobody watches."""


@dataclass(slots=True)
class Imported:
    """How an import went."""

    outcomes: dict[Outcome, int] = field(default_factory=dict)
    #: (line number, why it was skipped), the first hundred.
    problems: list[tuple[int, str]] = field(default_factory=list)

    @property
    def lines(self) -> int:
        """How many lines were read."""
        return sum(self.outcomes.values())

    def count(self, outcome: Outcome) -> None:
        """One more line ended so."""
        self.outcomes[outcome] = self.outcomes.get(outcome, 0) + 1


class Importer:
    """Reads lines into the archive; a line that is there already changes nothing."""

    def __init__(
        self, store: Store, keeper: Keeper, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._store = store
        self._keeper = keeper
        self._clock = clock
        with store.reading() as connection:
            known = sources.all_sources(connection, removed=True)
            self._slugs = {source.slug for source in known}
            self._known = {name: source for source in known for name in (source.name, source.slug)}
            self._restores = ledger.fact(connection, RESTORED_FROM)
            self._empty = articles.count(connection) == 0

    def read(self, lines: Iterable[bytes], progress: Callable[[int], None] = unwatched) -> Imported:
        """Keep every article of `lines`; `progress` is told of each batch, in lines."""
        result = Imported()
        numbered = enumerate(lines, start=1)
        while batch := list(islice(numbered, BATCH)):
            arrivals = list(self._arrivals(batch, result))
            for ending in self._keeper.keep(arrivals):
                result.count(ending.outcome)
            progress(len(batch))
        # An export brings its stories as they were; there is nothing to make clear at once.
        if self._restores is None:
            self._keeper.mend()
        return result

    def _arrivals(self, batch: Iterable[tuple[int, bytes]], result: Imported) -> Iterator[Arrival]:
        for number, raw in batch:
            if not raw.strip():
                result.count(Outcome.REFUSED)
                result.problems.append((number, "an empty line"))
                continue
            try:
                yield self._arrival(read_line(raw))
            except Refused as refusal:
                result.count(Outcome.REFUSED)
                if len(result.problems) < 100:
                    result.problems.append((number, str(refusal)))

    def _arrival(self, line: Line) -> Arrival:
        source = self._source(line)
        return Arrival(
            article=line.article(source.slug, self._clock(), restored=self._is_restored(line)),
            kind="line",
            history=line.history,
        )

    def _is_restored(self, line: Line) -> bool:
        """Whether a line's own number and story are honoured: into an empty archive, from one export."""
        if line.archive is None:
            return False
        if self._restores is None and self._empty:
            self._restores = line.archive
            with self._store.writing() as connection:
                ledger.set_fact(connection, RESTORED_FROM, line.archive)
        return line.archive == self._restores

    def _source(self, line: Line) -> Source:
        name = line.slug or line.source
        if name not in self._known:
            source = line.as_source(slug_for(name, line.address, self._slugs))
            with self._store.writing() as connection:
                now = self._clock()
                sources.put(connection, source, now)
                deeds.add(connection, Deed(Act.ADDED, source.slug, "", now))
            self._slugs.add(source.slug)
            self._known[name] = source
        return self._known[name]


def export(store: Store, out: IO[bytes], progress: Callable[[int], None] = unwatched) -> int:
    """Write every article as a line, in the order of their numbers; gives how many."""
    with store.writing() as connection:
        archive = ledger.fact(connection, RESTORED_FROM) or ledger.archive_name(connection)
    after = written = 0
    with store.reading() as connection:
        names = {source.slug: source for source in sources.all_sources(connection, removed=True)}
        while found := articles.from_number(connection, after, BATCH):
            for article in found:
                history = _history(articles.revisions_of(connection, article.number or 0))
                line = line_of(article, names[article.source], archive, history)
                out.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            after = found[-1].number or 0
            written += len(found)
            progress(len(found))
    return written


@contextmanager
def opened(path: Path) -> Iterator[Iterator[bytes]]:
    """The lines of a file, gzip or plain. Raises StoreError when it cannot be read."""
    try:
        with path.open("rb") as raw:
            packed = raw.peek(2)[:2] == b"\x1f\x8b"
            file: IO[bytes] = io.BufferedReader(gzip.GzipFile(fileobj=raw)) if packed else raw
            yield _lines(file, path)
    except OSError as error:
        raise StoreError("the file cannot be read", str(path), error) from error


def _lines(file: IO[bytes], path: Path) -> Iterator[bytes]:
    try:
        while line := file.readline(LONGEST_LINE):
            yield line
    except (OSError, EOFError) as error:
        raise StoreError("the file cannot be read to its end", str(path), error) from error


def _history(revisions: Iterable[Revision]) -> list[dict[str, Any]]:
    return [
        {
            "revision": revision.revision,
            "collected": revision.collected.isoformat(),
            "title": revision.title,
            "lead": revision.lead,
            "text": revision.text,
        }
        for revision in revisions
    ]
