"""How well articles are grouped by event: judged by one or two people, read as a stream.

JSON Lines with `id`, `source`, `language`, `title`, `text`, `published`, `story`, and `story_b` where
they were grouped twice: by a second person too, or more coarsely. Each article is placed before the next one
is seen; stories are mended along the way, as they are in an archive.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marsad.enrich.places import finder
from marsad.errors import SettingsError
from marsad.evaluate.alone import peak_memory
from marsad.evaluate.lines import json_lines
from marsad.language.embedder import embedder
from marsad.language.passages import passages
from marsad.stories.fingerprint import fingerprint
from marsad.stories.grouping import Grouping, Telling
from marsad.stories.whereabouts import NOWHERE, Whereabouts, whereabouts
from marsad.stories.wording import wording

#: Articles between two repairs.
REPAIR_EVERY = 200
#: Texts embedded between two words about it.
TOLD = 400

#: For each article the number of its group.
Labels = NDArray[np.intp]
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Gold:
    """Articles in order of publication, and the groups that were made of them, once or twice."""

    rows: tuple[Mapping[str, Any], ...]
    first: Labels
    second: Labels | None


def evaluate(path: Path) -> dict[str, Any]:
    """The figures of our grouping of the articles in the file `path`."""
    gold = read(path)
    start = time.perf_counter()
    vectors = embedded(gold.rows)
    seconds_embedding = time.perf_counter() - start
    found, speed = streamed(gold.rows, vectors)
    return {
        "articles": len(gold.rows),
        "stories": len(set(found.tolist())),
        **judged(found, gold),
        **broken(found, gold),
        "articles_per_second": round(speed, 1),
        "seconds_embedding": round(seconds_embedding, 1),
        "peak_memory_mb": peak_memory(),
    }


def read(path: Path) -> Gold:
    """The judged articles of a JSON Lines file; raises SettingsError naming what a line lacks."""
    rows = []
    for place, row in enumerate(json_lines(path), 1):
        missing = {"id", "source", "title", "published", "story"} - row.keys()
        if missing:
            raise SettingsError(f"an article without {', '.join(sorted(missing))}", f"{path} line {place}")
        _check(row, f"{path} line {place}")
        rows.append(row)
    if not rows:
        raise SettingsError("no articles", str(path))
    rows.sort(key=_moment)
    second = _labels(rows, "story_b") if all("story_b" in row for row in rows) else None
    return Gold(tuple(rows), _labels(rows, "story"), second)


def _check(row: Mapping[str, Any], where: str) -> None:
    """Raises SettingsError for a row whose words are no words, or whose moment is none."""
    for name in sorted({"source", "title", "text", "language", "published"} & row.keys()):
        if not isinstance(row[name], str):
            raise SettingsError(f"an article whose {name} is no text", where)
    try:
        _moment(row)
    except ValueError as error:
        raise SettingsError("an article of no moment", where, error) from error


def embedded(rows: Sequence[Mapping[str, Any]]) -> Vectors | None:
    """What each article means; None where this machine has no model."""
    model = embedder()
    if model is None:
        return None
    texts = [passages(row["title"], "", row.get("text", ""))[0] for row in rows]
    vectors = np.zeros((len(texts), model.dimensions), np.float32)
    for first in range(0, len(texts), TOLD):
        sys.stderr.write(f"embedded {first} of {len(texts)}\n")
        vectors[first : first + TOLD] = model.passages(texts[first : first + TOLD])
    return vectors


def streamed(rows: Sequence[Mapping[str, Any]], vectors: Vectors | None) -> tuple[Labels, float]:
    """The stories of `rows`, placed one after another, and how many were placed in a second.

    What they mean and where they happen is known before, as it is of articles that come to their stories.
    """
    stream, where = _Stream(), located(rows)
    start = time.perf_counter()
    for place, row in enumerate(rows):
        stream.add(telling(place + 1, row, None if vectors is None else vectors[place], where[place]))
        if place % REPAIR_EVERY == REPAIR_EVERY - 1:
            stream.repair()
    stream.repair(everything=True)
    speed = len(rows) / (time.perf_counter() - start)
    return np.array([stream.story_of[place + 1] for place in range(len(rows))]), speed


class _Stream:
    """A grouping and the numbers of stories, as an archive keeps them."""

    def __init__(self) -> None:
        self.story_of: dict[int, int] = {}
        self._grouping = Grouping()
        self._stories = 0

    def add(self, told: Telling) -> None:
        placement = self._grouping.place(told)
        self.story_of[told.number] = placement.story or self._opened()
        self._grouping.settle(told, self.story_of[told.number], placement)

    def repair(self, *, everything: bool = False) -> None:
        for group in self._grouping.regroup(everything=everything):
            story = group.story or self._opened()
            for number in group.articles:
                self._grouping.move(number, story)
                self.story_of[number] = story

    def _opened(self) -> int:
        self._stories += 1
        return self._stories


def located(rows: Sequence[Mapping[str, Any]]) -> list[Whereabouts]:
    """Where each article happens, by the country of its newspaper too where that is told."""
    find = finder().find
    return [
        whereabouts(find(row["title"], "", row.get("text", ""), country=row.get("country", "")))
        for row in rows
    ]


def telling(
    number: int, row: Mapping[str, Any], vector: Vectors | None, where: Whereabouts = NOWHERE
) -> Telling:
    """The telling of a row of measuring data, under that number."""
    text, language = row.get("text", ""), row.get("language", "ar")
    words = wording(row["title"], text, language)
    return Telling(number, row["source"], language, _moment(row), fingerprint(text), words, vector, where)


def _moment(row: Mapping[str, Any]) -> datetime:
    read = datetime.fromisoformat(row["published"])
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _labels(rows: Sequence[Mapping[str, Any]], name: str) -> Labels:
    known: dict[str, int] = {}
    return np.array([known.setdefault(str(row[name]), len(known)) for row in rows])


def judged(found: Labels, gold: Gold, among: NDArray[np.bool_] | None = None) -> dict[str, float]:
    """The measures of a grouping; of the articles `among` alone, each with all its neighbours, if given."""
    of = np.ones(len(found), bool) if among is None else among
    precision, recall, f1 = bcubed(found, gold.first, of)
    figures = {"bcubed_precision": precision, "bcubed_recall": recall, "bcubed_f1": f1}
    figures["pairwise_f1"] = pairwise(_same(found), _same(gold.first), of)[2]
    if gold.second is not None:
        figures["bcubed_f1_mean"] = (f1 + bcubed(found, gold.second, of)[2]) / 2
        figures["annotators_f1"] = bcubed(gold.first, gold.second, of)[2]
        agreed = _same(gold.first) == _same(gold.second)
        names = ("agreed_pairs_precision", "agreed_pairs_recall", "agreed_pairs_f1")
        figures |= dict(zip(names, pairwise(_same(found), _same(gold.first), of, agreed), strict=True))
    return {name: round(value, 4) for name, value in figures.items()}


def broken(found: Labels, gold: Gold) -> dict[str, int]:
    """How many stories that several newspapers tell were split, and how many found ones hold several.

    Where there are two groupings, only what both say counts: a story is split where articles are parted
    that both put together, and a found one is mixed where it holds two that both keep apart.
    """
    first, once = _same(gold.first), _same(found)
    second = first if gold.second is None else _same(gold.second)
    parted: NDArray[np.bool_] = np.any(first & second & ~once, axis=1)
    mixed: NDArray[np.bool_] = np.any(once & ~first & ~second, axis=1)
    sources = np.array([row["source"] for row in gold.rows])
    several = [
        labels
        for story in set(gold.first.tolist())
        if len(set(sources[labels := gold.first == story].tolist())) > 1
    ]
    return {
        "told_by_several": len(several),
        "of_them_split": sum(bool(parted[labels].any()) for labels in several),
        "mixed": len(set(found[mixed].tolist())),
    }


def bcubed(found: Labels, gold: Labels, of: NDArray[np.bool_]) -> tuple[float, float, float]:
    """Precision, recall and F1 by BCubed (Bagga and Baldwin, 1998), over the articles `of`."""
    both = (_same(found) & _same(gold)).sum(axis=1)
    precision = float((both / _same(found).sum(axis=1))[of].mean())
    recall = float((both / _same(gold).sum(axis=1))[of].mean())
    return precision, recall, 2 * precision * recall / (precision + recall)


def pairwise(
    found: NDArray[np.bool_],
    gold: NDArray[np.bool_],
    of: NDArray[np.bool_],
    counted: NDArray[np.bool_] | None = None,
) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of two articles, one of them `of`, that are `counted`."""
    pairs = np.triu(of[:, None] | of[None], 1)
    if counted is not None:
        pairs &= counted
    right = float((found & gold & pairs).sum())
    precision = right / max(float((found & pairs).sum()), 1.0)
    recall = right / max(float((gold & pairs).sum()), 1.0)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def _same(labels: Labels) -> NDArray[np.bool_]:
    same: NDArray[np.bool_] = labels[:, None] == labels[None]
    return same
