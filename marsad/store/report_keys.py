"""The keys that readers are told apart with, in a file of the data folder that nobody else may read.

Each is drawn by chance, holds for one period, and is forgotten at the end of the next: from then on
nobody, the operator included, can tell by whom a report was.
"""

from __future__ import annotations

import json
import os
import secrets
import threading
from datetime import datetime, timedelta
from pathlib import Path

from marsad.errors import StoreError

FILE = "report-keys.json"
PERIOD = timedelta(days=30)


class ReportKeys:
    """The keys in the data folder `folder`; made when first asked for. Any thread may ask."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._lock = threading.Lock()

    def at(self, now: datetime) -> tuple[bytes, ...]:
        """The key of `now` first, then that of the period before, where there was one.

        Raises StoreError where the file cannot be read or written.
        """
        period = int(now.timestamp() // PERIOD.total_seconds())
        with self._lock:
            try:
                kept = self._read()
                wanted = {each: kept[each] for each in (period, period - 1) if each in kept}
                wanted.setdefault(period, secrets.token_bytes(32))
                if wanted != kept:
                    self._write(wanted)
            except (OSError, ValueError) as error:
                raise StoreError("the keys of reports cannot be used", str(self._path), error) from error
        return tuple(wanted[each] for each in sorted(wanted, reverse=True))

    def _read(self) -> dict[int, bytes]:
        try:
            written = json.loads(self._path.read_text(encoding="ascii"))
        except FileNotFoundError:
            return {}
        return {int(period): bytes.fromhex(key) for period, key in written.items()}

    def _write(self, keys: dict[int, bytes]) -> None:
        unfinished = self._path.with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            json.dump({str(period): key.hex() for period, key in keys.items()}, file)
        unfinished.replace(self._path)
