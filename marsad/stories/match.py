"""Whether an article reports a match, by its words: two matches of one tournament are told much alike."""

from __future__ import annotations

import tomllib
from collections.abc import Set
from functools import cache
from importlib.resources import files

from marsad.language.analyser import terms

#: Fewer such terms in all are by the way: a ministry wins a case in the final minute, too.
FEWEST = 5


def is_match(found: Set[str]) -> bool:
    """Whether an article with these terms tells of a contest, of how it ended, and of what was scored."""
    told = [len(found & of_kind) for of_kind in _kinds()]
    return all(told) and sum(told) >= FEWEST


@cache
def _kinds() -> tuple[frozenset[str], ...]:
    """The terms of each kind of words in ``match.toml``, of all languages."""
    told = tomllib.loads(files(__package__).joinpath("match.toml").read_text("utf-8"))
    return tuple(
        frozenset(term for language, words in kind.items() for term in terms(" ".join(words), language))
        for kind in told.values()
    )
