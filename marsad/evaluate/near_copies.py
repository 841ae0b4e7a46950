"""How right near-verbatim reuse is found: JSON Lines of ``id, text, copy_of``, read as a stream.

Lines without ``copy_of`` are real articles that reuse is made from (see `marsad.evaluate.reuse`);
such made lines carry ``reuse``, the share of their words that was taken. ``python -m
marsad.evaluate.near_copies ARTICLES`` measures what an article costs in a small and in a large index.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from marsad.errors import SettingsError
from marsad.evaluate.lines import json_lines
from marsad.evaluate.reuse import with_reuse
from marsad.stories.copies import CopyIndex, fingerprint, original

#: From this share of reuse on a text has to be found; below, finding it is no mistake.
FOUND_FROM = 0.6
#: Sizes of the index between which the cost of an article may hardly grow, and articles timed at each.
SMALL, LARGE, TIMED = 10_000, 200_000, 2_000
#: Of the texts that fill it: sentences in each, and one word in so many is exchanged for an invented one.
SENTENCES, EXCHANGED = 8, 5


def evaluate(path: Path) -> dict[str, Any]:
    """Precision, recall and F1 of the originals named, by kind of reuse where it was made, and speed."""
    rows = _read(path)
    if not any("copy_of" in row for row in rows):
        rows = list(with_reuse([str(row["text"]) for row in rows]))
    start = time.process_time()
    named = list(_named(rows))
    seconds = time.process_time() - start
    kinds = sorted({row["kind"] for row in rows if "kind" in row and _must_be_found(row)})
    return {
        "articles": len(rows),
        "copies": sum(_must_be_found(row) for row in rows),
        **_measures(rows, named),
        "articles_per_second": round(len(rows) / seconds),
        "recall_by_kind": {kind: _recall(rows, named, kind) for kind in kinds},
    }


def _read(path: Path) -> list[dict[str, Any]]:
    rows = []
    for number, row in enumerate(json_lines(path), 1):
        if not isinstance(row.get("text"), str) or "id" not in row:
            raise SettingsError("needs an id and a text", f"{path} article {number}")
        rows.append(row)
    if not rows:
        raise SettingsError("no articles to measure on", str(path))
    return rows


def _named(rows: Sequence[Mapping[str, Any]]) -> Iterator[str | None]:
    """For each text the identifier of the earlier one that it is said to be taken from."""
    index = CopyIndex(max(len(rows), 1))
    for number, row in enumerate(rows, 1):
        mark = fingerprint(row["text"])
        match = original(index.find(mark))
        index.add(number, mark)
        yield str(rows[match.number - 1]["id"]) if match else None


def _must_be_found(row: Mapping[str, Any]) -> bool:
    return row.get("copy_of") is not None and row.get("reuse", 1.0) >= FOUND_FROM


def _measures(rows: Sequence[Mapping[str, Any]], named: Sequence[str | None]) -> dict[str, float]:
    pairs = list(zip(rows, named, strict=True))
    right = sum(_must_be_found(row) and str(row["copy_of"]) == name for row, name in pairs)
    wrong = sum(name is not None and str(row.get("copy_of")) != name for row, name in pairs)
    wanted = sum(_must_be_found(row) for row in rows)
    precision, recall = right / max(right + wrong, 1), right / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def _recall(rows: Sequence[Mapping[str, Any]], named: Sequence[str | None], kind: str) -> float:
    wanted = [
        str(row["copy_of"]) == name
        for row, name in zip(rows, named, strict=True)
        if row.get("kind") == kind and _must_be_found(row)
    ]
    return round(sum(wanted) / max(len(wanted), 1), 4)


def growth(texts: Sequence[str]) -> dict[str, float]:
    """Microseconds an article costs at each size of the index, and how much the large one costs more.

    The index is filled with sentences of `texts` put together anew, some words exchanged: no two texts are
    alike, and all have formulas in common. Both sizes are timed by turns, so that a slow moment of the
    machine meets both.
    """
    made = _made_forever(texts)
    indexes = {size: _filled(size, made) for size in (SMALL, LARGE)}
    costs: dict[int, list[float]] = {size: [] for size in indexes}
    for text in islice(made, TIMED):
        for size, index in indexes.items():
            costs[size].append(_cost(index, text))
    small, large = (statistics.median(costs[size]) * 1e6 for size in (SMALL, LARGE))
    return {
        "microseconds_small": round(small, 1),
        "microseconds_large": round(large, 1),
        "growth": round(large / small, 3),
    }


def _filled(size: int, made: Iterator[str]) -> CopyIndex:
    index = CopyIndex(size + TIMED)
    for number, text in enumerate(islice(made, size), 1):
        index.add(number, fingerprint(text))
    return index


def _cost(index: CopyIndex, text: str) -> float:
    start = time.process_time()
    mark = fingerprint(text)
    original(index.find(mark))
    index.add(len(index) + 1, mark)
    return time.process_time() - start


def _made_forever(texts: Sequence[str]) -> Iterator[str]:
    """As many sentences as an article of `texts` has, from anywhere in them, some words exchanged."""
    sentences = [part.split() for text in texts for part in text.split(". ") if len(part.split()) >= 8]
    if not sentences:
        raise SettingsError("no sentences to make texts from")
    random = Random(0)  # noqa: S311  # makes texts, hides nothing
    while True:
        words = (word for _ in range(SENTENCES) for word in random.choice(sentences))
        yield " ".join(
            f"{word}{random.randrange(1000)}" if random.randrange(EXCHANGED) == 0 else word for word in words
        )


def main(arguments: Sequence[str]) -> int:
    """Print what an article costs at both sizes. 0, or 2 where no articles are named."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m marsad.evaluate.near_copies ARTICLES\n")
        return 2
    sys.stdout.write(json.dumps(growth([row["text"] for row in _read(Path(arguments[0]))])) + "\n")
    return 0


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except SettingsError as error:
        raise SystemExit(str(error)) from error
