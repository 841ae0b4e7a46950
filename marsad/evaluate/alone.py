"""Measuring in a process of its own: its memory and its speed are nobody else's.

A process that has measured much before holds a large heap, which slows what allocates, and its resident
memory says nothing.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]


def rows_of(module: str, *arguments: object) -> list[Row]:
    """The rows that `python -m module` prints, a JSON object on each line.

    Raises subprocess.CalledProcessError where it fails.
    """
    command = [sys.executable, "-m", module, *map(str, arguments)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return [json.loads(line) for line in told.splitlines()]


def tell(rows: Iterable[Row]) -> None:
    """Print `rows` for `rows_of`, each as soon as it is known."""
    for row in rows:
        sys.stdout.write(json.dumps(row) + "\n")
        sys.stdout.flush()


def peak_memory() -> int:
    """The highest memory of this process in MiB.

    By the system's account of its own pages where there is one: the usual figure is never less than what the
    process had that started it.
    """
    try:
        return accounted("VmHWM")
    except (OSError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def accounted(kind: str) -> int:
    """What Linux accounts of that kind (``VmRSS``, ``RssAnon``…) for this process, in MiB.

    Raises OSError elsewhere, and IndexError for a kind that there is not.
    """
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(told.split(f"{kind}:")[1].split()[0]) // 1024
