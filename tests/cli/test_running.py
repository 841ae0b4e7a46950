"""What tidies memory beside the site."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest

from marsad.cli import running
from marsad.precedence import Precedence


class Cycle:
    """Refers to itself: only the collector of cycles lets go of it."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def _only_when_told() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


def collector() -> Callable[[], None]:
    return running._collector(cast(Any, SimpleNamespace(precedence=Precedence())))


def test_what_a_page_left_in_a_cycle_is_let_go_of_at_the_next_round() -> None:
    gone = weakref.ref(Cycle())
    assert gone() is not None
    collector()()
    assert gone() is None


def test_what_became_old_before_it_was_left_is_let_go_of_in_a_whole_round(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(running, "WHOLLY_EVERY", 3)
    kept = Cycle()
    gc.collect()
    gone = weakref.ref(kept)
    del kept
    collect = collector()
    collect()
    collect()
    assert gone() is not None
    collect()
    assert gone() is None
