"""An article as a reference: BibTeX (1988) and RIS, as reference managers read them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from marsad import addresses
from marsad.model import Article, Precision, Source
from marsad.views import reading
from marsad.views.shown import Shown
from marsad.web.answers import base_of, marsad_of, today

FORMS = {"bib": "application/x-bibtex", "ris": "application/x-research-info-systems"}
#: Letters that mean something to TeX.
_TEX = str.maketrans(
    {letter: f"\\{letter}" for letter in "{}%&#$_"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


def citation(request: Request) -> Response:
    """The reference of an article, as a file."""
    source, number, form = (request.path_params[name] for name in ("source", "number", "form"))
    marsad = marsad_of(request)
    with marsad.store.reading() as connection:
        seen = reading.article(connection, source, number)
        if seen is None or form not in FORMS:
            raise HTTPException(404)
        article = Shown(connection, marsad.terms).article(seen.article)
    address = addresses.absolute(base_of(request), addresses.article(source, number))
    write = bibtex if form == "bib" else ris
    return Response(
        write(article, seen.source, address, today(marsad).date()),
        media_type=f"{FORMS[form]}; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{source}-{number}.{form}"'},
    )


def bibtex(article: Article, source: Source, address: str, seen: date) -> str:
    """The article as one entry of BibTeX; texts are one line each, and nothing in them is a command."""
    dated, precision = _dated(article, source)
    fields = {
        "title": f"{{{_tex(article.title)}}}",
        "author": f"{{{_tex(article.author)}}}" if article.author else "",
        "journal": _tex(source.name),
        "year": f"{dated:%Y}",
        "month": f"{dated:%m}" if precision is not Precision.YEAR else "",
        "day": f"{dated:%d}" if precision in {Precision.DAY, Precision.MINUTE} else "",
        "language": article.language,
        "url": address,
        "note": _tex(article.address),
        "urldate": seen.isoformat(),
    }
    written = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@article{{{article.source}-{article.number},\n{written}\n}}\n"


def ris(article: Article, source: Source, address: str, seen: date) -> str:
    """The article as one record of RIS, type NEWS; lines end as the format wants, with CR LF."""
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in _ris(article, source, address, seen))


def _ris(article: Article, source: Source, address: str, seen: date) -> Iterator[tuple[str, str]]:
    dated, precision = _dated(article, source)
    yield "TY", "NEWS"
    yield "TI", article.title
    if article.author:
        yield "AU", article.author
    yield "T2", source.name
    yield "PY", f"{dated:%Y}"
    if precision in {Precision.DAY, Precision.MINUTE}:
        yield "DA", f"{dated:%Y/%m/%d}"
    yield "LA", article.language
    yield "UR", address
    yield "L2", article.address
    yield "Y2", f"{seen:%Y/%m/%d}"
    yield "ER", ""


def _dated(article: Article, source: Source) -> tuple[datetime, Precision]:
    """The day that the newspaper printed over it, by its own clock."""
    clock = ZoneInfo(source.timezone)
    if article.published is None:
        return article.collected.astimezone(clock), Precision.DAY
    moment, precision = article.published.moment, article.published.precision
    return moment.astimezone(clock) if precision is Precision.MINUTE else moment, precision


def _tex(text: str) -> str:
    return _line(text).translate(_TEX)


def _line(text: str) -> str:
    return " ".join(text.split())
