"""The stemmers of the Snowball project, one for each language that has no better one here."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

import snowballstemmer


def stemmer(name: str) -> Callable[[str], str]:
    """From a word to its stem by the algorithm `name`; safe to call from many threads."""
    algorithm = snowballstemmer.stemmer(name)
    lock = Lock()  # the algorithm keeps the word that it works on

    def stem(word: str) -> str:
        with lock:
            return str(algorithm.stemWord(word))

    return stem
