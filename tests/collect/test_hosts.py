"""Turns at a host."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from itertools import pairwise

from marsad.collect.hosts import Hosts, Politeness
from tests.collect.server import run


def test_turns_are_given_in_the_order_of_asking() -> None:
    order: list[int] = []

    async def story() -> None:
        hosts = Hosts(Politeness(pause=0.0))

        async def caller(number: int) -> None:
            async with hosts.turn("nakhla.example:443"):
                order.append(number)
                await asyncio.sleep(0.001)

        await asyncio.gather(*(caller(number) for number in range(9)))

    run(story())
    assert order == list(range(9))


def test_the_pause_runs_from_the_end_of_a_turn_to_the_begin_of_the_next() -> None:
    moments: list[float] = []

    async def story() -> None:
        hosts = Hosts(Politeness(pause=0.1))
        for _ in range(3):
            async with hosts.turn("nakhla.example:443"):
                moments.append(asyncio.get_running_loop().time())
                await asyncio.sleep(0.05)

    run(story())
    assert all(later - earlier >= 0.149 for earlier, later in pairwise(moments))


def test_a_crawl_delay_lengthens_the_pause_within_reason() -> None:
    politeness = Politeness(pause=2.0, longest_pause=60.0)
    assert politeness.pause_for(0.0) == 2.0
    assert politeness.pause_for(1.0) == 2.0
    assert politeness.pause_for(10.0) == 10.0
    assert politeness.pause_for(86_400.0) == 60.0


def test_only_so_many_hosts_are_visited_at_once() -> None:
    async def story() -> int:
        hosts = Hosts(Politeness(pause=0.0, hosts_at_once=3))
        inside = most = 0

        async def caller(number: int) -> None:
            nonlocal inside, most
            async with hosts.turn(f"{number}.example:443"):
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0.005)
                inside -= 1

        await asyncio.gather(*(caller(number) for number in range(20)))
        return most

    assert run(story()) == 3


def test_hosts_that_nobody_visits_are_forgotten_after_their_pause() -> None:
    clock = 0.0

    async def story() -> tuple[int, int]:
        nonlocal clock
        hosts = Hosts(Politeness(pause=5.0), clock=lambda: clock)
        for number in range(100):
            async with hosts.turn(f"{number}.example:443"):
                pass
        in_pause = len(hosts)
        clock = 6.0
        return in_pause, len(hosts)

    assert run(story()) == (100, 0)


def test_a_caller_that_fails_or_is_called_off_does_not_keep_the_turn() -> None:
    async def story() -> int:
        hosts = Hosts(Politeness(pause=0.0))

        async def failing() -> None:
            async with hosts.turn("a.example:80"):
                raise ValueError("as it may happen")

        async def waiting() -> None:
            async with hosts.turn("a.example:80"):
                await asyncio.sleep(30)

        holder = asyncio.create_task(waiting())
        await asyncio.sleep(0)
        queued = asyncio.create_task(waiting())
        await asyncio.sleep(0)
        queued.cancel()
        holder.cancel()
        await asyncio.gather(holder, queued, return_exceptions=True)
        with suppress(ValueError):
            await failing()
        async with asyncio.timeout(1), hosts.turn("a.example:80"):
            pass
        await asyncio.sleep(0.001)
        return len(hosts)

    assert run(story()) == 0
