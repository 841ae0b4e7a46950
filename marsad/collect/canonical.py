"""The canonical address of an article: one for all the ways in which newspapers write it.

Only what never changes what is shown is taken away: the order of the parameters stays, as do ``www.``,
the scheme and the final slash, for servers may tell these apart. (courlan, which would also do this, sorts
the parameters, and keeps two spellings of one Arabic path apart.)
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from urllib.parse import unquote

from marsad.collect.target import Target, target

_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/;]*", re.IGNORECASE)
#: The same article laid out for telephones.
_AMP_PARAMETERS = frozenset({"amp", "amp=", "amp=1", "amp=true", "noamp=mobile", "outputtype=amp"})


def canonical(address: str, base: str | None = None) -> str:
    """The canonical form of `address`, resolved against `base`: ASCII, without fragment and tracking.

    Idempotent. Raises Refused for what is no web address.
    """
    where = target(address, base)
    path, _, query = where.path.partition("?")
    path = _SESSION.sub("", path)
    path = _without_amp(path)
    kept = "&".join(part for part in query.split("&") if part and not _is_idle(part))
    whole = Target(where.scheme, where.host, where.port, path + (f"?{kept}" if kept else ""))
    return target(whole.address).address


def _without_amp(path: str) -> str:
    """`path` without a final ``/amp``, where something else names the article."""
    bare = path.removesuffix("/")
    while bare.endswith("/amp"):
        bare = bare.removesuffix("/amp")
    return bare + path[len(path.removesuffix("/")) :] if bare else path


def _is_idle(parameter: str) -> bool:
    """Whether a ``name=value`` changes nothing of what is shown."""
    name = unquote(parameter.partition("=")[0]).lower()
    names, beginnings = _tracking()
    return name in names or name.startswith(beginnings) or parameter.lower() in _AMP_PARAMETERS


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    """The names of tracking parameters, and how such names begin."""
    text = (files("marsad.collect") / "tracking.txt").read_text(encoding="utf-8")
    lines = {line for line in text.splitlines() if line and not line.startswith("#")}
    beginnings = tuple(sorted(line.removesuffix("*") for line in lines if line.endswith("*")))
    return frozenset(line for line in lines if not line.endswith("*")), beginnings
