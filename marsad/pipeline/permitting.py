"""What a page says of its own use → how much of its article may be kept and shown."""

from __future__ import annotations

from marsad.collect.directives import directives
from marsad.errors import Refused
from marsad.model import DisplayPolicy, Page
from marsad.outcome import Outcome

#: Directives stand in the first bytes of a page, in letters that every charset writes alike.
_LOOKED_AT = 512 * 1024


class Unwanted(Refused):
    """The page asks not to be used so. `display` is how much may be shown of what its feed tells; None for
    nothing at all."""

    def __init__(self, message: str, thing: str, display: DisplayPolicy | None) -> None:
        super().__init__(message, thing, outcome=Outcome.DISALLOWED)
        self.display = display


def permitted(page: Page) -> DisplayPolicy:
    """The most that may be shown of the article of `page`.

    Raises Unwanted where the page asks not to be found (noindex), or reserves the mining of its text.
    """
    said = directives(page.headers, page.body[:_LOOKED_AT].decode("latin-1"))
    if said.noindex:
        raise Unwanted("asks not to be found", page.address, None)
    if said.tdm_reserved:
        raise Unwanted("reserves the mining of its text", page.address, DisplayPolicy.EXCERPT)
    if said.nosnippet:
        return DisplayPolicy.HEADLINE
    return DisplayPolicy.EXCERPT if said.noarchive else DisplayPolicy.FULL
