"""The sample press in a thread of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from marsad.demo.press import Press
from marsad.demo.running import RunningPress
from marsad.demo.server import Manners, serve


@contextmanager
def running_press(
    press: Press,
    *,
    ports: Sequence[int] | None = None,
    manners: Manners | None = None,
) -> Iterator[RunningPress]:
    """The press in a thread of its own, for tests and for programs that are not asynchronous."""
    thread = _PressThread(press, ports, manners)
    thread.start()
    try:
        yield thread.running()
    finally:
        thread.end()


class _PressThread(threading.Thread):
    def __init__(self, press: Press, ports: Sequence[int] | None, manners: Manners | None) -> None:
        super().__init__(name="sample press", daemon=True)
        self._arguments = press, ports, manners
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end: asyncio.Event | None = None
        self._running: RunningPress | None = None
        self._wrong: Exception | None = None

    def run(self) -> None:
        asyncio.run(self._serve())

    def running(self) -> RunningPress:
        """The press, once it answers. Raises what kept it from starting."""
        self._ready.wait()
        if self._wrong is not None:
            raise self._wrong
        if self._running is None:
            raise RuntimeError("the sample press ended before it began")
        return self._running

    def end(self) -> None:
        """Stops the press and waits for it."""
        if self._loop is not None and self._end is not None:
            with suppress(RuntimeError):  # the loop ended by itself
                self._loop.call_soon_threadsafe(self._end.set)
        self.join()

    async def _serve(self) -> None:
        press, ports, manners = self._arguments
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        try:
            async with serve(press, ports=ports, manners=manners) as self._running:
                self._ready.set()
                await self._end.wait()
        except Exception as wrong:
            self._wrong = wrong
        finally:
            self._ready.set()
