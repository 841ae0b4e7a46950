"""How many ask for what takes long, all at once: one after another, and what to do without then."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

#: So many who come within so many seconds are a crowd: ten a second, over and over.
MANY = 5
SPAN = 0.5
#: Seconds that one of a crowd may have waited and still be given everything.
PATIENCE = 0.005
#: Seconds after which nobody waits any longer for a turn: something holds it that should not.
LONGEST = 1.0


class Crowd:
    """Lets one after another have a turn, in one loop, in the order in which they come.

    Two pages that are made at once take each other's turns at Python, and are both late. Where many
    come, who has waited for long is to make do with less, so that the line gets no longer.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._turn = asyncio.Lock()
        self._came: deque[float] = deque(maxlen=MANY)

    @property
    def is_waited_for(self) -> bool:
        """Whether who comes now has to wait."""
        return self._turn.locked()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[bool]:
        """One's turn, and whether one has to make do with less."""
        came = self._clock()
        self._came.append(came)
        try:
            await asyncio.wait_for(self._turn.acquire(), LONGEST)
        except TimeoutError:
            yield True
            return
        try:
            now = self._clock()
            yield self._is_here(now) and now - came > PATIENCE
        finally:
            self._turn.release()

    def _is_here(self, now: float) -> bool:
        return len(self._came) == MANY and now - self._came[0] < SPAN
