"""What is learnt from pairs that people judged."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("sklearn")

from marsad.evaluate.train_stories import learnt, main  # sklearn may be missing


def test_what_tells_pairs_apart_gets_the_weight() -> None:
    rng = np.random.default_rng(1)
    values = rng.uniform(size=(400, 6)).astype(np.float32)
    said = values[:, 2] > 0.5
    weights = learnt([(values, said)])
    assert weights.each.argmax() == 2
    assert ((weights.odds(values) > 0) == said).mean() > 0.9


def test_without_a_file_it_says_what_it_wants(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
