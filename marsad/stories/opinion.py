"""Whether a headline says that its article is an opinion: "رأي: …", "Éditorial – …", "Opinion | …".

Such a piece is about an event and no telling of it. Newspapers put the word first, perhaps with their
own name, and part it from the headline; with nothing between, it is a word like any other ("تعليق دعوى …").
"""

from __future__ import annotations

import re

from marsad.language.normalise import fold

#: Letters of a headline within which it says so.
BEGINNING = 60

#: What newspapers call themselves in "كلمة الفجر: …". Other such words are speeches ("كلمة الرئيس: …") or
#: passwords ("كلمة السر: …").
_OWN_WORDS = (
    "التحرير المحرر العدد اليوم الأسبوع الفجر الصباح النهار الشروق الخبر البيان الراية الأهرام الرياض الوطن"
)
#: After these the newspaper's name may follow, of two words at most. After the others that makes news:
#: "تحليل العينات: …", "Opinion poll: …"; and so it does in "رأي عام", which is what people think.
_NAMING = (r"راي(?! عام\b)", "(?:ال)?افتتاحيه", "edito(?:rial)?", "op-?ed")
_ALONE = (
    *("الراي", "مقال(?: راي)?", "(?:ال)?تحليل", "(?:ال)?تعليق", "وجهه نظر"),
    f"كلمه (?:{'|'.join(map(fold, _OWN_WORDS.split()))})",
    *("opinions?", "analyse", "(?:news )?analysis", "comment", "commentary", "viewpoint"),
    *("(?:la )?tribune(?: libre)?", "(?:la )?chronique", "le billet", "(?:le )?billet d['’]humeur"),
    "(?:le |mon )?point de vue",
)
_MARK = re.compile(
    rf"(?:l['’])?(?:(?:{'|'.join(_NAMING)})(?: [\w'’-]+){{0,2}}|{'|'.join(_ALONE)})"
    # Dots are an Arabic manner: "Comment…" asks how in French.
    r"(?: ?[:|–—]| - |(?<=[\u0621-\u064a]) ?\.\.)"
)


def is_opinion(title: str) -> bool:
    """Whether the headline `title` begins with a word for an opinion and something that parts it."""
    return _MARK.match(fold(title[:BEGINNING])) is not None
