"""One line of an import or an export, as an article."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from marsad.collect.canonical import canonical
from marsad.errors import Refused
from marsad.language.detect import detect
from marsad.model import (
    Article,
    Block,
    BlockKind,
    DisplayPolicy,
    Image,
    Precision,
    Published,
    Revision,
    Section,
    Source,
    SourceKind,
    Standing,
    body_text,
)

#: Lone surrogates cannot be kept; NUL and the like would end a text early elsewhere.
_UNKEPT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
_KINDS = {kind.value: kind for kind in BlockKind}


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was understood."""

    #: Name of the newspaper, and its slug where the line says it.
    source: str
    slug: str | None
    address: str
    #: Name of the archive that wrote it, None for a line from elsewhere.
    archive: str | None
    fields: Mapping[str, Any]
    history: tuple[Revision, ...]

    def as_source(self, slug: str) -> Source:
        """The newspaper, as far as a line tells; all of it where an archive wrote the line."""
        parts = urlsplit(self.address)
        about = self.fields.get("about")
        told = about if isinstance(about, dict) else {}
        return Source(
            slug=slug,
            name=self.source,
            home=_text(told, "home") or f"{parts.scheme}://{parts.netloc}/",
            languages=tuple(str(code) for code in _list(told, "languages"))
            or (_text(self.fields, "language") or "ar",),
            country=_text(told, "country") or None,
            timezone=_text(told, "timezone") or "UTC",
            kind=SourceKind(_one_of(SourceKind, told.get("kind")) or SourceKind.NEWSPAPER),
            display=DisplayPolicy(_one_of(DisplayPolicy, told.get("display")) or DisplayPolicy.FULL),
        )

    def article(self, slug: str, now: datetime, *, restored: bool) -> Article:
        """The article, of the source of that slug. Raises Refused where a field cannot be read."""
        get = self.fields.get
        blocks = _blocks(self.fields)
        title = _text(self.fields, "title")
        return Article(
            source=slug,
            address=self.address,
            title=title,
            lead=_text(self.fields, "lead"),
            blocks=blocks,
            language=_text(self.fields, "language") or detect(body_text(blocks) or title),
            collected=_moment(get("collected"), "collected") or now,
            published=_published(self.fields),
            modified=_moment(get("modified"), "modified"),
            author=_text(self.fields, "author") or None,
            images=tuple(_image(item) for item in _list(self.fields, "images")),
            rubrics=tuple(str(item) for item in _list(self.fields, "rubrics")),
            section=_section(get("section")),
            credit=_text(self.fields, "credit") or None,
            number=_integer(get("number"), "number") if restored else None,
            story=_integer(get("story"), "story") if restored else None,
            revision=(_integer(get("revision"), "revision") or 1) if restored else 1,
            identifier=self._identifier(restored=restored),
            section_score=_share(get("section_score")),
            runner_up=_section(get("runner_up")) if get("runner_up") else None,
            origins={str(name): str(origin) for name, origin in self._origins.items()},
            display=DisplayPolicy(_one_of(DisplayPolicy, get("display")) or DisplayPolicy.FULL),
            standing=Standing(_one_of(Standing, get("standing")) or Standing.SHOWN),
        )

    def _identifier(self, *, restored: bool) -> str | None:
        """The importer's own name for it; an export names those that had none by their address here."""
        name = _text(self.fields, "id")
        made = f"{self.slug}/{self.fields.get('number')}"
        return None if not name or (restored and name == made) else name

    @property
    def _origins(self) -> Mapping[str, Any]:
        """Where its parts were read; a line that no archive wrote is itself the origin."""
        origins = self.fields.get("origins")
        if isinstance(origins, dict):
            return origins
        return {} if self.archive else {"all": "import"}


def read_line(raw: bytes) -> Line:
    """The line that `raw` writes. Raises Refused saying what is wrong with it."""
    try:
        fields = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Refused("not a line of JSON", cause=error) from error
    if not isinstance(fields, dict):
        raise Refused("not a JSON object")
    source, title = _text(fields, "source"), _text(fields, "title")
    if not source:
        raise Refused("no source")
    if not title and not _text(fields, "text") and not fields.get("blocks"):
        raise Refused("neither title nor text")
    return Line(
        source=_text(fields, "newspaper") or source,
        slug=source if fields.get("newspaper") else None,
        address=canonical(_text(fields, "url") or _made_up(source, fields)),
        archive=_text(fields, "archive") or None,
        fields=fields,
        history=tuple(_revision(item) for item in _list(fields, "revisions")),
    )


