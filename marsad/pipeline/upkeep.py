"""What is kept up while newspapers are collected: each thing at its own rhythm, none stopping the others."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import structlog

log = structlog.get_logger(__name__)


async def repeated(work: Callable[[], object], rhythm: float, name: str) -> None:
    """Do `work` in a thread, for ever, with `rhythm` seconds between two times; its errors are logged."""
    while True:
        try:
            await asyncio.to_thread(work)
        except Exception:
            log.exception("could not be kept up", what=name)
        await asyncio.sleep(rhythm)


async def stepping_back(
    work: Callable[[Callable[[], bool]], object],
    stopping: threading.Event,
    name: str,
    rhythm: float | None = None,
) -> None:
    """The same in a thread that lets all others go first; without a rhythm, once.

    `work` is given what tells it that it shall stop.
    """
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1, name, initializer=_step_back) as pool:
        while True:
            try:
                await loop.run_in_executor(pool, work, stopping.is_set)
            except Exception:
                log.exception("could not be kept up", what=name)
            if rhythm is None:
                return
            await asyncio.sleep(rhythm)


def _step_back() -> None:
    """Take the lowest priority for this thread, where the system knows one for each thread."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)
