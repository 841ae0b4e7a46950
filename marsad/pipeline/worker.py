"""A process of its own for work that burns CPU or may crash, so that pages are served meanwhile."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from marsad.errors import Refused

Made = TypeVar("Made")


class Worker:
    """One process; what kills it, or blocks it for longer than `patience` seconds, costs only itself."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._pool = _pool()

    async def run(self, thing: str, work: Callable[..., Made], *given: object) -> Made:
        """What `work` makes of `given` in the process. Raises Refused for `thing` where it never ends."""
        pool = self._pool
        try:
            making = asyncio.get_running_loop().run_in_executor(pool, work, *given)
            return await asyncio.wait_for(making, self._patience)
        except (BrokenProcessPool, TimeoutError) as error:
            if self._pool is pool:
                self._pool = _pool()
                _end(pool)
            raise Refused("could not be read", thing, error) from error

    def close(self) -> None:
        """End the process."""
        _end(self._pool)


def _pool() -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(1, mp_context=context, initializer=_begin, initargs=(os.getpid(),))


def _begin(parent: int) -> None:
    """Leave Ctrl-C to the parent, and end when the parent is no more, however it ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _end(pool: ProcessPoolExecutor) -> None:
    processes = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.kill()
