"""Realistic reuse made from real articles: what one newspaper does with the text of another.

``python -m marsad.evaluate.reuse ARTICLES OUT`` writes it as JSON Lines. Deterministic: the same
articles give the same reuse.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from marsad.errors import SettingsError
from marsad.evaluate.lines import json_lines
from marsad.stories.copies import CopyIndex, fingerprint

#: Articles of fewer words are not reused; the method has to work from 40 on.
FEWEST_WORDS = 40
#: One in so many articles is reused.
ONE_IN = 3
#: One in so many articles lends its words to made texts instead.
KEPT_BACK = 3
#: How far behind its original a copy arrives, in articles.
FARTHEST = 2000
#: Words of which one in so many is another in a text that was retouched.
RETOUCHED = 14

_SENTENCE = re.compile(r"[^.!?؟\n]+[.!?؟\n]*")


def with_reuse(texts: Sequence[str]) -> Iterator[dict[str, Any]]:
    """`texts` without those that are copies of one another already, with reuse of them in between.

    Each line has id, text, copy_of; made ones also reuse (share of words taken, 0 to 1) and kind.
    What only quotes is a copy of nothing.
    """
    random = Random(0)  # noqa: S311  # makes texts, hides nothing
    everything = _of_their_own(texts)
    # What a made text has of its own stands nowhere else in the stream.
    strange = iter(everything[::KEPT_BACK])
    own = [text for place, text in enumerate(everything) if place % KEPT_BACK]
    waiting: dict[int, list[dict[str, Any]]] = {}
    for place, text in enumerate(own):
        yield {"id": str(place), "text": text, "copy_of": None}
        yield from waiting.pop(place, ())
        if random.randrange(ONE_IN) == 0:
            kind, make = random.choice(KINDS)
            made, reuse = make(text, next(strange, ""), random)
            if len(made.split()) >= FEWEST_WORDS:
                of = None if make is _quoted else str(place)
                row = {"id": f"{place}-{kind}", "text": made, "copy_of": of, "reuse": reuse, "kind": kind}
                waiting.setdefault(place + random.randrange(1, FARTHEST), []).append(row)
    for rows in waiting.values():
        yield from rows


def _of_their_own(texts: Sequence[str]) -> list[str]:
    index = CopyIndex(max(len(texts), 1))
    own = []
    for text in texts:
        mark = fingerprint(text)
        if len(text.split()) >= FEWEST_WORDS and not index.find(mark):
            own.append(text)
        index.add(len(index) + 1, mark)
    return own


def _cut(text: str, _other: str, random: Random) -> tuple[str, float]:
    """Its beginning only."""
    words = text.split(" ")
    return " ".join(words[: max(int(len(words) * random.uniform(0.3, 1)), FEWEST_WORDS)]), 1.0


def _reordered(text: str, _other: str, random: Random) -> tuple[str, float]:
    """Its sentences in another order."""
    sentences = _SENTENCE.findall(text)
    random.shuffle(sentences)
    return " ".join(sentence.strip() for sentence in sentences), 1.0


def _new_lead(text: str, other: str, random: Random) -> tuple[str, float]:
    """Words of one's own before it, or in the place of its own beginning."""
    words = text.split()
    share = random.uniform(0.3, 1)
    taken = words[int(len(words) * random.uniform(0, 0.3)) :]
    own = other.split()[: int(len(taken) * (1 / share - 1))]
    return " ".join(own + taken), len(taken) / (len(taken) + len(own))


def _merged(text: str, other: str, random: Random) -> tuple[str, float]:
    """Sentences of two texts by turns."""
    share = random.uniform(0.3, 1)
    mine, theirs = _SENTENCE.findall(text), _SENTENCE.findall(other)
    wanted = len(text.split()) * (1 / share - 1)
    merged, taken = [], 0
    for place, sentence in enumerate(mine):
        merged.append(sentence)
        if taken < wanted and place < len(theirs):
            merged.append(theirs[place])
            taken += len(theirs[place].split())
    total = len(" ".join(merged).split())
    return " ".join(merged), (total - taken) / max(total, 1)


def _retouched(text: str, other: str, random: Random) -> tuple[str, float]:
    """A word changed here and there."""
    strange = other.split() or ["…"]
    words = [random.choice(strange) if random.randrange(RETOUCHED) == 0 else word for word in text.split()]
    same = sum(mine == theirs for mine, theirs in zip(words, text.split(), strict=True))
    return " ".join(words), same / len(words)


def _rewritten(text: str, other: str, random: Random) -> tuple[str, float]:
    """All of it at once: sentences in another order, words changed, under a lead of one's own."""
    reordered, _ = _reordered(text, other, random)
    retouched, same = _retouched(reordered, other, random)
    made, share = _new_lead(retouched, other, random)
    return made, same * share


def _quoted(text: str, other: str, random: Random) -> tuple[str, float]:
    """A sentence or two of it inside a text of one's own: no copy."""
    own = _SENTENCE.findall(other)
    taken = max(_SENTENCE.findall(text), key=len).split()[:30]
    place = random.randrange(len(own) + 1)
    made = " ".join([*own[:place], f"«{' '.join(taken)}»", *own[place:]])
    return made, len(taken) / len(made.split())


KINDS: Sequence[tuple[str, Callable[[str, str, Random], tuple[str, float]]]] = (
    ("cut", _cut),
    ("reordered", _reordered),
    ("new-lead", _new_lead),
    ("merged", _merged),
    ("retouched", _retouched),
    ("rewritten", _rewritten),
    ("quoted", _quoted),
)


def main(arguments: Sequence[str]) -> int:
    """Write the reuse of the articles of one file to another. 0, or 2 where they are not named."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m marsad.evaluate.reuse ARTICLES OUT\n")
        return 2
    with Path(arguments[1]).open("w", encoding="utf-8") as out:
        for row in with_reuse([row["text"] for row in json_lines(Path(arguments[0]))]):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except SettingsError as error:
        raise SystemExit(str(error)) from error
