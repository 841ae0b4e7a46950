"""Work as asyncio tasks in this one process."""

from __future__ import annotations

import asyncio
import contextlib

import structlog

from marsad.work.work import Do, Due, Job

log = structlog.get_logger(__name__)


class LocalWork:
    """Up to `at_once` jobs together; asks for what is due every `rhythm` seconds, or when a job ends."""

    def __init__(self, at_once: int, rhythm: float = 1.0) -> None:
        self._at_once = at_once
        self._rhythm = rhythm
        self._stopped = False
        self._awake = asyncio.Event()
        self._running: dict[str, asyncio.Task[None]] = {}

    async def run(self, due: Due, do: Do) -> None:
        """Ask `due` for jobs and `do` them, until `stop`."""
        try:
            while not self._stopped:
                self._awake.clear()
                await self._start(due, do)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._awake.wait(), self._rhythm)
        finally:
            await self._cancel()

    def wake(self) -> None:
        """Something may be due now: ask at once."""
        self._awake.set()

    def stop(self) -> None:
        """Start nothing more; `run` ends once the jobs under way have been cancelled."""
        self._stopped = True
        self._awake.set()

    async def _start(self, due: Due, do: Do) -> None:
        if len(self._running) >= self._at_once:
            return
        try:
            jobs = await asyncio.to_thread(due, frozenset(self._running))
        except Exception:
            log.exception("could not ask what is due")
            return
        for job in jobs:
            if len(self._running) < self._at_once and job.lock not in self._running:
                self._running[job.lock] = asyncio.create_task(self._one(job, do))

    async def _one(self, job: Job, do: Do) -> None:
        try:
            await do(job)
        except Exception:
            log.exception("a job failed", kind=job.kind, lock=job.lock)
        finally:
            del self._running[job.lock]
            self._awake.set()

    async def _cancel(self) -> None:
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