def line_of(
    article: Article, source: Source, archive: str, history: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """The line that writes `article`; what is empty is left out."""
    published = article.published
    fields = {
        "id": article.identifier or f"{article.source}/{article.number}",
        "archive": archive,
        "number": article.number,
        "story": article.story,
        "source": article.source,
        "newspaper": source.name,
        "about": {
            "home": source.home,
            "languages": list(source.languages),
            "country": source.country,
            "timezone": source.timezone,
            "kind": source.kind.value,
            "display": source.display.value,
        },
        "language": article.language,
        "url": article.address,
        "title": article.title,
        "lead": article.lead,
        "text": body_text(article.blocks),
        "blocks": [_written(block) for block in article.blocks],
        "author": article.author,
        "published": published.moment.isoformat() if published else None,
        "precision": published.precision.value if published else None,
        "published_origin": published.origin if published else None,
        "modified": article.modified.isoformat() if article.modified else None,
        "collected": article.collected.isoformat(),
        "section": article.section.value,
        "section_score": article.section_score,
        "runner_up": article.runner_up.value if article.runner_up else None,
        "credit": article.credit,
        "images": [_written_image(image) for image in article.images],
        "rubrics": list(article.rubrics),
        "origins": dict(article.origins),
        "revision": article.revision,
        "revisions": list(history),
        "display": "" if article.display is DisplayPolicy.FULL else article.display.value,
        "standing": "" if article.standing is Standing.SHOWN else article.standing.value,
    }
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def _written(block: Block) -> list[Any]:
    return [block.kind.value, block.text, *([_written_image(block.image)] if block.image else [])]


def _written_image(image: Image) -> dict[str, str]:
    return {"address": image.address, "caption": image.caption, "alt": image.alt}


def _made_up(source: str, fields: Mapping[str, Any]) -> str:
    """An address for a line that brings none, so that it is known again by its identifier."""
    identifier = _text(fields, "id")
    if not identifier:
        raise Refused("neither url nor id")
    return f"https://{source}.invalid/{identifier}"


def _blocks(fields: Mapping[str, Any]) -> tuple[Block, ...]:
    if "blocks" not in fields:
        lines = (line.strip() for line in _text(fields, "text").splitlines())
        return tuple(Block(BlockKind.PARAGRAPH, line) for line in lines if line)
    return tuple(_block(item) for item in _list(fields, "blocks"))


def _block(item: Any) -> Block:
    match item:
        case [str(kind), str(text)] if kind in _KINDS:
            return Block(_KINDS[kind], text)
        case [str(kind), str(text), dict(image)] if kind in _KINDS:
            return Block(_KINDS[kind], text, _image(image))
        case _:
            raise Refused("a block that cannot be read", str(item)[:60])


def _image(item: Any) -> Image:
    if not isinstance(item, dict) or not isinstance(item.get("address"), str):
        raise Refused("an image that cannot be read", str(item)[:60])
    return Image(item["address"], str(item.get("caption", "")), str(item.get("alt", "")))


def _revision(item: Any) -> Revision:
    if not isinstance(item, dict):
        raise Refused("a revision that cannot be read", str(item)[:60])
    collected = _moment(item.get("collected"), "collected of a revision")
    revision = _integer(item.get("revision"), "revision")
    if collected is None or revision is None:
        raise Refused("a revision that cannot be read", str(item)[:60])
    return Revision(0, revision, collected, _text(item, "title"), _text(item, "lead"), _text(item, "text"))


def _published(fields: Mapping[str, Any]) -> Published | None:
    written = fields.get("published")
    moment = _moment(written, "published")
    if moment is None:
        return None
    day_only = isinstance(written, str) and len(written.strip()) == len("2020-11-17")
    precision = fields.get("precision", Precision.DAY if day_only else Precision.MINUTE)
    if precision not in set(Precision):
        raise Refused("unknown precision", str(precision)[:60])
    return Published(moment, Precision(precision), _text(fields, "published_origin") or "import")


def _moment(written: Any, name: str) -> datetime | None:
    if written in (None, ""):
        return None
    try:
        moment = datetime.fromisoformat(str(written).strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Refused(f"{name} is no ISO 8601 date", str(written)[:60]) from error


def _section(name: Any) -> Section:
    return Section(name) if name in set(Section) else Section.UNSORTED


def _one_of(kinds: type[StrEnum], value: Any) -> str | None:
    return value if value in set(kinds) else None


def _share(value: Any) -> float | None:
    is_share = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
    return float(value) if is_share else None


def _integer(value: Any, name: str) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or not 0 < value < 2**53:
        raise Refused(f"{name} is no number", str(value)[:60])
    return value


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refused(f"{name} is no text", str(value)[:60])
    return _UNKEPT.sub("", value).strip()


def _list(fields: Mapping[str, Any], name: str) -> list[Any]:
    value = fields.get(name) or []
    if not isinstance(value, list):
        raise Refused(f"{name} is no list", str(value)[:60])
    return value
