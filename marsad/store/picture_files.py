"""Images at reading size on disk: as many as fit, those that nobody asks for go first."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Mapping
from pathlib import Path

#: A file that was asked for is marked so at most this often, in seconds.
_MARKED = 3600
#: When the folder is full, it is emptied to this share, so that not every new image has to look for room.
_ROOM = 0.9


class PictureFiles:
    """The folder `folder`, of at most `most_bytes`. Any thread may use it."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder
        self._most = most_bytes
        self._lock = threading.Lock()
        self._bytes: int | None = None

    def get(self, key: str, width: int) -> bytes | None:
        """The image of that key at that width, None where it is not there."""
        path = self._path(key, width)
        try:
            body = path.read_bytes()
            if time.time() - path.stat().st_mtime > _MARKED:
                os.utime(path)
        except OSError:
            return None
        return body

    def put(self, key: str, files: Mapping[int, bytes]) -> None:
        """Keep an image at its widths. A full disk is no reason not to show it: nothing is raised."""
        with self._lock:
            try:
                for width, body in files.items():
                    self._write(self._path(key, width), body)
                self._make_room()
            except OSError:
                self._bytes = None

    def _write(self, path: Path, body: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.write_bytes(body)
        unfinished.replace(path)
        if self._bytes is not None:
            self._bytes += len(body)

    def _make_room(self) -> None:
        if self._bytes is None:
            self._bytes = sum(size for _, size, _ in self._all())
        if self._bytes <= self._most:
            return
        for _, size, path in sorted(self._all()):
            if self._bytes <= self._most * _ROOM:
                break
            path.unlink(missing_ok=True)
            self._bytes -= size

    def _all(self) -> list[tuple[float, int, Path]]:
        """(last asked for, size, path) of every file."""
        found = [(path.stat(), path) for path in self._folder.glob("*/*") if path.is_file()]
        return [(stat.st_mtime, stat.st_size, path) for stat, path in found]

    def _path(self, key: str, width: int) -> Path:
        return self._folder / key[:2] / f"{key}-{width}.webp"
