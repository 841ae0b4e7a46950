"""A page of each kind, of the small site that the browser tests read."""

from __future__ import annotations

PAGES = (
    "/",
    "/fr/",
    "/en/nakhla/1",
    "/nakhla/1",
    "/vent/2",
    "/story/1",
    "/section/weather",
    "/nakhla",
    "/country/ma",
    "/place",
    "/place/ma-tetouan",
    "/archive",
    "/archive/2024-03-05",
    "/archive/2020-01-01",
    "/nakhla/archive",
    "/nakhla/archive/2024-03-05",
    "/search",
    "/search?q=أمطار",
    "/search?q=(((",
    "/sources",
    "/statistics",
    "/trends",
    "/about",
    "/transparency",
    "/removal",
    "/report/1",
    "/desk/sign-in",
    "/search?q=أمطار&fold=0",
    "/nothing",
)
#: Those behind the sign-in, as an operator sees them.
DESK_PAGES = (
    "/desk",
    "/desk/case/1",
    "/desk/log",
    "/desk/requests",
    "/desk/sources",
    "/desk/sources/nakhla",
    "/desk/settings",
    "/desk/account",
    "/saved",
    "/saved/new?q=أمطار",
)
OPERATOR, PASSWORD = "operator", "a long password"
