"""Light stemming of Arabic, by words as newspapers write them.

After Larkey, Ballesteros and Connell, "Light stemming for Arabic information retrieval"
(2007): clitics and the article come off the front, endings off the back, and what is left
is not forced into a root. Words arrive folded (`normalise.fold_arabic`).
"""

from __future__ import annotations

from marsad.language.words import word_list, word_map

#: Words that only hold sentences together.
STOP_WORDS = word_list("arabic-stop.txt")
#: Words whose first or last letters look like a clitic and are none.
WHOLE = word_list("arabic-whole.txt")
#: Broken plurals and other forms that no ending shows, with the word that they belong to.
IRREGULAR = word_map("arabic-irregular.txt")

_ARTICLES = ("وبال", "وكال", "ولل", "وال", "بال", "كال", "فال", "لل", "ال")
_ENDINGS = ("ها", "هم", "نا", "ان", "ات", "ون", "ين", "يه", "ه", "ي")


def stem(word: str) -> str:
    """The stem of `word`; the word itself where nothing can come off."""
    bare = without_clitics(word)
    known = IRREGULAR.get(bare, bare)
    return known if known is not bare or bare in WHOLE else _back(bare)


def without_clitics(word: str) -> str:
    """`word` without its article, conjunctions and prepositions."""
    if word in WHOLE or word in IRREGULAR:
        return word
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 2:
            return word[len(article) :]
    rest = word[1:]
    if word[0] == "و" and len(rest) >= 3:
        return without_clitics(rest)
    if word[0] in "بلفك" and (len(rest) >= 4 or rest in WHOLE or rest in IRREGULAR):
        return rest
    return word


def _back(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
    return word
