"""Readers go before what nobody waits for, which comes to its turn all the same."""

from __future__ import annotations

import threading
import time

import pytest

from marsad.precedence import Precedence


def test_nobody_makes_way_for_nobody() -> None:
    began = time.monotonic()
    Precedence().make_way(pause=60, patience=60)
    assert time.monotonic() - began < 10


def test_what_can_wait_waits_for_the_answer() -> None:
    precedence, told = Precedence(), []

    def work() -> None:
        precedence.make_way(patience=60)
        told.append("work")

    with precedence.first(), precedence.first():
        working = threading.Thread(target=work)
        working.start()
        working.join(0.05)
        told.append("answer")
    working.join(60)
    assert told == ["answer", "work"]


def test_and_for_the_next_who_may_ask() -> None:
    now = [100.0]
    precedence = Precedence(lambda: now[0])
    with precedence.first():
        now[0] = 105.0
    working = threading.Thread(target=precedence.make_way, kwargs={"pause": 0.05, "patience": 60})
    working.start()
    working.join(0.2)
    assert working.is_alive()
    now[0] += 0.05
    working.join(60)
    assert not working.is_alive()


def test_but_not_for_ever() -> None:
    precedence = Precedence()
    with precedence.first():
        precedence.make_way(pause=60, patience=0.01)
        precedence.make_way()


def test_a_reader_who_fails_holds_nobody_up() -> None:
    precedence = Precedence()
    with pytest.raises(ZeroDivisionError), precedence.first():
        raise ZeroDivisionError
    began = time.monotonic()
    precedence.make_way(patience=60)
    assert time.monotonic() - began < 10
