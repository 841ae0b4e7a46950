"""Articles of the age of tables: running text in one cell, its paragraphs parted by ``<br><br>``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

#: Elements that go on within a line.
_INLINE = frozenset(
    ("b", "i", "em", "strong", "font", "span", "u", "big", "small", "bdi", "bdo", "a", "sup", "sub")
)
#: Breaks and letters that a run of text must have to be an article.
_FEWEST_BREAKS = 4
_FEWEST_LETTERS = 250
#: A line shorter than this is rather a menu's than a text's, in letters.
SHORT = 45


def lines_between_breaks(tree: HtmlElement) -> tuple[str, ...]:
    """The lines of the element that holds most text by itself; none where no element holds an article so."""
    best, most = None, 0
    for element in tree.iter("td", "div", "font", "p", "span", "center", "article", "section", "body"):
        if sum(child.tag == "br" for child in element) < _FEWEST_BREAKS:
            continue
        letters = sum(len(piece) for piece in _pieces(element))
        if letters > most:
            best, most = element, letters
    if best is None or most < _FEWEST_LETTERS:
        return ()
    lines = (" ".join(line.split()) for line in "".join(_pieces(best)).split("\n"))
    return tuple(line for line in lines if line)


def is_cluttered(lines: Sequence[str]) -> bool:
    """Whether half of the lines are as short as those of menus."""
    return 2 * sum(len(line) < SHORT for line in lines) >= len(lines)


def _pieces(element: HtmlElement) -> Iterator[str]:
    """The text that stands in an element itself, and in what goes on within its lines."""
    yield element.text or ""
    for child in element:
        if child.tag == "br":
            yield "\n"
        elif child.tag in _INLINE and not len(child):
            yield child.text or ""
        elif isinstance(child.tag, str):
            yield "\n"
        yield child.tail or ""
