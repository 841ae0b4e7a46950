"""Pages for the tests, all written by us."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from marsad.extract.article import extract
from marsad.model import Article, Entry, Page

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CASABLANCA = ZoneInfo("Africa/Casablanca")
ADDRESS = "https://newspaper.example/society/41-a-bridge"

CASES = Path(__file__).parent.parent / "cases" / "extract"
PARAGRAPHS = tuple((CASES / "bridge.txt").read_text("utf-8").splitlines())


def page(body: str | bytes, *, address: str = ADDRESS, content_type: str = "text/html") -> Page:
    """A page that answered with `body`."""
    return Page(
        address=address,
        final_address=address,
        fetched=NOW,
        status=200,
        headers={"content-type": content_type},
        body=body.encode() if isinstance(body, str) else body,
    )


def article(
    body: str | bytes, *, entry: Entry | None = None, name: str = "", address: str = ADDRESS
) -> Article:
    """What is read in a page with `body`."""
    return extract(
        page(body, address=address),
        entry=entry,
        timezone=CASABLANCA,
        languages=("en", "ar"),
        source="newspaper",
        source_name=name,
        now=NOW,
    )


def document(
    head: str = "", *, before: str = "", after: str = "", heading: str = "A bridge opens early"
) -> str:
    """A plain page with three paragraphs under a heading."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    title = f"<h1>{heading}</h1>" if heading else ""
    return (
        f"<!doctype html><html><head>{head}</head><body><article>{title}{before}{text}{after}</article>"
        "</body></html>"
    )
