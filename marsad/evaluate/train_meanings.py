"""The second half of `make train-sections`: sections by meaning, from headlines that we wrote."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from marsad.errors import SettingsError
from marsad.language.embedder import embedder

#: How dear a mistake is against a simple model.
PENALTY = 10.0


def train(out: Path) -> dict[str, Any]:
    """Write the model to `out` and give back what it was trained on. SettingsError without an embedder."""
    model = embedder()
    if model is None:
        raise SettingsError("there is no model of meaning on this machine")
    written = tomllib.loads((files("marsad.enrich") / "prototypes.toml").read_text(encoding="utf-8"))
    pairs = [(name, text) for name, texts in written.items() for some in texts.values() for text in some]
    vectors = model.passages([text for _, text in pairs])
    centre = vectors.mean(axis=0)
    apart = vectors - centre
    apart /= np.linalg.norm(apart, axis=1, keepdims=True)
    machine = LogisticRegression(C=PENALTY, class_weight="balanced", max_iter=1000)
    machine.fit(apart, [name for name, _ in pairs])
    np.savez_compressed(
        out,
        embedder=np.array(model.name),
        sections=machine.classes_,
        centre=centre.astype(np.float32),
        weights=machine.coef_.T.astype(np.float16),
        intercept=machine.intercept_.astype(np.float32),
    )
    return {"prototypes": len(pairs), "embedder": model.name}
