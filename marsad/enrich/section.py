"""Which section an article belongs to: the newspaper's own rubric where it is clear, else its words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from marsad.language.analyser import terms
from marsad.language.normalise import fold_arabic, fold_latin
from marsad.model import Section

#: Below this certainty an article is left unsorted.
LEAST = 0.34
#: What a word of the title counts, and letters of the text that are looked at.
TITLE_WEIGHT = 3.0
LOOKED_AT = 3000

_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class SectionGuess:
    """A section with its certainty, and the one that came second."""

    section: Section
    #: 0 to 1.
    score: float
    runner_up: Section | None = None
    #: ``rubric`` or ``text``.
    decided_by: str = "text"


class Sectioner:
    """Sorts articles into sections."""

    def __init__(self, lists: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self._rubrics = {
            _folded(rubric): Section(name) for name, words in lists.items() for rubric in words["rubrics"]
        }
        self._terms: dict[str, dict[Section, float]] = {}
        for name, words in lists.items():
            for phrase in words["words"]:
                found = [*terms(phrase, "ar"), *terms(phrase, "fr"), *terms(phrase, "en")]
                for term in set(found):
                    weights = self._terms.setdefault(term, {})
                    weights[Section(name)] = max(weights.get(Section(name), 0.0), 1.0 / len(phrase.split()))

    @classmethod
    def load(cls) -> Sectioner:
        """The one whose lists are shipped."""
        return cls(_lists())

    def guess(self, title: str, text: str, language: str, rubrics: Sequence[str] = ()) -> SectionGuess:
        """The section of an article; UNSORTED where nothing speaks clearly for one."""
        for rubric in rubrics:
            section = self._rubrics.get(_folded(rubric))
            if section is not None:
                return SectionGuess(section, 1.0, decided_by="rubric")
        scores: dict[Section, float] = {}
        for weight, part in ((TITLE_WEIGHT, title), (1.0, text[:LOOKED_AT])):
            for term in terms(part, language):
                for section, share in self._terms.get(term, {}).items():
                    scores[section] = scores.get(section, 0.0) + weight * share
        return _best(scores)


def _best(scores: Mapping[Section, float]) -> SectionGuess:
    order = sorted(scores.items(), key=lambda pair: -pair[1])
    if not order:
        return SectionGuess(Section.UNSORTED, 0.0)
    section, best = order[0]
    certainty = round(best / (sum(scores.values()) + 2.0), 3)
    runner_up = order[1][0] if len(order) > 1 else None
    return SectionGuess(section if certainty >= LEAST else Section.UNSORTED, certainty, runner_up)


def _folded(rubric: str) -> str:
    return " ".join(_WORDS.findall(fold_arabic(fold_latin(rubric))))


def _lists() -> dict[str, Any]:
    return tomllib.loads((files("marsad.enrich") / "sections.toml").read_text(encoding="utf-8"))
