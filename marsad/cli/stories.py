"""``marsad stories``: why articles are grouped as they are."""

from __future__ import annotations

from typing import Annotated

import typer

from marsad import addresses
from marsad.app import Marsad
from marsad.cli.options import Data, settings
from marsad.errors import SettingsError, StoreError

app = typer.Typer(help="Stories, and why articles are in them.", no_args_is_help=True)


@app.callback()
def stories() -> None:
    """Stories, and why articles are in them."""


@app.command()
def explain(
    article: Annotated[str, typer.Argument(help="The article's number, or its address, which ends with it.")],
    data: Data = None,
) -> None:
    """Why an article is in its story, or in none: what it was compared with, and by what."""
    number = _number(article)
    with Marsad(settings(data)) as marsad:
        found = marsad.keeper.explain(number)
    if found is None:
        raise StoreError("no such article", article)
    typer.echo(f"Article {number} is in story {found.story}.")
    if not found.likenesses:
        typer.echo("No article near it in time is like it.")
    for likeness, title in found.likenesses:
        verdict = "joins" if likeness.link >= 0 else "stays apart from"
        typer.echo(
            f"{likeness.link:+.2f}  {verdict} story {likeness.story}; nearest is article {likeness.nearest}"
            f" ({likeness.odds:+.2f}): {title}"
        )
    for name, (value, weight) in found.parts.items():
        typer.echo(f"    {weight:+6.2f}  {name} {value:.3f}")


def _number(article: str) -> int:
    """The number that an article is asked for by; no article has one of more digits than an address names."""
    last = article.rstrip("/").rpartition("/")[2]
    if not (last.isascii() and last.isdecimal()):
        raise SettingsError("neither the number nor the address of an article", article)
    if len(last) > addresses.LONGEST_NUMBER:
        raise StoreError("no such article", article)
    return int(last)
