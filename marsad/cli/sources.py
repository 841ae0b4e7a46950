"""``marsad sources``: the list of newspapers."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from marsad.app import Marsad
from marsad.cli.options import Data, settings
from marsad.cli.running import read_list
from marsad.errors import SettingsError
from marsad.oversight import Act, Deed
from marsad.views import status as status_view
from marsad.views.managing import carry_out

app = typer.Typer(help="The list of newspapers.", no_args_is_help=True)

Slug = Annotated[str, typer.Argument(help="The source's slug, as `marsad sources list` shows it.")]


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="A newspaper's home page, or one of its feeds.")],
    data: Data = None,
    name: Annotated[
        str | None, typer.Option(help="Its name, where it is new and should not be called as found.")
    ] = None,
) -> None:
    """Find a newspaper's feeds and sitemaps from its home page, and put it on the list."""
    with Marsad(settings(data)) as marsad:
        source, found = asyncio.run(marsad.discover(url, name))
        if not source.feeds:
            raise SettingsError("nothing to follow was found", url, "; ".join(found.tried))
        source, changed = marsad.add_found(source, found.asked)
        if not changed:
            typer.echo(f"{source.slug}: {source.name} is on the list already; nothing was changed")
            return
    typer.echo(f"{source.slug}: {source.name}")
    for feed in source.feeds:
        typer.echo(f"  {feed.kind.value:8} {feed.address}")


@app.command("list")
def list_sources(data: Data = None) -> None:
    """Every newspaper on the list, and how it fares."""
    with Marsad(settings(data)) as marsad, marsad.store.reading() as connection:
        seen = status_view.status(connection, marsad.folder)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("slug", "name", "state", "articles", "home"):
        table.add_column(title)
    for line in seen.sources:
        source = line.source
        table.add_row(source.slug, source.name, line.state, str(line.articles), source.home)
    Console().print(table)


@app.command()
def pause(slug: Slug, data: Data = None) -> None:
    """Do not visit a newspaper for now."""
    _change(data, Act.PAUSED, slug)
    typer.echo(f"{slug} is paused")


@app.command()
def resume(slug: Slug, data: Data = None) -> None:
    """Visit a paused newspaper again."""
    _change(data, Act.RESUMED, slug)
    typer.echo(f"{slug} is visited again")


@app.command()
def remove(slug: Slug, data: Data = None) -> None:
    """Take a newspaper off the list. Its articles and their addresses stay."""
    _change(data, Act.REMOVED, slug)
    typer.echo(f"{slug} is off the list; its articles stay")


@app.command("import")
def import_sources(file: Annotated[Path, typer.Argument(help="OPML or TOML.")], data: Data = None) -> None:
    """Put the newspapers of an OPML or TOML file on the list."""
    found = read_list(file)
    with Marsad(settings(data)) as marsad:
        marsad.add_sources(found)
    typer.echo(f"{len(found)} sources on the list")


@app.command("export")
def export_sources(
    file: Annotated[Path, typer.Argument(help="File to write; - for standard output.")], data: Data = None
) -> None:
    """Write the list as OPML."""
    with Marsad(settings(data)) as marsad:
        written = marsad.write_sources()
    if str(file) == "-":
        sys.stdout.buffer.write(written)
    else:
        file.write_bytes(written)


def _change(data: Path | None, act: Act, slug: str) -> None:
    with Marsad(settings(data)) as marsad:
        if not carry_out(marsad.store, Deed(act, slug, "", datetime.now(UTC))):
            raise SettingsError("there is no source of that slug", slug)
