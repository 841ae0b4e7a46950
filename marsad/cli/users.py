"""``marsad users``: who can sign in."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from marsad.app import Marsad
from marsad.cli.options import Data, settings
from marsad.errors import SettingsError
from marsad.oversight import Role
from marsad.store import users as user_store
from marsad.views import accounts

app = typer.Typer(help="Who can sign in.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The user's name.")]


@app.command()
def add(
    name: Name,
    data: Data = None,
    role: Annotated[Role, typer.Option(help="reader, moderator or operator.")] = Role.MODERATOR,
) -> None:
    """Let somebody sign in. The password is asked for, or read from standard input."""
    password = _password()
    with Marsad(settings(data)) as marsad:
        accounts.let_in(marsad.store, name, password, role, datetime.now(UTC))
    typer.echo(f"{name} can sign in as {role.value}")


@app.command("list")
def list_users(data: Data = None) -> None:
    """Everybody who can sign in."""
    with Marsad(settings(data)) as marsad, marsad.store.reading() as connection:
        everybody = user_store.all_users(connection)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("name", "role", "since", "reader apps", "second factor"):
        table.add_column(title)
    for user in everybody:
        yes = [("yes" if given else "no") for given in (user.has_token, user.has_totp)]
        table.add_row(user.name, user.role.value, f"{user.added:%Y-%m-%d}", *yes)
    Console().print(table)


@app.command()
def remove(name: Name, data: Data = None) -> None:
    """Let somebody no longer sign in. What they decided stays in the log."""
    with Marsad(settings(data)) as marsad:
        _known(name, is_known=accounts.let_out(marsad.store, name, datetime.now(UTC)))
    typer.echo(f"{name} can no longer sign in")


@app.command()
def password(name: Name, data: Data = None) -> None:
    """Give somebody another password, and end their sessions."""
    given = _password()
    with Marsad(settings(data)) as marsad:
        _known(name, is_known=accounts.new_password(marsad.store, name, given, datetime.now(UTC)))
    typer.echo(f"{name} has another password")


@app.command()
def token(name: Name, data: Data = None) -> None:
    """Make a token for somebody's reader apps, in the place of the last one. It is shown once."""
    with Marsad(settings(data)) as marsad:
        made = accounts.new_token(marsad.store, name, datetime.now(UTC))
        _known(name, is_known=made is not None)
    typer.echo(made)


def _password() -> str:
    """What was typed, unseen and twice; or the first line of standard input where nobody types."""
    if sys.stdin.isatty():
        typed: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
        return typed
    return sys.stdin.readline().rstrip("\r\n")


def _known(name: str, *, is_known: bool) -> None:
    if not is_known:
        raise SettingsError("there is no user of that name", name)
