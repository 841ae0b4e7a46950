"""Which section an article belongs to: the newspaper's own rubric where it is clear, else its words.

The words of an Arabic text are read by a trained model; words of other languages, and the sections
that it knows nothing of, by the lists of `sections.toml`. Where the vector of an article is known,
what it means is heard too.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from marsad.enrich.section_meaning import MeaningModel
from marsad.enrich.section_model import Floats, SectionModel
from marsad.language.analyser import terms
from marsad.language.normalise import fold_arabic, fold_latin
from marsad.model import Section

#: Below this certainty an article is left unsorted: by the lists alone, and by the model.
LEAST = 0.34
LEAST_BY_MODEL = 0.25
#: Languages whose texts the model reads.
READ_BY_MODEL = frozenset({"ar", "ary"})
#: A section that the model does not know is chosen when the lists are so certain of it, and so much
#: of the text speaks for it. At 0.08 of the text, `marsad eval sections` counts twice as many mistaken.
CERTAIN = 0.5
DENSE = 0.1
#: What the lists have to say beside the model, and what meaning has to say beside all words.
BY_LISTS = 0.25
BY_MEANING = 0.4
#: Meaning spreads its certainty over all sections: beside it less is enough.
LEAST_WITH_MEANING = 0.2
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

    def __init__(
        self, lists: Mapping[str, Mapping[str, Sequence[str]]], model: SectionModel, meaning: MeaningModel
    ) -> None:
        self._model = model
        self._meaning = meaning
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
    @cache
    def load(cls) -> Sectioner:
        """The one whose lists and model are shipped."""
        return cls(_lists(), SectionModel.load(), MeaningModel.load())

    def guess(
        self,
        title: str,
        text: str,
        language: str,
        rubrics: Sequence[str] = (),
        vector: Floats | None = None,
    ) -> SectionGuess:
        """The section of an article; UNSORTED where nothing speaks clearly for one.

        `vector` is what its title and lead mean, shape (dimensions,), where that is known.
        """
        for rubric in rubrics:
            section = self._rubrics.get(_folded(rubric))
            if section is not None:
                return SectionGuess(section, 1.0, decided_by="rubric")
        of_title, of_text = terms(title, language), terms(text[:LOOKED_AT], language)
        margins = self._model.margins(of_title, of_text) if language in READ_BY_MODEL else None
        return self.decide(of_title, of_text, margins, vector)

    def decide(
        self,
        title: Sequence[str],
        text: Sequence[str],
        margins: Floats | None,
        vector: Floats | None = None,
    ) -> SectionGuess:
        """The section by the terms of a title and a text, the `margins` of the model if it read them, and
        by what they mean."""
        listed = self._listed(title, text)
        by_lists = {section: score / (sum(listed.values()) + 2.0) for section, score in listed.items()}
        certain = self._model.certainties(margins) if margins is not None else None
        by_words = by_lists if certain is None else _mixed(certain, by_lists, BY_LISTS)
        if vector is not None:
            by_meaning = self._meaning.certainties(vector)
            return _best(_mixed(by_words, by_meaning, BY_MEANING), LEAST_WITH_MEANING)
        if certain is None:
            return _best(by_lists, LEAST)
        spoken = TITLE_WEIGHT * len(title) + len(text)
        beside = {
            section: by_lists[section]
            for section in by_lists.keys() - certain.keys()
            if by_lists[section] >= CERTAIN and listed[section] >= DENSE * spoken
        }
        left = 1.0 - sum(beside.values())
        return _best({section: left * share for section, share in certain.items()} | beside, LEAST_BY_MODEL)

    def _listed(self, title: Sequence[str], text: Sequence[str]) -> dict[Section, float]:
        """How much the words of the lists speak for each section."""
        scores: dict[Section, float] = {}
        for weight, part in ((TITLE_WEIGHT, title), (1.0, text)):
            for term in part:
                for section, share in self._terms.get(term, {}).items():
                    scores[section] = scores.get(section, 0.0) + weight * share
        return scores


def _mixed(
    first: Mapping[Section, float], second: Mapping[Section, float], share: float
) -> dict[Section, float]:
    """Two opinions, the second with that `share` of the word."""
    return {
        section: (1 - share) * first.get(section, 0.0) + share * second.get(section, 0.0)
        for section in first.keys() | second.keys()
    }


def _best(shares: Mapping[Section, float], least: float) -> SectionGuess:
    order = sorted(shares.items(), key=lambda pair: -pair[1])
    if not order:
        return SectionGuess(Section.UNSORTED, 0.0)
    section, best = order[0]
    runner_up = order[1][0] if len(order) > 1 else None
    return SectionGuess(section if best >= least else Section.UNSORTED, round(best, 3), runner_up)


def _folded(rubric: str) -> str:
    return " ".join(_WORDS.findall(fold_arabic(fold_latin(rubric))))


def _lists() -> dict[str, Any]:
    return tomllib.loads((files("marsad.enrich") / "sections.toml").read_text(encoding="utf-8"))
