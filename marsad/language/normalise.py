"""One spelling for the many that newspapers and readers use.

Folding throws away what writers leave out or mix up: vowel signs, tatweel, the seat of
a hamza, final ya and ta marbuta, accents, capitals, foreign digits.
"""

from __future__ import annotations

import unicodedata

#: First and last code point of runs that stand inside words and never tell two words apart:
#: soft hyphen, vowel signs, tatweel, Quranic marks, joiners and direction marks.
SILENT = (
    (0x00AD, 0x00AD),
    (0x0610, 0x061A),
    (0x061C, 0x061C),
    (0x0640, 0x0640),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06DC),
    (0x06DF, 0x06E8),
    (0x06EA, 0x06ED),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x2069),
    (0xFEFF, 0xFEFF),
)

#: Letters of Persian, Urdu and the Maghreb's own, over the Arabic one that a keyboard offers.
_NEIGHBOURS = dict(
    zip(
        "کگڭݣیېےہھۀەپچژڤڥڨ",
        "ككككيييههههبجزففق",
        strict=True,
    )
)
_HAMZA = {"آ": "ا", "أ": "ا", "إ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ء": ""}
_ENDINGS = {"ى": "ي", "ة": "ه"}
_DIGITS = {chr(zero + value): str(value) for zero in (0x660, 0x6F0) for value in range(10)}
_SILENT = {chr(code): "" for first, last in SILENT for code in range(first, last + 1)}
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae"})

#: For `str.translate`: each Arabic letter, mark and digit to what stands for it.
LETTERS = str.maketrans({**_NEIGHBOURS, **_HAMZA, **_ENDINGS, **_DIGITS, **_SILENT})


def fold_arabic(text: str) -> str:
    """`text` with one form for each Arabic letter and digit, and without marks."""
    if not text.isascii() and max(text) >= "\ufb50":  # presentation forms, from old PDF and printing systems
        text = unicodedata.normalize("NFKC", text)
    return text.translate(LETTERS)


def fold_latin(text: str) -> str:
    """`text` in small letters, without accents, with Western digits."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.translate(_LIGATURES).casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(LETTERS)


def fold(text: str) -> str:
    """`text` of any script in the one spelling by which names are compared, with single spaces."""
    return " ".join(fold_latin(fold_arabic(text)).split())
