"""``marsad status``, ``import``, ``export``, ``reindex``, ``embed``: the archive as a whole."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import IO, Annotated, cast

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from marsad.app import Marsad
from marsad.cli.options import Data, settings
from marsad.errors import SettingsError, StoreError
from marsad.outcome import Outcome
from marsad.pipeline import exchange
from marsad.views import status as status_view

stderr = Console(stderr=True)
#: Batches that are embedded between two looks at what that means for stories.
MEND_EVERY = 50
#: The ends that have a column of their own.
SHOWN = (Outcome.KEPT, Outcome.REVISED, Outcome.KNOWN)


def status(data: Data = None) -> None:
    """How the archive is doing: its sources, what it holds, how inputs ended."""
    with Marsad(settings(data)) as marsad, marsad.store.reading() as connection:
        seen = status_view.status(connection, marsad.folder)
        by_meaning = marsad.embedder is not None
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("source", "state", "last article"):
        table.add_column(title)
    for title in ("articles", *SHOWN, "others"):
        table.add_column(title, justify="right")
    table.add_column("notes")
    for line in seen.sources:
        table.add_row(*_cells(line))
    Console().print(table)
    typer.echo(
        f"\n{seen.articles:,} articles in {seen.stories:,} stories of {len(seen.sources)} sources; "
        f"{seen.waiting:,} addresses wait; the index is {seen.index_behind:,} changes behind; "
        f"{seen.defects:,} defects; {seen.bytes / 2**20:,.1f} MiB on disk."
    )
    typer.echo(
        f"{seen.embedded:,} articles are embedded, {seen.meaning_behind:,} changes wait for it."
        if by_meaning
        else "Search goes by words alone: no model of meaning runs on this machine, or it is switched off."
    )


def _cells(line: status_view.SourceLine) -> Iterator[str]:
    since = f" since {line.since:%Y-%m-%d %H:%M}" if line.since else ""
    yield line.source.slug
    yield line.state + since
    yield f"{line.last_article:%Y-%m-%d %H:%M}" if line.last_article else ""
    yield f"{line.articles:,}"
    for outcome in SHOWN:
        yield f"{line.outcomes.get(outcome, 0):,}"
    yield f"{sum(line.outcomes.values()) - sum(line.outcomes.get(outcome, 0) for outcome in SHOWN):,}"
    yield "; ".join(line.notes)[:120]


def import_lines(
    file: Annotated[Path, typer.Argument(help="JSON Lines, plain or gzip.")], data: Data = None
) -> None:
    """Read articles from JSON Lines. What is there already is left as it is, so it can be run again."""
    with Marsad(settings(data)) as marsad:
        with exchange.opened(file) as lines:
            total = sum(1 for _ in lines)
        with exchange.opened(file) as lines, _progress() as progress:
            task = progress.add_task("importing", total=total)
            result = marsad.importer().read(lines, lambda done: progress.advance(task, done))
            progress.update(task, description="indexing")
            marsad.indexer.catch_up()
    for number, why in result.problems:
        stderr.print(f"{file}, line {number} was skipped: {why}", markup=False, highlight=False)
    sums = ", ".join(f"{count:,} {outcome.value}" for outcome, count in sorted(result.outcomes.items()))
    typer.echo(f"{result.lines:,} lines: {sums}")


def export_lines(
    file: Annotated[Path, typer.Argument(help="File to write, .gz for gzip; - for standard output.")],
    data: Data = None,
) -> None:
    """Write the whole archive as JSON Lines; imported into an empty archive they give the same one."""
    with Marsad(settings(data)) as marsad:
        if str(file) == "-":
            exchange.export(marsad.store, sys.stdout.buffer)
            return
        unfinished = file.with_name(file.name + ".part")
        try:
            with _opened_to_write(unfinished, packed=file.suffix == ".gz") as out, _progress() as progress:
                task = progress.add_task("exporting", total=None)
                written = exchange.export(marsad.store, out, lambda done: progress.advance(task, done))
            unfinished.replace(file)
        except OSError as error:
            raise StoreError("the export cannot be written", str(file), error) from error
    typer.echo(f"{written:,} articles written to {file}")


def reindex(data: Data = None) -> None:
    """Build the search index anew from the archive."""
    with Marsad(settings(data)) as marsad:
        changes = marsad.indexer.rebuild()
        typer.echo(f"{changes:,} changes read; {marsad.index.count():,} articles in the index")


def embed(data: Data = None) -> None:
    """Give every article the vectors that it is found by meaning with; what has them is passed over."""
    with Marsad(settings(data)) as marsad:
        meaner = marsad.meaner
        if meaner is None:
            raise SettingsError("articles cannot be embedded", "no model of meaning runs here, or it is off")
        with _progress() as progress:
            task = progress.add_task("changes to look at", total=meaner.behind())
            # It has to know the articles before they are embedded, to hear what they mean.
            keeper, turns = marsad.keeper, count(1)

            def watched() -> bool:
                progress.update(task, completed=(progress.tasks[task].total or 0) - meaner.behind())
                if next(turns) % MEND_EVERY == 0:
                    keeper.mend()
                return False

            done = meaner.catch_up(watched)
            keeper.mend()
        typer.echo(f"{done:,} articles embedded")


def _opened_to_write(path: Path, *, packed: bool) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path, "wb")) if packed else path.open("wb")


def _progress() -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=stderr,
    )
