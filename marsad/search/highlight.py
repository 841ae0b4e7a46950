"""Where the words of a query stand in a text, and the passages that show it best.

Found by the analyser that filled the index, so that every form lights up that was found:
الإرهابية for إرهاب. Plain text and places in it; how it is marked is the site's affair.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from marsad.language.analyser import Form, beginnings, readings, spellings_begun, tokens_of
from marsad.search.query import Prefix, Query, leaves, spoken

#: Characters of a text that are looked through.
LONGEST = 20_000
#: Characters that a passage may grow by to end between two words.
_SLACK = 20


class Span(NamedTuple):
    """A lit part of a text: ``text[start:end]``."""

    start: int
    end: int


class Passage(NamedTuple):
    """A part of a text with its lit spans, counted from the passage's own beginning."""

    text: str
    spans: tuple[Span, ...]
    #: Whether the text goes on before and after.
    cut_before: bool
    cut_after: bool


class Highlighter:
    """Lights up the words of one query in any number of texts."""

    def __init__(self, query: Query) -> None:
        said = spoken(query.root)
        read = readings(said) if said else ()
        self._stems = {form.stem for reading in read for form in reading}
        prefixes = [leaf.text for leaf in leaves(query.root) if isinstance(leaf, Prefix)]
        self._beginnings = tuple(beginning for text in prefixes for beginning in beginnings(text))
        self._spelt = tuple(beginning for text in prefixes for beginning in spellings_begun(text))

    def spans(self, text: str, language: str | None) -> tuple[Span, ...]:
        """The lit parts of `text`; words side by side make one."""
        return _side_by_side(text, [span for _, span in self._found(text, language)])

    def passages(
        self, text: str, language: str | None, *, most: int = 2, length: int = 200
    ) -> tuple[Passage, ...]:
        """Up to `most` passages of about `length` characters, in the order of the text.

        Those with the most different words of the query, then with the most words; the
        beginning of a text that has none.
        """
        found = self._found(text, language)
        chosen: list[tuple[int, int]] = []
        for start, end in _by_worth(found, length):
            if len(chosen) < most and all(end <= other[0] or other[1] <= start for other in chosen):
                chosen.append((start, end))
        spans = _side_by_side(text, [span for _, span in found])
        windows = sorted(_widened(text, start, end, length) for start, end in chosen or [(0, 0)])
        return tuple(_passage(text, start, end, spans) for start, end in _apart(windows))

    def _found(self, text: str, language: str | None) -> list[tuple[str, Span]]:
        if not self._stems and not self._beginnings:
            return []
        also = self._begins if self._beginnings else None
        return [
            (token.term, Span(token.start, token.end))
            for token in tokens_of(text[:LONGEST], language, self._stems, also)
        ]

    def _begins(self, form: Form) -> bool:
        return form.stem.startswith(self._beginnings) or form.spelling.startswith(self._spelt)


def _side_by_side(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """`spans` with those that only space parts made one."""
    joined: list[Span] = []
    for span in spans:
        if joined and text[joined[-1].end : span.start].isspace():
            span = Span(joined.pop().start, span.end)
        joined.append(span)
    return tuple(joined)


def _by_worth(found: Sequence[tuple[str, Span]], length: int) -> list[tuple[int, int]]:
    """Windows that begin with each word found, the one that tells most first."""
    worth: list[tuple[int, int, int, int]] = []
    last = 0
    for first, (_, span) in enumerate(found):
        last = max(last, first + 1)
        while last < len(found) and found[last][1].end - span.start <= length:
            last += 1
        inside = found[first:last]
        worth.append((-len({term for term, _ in inside}), -len(inside), span.start, inside[-1][1].end))
    return [(start, end) for _, _, start, end in sorted(worth)]


def _widened(text: str, start: int, end: int, length: int) -> tuple[int, int]:
    """The window grown to about `length`, one third of it before, and to whole words."""
    room = max(length - (end - start), 0)
    start = max(min(start - room // 3, len(text) - length), 0)
    end = min(max(start + length, end), len(text))
    for _ in range(_SLACK):
        start -= start > 0 and not text[start - 1].isspace()
        end += end < len(text) and not text[end].isspace()
    return start, end


def _apart(windows: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """`windows`, in order, with those that touch made one."""
    apart: list[tuple[int, int]] = []
    for start, end in windows:
        if apart and start <= apart[-1][1]:
            start, end = apart[-1][0], max(apart.pop()[1], end)
        apart.append((start, end))
    return apart


def _passage(text: str, start: int, end: int, spans: Sequence[Span]) -> Passage:
    inside = (Span(max(span.start, start), min(span.end, end)) for span in spans)
    lit = tuple(Span(span.start - start, span.end - start) for span in inside if span.start < span.end)
    return Passage(text[start:end], lit, cut_before=start > 0, cut_after=end < len(text))
