"""Killed at any moment, nothing is lost, doubled or half-written, and the index equals the store."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest
from sqlalchemy import func, select

from marsad.app import Marsad
from marsad.cli.main import app
from marsad.collect.opml import write_opml
from marsad.demo.press import Behaviour, Press
from marsad.demo.running import gold, sources
from marsad.demo.server import Manners
from marsad.demo.threaded import running_press
from marsad.model import body_text
from marsad.pipeline import exchange
from marsad.store import articles
from marsad.store.tables import articles as article_table
from marsad.store.tables import bodies, fingerprints, outbox, stories
from tests.press.world import hasty

LINES = 600
#: Newspapers whose robots.txt asks for pauses, in which there would be nothing to strike.
PAUSING = {"bab-zaytoun", "nakhil"}
ENVIRONMENT = {
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


#: Each Marsad is forked from a process that has imported it, so that a kill strikes its work and not Python's.
FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(["marsad.cli.main"])


def start(*arguments: str) -> ForkServerProcess:
    """A Marsad of its own, in a process group of its own."""
    process = FORKING.Process(target=command, args=(arguments, ENVIRONMENT))
    process.start()
    return process


def command(arguments: tuple[str, ...], environment: Mapping[str, str]) -> None:
    """What a process does that `start` started."""
    os.setsid()
    os.environ.update(environment)
    exchange.BATCH = 10  # many transactions, for a kill to strike within and between
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    app(arguments)


def kill(process: ForkServerProcess, after: float) -> bool:
    """SIGKILL after so many seconds; whether it had ended by itself before."""
    process.join(after)
    if process.exitcode is not None:
        return True
    with suppress(ProcessLookupError):  # it has no group yet
        os.killpg(process.ident or 0, signal.SIGKILL)
    process.kill()
    process.join()
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


def await_articles(folder: Path, wanted: int) -> int:
    """Wait until there are so many, or for so long that there never will be. Gives how many there are."""
    patience = time.monotonic() + 90
    while True:
        time.sleep(0.2)
        with Marsad(hasty(folder)) as marsad, marsad.store.reading() as connection:
            found = articles.count(connection)
        if found >= wanted or time.monotonic() > patience:
            return found


@pytest.mark.timeout(240)
@pytest.mark.parametrize("seed", [1, 2])
def test_importing_survives_being_killed(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    file, folder = tmp_path / "lines.jsonl", tmp_path / "archive"
    file.write_text("".join(json.dumps(line(n), ensure_ascii=False) + "\n" for n in range(1, LINES + 1)))
    kills = 0
    while kills < 20:
        ended = kill(start("import", str(file), "--data", str(folder)), after=chance.uniform(0.3, 1.5))
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
        sites = [site for site in running.sites if site.slug not in PAUSING]
        listed.write_bytes(write_opml(sources(sites), "press", datetime.now(UTC)))
        wanted = sum(article.newspaper not in PAUSING for article in gold(running).values())
        counts = [0]
        for turn in range(10):
            process = start("run", str(listed), "--data", str(folder))
            if turn % 2:  # struck while it keeps; the others while they begin
                await_articles(folder, min(counts[-1] + 1, wanted))
            assert not kill(process, after=chance.uniform(0.2, 1.6))
            if folder.exists():
                counts.append(check(folder))
        process = start("run", str(listed), "--data", str(folder))
        counts.append(await_articles(folder, wanted))
        process.join(2)  # all may have been there before: by now it collects
        os.killpg(process.ident or 0, signal.SIGINT)
        process.join(5)
        assert process.exitcode is not None, "Ctrl-C stops it in under 5 seconds"
        assert counts == sorted(counts), "nothing that was kept was lost"
        assert check(folder) == wanted
