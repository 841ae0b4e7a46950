"""The port of whatever runs the visits: a queue that someone else keeps, worked off many at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do. No two jobs with one `lock` run at the same time."""

    kind: str
    lock: str
    thing: Any


#: Gives jobs that are due, none of them under one of the locks that are held.
Due = Callable[[Collection[str]], Sequence[Job]]
Do = Callable[[Job], Awaitable[None]]


class Work(Protocol):
    """Runs jobs until it is stopped."""

    async def run(self, due: Due, do: Do) -> None:
        """Ask `due` for jobs and `do` them, until `stop`. A job that fails never stops the others."""

    def wake(self) -> None:
        """Something may be due now: ask at once."""

    def stop(self) -> None:
        """Start nothing more; `run` ends once the jobs under way have been cancelled."""
