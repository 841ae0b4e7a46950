"""The language that an address begins with: ``/fr/section/sports``."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from marsad.web.wording import LANGUAGES


class LanguagePrefix:
    """Lets every page stand under ``/ar``, ``/fr`` and ``/en`` too; `language` in the scope says which."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, the prefix counted to where the site is mounted."""
        if scope["type"] == "http":
            root = scope.get("root_path", "")
            first = scope["path"].removeprefix(root).removeprefix("/").partition("/")[0]
            if first in LANGUAGES:
                scope = {**scope, "root_path": f"{root}/{first}", "language": first}
        await self._app(scope, receive, send)
