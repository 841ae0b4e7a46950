"""How rightly places are found: JSON Lines of ``text, language, places`` (slugs of the gazetteer).

Also read, where they are there: ``title``, ``lead``, ``country`` (of the newspaper) and ``section``.
"""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marsad.enrich.gazetteer import gazetteer
from marsad.enrich.places import finder
from marsad.errors import Refused
from marsad.evaluate.lines import json_lines
from marsad.model import Section


@dataclass(slots=True)
class _Sums:
    """Of places, each counted once in a text."""

    texts: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0
    #: Texts without any place, and those of them in which one was found all the same.
    empty: int = 0
    misled: int = 0

    def add(self, found: set[str], gold: set[str]) -> None:
        """One more text."""
        self.texts += 1
        self.right += len(found & gold)
        self.wrong += len(found - gold)
        self.missed += len(gold - found)
        self.empty += not gold
        self.misled += not gold and bool(found)

    def measures(self) -> dict[str, Any]:
        """Precision, recall and F1; None where there is nothing to divide by."""
        precision, recall = _share(self.right, self.wrong), _share(self.right, self.missed)
        both = precision is not None and recall is not None and precision + recall > 0
        f1 = round(2 * precision * recall / (precision + recall), 4) if both else None  # type: ignore[operator]
        return {"texts": self.texts, "precision": precision, "recall": recall, "f1": f1}


def evaluate(path: Path) -> dict[str, Any]:
    """texts, precision, recall, f1 over the places of each text, the same by language, how many texts
    without a place were given one, and texts per second. Raises Refused for a place that nobody knows."""
    find, known = finder().find, gazetteer()
    all_sums, sums = _Sums(), defaultdict[str, _Sums](_Sums)
    seconds = 0.0
    for row in json_lines(path):
        gold = set(row["places"])
        if strangers := [slug for slug in gold if known.get(slug) is None]:
            raise Refused("a place that the gazetteer does not have", strangers[0])
        began = time.perf_counter()
        found = find(
            row.get("title", ""),
            row.get("lead", ""),
            row["text"],
            country=row.get("country") or "",
            sports=row.get("section") == Section.SPORTS,
        )
        seconds += time.perf_counter() - began
        for each in (all_sums, sums[row.get("language", "ar")]):
            each.add({place.slug for place in found}, gold)
    return {
        **all_sums.measures(),
        "texts_without_place": all_sums.empty,
        "of_them_misled": all_sums.misled,
        "by_language": {language: each.measures() for language, each in sums.items()},
        "texts_per_second": round(all_sums.texts / seconds) if seconds else None,
    }


def _share(part: int, rest: int) -> float | None:
    return round(part / (part + rest), 4) if part + rest else None
