"""How the model takes text: in pieces of words, the likeliest ones.

Kudo, "Subword Regularization", 2018 (the unigram model of SentencePiece): of all ways to cut a word into
pieces of the vocabulary, the one whose pieces are likeliest together, by Viterbi's algorithm.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from functools import lru_cache
from itertools import chain
from math import inf
from zlib import crc32

import numpy as np

from marsad.language.e5.packed import Vocabulary

#: What a space becomes; each piece that has it begins with it, so that words are cut one by one.
_SPACE = "\u2581"
#: How much less likely than the least likely piece a letter is that none of them has.
_UNKNOWN = 10.0
#: Words that are remembered (about 4 MB), and the letters of the longest of these: news says the same words.
_REMEMBERED, _WORD = 20_000, 30


class Pieces:
    """Turns text into numbers of pieces. They are found by checksums: 2 MB, where a dict of them takes 40."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        numbers = [number for number in range(len(vocabulary.scores)) if number != vocabulary.unknown]
        sums = np.array([crc32(vocabulary.piece(number)) for number in numbers], np.uint32)
        order = np.argsort(sums, kind="stable")
        self._sums, self._numbers = array("I", sums[order]), array("I", np.array(numbers, np.uint32)[order])
        self._longest = int(np.diff(vocabulary.starts).max())
        self._unlikely = float(vocabulary.scores.min()) - _UNKNOWN
        self._known = lru_cache(_REMEMBERED)(self._cut)

    def of(self, text: str, most: int) -> list[int]:
        """The numbers for `text`, at most `most`, those for its begin and its end among them."""
        known = self._vocabulary
        words = re.sub("  +", " ", text.translate(known.written)).removeprefix(" ").split(" ")
        cut = chain.from_iterable(
            (self._known if len(word) <= _WORD else self._cut)(_SPACE + word) for word in words
        )
        return [known.begin, *list(cut)[: most - 2], known.end]

    def _cut(self, word: str) -> tuple[int, ...]:
        letters = [letter.encode("utf-8", "surrogatepass") for letter in word]
        end, unknown = len(word), self._vocabulary.unknown
        # Of the best way to each place: how likely it is, its last piece, and where that one begins.
        likely, piece, begun = [0.0] + [-inf] * end, [unknown] * (end + 1), [0] * (end + 1)
        for start in range(end):
            told = b""
            for stop in range(start + 1, end + 1):
                told += letters[stop - 1]
                if len(told) > self._longest:
                    break
                number = self._number(told)
                if number is None and stop > start + 1:
                    continue
                score = self._unlikely if number is None else float(self._vocabulary.scores[number])
                if likely[start] + score > likely[stop]:
                    likely[stop] = likely[start] + score
                    piece[stop], begun[stop] = unknown if number is None else number, start
        cut = []
        while end:
            cut.append(piece[end])
            end = begun[end]
        return tuple(reversed(cut))

    def _number(self, told: bytes) -> int | None:
        wanted = crc32(told)
        at = bisect_left(self._sums, wanted)
        while at < len(self._sums) and self._sums[at] == wanted:
            if self._vocabulary.piece(number := self._numbers[at]) == told:
                return number
            at += 1
        return None
