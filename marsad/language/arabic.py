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
_CONJUGATION = ("است", "ا", "ي", "ت", "ن", "م")
_LONG_VOWELS = str.maketrans("", "", "اوي")
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
    if word[:1] == "و" and len(rest) >= 3:
        return without_clitics(rest)
    if word[:1] in "بلفك" and (len(rest) >= 4 or rest in WHOLE or rest in IRREGULAR):
        return rest
    return word


def _back(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
    return word


def root(stem: str) -> str:
    """The consonants that broken plurals and conjugated verbs of `stem` share, at least three.

    Not the root of the grammars: long vowels inside and the letters of conjugation in front
    come off, so that مدينة and مدن, يستقيل and استقالة meet. It joins words that have nothing
    in common too, which is why it only ever adds to a score.
    """
    for letters in _CONJUGATION:
        if stem.startswith(letters):
            consonants = _consonants(stem[len(letters) :])
            if len(consonants) >= 3:
                return consonants
            break
    whole = stem[0] + stem[1:].translate(_LONG_VOWELS)
    return whole if len(whole) >= 3 else stem


def _consonants(word: str) -> str:
    bare = word.translate(_LONG_VOWELS)
    return bare[:-1] if len(bare) > 3 and bare.endswith("ت") else bare
