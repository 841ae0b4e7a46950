"""Conditional answers after RFC 9110, section 13: 304 where nothing changed."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response


def conditional(request: Request, response: Response, modified: datetime) -> Response:
    """`response` with its ETag and Last-Modified, or 304 where the asker has it already."""
    etag = f'"{hashlib.sha256(bytes(response.body)).hexdigest()[:20]}"'
    last = format_datetime(modified.replace(microsecond=0), usegmt=True)
    response.headers.update({"etag": etag, "last-modified": last, "cache-control": "max-age=60"})
    if not _is_known(request, etag, modified.replace(microsecond=0)):
        return response
    kept = {name: response.headers[name] for name in ("etag", "last-modified", "cache-control")}
    return Response(status_code=304, headers=kept)


def _is_known(request: Request, etag: str, modified: datetime) -> bool:
    known = request.headers.get("if-none-match")
    if known is not None:  # it decides alone where both are sent
        tags = [tag.strip().removeprefix("W/") for tag in known.split(",")]
        return etag in tags or "*" in tags
    since = request.headers.get("if-modified-since")
    try:
        return since is not None and parsedate_to_datetime(since) >= modified
    except (ValueError, TypeError):
        return False
