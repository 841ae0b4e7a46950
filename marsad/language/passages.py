"""Which parts of an article are embedded."""

from __future__ import annotations

#: Letters of the first part, headline included, and of the second one.
WINDOW = 300
#: A rest shorter than this says little by itself.
SHORTEST_REST = 80


def passages(title: str, lead: str, body: str) -> tuple[str, ...]:
    """The beginning of an article, and for a long one the part that follows; at least one part.

    The headline stands in both: without it a part from the middle does not say what it is about.
    """
    told = body if not lead or body.startswith(lead) else f"{lead}\n{body}"
    first = f"{title}\n{told[:WINDOW]}".strip()
    rest = told[WINDOW : 2 * WINDOW].strip()
    return (first, f"{title}\n{rest}".strip()) if len(rest) >= SHORTEST_REST else (first,)
