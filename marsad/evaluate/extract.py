"""How well articles are taken out of pages: gold texts, titles and dates of a folder of pages.

The folder holds `pages/*.html` (or `.html.gz`) and `gold.jsonl` (file, url, language, title, text,
published). Texts are compared by their shingles of four tokens, counted as often as they stand, page by page.
"""

from __future__ import annotations

import gzip
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean
from typing import Any

from marsad.errors import MarsadError
from marsad.evaluate.lines import found, json_lines
from marsad.extract.article import extract
from marsad.extract.choosing import cross_validated
from marsad.language.dates import read_date
from marsad.model import Article, Page, body_text

SHINGLE = 4
_TOKEN = re.compile(r"\w+")
_NAMES = ("precision", "recall", "f1")

#: From a page to its article; None where there is none.
Reader = Callable[[Page], Article | None]


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A page and what stands in it."""

    page: Page
    text: str
    title: str
    published: str
    language: str


def evaluate(path: Path, read: Reader | None = None) -> dict[str, Any]:
    """The measures of `read` (Marsad's own where none is given) over the pages in the folder `path`."""
    golds = read_gold(path)
    reader = read or article_of
    reader(golds[0].page)  # Word lists and models are loaded before the clock counts.
    started = time.process_time()
    articles = [reader(gold.page) for gold in golds]
    seconds = time.process_time() - started
    scores = [
        compared(text_of(article) if article else "", gold.text)
        for article, gold in zip(articles, golds, strict=True)
    ]
    return {
        "pages": len(golds),
        **averaged(scores),
        "title_accuracy": _share(_title_agrees(*pair) for pair in zip(articles, golds, strict=True)),
        "date_accuracy": _share(_day_agrees(*pair) for pair in zip(articles, golds, strict=True)),
        "by_language": _by_language(golds, scores),
        "pages_per_second": round(len(golds) / seconds, 1) if seconds else None,
        "cross_validated": cross_validated(),
    }


def read_gold(path: Path) -> tuple[GoldPage, ...]:
    """The pages in the folder `path` with their gold answers."""
    return tuple(_gold_page(path, row) for row in json_lines(found(path, "gold.jsonl")))


def article_of(page: Page) -> Article | None:
    """The article that Marsad reads in `page`."""
    try:
        return extract(page, timezone=UTC, now=page.fetched)
    except MarsadError:
        return None


def text_of(article: Article) -> str:
    """All that stands on the page as the article's text: the lead too, where it is part of it."""
    lead = article.lead if article.origins.get("lead") == "text" else ""
    return f"{lead}\n{body_text(article.blocks)}"


def tokens(text: str) -> list[str]:
    """The words of `text` that are compared."""
    return _TOKEN.findall(text.casefold())


def compared(text: str, gold: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of the shingles of `text` against those of `gold`."""
    ours, wanted = shingles(text), shingles(gold)
    shared = sum((ours & wanted).values())
    precision = shared / ours.total() if ours else float(not wanted)
    recall = shared / wanted.total() if wanted else 1.0
    f1 = 2 * precision * recall / (precision + recall) if shared else float(not ours and not wanted)
    return precision, recall, f1


def averaged(scores: Sequence[tuple[float, float, float]]) -> dict[str, float]:
    """The means of `scores`, by name."""
    return {name: round(fmean(score[n] for score in scores), 4) for n, name in enumerate(_NAMES)}


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words in `text`, and how often each stands there; of a shorter text, itself."""
    words = tokens(text)
    count = max(len(words) - SHINGLE + 1, 1 if words else 0)
    return Counter(tuple(words[start : start + SHINGLE]) for start in range(count))


def _gold_page(path: Path, row: Mapping[str, Any]) -> GoldPage:
    body = found(path / "pages", row["file"]).read_bytes()
    page = Page(
        address=row["url"],
        final_address=row["url"],
        fetched=datetime.now(UTC),
        status=200,
        headers={},
        body=gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body,
    )
    texts = (str(row.get(name) or "") for name in ("text", "title", "published", "language"))
    return GoldPage(page, *texts)


def _title_agrees(article: Article | None, gold: GoldPage) -> bool | None:
    if not gold.title:
        return None
    return article is not None and tokens(article.title) == tokens(gold.title)


def _day_agrees(article: Article | None, gold: GoldPage) -> bool | None:
    """Whether the day agrees, by the clock that the gold date is written by."""
    wanted = read_date(gold.published, now=gold.page.fetched) if gold.published else None
    if wanted is None:
        return None
    published = article.published if article else None
    clock = wanted.local.tzinfo
    return published is not None and wanted.local.date() in {
        published.moment.date(),
        published.moment.astimezone(clock).date(),
    }


def _share(answers: Iterable[bool | None]) -> float:
    """The share of the right ones among those with a gold answer, 1 where there is none."""
    judged = [answer for answer in answers if answer is not None]
    return round(sum(judged) / len(judged), 4) if judged else 1.0


def _by_language(
    golds: Sequence[GoldPage], scores: Sequence[tuple[float, float, float]]
) -> dict[str, dict[str, float]]:
    groups: dict[str, list[tuple[float, float, float]]] = {}
    for gold, score in zip(golds, scores, strict=True):
        groups.setdefault(gold.language or "und", []).append(score)
    return {language: {"pages": len(group), **averaged(group)} for language, group in sorted(groups.items())}
