"""Light stemming of Arabic, by words as newspapers write them.

After Larkey, Ballesteros and Connell, "Light stemming for Arabic information retrieval"
(2007): clitics and the article come off the front, endings off the back, and what is left
is not forced into a root. Words arrive folded (`normalise.fold_arabic`).
"""

from __future__ import annotations

from collections.abc import Mapping

from marsad.language.words import word_list, word_map

#: Words that only hold sentences together.
STOP_WORDS = word_list("arabic-stop.txt")
#: Words whose first letter looks like a clitic and is none.
WHOLE_IN_FRONT = word_list("arabic-beginnings.txt")
#: Words whose last letters look like an ending and are none.
WHOLE_BEHIND = word_list("arabic-endings.txt")
#: Short words that a preposition may be written onto.
SHORT = word_list("arabic-short.txt")

#: Letters that something written onto a word may begin with.
_CLITICS = frozenset("ابفكلو")
_ARTICLES = ("وبال", "وكال", "ولل", "وال", "بال", "كال", "فال", "لل", "ال")
#: Pronouns and endings in the order they are tried, with how many letters must be left.
_ENDINGS = {
    "هما": 3, "كما": 4, "ها": 3, "هم": 3, "هن": 4, "كم": 4, "نا": 5, "ه": 3, "ك": 5,
    "تين": 4, "تان": 4, "يات": 3, "ات": 3, "ون": 4, "ين": 4, "ان": 4, "وا": 3,
    "يه": 3, "ي": 3, "ا": 3, "ت": 4,
}  # fmt: skip
#: The same by their last letter: few are tried for a word.
_ENDING_IN = {
    last: [(ending, least) for ending, least in _ENDINGS.items() if ending[-1] == last]
    for last in {ending[-1] for ending in _ENDINGS}
}
_AFTER_A_WHOLE = frozenset(
    "ه ها هم هما هن ك كم نا ي ا يا يه يين يون ين ان ات ون ت ته تها تهم تهما تين تان".split()
)
_CONJUGATION = ("است", "ا", "ي", "ت", "ن", "م")
_LONG_VOWELS = str.maketrans("", "", "اوي")


def _one_less(word: str) -> str:
    """`word` with one pronoun or ending less, where it has one and enough is left."""
    endings = _ENDING_IN.get(word[-1:])
    if endings and word not in WHOLE_BEHIND:
        for ending, least in endings:
            if word.endswith(ending) and len(word) - len(ending) >= least:
                return word[: -len(ending)]
    return word


def _regular_stem(word: str) -> str:
    while (shorter := _one_less(word)) != word:
        word = shorter
    return word


def _irregular(words: Mapping[str, str]) -> Mapping[str, str]:
    """The stem that each irregular form, and each word that has one, shares with the others."""
    stems = {word: _regular_stem(word) for word in words.values()}
    return {**{form: stems[word] for form, word in words.items()}, **stems}


#: Broken plurals and other forms that no ending shows, with the stem of their word.
IRREGULAR = _irregular(word_map("arabic-irregular.txt"))


def stem(word: str) -> str:
    """The stem of `word`; the word itself where nothing can come off."""
    bare = without_clitics(word)
    while bare not in IRREGULAR and (shorter := _one_less(bare)) != bare:
        bare = shorter
    return IRREGULAR.get(bare, bare)


def without_clitics(word: str) -> str:
    """`word` without its article, conjunctions and prepositions."""
    first, rest = word[:1], word[1:]
    if first not in _CLITICS or (first != "ا" and _is_whole(word)):
        return word
    if word.startswith(_ARTICLES):
        return _without_article(word)
    if first == "و" and len(rest) >= 3:
        return without_clitics(rest)
    if first in "بل" and (len(rest) >= 4 or rest in SHORT):
        return rest
    return rest if first in "فك" and rest in IRREGULAR else word


def _without_article(word: str) -> str:
    article = next(article for article in _ARTICLES if word.startswith(article))
    rest = word[len(article) :]
    if article.endswith("لل") and _is_whole("ل" + rest):  # للجنة is written with two of its three lams
        return "ل" + rest
    return rest if len(rest) >= 2 else word


def _is_whole(word: str) -> bool:
    """Whether `word` is a word that is whole as it begins, perhaps with an ending."""
    lengths = range(len(word), 2, -1)
    return any(word[:n] in WHOLE_IN_FRONT and (n == len(word) or word[n:] in _AFTER_A_WHOLE) for n in lengths)


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
    whole = stem[0] + stem[1:].translate(_LONG_VOWELS)
    return whole if len(whole) >= 3 else stem


def _consonants(word: str) -> str:
    bare = word.translate(_LONG_VOWELS)
    return bare[:-1] if len(bare) > 3 and bare.endswith("ت") else bare
