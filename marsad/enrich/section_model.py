"""A linear model over hashed terms: Arabic texts → certainty of each section that it was trained on.

Terms, pairs of neighbouring terms, the title's once more and those of the lead once more fall into
buckets (feature hashing: Weinberger and others, 2009), weighted by tf-idf; one-against-all support
vector machines (Fan and others, LIBLINEAR, 2008) give a margin for each section. Trained by
`make train-sections`.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from marsad.model import Section

#: Buckets that features fall into.
BUCKETS = 1 << 18
#: Terms at the beginning of a text that count once more, as its lead.
LEAD = 40
#: A text of fewer terms says too little for the model.
FEWEST_TERMS = 4

FILE = "sections.npz"

Floats = NDArray[np.float32]


def buckets(title: Sequence[str], body: Sequence[str]) -> Counter[int]:
    """How often each bucket is met in the terms of a title and of its text."""
    return Counter(crc32(feature.encode()) % BUCKETS for feature in _features(title, body))


def _features(title: Sequence[str], body: Sequence[str]) -> Iterator[str]:
    yield from body
    yield from map(" ".join, pairwise(body))
    for term in title:
        yield f"t:{term}"
    for first, second in pairwise(title):
        yield f"t:{first} {second}"
    for term in body[:LEAD]:
        yield f"l:{term}"


def digest(title: str, text: str) -> int:
    """64 bits that an article is recognised by."""
    return int.from_bytes(hashlib.blake2b(f"{title}\n{text}".encode(), digest_size=8).digest())


@dataclass(frozen=True, slots=True)
class SectionModel:
    """The weights. Margins times `scale` through a softmax are certainties."""

    sections: tuple[Section, ...]
    #: (BUCKETS,), 0 where a bucket says nothing.
    idf: Floats
    #: (BUCKETS, sections).
    weights: Floats
    #: (sections,).
    intercept: Floats
    scale: float
    #: What each article of the training gets from models that did not see it: digest → (sections,).
    unseen: Mapping[int, Floats]
    #: Accuracy and macro-F1 of cross-validation.
    measured: Mapping[str, float]

    @classmethod
    def load(cls) -> SectionModel:
        """The one that is shipped."""
        with (files("marsad.enrich") / FILE).open("rb") as file, np.load(file) as kept:
            idf = np.zeros(BUCKETS, np.float32)
            idf[kept["used"]] = kept["idf"]
            sections = tuple(Section(name) for name in kept["sections"].tolist())
            weights = np.zeros((BUCKETS, len(sections)), np.float32)
            weights[kept["used"]] = kept["weights"] * kept["steps"]
            unseen = dict(zip(kept["digests"].tolist(), kept["unseen"].astype(np.float32), strict=True))
            measured = dict(zip(kept["measures"].tolist(), kept["measured"].tolist(), strict=True))
            return cls(sections, idf, weights, kept["intercept"], float(kept["scale"]), unseen, measured)

    def margins(self, title: Sequence[str], body: Sequence[str]) -> Floats | None:
        """(sections,); None for a text that says too little."""
        if len(title) + len(body) < FEWEST_TERMS:
            return None
        counted = buckets(title, body)
        met = np.fromiter(counted.keys(), np.int64, len(counted))
        times = np.fromiter(counted.values(), np.float32, len(counted))
        values = (1 + np.log(times)) * self.idf[met]
        length = math.sqrt(float(values @ values))
        if length == 0:
            return None
        return np.asarray(values @ self.weights[met] / length + self.intercept, np.float32)

    def certainties(self, margins: Floats) -> dict[Section, float]:
        """How likely each section is, in all 1."""
        shares = np.exp(self.scale * (margins - margins.max()))
        shares /= shares.sum()
        return dict(zip(self.sections, shares.tolist(), strict=True))
