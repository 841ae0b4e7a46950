"""Who goes first where all share one machine: readers, before work that nobody waits for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Seconds for which a small step of such work makes way for whoever is being answered.
STEP = 0.05
#: Seconds after an answer in which the next may be asked for, and longer pieces wait; each so long at most.
PAUSE = 0.5
PATIENCE = 2.0


class Precedence:
    """Lets those who wait for an answer go before what can be done later. Any thread may ask."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._changed = threading.Condition()
        self._waiting = 0
        #: When the last of them had his answer.
        self._answered = float("-inf")

    @contextmanager
    def first(self) -> Iterator[None]:
        """Somebody waits for an answer while the context lasts."""
        with self._changed:
            self._waiting += 1
        try:
            yield
        finally:
            with self._changed:
                self._waiting -= 1
                self._answered = self._clock()
                self._changed.notify_all()

    def make_way(self, pause: float = 0.0, patience: float = STEP) -> None:
        """Wait until nobody waits for an answer, nor has in the last `pause` seconds, in which the next may
        ask; `patience` seconds at most."""
        latest = self._clock() + patience
        with self._changed:
            while (left := min(latest, self._free_from(pause)) - self._clock()) > 0:
                self._changed.wait(left)

    def wait_for_a_pause(self) -> None:
        """The same before a piece of work that would hold up whoever asks meanwhile."""
        self.make_way(PAUSE, PATIENCE)

    def _free_from(self, pause: float) -> float:
        return float("inf") if self._waiting else self._answered + pause
