"""How many ask for what takes long, all at once: one after another, and what to do without then."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

#: So many who come within so many seconds are a crowd: ten a second, over and over.
MANY = 5
SPAN = 0.5
#: Seconds that one of a crowd may have waited and still be given everything.
PATIENCE = 0.005
#: How much of the time a crowd may take, if all of it were given everything. Beyond that nobody is, for the
#: line would only get longer.
LOAD = 0.75
#: Seconds after which one of them is given everything all the same, which tells how long that takes by now.
TRIED = 5.0
#: Seconds after which nobody waits any longer for a turn: something holds it that should not.
LONGEST = 3.0


class Crowd:
    """Lets one after another have a turn, in one loop, in the order in which they come.

    Two pages that are made at once take each other's turns at Python, and are both late. Where many
    come, who has waited for long is to make do with less; where more come than can be given everything,
    all are. So the line gets no longer.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._turn = asyncio.Lock()
        #: When they came in the last `SPAN` seconds.
        self._came: deque[float] = deque()
        #: Seconds that the last turns took in which everything was given.
        self._took: deque[float] = deque(maxlen=9)
        self._tried = clock()

    @property
    def is_pressed(self) -> bool:
        """Whether who comes now has to wait, or to make do with less."""
        return self._turn.locked() or self._is_too_many()

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
        began = self._clock()
        in_haste = self._is_here() and (began - came > PATIENCE or self._is_too_many())
        try:
            yield in_haste
        finally:
            self._turn.release()
            if not in_haste:
                self._tried = self._clock()
                self._took.append(self._tried - began)

    def _is_here(self) -> bool:
        while self._came and self._came[0] <= self._clock() - SPAN:
            self._came.popleft()
        return len(self._came) >= MANY

    def _is_too_many(self) -> bool:
        takes = statistics.median(self._took) if self._took else 0.0
        is_known = self._clock() < self._tried + TRIED
        return is_known and self._is_here() and len(self._came) / SPAN * takes > LOAD
