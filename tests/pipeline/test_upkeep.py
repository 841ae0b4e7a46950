"""What is kept up goes on after an error, and stops when it is told to."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

from marsad.pipeline.upkeep import repeated, stepping_back


def test_an_error_does_not_end_the_upkeep() -> None:
    done = threading.Event()
    times: list[int] = []

    def work() -> None:
        times.append(len(times))
        if len(times) == 1:
            raise ZeroDivisionError
        done.set()

    async def run() -> None:
        task = asyncio.create_task(repeated(work, 0.0, "work"))
        await asyncio.to_thread(done.wait, 20)
        task.cancel()

    asyncio.run(run())
    assert len(times) >= 2


def test_who_steps_back_works_once_without_a_rhythm_and_can_be_stopped() -> None:
    stopping = threading.Event()
    asked: list[bool] = []

    def work(is_stopped: Callable[[], bool]) -> None:
        asked.append(is_stopped())
        stopping.set()
        asked.append(is_stopped())

    asyncio.run(stepping_back(work, stopping, "work"))
    assert asked == [False, True]
