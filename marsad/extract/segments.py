"""A page cut into segments: the runs of text that a reader sees as one piece, and its images.

One walk over the tree. Each segment knows its frame, the innermost block element around it, and each frame
what it and those around it are called, so that nothing is walked twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from marsad.extract.names import Names

#: Elements that run on within a line of text.
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb rp rt ruby s "
    "samp small span strike strong sub sup time tt u var wbr".split()
)
#: Of them those that tell nothing.
_PLAIN = INLINE - {"a", "b", "strong"}
#: Elements whose content is never text of the page.
SKIPPED = frozenset(
    "script style noscript template svg iframe object embed select button textarea canvas audio video math "
    "head map input link meta base frame frameset noframes option datalist progress meter dialog".split()
)
#: Segments that are read of one page.
MOST_SEGMENTS = 10_000
#: A line between two forced breaks that is at least so long may be a paragraph of its own.
_PARAGRAPH = 60
_BREAK = "\x1e"
_SENTENCE_END = re.compile(r"[.!?؟。…»”\"')\]:]$")


class Frame:
    """A block element, with what it is called and what stands around it."""

    __slots__ = ("around", "depth", "element", "near", "own", "parent", "tag")

    def __init__(self, element: HtmlElement, parent: Frame | None, names: Names) -> None:
        self.element = element
        self.parent = parent
        self.tag = str(element.tag)
        outer = self.tag in {"html", "body"}
        #: Bits of `names`: this element's own, those of the three innermost, and of all around.
        self.own = 0 if outer else names.of(element)
        self.depth: int = parent.depth + 1 if parent else 0
        self.near = self.around = self.own
        if parent is not None:
            self.near |= parent.own | (parent.parent.own if parent.parent else 0)
            self.around |= parent.around

    @property
    def signature(self) -> str:
        """What elements that are made alike have in common."""
        kin = f"{self.parent.tag} {self.parent.element.get('class')}" if self.parent else ""
        return f"{self.tag} {self.element.get('class')} {kin}"


class Segment:
    """A run of text, or an image, in its frame."""

    __slots__ = ("bold", "frame", "image", "linked", "links", "text")

    def __init__(self, text: str, frame: Frame, linked: int = 0, links: int = 0, bold: int = 0) -> None:
        self.text = text
        self.frame = frame
        #: Characters of it that stand in links, how many links there are, and characters in bold.
        self.linked = linked
        self.links = links
        self.bold = bold
        self.image: HtmlElement | None = None


def segments(root: HtmlElement, names: Names) -> list[Segment]:
    """The segments of the page under `root`, in their order."""
    cutter = _Cutter(names)
    cutter.walk(root)
    return cutter.segments


class _Cutter:
    """The state of one walk."""

    def __init__(self, names: Names) -> None:
        self.segments: list[Segment] = []
        self._names = names
        self._frame: Frame | None = None
        self._pieces: list[str] = []
        self._images: list[HtmlElement] = []
        self._linked = self._links = self._bold = 0
        self._in_link = self._in_bold = 0

    def walk(self, root: HtmlElement) -> None:
        steps = etree.iterwalk(root, events=("start", "end"))
        for event, element in steps:
            tag = str(element.tag)
            if event == "end":
                if tag not in SKIPPED and tag not in _PLAIN:
                    self._leave(tag)
                if (tail := element.tail) and element is not root:
                    self._add(tail)
            elif tag in SKIPPED:
                steps.skip_subtree()
            else:
                if tag not in _PLAIN:
                    self._enter(element, tag)
                if text := element.text:
                    self._add(text)
            if len(self.segments) >= MOST_SEGMENTS:
                return
        self._cut()

    def _enter(self, element: HtmlElement, tag: str) -> None:
        if tag == "br":
            self._break()
        elif tag == "img":
            self._images.append(element)
            if not self._says():
                self._cut()
        elif tag in INLINE:
            if tag == "a":
                self._in_link += 1
                self._links += 1
            elif tag in {"b", "strong"}:
                self._in_bold += 1
        else:
            self._cut()
            self._frame = Frame(element, self._frame, self._names)

    def _leave(self, tag: str) -> None:
        if tag in INLINE:
            if tag == "a":
                self._in_link -= 1
            elif tag in {"b", "strong"}:
                self._in_bold -= 1
        elif tag not in {"br", "img"} and self._frame is not None:
            self._cut()
            self._frame = self._frame.parent

    def _add(self, text: str) -> None:
        if not self._pieces and text.isspace():
            return
        self._pieces.append(text)
        if self._in_link:
            self._linked += len(text)
        if self._in_bold:
            self._bold += len(text)

    def _says(self) -> bool:
        return any(not piece.isspace() for piece in self._pieces)

    def _break(self) -> None:
        """A forced break; two in a row end the segment."""
        for piece in reversed(self._pieces):
            if piece == _BREAK:
                self._cut()
                return
            if not piece.isspace():
                break
        self._pieces.append(_BREAK)

    def _cut(self) -> None:
        if not self._pieces and not self._images:
            self._linked = self._links = self._bold = 0
            return
        if self._pieces and self._frame is not None:
            for text in _lines("".join(self._pieces)):
                length = len(text)
                self.segments.append(
                    Segment(
                        text, self._frame, min(self._linked, length), self._links, min(self._bold, length)
                    )
                )
        self._pieces.clear()
        self._linked = self._links = self._bold = 0
        if self._images and self._frame is not None:
            for element in self._images:
                shown = Segment("", self._frame, links=self._in_link)
                shown.image = element
                self.segments.append(shown)
        self._images.clear()


def _lines(text: str) -> Iterator[str]:
    """The lines that forced breaks make of a text, where they are paragraphs; else the text as one line."""
    if _BREAK in text:
        lines = [line for piece in text.split(_BREAK) if (line := " ".join(piece.split()))]
        long = [len(line) >= _PARAGRAPH and _SENTENCE_END.search(line) is not None for line in lines]
        if sum(long) >= 2 and sum(long) * 2 >= len(lines):
            yield from lines
            return
        text = " ".join(lines)
    if text := " ".join(text.split()):
        yield text
