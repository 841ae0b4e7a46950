"""A closer look at the texts of the best candidates: which of the query's letters stand in them, and where.

A word counts by its runs of four letters, so that one which is inflected, misspelt or put
together otherwise counts in part, in every language alike. (McNamee and Mayfield, "Character
N-Gram Tokenization for European Language Text Retrieval", 2004.) A run in several words of a
query counts for the rarest of them. Names count by their sounds where the scripts differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from marsad.language.normalise import LETTERS, fold
from marsad.language.passages import is_latin
from marsad.language.sounds import Remembered, heard, names_in

#: Letters in a run.
RUN = 4
#: Letters of a text that are read, and letters in a block; at most 64 blocks.
READ = 3000
BLOCK = 100
#: Blocks in the opening, and in a passage.
OPENING = 3
PASSAGE = 2

_SPACE = ord(" ")
#: Between texts that are folded together: no letter, and never will be one.
_BETWEEN = "\uffff"


def _table() -> NDArray[np.uint32]:
    """By code point: the letter that it is compared as, a space for what is none, 0 for what falls away.

    What stands for several letters is left as it is, and so is everything beyond the table.
    """
    table = np.arange(0x2070, dtype=np.uint32)
    for code in (*range(0x250), *range(0x600, 0x700), 0x1680, *range(0x2000, 0x2070)):
        letter = chr(code)
        folded = fold(letter) if letter.isalnum() or not letter.translate(LETTERS) else " "
        if len(folded) <= 1:
            table[code] = ord(folded) if folded else 0
    return table


_FOLDED = _table()
_LIGATURES = {letter: fold(letter) for letter in "œŒæÆß"}
#: The only space beyond the table.
_WIDE_SPACE = "\u3000"
_SOUNDS = Remembered()


class Look(NamedTuple):
    """What was seen of the query in one text; shares are from 0 to 1."""

    #: Share of the letters that stand in the text.
    whole: float
    #: The same of its opening.
    opening: float
    #: The same of that passage which has most.
    passage: float
    #: Of words that sound like names of a text in Latin letters: not a share, but how rare they are, summed.
    names: float
    #: Logarithm of the letters read, in thousands.
    length: float


#: Of a text that was not looked at.
UNSEEN = Look(0.0, 0.0, 0.0, 0.0, 0.0)


class Looker:
    """Looks for one query: its words, folded, each with how rare it is among the articles."""

    def __init__(self, words: Mapping[str, float]) -> None:
        weights: dict[str, float] = {}
        for word, rarity in words.items():
            runs = _runs(word)
            for run in runs:
                weights[run] = max(weights.get(run, 0.0), rarity / len(runs))
        self._runs = tuple(weights)
        self._weights: NDArray[np.float64] = np.array(list(weights.values())) / (sum(weights.values()) or 1.0)
        self._names = [sounds for word in words if (sounds := heard(word))]

    def look(self, texts: Sequence[str]) -> list[Look]:
        """What is seen in each of `texts`; names count by how few of `texts` have them."""
        if not texts:
            return []
        read = [text[:READ] for text in texts]
        found = np.array([self._blocks(f" {text} ") for text in _folded(read)], np.uint64)
        places = np.arange(READ // BLOCK, dtype=np.uint64)
        begun = places < np.array([[max(len(text) // BLOCK, 1)] for text in read])
        here = (found[:, :, None] >> places) & np.uint64(2**PASSAGE - 1) > 0
        # Summed text by text, so that what is alike is seen as alike to the last digit.
        whole = ((found > 0) * self._weights).sum(axis=1).tolist()
        opening = ((found & np.uint64(2**OPENING - 1) > 0) * self._weights).sum(axis=1).tolist()
        passage = ((here * self._weights[:, None]).sum(axis=1) * begun).max(axis=1).tolist()
        length = [log(max(len(text), BLOCK) / 1000) for text in read]
        return list(map(Look, whole, opening, passage, self._named(read), length))

    def _blocks(self, text: str) -> list[int]:
        """For each run a number whose bits tell in which blocks of `text` it stands."""
        found = []
        for run in self._runs:
            at, bits = text.find(run), 0
            while at >= 0:
                block = at // BLOCK
                bits |= 1 << block
                at = text.find(run, (block + 1) * BLOCK)
            found.append(bits)
        return found

    def _named(self, texts: Sequence[str]) -> list[float]:
        if not self._names:
            return [0.0] * len(texts)
        there = [names_in(text, _SOUNDS) if is_latin(text) else set[str]() for text in texts]
        every = frozenset[str]().union(*self._names)
        weight = {
            name: log((len(texts) + 1) / (having + 0.5)) * min(1.0, (len(name) - 1) / 2)
            for name in every
            if (having := sum(name in each for each in there))
        }
        return [
            sum(
                max((weight[name] for name in sounds & each if name in weight), default=0.0)
                for sounds in self._names
            )
            for each in there
        ]


def _folded(texts: Sequence[str]) -> list[str]:
    """`texts` as their letters are compared, with single spaces; all at once, for one by one takes longer."""
    text = _BETWEEN.join([text.replace(_BETWEEN, " ") for text in texts]).replace(_WIDE_SPACE, " ")
    for ligature, letters in _LIGATURES.items():
        text = text.replace(ligature, letters)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    folded = _FOLDED.take(codes, mode="clip")
    far = codes >= len(_FOLDED)
    folded[far] = codes[far]
    left = folded[folded > 0]
    wanted = left != _SPACE
    wanted[1:] |= wanted[:-1].copy()  # the first of several spaces
    told = left[wanted].tobytes().decode("utf-32-le", "surrogatepass")
    return [each.strip() for each in told.split(_BETWEEN)]


def _runs(word: str) -> set[str]:
    edged = f" {word} "
    return {edged[start : start + RUN] for start in range(max(len(edged) - RUN + 1, 1))}
