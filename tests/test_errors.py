"""Errors say what happened to which thing and why, and cross from one process to another."""

from __future__ import annotations

import pickle

import pytest

from marsad.errors import Later, MarsadError, Refused, StoreError
from marsad.outcome import Outcome
from tests.samples import NOW


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (
            Refused("no article in the page", "https://a.example/1", "3 letters"),
            "no article in the page: https://a.example/1: 3 letters",
        ),
        (Refused("too large", outcome=Outcome.TOO_LARGE), "too large"),
        (Later("not now", "x", ValueError("why"), when=NOW), "not now: x: why"),
        (StoreError("cannot be opened", "file", KeyError()), "cannot be opened: file: KeyError"),
    ],
)
def test_an_error_is_one_line_also_after_a_journey(error: MarsadError, line: str) -> None:
    assert str(error) == line
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error)
    assert getattr(back, "outcome", None) == getattr(error, "outcome", None)
    assert getattr(back, "when", None) == getattr(error, "when", None)
    assert back.message == error.message
    assert str(back).startswith(error.message)
