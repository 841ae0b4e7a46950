"""Stemming of Spanish, on words without accents."""

from __future__ import annotations

from marsad.language.snowball import stemmer
from marsad.language.words import word_list

STOP_WORDS = word_list("spanish-stop.txt")

stem = stemmer("spanish")
