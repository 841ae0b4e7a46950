"""Word lists, kept as data in ordinary spelling and read in the folded one; ``#`` begins a comment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files

from marsad.language.normalise import fold


def word_list(name: str) -> frozenset[str]:
    """The words of the file `name`, several to a line where that reads better."""
    return frozenset(word for line in _lines(name) for word in line)


def word_map(name: str) -> Mapping[str, str]:
    """Each line's further words, to its first."""
    return {form: first for first, *forms in _lines(name) for form in forms}


def _lines(name: str) -> Iterator[list[str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    lines = (fold(line.partition("#")[0]).split() for line in text.splitlines())
    return (line for line in lines if line)
