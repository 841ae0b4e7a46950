"""Killed at any moment, nothing is lost, doubled or half-written, and the index equals the store."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from marsad.app import Marsad
from marsad.collect.opml import write_opml
from marsad.demo.press import Behaviour, Press
from marsad.demo.running import gold, sources
from marsad.demo.server import Manners
from marsad.demo.threaded import running_press
from marsad.model import body_text
from marsad.store import articles
from marsad.store.tables import articles as article_table
from marsad.store.tables import bodies, fingerprints, outbox, stories
from tests.press.world import hasty

LINES = 2000
ENVIRONMENT = os.environ | {
    "MARSAD_COLLECT__PRIVATE_NETWORKS": '["127.0.0.0/8"]',
    "MARSAD_COLLECT__PAUSE_SECONDS": "0.02",
    "MARSAD_COLLECT__POLL_MINUTES_MIN": "0.01",
    "MARSAD_COLLECT__POLL_MINUTES_MAX": "0.02",
    "MARSAD_SEARCH__MEANING": "false",
    "MARSAD_LOG__LEVEL": "error",
    "MARSAD_SERVER__PORT": "0",
}


def line(number: int) -> dict[str, str]:
    """An article of its own, every tenth with a text that the one before has too."""
    words = random.Random(number - (number % 10 == 0))
    text = "\n".join(" ".join(f"كلمة{words.randrange(4000)}" for _ in range(40)) for _ in range(3))
    return {
        "id": str(number),
        "source": f"صحيفة {number % 5}",
        "url": f"https://s{number % 5}.example/{number}",
        "title": f"عنوان {number}",
        "text": text,
        "published": "2020-11-17T10:00:00+00:00",
        "language": "ar",
    }


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """A Marsad of its own, in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "marsad", *arguments],
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill(process: subprocess.Popen[bytes], after: float) -> bool:
    """SIGKILL after so many seconds; whether it had ended by itself before."""
    try:
        process.wait(after)
        return True
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False


def check(folder: Path) -> int:
    """Open what a killed process left: all of it must hold together. Gives how many articles there are."""
    with Marsad(hasty(folder)) as marsad:
        marsad.indexer.catch_up()
        with marsad.store.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            numbers = articles.numbers(connection)
            for table in (bodies, fingerprints):
                assert set(connection.execute(select(table.c.article)).scalars()) == numbers
            kept = select(outbox.c.article).where(outbox.c.change == "kept")
            assert sorted(connection.execute(kept).scalars()) == sorted(numbers)
            told = select(func.coalesce(func.sum(stories.c.articles), 0))
            assert connection.execute(told).scalar() == len(numbers)
            digests = dict(connection.execute(select(article_table.c.number, article_table.c.digest)).all())
            for article in articles.from_number(connection, 0, 100_000):
                assert articles.digest(article) == digests[article.number or 0]
        assert marsad.index.numbers() == numbers
        return len(numbers)


@pytest.mark.timeout(240)
@pytest.mark.parametrize("seed", [1, 2])
def test_importing_survives_being_killed(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    file, folder = tmp_path / "lines.jsonl", tmp_path / "archive"
    file.write_text("".join(json.dumps(line(n), ensure_ascii=False) + "\n" for n in range(1, LINES + 1)))
    kills = 0
    while kills < 20:
        ended = kill(start("import", str(file), "--data", str(folder)), after=chance.uniform(0.5, 2.5))
        kills += not ended
        if folder.exists():
            check(folder)
        if ended:  # all is in: the same lines again must change nothing, also when that is cut short
            folder = tmp_path / f"archive-{kills}"
    while not kill(start("import", str(file), "--data", str(folder)), after=120):
        pytest.fail("the import did not end")
    assert check(folder) == LINES
    with Marsad(hasty(folder)) as marsad, marsad.store.reading() as connection:
        for article in articles.from_number(connection, 0, LINES):
            wanted = line(int(article.identifier or 0))
            assert (article.title, body_text(article.blocks)) == (wanted["title"], wanted["text"])


@pytest.mark.timeout(240)
def test_collecting_survives_being_killed(tmp_path: Path) -> None:
    chance = random.Random(3)
    folder, listed = tmp_path / "archive", tmp_path / "press.opml"
    press = Press(datetime.now(UTC), behaviour=Behaviour(interval=1e9))
    with running_press(press, manners=Manners(slow_seconds=0.05)) as running:
        listed.write_bytes(write_opml(sources(running.sites), "press", datetime.now(UTC)))
        wanted = len(gold(running))
        counts = [0]
        for _ in range(10):
            assert not kill(start("run", str(listed), "--data", str(folder)), after=chance.uniform(1.0, 4.0))
            if folder.exists():
                counts.append(check(folder))
        process = start("run", str(listed), "--data", str(folder))
        patience = time.monotonic() + 90
        while counts[-1] < wanted and time.monotonic() < patience:
            time.sleep(1)
            with Marsad(hasty(folder)) as marsad, marsad.store.reading() as connection:
                counts.append(articles.count(connection))
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(5) is not None, "Ctrl-C stops it in under 5 seconds"
        assert counts == sorted(counts), "nothing that was kept was lost"
        assert check(folder) == wanted
