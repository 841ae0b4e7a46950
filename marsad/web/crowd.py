"""How many ask for what takes long, all at once: what to do without then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

#: Seldom are so many there by chance: a search takes some hundredths of a second.
MANY = 3


class Crowd:
    """Counts requests that are under way, waiting or being answered. They come and go in one loop."""

    def __init__(self, many: int = MANY) -> None:
        self._many = many
        self._here = 0

    @contextmanager
    def joined(self) -> Iterator[None]:
        """Count one more while inside."""
        self._here += 1
        try:
            yield
        finally:
            self._here -= 1

    @property
    def is_many(self) -> bool:
        """Whether so many are here that each has to make do with less."""
        return self._here >= self._many
