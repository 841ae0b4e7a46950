"""Rendered pages, kept as long as the archive that they show stays as it is."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable


class PageCache:
    """Up to `most` pages of one state of the archive; a newer state empties it.

    Pages that many ask for at the same moment may be made more than once, which costs less than
    to let everybody wait for one.
    """

    def __init__(self, most: int = 400) -> None:
        self._most = most
        self._state: Hashable = None
        self._pages: OrderedDict[Hashable, str] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, state: Hashable, key: Hashable, make: Callable[[], str]) -> str:
        """The page of that key as of that state, made if it is not there."""
        with self._lock:
            if state != self._state:
                self._pages.clear()
                self._state = state
            if key in self._pages:
                self._pages.move_to_end(key)
                return self._pages[key]
        body = make()
        with self._lock:
            if state == self._state:
                self._pages[key] = body
                while len(self._pages) > self._most:
                    self._pages.popitem(last=False)
        return body
