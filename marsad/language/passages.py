"""Which parts of an article are embedded."""

from __future__ import annotations

import re

#: Letters of the text in each part: about a hundred tokens of the model.
WINDOW = 300
#: The same of the second part in Latin letters, of which a token has more. The first part stays as
#: short as it is: with more in it headlines find their article less well.
LATIN_REST = 450
#: A rest shorter than this says little by itself.
SHORTEST_REST = 80


_LETTERS = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[\0-\u024f]+")


def passages(title: str, lead: str, body: str) -> tuple[str, ...]:
    """The beginning of an article, and for a long one the part that follows; at least one part.

    The headline stands in both: without it a part from the middle does not say what it is about.
    """
    told = body if not lead or body.startswith(lead) else f"{lead}\n{body}"
    first = f"{title}\n{told[:WINDOW]}".strip()
    rest = told[WINDOW : WINDOW + (LATIN_REST if is_latin(told) else WINDOW)].strip()
    return (first, f"{title}\n{rest}".strip()) if len(rest) >= SHORTEST_REST else (first,)


def is_latin(text: str) -> bool:
    """Whether most letters at the beginning are below U+0250, where the Latin blocks end."""
    letters = "".join(_LETTERS.findall(text[:WINDOW]))
    return 2 * len("".join(_LATIN.findall(letters))) > len(letters)
