"""How much of files stands in the memory of this process, and how to give it back."""

from __future__ import annotations

import ctypes
import mmap
import os
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any

_STATE = Path("/proc/self/statm")
_RANGES = Path("/proc/self/maps")


def mapped_bytes() -> int:
    """Bytes of mapped files that are resident now; 0 where the system does not tell."""
    try:
        return int(_STATE.read_bytes().split()[2]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def give_back(held: Collection[Path]) -> int:
    """Give back the memory in which those files stand; what is read of them again comes back.

    Bytes of addresses that were given back, resident or not; 0 where the system does not do it.

    Each of `held` must be mapped, only to be read, from before this begins until it has ended: were
    its addresses another's by then, what stands there would be wiped. So a file that is mapped twice
    is left alone, for it cannot be told which of the two is the one that stays.
    """
    ranges: dict[str, list[tuple[int, int]]] = {str(path): [] for path in held}
    for path, first, size in _mapped():
        if path in ranges:
            ranges[path].append((first, size))
    once = [each[0] for each in ranges.values() if len(each) == 1]
    # Called through ctypes, which lets other threads run meanwhile: it takes some milliseconds.
    return sum(size for first, size in once if _advise()(first, size, mmap.MADV_DONTNEED) == 0)


def _mapped() -> Iterator[tuple[str, int, int]]:
    """Path, first address and size of each range of a file that is mapped."""
    try:
        lines = _RANGES.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        span, *_, path = line.split(None, 5)
        if path.startswith("/"):
            first, end = (int(address, 16) for address in span.split("-"))
            yield path, first, end - first


@cache
def _advise() -> Any:
    advise = ctypes.CDLL(None).madvise
    advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    return advise
