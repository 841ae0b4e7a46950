"""``marsad``: all commands, and the one place where an error becomes a line."""

from __future__ import annotations

import os
import sys

import typer

from marsad.cli import archive, evaluation, press, running, sources, stories, users
from marsad.errors import MarsadError

app = typer.Typer(
    help="A self-hosted news search engine, press archive and early-warning desk.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run")(running.run)
app.command("demo")(press.demo)
app.command("status")(archive.status)
app.command("import")(archive.import_lines)
app.command("export")(archive.export_lines)
app.command("reindex")(archive.reindex)
app.command("embed")(archive.embed)
app.command("eval")(evaluation.evaluate)
app.add_typer(sources.app, name="sources")
app.add_typer(stories.app, name="stories")
app.add_typer(users.app, name="users")


def main() -> None:
    """Run the command that was typed; an error of ours is one line, and exit code 1."""
    try:
        app()
    except MarsadError as error:
        typer.echo(f"marsad: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # Whoever read our output had enough of it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
