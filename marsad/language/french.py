"""Stemming of French, on words without accents, so that *élection* and *elections* meet."""

from __future__ import annotations

from marsad.language.snowball import stemmer
from marsad.language.words import word_list

STOP_WORDS = word_list("french-stop.txt")

stem = stemmer("french")
