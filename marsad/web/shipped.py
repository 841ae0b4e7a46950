"""The files that come with the site: style, script, fonts."""

from __future__ import annotations

import hashlib
from functools import cache
from os import PathLike, stat_result
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from marsad import addresses

STATIC = Path(__file__).parent / "static"


@cache
def shipped(name: str) -> str:
    """The address of a file of ours, which changes when the file does."""
    digest = hashlib.blake2b((STATIC / name).read_bytes(), digest_size=5).hexdigest()
    return f"{addresses.static(name)}?v={digest}"


def favicon(_: Request) -> Response:
    """Where the icon is."""
    return RedirectResponse(shipped("icon.svg"), 302, {"cache-control": "public, max-age=86400"})


class Shipped(StaticFiles):
    """Our files; fonts and those asked for by the address of `shipped` are kept for a year by browsers."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC)

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file, with how long it may be kept."""
        answer = super().file_response(full_path, stat_result, scope, status_code)
        # A font is asked for from the style, by its bare name; another font will have another name.
        lasting = scope.get("query_string", b"").startswith(b"v=") or scope["path"].endswith(".woff2")
        answer.headers["cache-control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
        answer.headers["x-content-type-options"] = "nosniff"
        return answer
