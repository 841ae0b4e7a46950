"""How well and how fast others take articles out of the same pages: what a user would choose instead.

Each peer is given the page's HTML as text and answers with the article as plain text. One that is not
installed is passed over; a page that one cannot read counts as read to nothing.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from marsad.evaluate.extract import GoldPage, averaged, compared, evaluate, read_gold
from marsad.language.charset import decode

#: From a page's HTML and address to the text of its article.
Peer = Callable[[str, str], str]

_BETWEEN_TAGS = re.compile(r"<[^>]*>")


def benchmark(path: Path) -> Iterator[dict[str, Any]]:
    """For Marsad, then for each peer that is installed: its name, precision, recall, f1, pages_per_second.

    Marsad's own trees may have learnt from these very pages: what they reach on publishers that they have not
    seen stands first, and is the one to compare.
    """
    ours = evaluate(path)
    unseen = {name: value for name, value in ours["cross_validated"].items() if name != "pages"}
    yield {"": "Marsad, publishers not seen before"} | unseen
    yield {"": "Marsad, as shipped"} | {name: ours[name] for name in (*unseen, "pages_per_second")}
    golds = read_gold(path)
    for name, make in _PEERS.items():
        with suppress(ImportError):
            yield {"": name} | measured(make(), golds)


def measured(read: Peer, golds: Sequence[GoldPage]) -> dict[str, Any]:
    """The measures of one peer over `golds`, by the same rules as Marsad's own."""
    pages = [(decode(gold.page.body)[0], gold.page.address) for gold in golds]
    _text(read, *pages[0])  # What is loaded at the first call is loaded before the clock counts.
    started = time.process_time()
    texts = [_text(read, *page) for page in pages]
    seconds = time.process_time() - started
    scores = [compared(text, gold.text) for text, gold in zip(texts, golds, strict=True)]
    return averaged(scores) | {"pages_per_second": round(len(pages) / seconds, 1)}


def _text(read: Peer, html: str, address: str) -> str:
    try:
        return read(html, address)
    except Exception:  # Whatever a peer fails with, the page is one that it cannot read.
        return ""


def _trafilatura(**choices: bool) -> Peer:
    extract = import_module("trafilatura").extract

    def read(html: str, _: str) -> str:
        return extract(html, include_comments=False, include_tables=False, **choices) or ""

    return read


def _readability() -> Peer:
    document = import_module("readability").Document
    return lambda html, _: _BETWEEN_TAGS.sub(" ", document(html).summary())


def _resiliparse() -> Peer:
    extract = import_module("resiliparse.extract.html2text").extract_plain_text
    return lambda html, _: str(extract(html, main_content=True, alt_texts=False))


def _newspaper() -> Peer:
    read = import_module("newspaper").article
    return lambda html, address: str(read(address, input_html=html, fetch_images=False).text)


_PEERS: dict[str, Callable[[], Peer]] = {
    "trafilatura": _trafilatura,
    "trafilatura, favour precision": partial(_trafilatura, favor_precision=True),
    "trafilatura, fast": partial(_trafilatura, fast=True),
    "readability-lxml": _readability,
    "resiliparse": _resiliparse,
    "newspaper4k": _newspaper,
}
