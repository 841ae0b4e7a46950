"""What a text means → certainty of each section, in any language that the embedder knows.

Multinomial logistic regression over the vectors of the headlines in `prototypes.toml`, which name
all sections in three languages. Trained by `make train-sections`.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from marsad.model import Section

FILE = "section_meanings.npz"

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class MeaningModel:
    """The weights, for vectors of the embedder that is called `embedder`."""

    embedder: str
    sections: tuple[Section, ...]
    #: (dimensions,): the mean of the prototypes; all vectors of a model point much the same way without.
    centre: Floats
    #: (dimensions, sections).
    weights: Floats
    #: (sections,).
    intercept: Floats

    @classmethod
    def load(cls) -> MeaningModel:
        """The one that is shipped."""
        with (files("marsad.enrich") / FILE).open("rb") as file, np.load(file) as kept:
            return cls(
                str(kept["embedder"]),
                tuple(Section(name) for name in kept["sections"].tolist()),
                kept["centre"],
                kept["weights"].astype(np.float32),
                kept["intercept"],
            )

    def certainties(self, vector: Floats) -> dict[Section, float]:
        """How likely each section is by the `vector` of title and lead, shape (dimensions,); in all 1."""
        apart = vector - self.centre
        margins = apart / max(float(np.linalg.norm(apart)), 1e-9) @ self.weights + self.intercept
        shares = np.exp(margins - margins.max())
        shares /= shares.sum()
        return dict(zip(self.sections, shares.tolist(), strict=True))
