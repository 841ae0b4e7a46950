"""Stemming of English."""

from __future__ import annotations

from marsad.language.snowball import stemmer
from marsad.language.words import word_list

STOP_WORDS = word_list("english-stop.txt")

stem = stemmer("english")
