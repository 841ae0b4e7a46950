"""How right articles are sorted: JSON Lines of ``title, text, language, section``.

An article that the shipped model was trained on is judged by what the models that did not see it
said of it in cross-validation, so the figure is never that of a model on its own training.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from marsad.enrich.section import LOOKED_AT, READ_BY_MODEL, Sectioner
from marsad.enrich.section_model import SectionModel, digest
from marsad.evaluate.lines import json_lines
from marsad.language.analyser import terms
from marsad.language.embedder import Embedder, embedder
from marsad.language.passages import passages
from marsad.model import Section


def evaluate(path: Path) -> dict[str, Any]:
    """articles, accuracy and macro-F1 over the gold sections, the same by language, and what is known
    of the model's training; `unsorted` counts as wrong."""
    sectioner, model, meaning = Sectioner.load(), SectionModel.load(), embedder()
    judged: dict[str, list[tuple[str, str]]] = defaultdict(list)
    trained_on = 0
    for row in json_lines(path):
        language = row.get("language", "ar")
        unseen = model.unseen.get(digest(row["title"], row["text"]))
        trained_on += unseen is not None
        judged[language].append((row["section"], _chosen(sectioner, row, language, unseen, meaning)))
    everything = [pair for pairs in judged.values() for pair in pairs]
    return {
        "articles": len(everything),
        **_measures(everything),
        "unsorted": sum(chosen == Section.UNSORTED for _, chosen in everything),
        "by_language": {
            language: {"articles": len(pairs), **_measures(pairs)} for language, pairs in judged.items()
        },
        "cross_validated": trained_on,
        "training": dict(model.measured),
    }


def _chosen(
    sectioner: Sectioner, row: dict[str, Any], language: str, unseen: Any, meaning: Embedder | None
) -> str:
    """As at collecting; the slow vectors are made for the languages that the model of terms does not read."""
    if unseen is not None:
        title, text = terms(row["title"], language), terms(row["text"][:LOOKED_AT], language)
        return sectioner.decide(title, text, unseen).section
    vector = None
    if meaning is not None and language not in READ_BY_MODEL:
        vector = meaning.passages(passages(row["title"], "", row["text"])[:1])[0]
    return sectioner.guess(row["title"], row["text"], language, vector=vector).section


def _measures(pairs: list[tuple[str, str]]) -> dict[str, float | None]:
    """Accuracy, and F1 averaged over the sections that the gold names."""
    if not pairs:
        return {"accuracy": None, "macro_f1": None}
    golds, chosen = Counter(gold for gold, _ in pairs), Counter(guess for _, guess in pairs)
    right = Counter(gold for gold, guess in pairs if gold == guess)
    scores = [2 * right[section] / (golds[section] + chosen[section]) for section in golds]
    return {
        "accuracy": round(right.total() / len(pairs), 4),
        "macro_f1": round(sum(scores) / len(scores), 4),
    }
