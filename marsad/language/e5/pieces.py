"""How the model takes text: in pieces of words, the likeliest ones.

Kudo, "Subword Regularization", 2018 (the unigram model of SentencePiece): of all ways to cut a word into
pieces of the vocabulary, the one whose pieces are likeliest together, by Viterbi's algorithm.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from math import inf

from marsad.language.e5.packed import Vocabulary

#: What a space becomes; each piece that has it begins with it, so that words are cut one by one.
_SPACE = "\u2581"
#: How much less likely than the least likely piece a letter is that none of them has.
_UNKNOWN = 10.0
#: Words that are remembered (about 4 MB), and the letters of the longest of these: news says the same words.
_REMEMBERED, _WORD = 20_000, 30


class Pieces:
    """Turns text into numbers of pieces."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._begin, self._end, self._unknown = vocabulary.begin, vocabulary.end, vocabulary.unknown
        self._written, self._scores = vocabulary.written, vocabulary.scores
        self._numbers = {piece: number for number, piece in enumerate(vocabulary.pieces)}
        del self._numbers[vocabulary.pieces[self._unknown]]
        self._longest = max(map(len, self._numbers))
        self._unlikely = min(self._scores) - _UNKNOWN
        self._known = lru_cache(_REMEMBERED)(self._cut)

    def of(self, text: str, most: int) -> list[int]:
        """The numbers for `text`, at most `most`, those for its begin and its end among them."""
        words = re.sub("  +", " ", text.translate(self._written)).removeprefix(" ").split(" ")
        cut = chain.from_iterable(
            (self._known if len(word) <= _WORD else self._cut)(_SPACE + word) for word in words
        )
        return [self._begin, *list(cut)[: most - 2], self._end]

    def _cut(self, word: str) -> tuple[int, ...]:
        end = len(word)
        # Of the best way to each place: how likely it is, its last piece, and where that one begins.
        likely, piece, begun = [0.0] + [-inf] * end, [self._unknown] * (end + 1), [0] * (end + 1)
        for start in range(end):
            for stop in range(start + 1, min(start + self._longest, end) + 1):
                number = self._numbers.get(word[start:stop])
                score = self._unlikely if number is None else self._scores[number]
                if (number is not None or stop == start + 1) and likely[start] + score > likely[stop]:
                    likely[stop] = likely[start] + score
                    piece[stop], begun[stop] = self._unknown if number is None else number, start
        cut = []
        while end:
            cut.append(piece[end])
            end = begun[end]
        return tuple(reversed(cut))
