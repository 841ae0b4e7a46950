"""How often one reader may ask: a window for each, in memory, forgotten when it is over."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from ipaddress import ip_address, ip_network

from starlette.requests import Request

#: Windows that are remembered at once.
_MOST = 50_000


class Rates:
    """Counts what each one asks within fixed windows."""

    def __init__(self, seconds: float = 60, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._window = 0
        self._counts: dict[tuple[str, str], int] = {}
        self._lock = threading.Lock()

    def admits(self, kind: str, who: str, most: int) -> bool:
        """Whether `who` asked for `kind` no more than `most` times in this window, this time included."""
        window = int(self._clock() / self._seconds)
        with self._lock:
            if window != self._window or len(self._counts) >= _MOST:
                self._window, self._counts = window, {}
            count = self._counts.get((kind, who), 0) + 1
            self._counts[kind, who] = count
        return count <= most


def network_of(request: Request) -> str:
    """Where a request comes from: the /24 of an IPv4 address, the /48 of an IPv6 address."""
    try:
        address = ip_address(request.client.host if request.client else "")
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    return str(ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False))
