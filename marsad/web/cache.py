"""Rendered pages, kept packed as long as what they show stays as it is."""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")
#: Whether a page will do that was made so many seconds ago of the first state, where the second is now.
Lately = Callable[[float, Any, Any], bool]

#: Packed once, sent often: worth more work than the server's usual 5.
LEVEL = 6
#: For what hardly anybody asks for again: a tenth larger in a third of the time.
QUICK = 3


@dataclass(frozen=True, slots=True)
class PackedPage:
    """A page as it is sent: gzip, and the tag by which a browser knows it again."""

    packed: bytes
    tag: str

    @property
    def plain(self) -> bytes:
        """The page, for the rare client that reads no gzip."""
        return gzip.decompress(self.packed)


def pack(body: str, level: int = LEVEL) -> PackedPage:
    """The page packed; the same page always has the same tag."""
    plain = body.encode()
    digest = hashlib.blake2b(plain, digest_size=9).hexdigest()
    return PackedPage(gzip.compress(plain, level, mtime=0), f'"{digest}"')


class PageCache:
    """The pages asked for last, up to `most_bytes` packed; one made of another state is made anew.

    While one is made anew, others who ask for it are given it as it was a moment before: news that
    comes while many read costs one page, not one for each reader. Where there is none yet, each
    makes his own, which costs less than to let everybody wait for one.
    """

    def __init__(self, most_bytes: int = 24 * 2**20, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._most = most_bytes
        self._bytes = 0
        #: By key: the state that a page was made of, the page, and when it was made.
        self._pages: OrderedDict[Hashable, tuple[Hashable, PackedPage, float]] = OrderedDict()
        #: Those that somebody is making anew.
        self._making: set[Hashable] = set()
        self._lock = threading.Lock()

    def get(self, state: Hashable, key: Hashable, make: Callable[[], str], level: int = LEVEL) -> PackedPage:
        """The page of that key as of that state, made and packed so if it is not there."""
        with self._lock:
            if (known := self._known(state, key)) is not None:
                return known
            self._making.add(key)
        page = None
        try:
            page = pack(make(), level)
        finally:
            with self._lock:
                self._making.discard(key)
                self._keep(state, key, page)
        return page

    def kept(self, state: Hashable, key: Hashable, lately: Lately | None = None) -> PackedPage | None:
        """What `get` would give without making it, or was made `lately` enough."""
        with self._lock:
            if (known := self._known(state, key)) is not None or lately is None or key not in self._pages:
                return known
            of, page, made = self._pages[key]
            return page if lately(self._clock() - made, of, state) else None

    def _known(self, state: Hashable, key: Hashable) -> PackedPage | None:
        known = self._pages.get(key)
        if known is None or (known[0] != state and key not in self._making):
            return None
        self._pages.move_to_end(key)
        return known[1]

    def __len__(self) -> int:
        """How many pages are kept."""
        return len(self._pages)

    def _keep(self, state: Hashable, key: Hashable, page: PackedPage | None) -> None:
        """Put the page in the place of the one before; None where it may not be shown any more."""
        before = self._pages.pop(key, None)
        self._bytes -= len(before[1].packed) if before else 0
        if page is None:
            return
        self._bytes += len(page.packed)
        self._pages[key] = (state, page, self._clock())
        while self._bytes > self._most:
            _, (_, oldest, _) = self._pages.popitem(last=False)
            self._bytes -= len(oldest.packed)


class Newest(Generic[Value]):
    """One value that many pages show, kept while the state it was made of is the newest."""

    def __init__(self) -> None:
        self._kept: tuple[Hashable, Value] | None = None

    def get(self, state: Hashable, make: Callable[[], Value]) -> Value:
        """The value as of that state, made if it is not there."""
        kept = self._kept  # read once: another thread may replace it, never change it
        if kept is None or kept[0] != state:
            kept = self._kept = (state, make())
        return kept[1]
