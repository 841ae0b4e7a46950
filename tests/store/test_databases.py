"""Which database an archive is kept in, and what is said where it cannot be."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

import pytest

from marsad.errors import SettingsError, StoreError
from marsad.store import ledger, outbox
from marsad.store.engine import Store
from tests import databases
from tests.samples import NOW


@pytest.fixture
def address(server: Path | None) -> str:
    return databases.empty_database(server)


def test_an_archive_on_a_server_is_there_when_it_is_opened_again(tmp_path: Path, address: str) -> None:
    with closing(Store(tmp_path, address)) as store, store.writing() as connection:
        ledger.set_fact(connection, "archive", "kept")
    with closing(Store(tmp_path, address)) as store, store.reading() as connection:
        assert ledger.fact(connection, "archive") == "kept"
    assert not list(tmp_path.iterdir())


def test_two_processes_that_write_take_turns(tmp_path: Path, address: str) -> None:
    with closing(Store(tmp_path, address)) as one, closing(Store(tmp_path, address)) as other:
        written = threading.Event()

        def write() -> None:
            with other.writing() as connection:
                outbox.move(connection, "index", outbox.cursor(connection, "index") + 1)
            written.set()

        late = threading.Thread(target=write)
        with one.writing() as connection:
            late.start()
            assert not written.wait(0.3)
            outbox.move(connection, "index", 7)
        late.join()
        with one.reading() as connection:
            assert outbox.cursor(connection, "index") == 8


def test_who_reads_writes_nothing(tmp_path: Path, address: str) -> None:
    with (
        closing(Store(tmp_path, address)) as store,
        pytest.raises(StoreError, match="read-only"),
        store.reading() as connection,
    ):
        ledger.set_fact(connection, "written", NOW.isoformat())


def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    address = f"postgresql://marsad:hidden-word@/marsad?host={tmp_path}"
    with pytest.raises(StoreError, match="cannot be opened") as raised:
        Store(tmp_path, address)
    assert str(tmp_path) in str(raised.value)
    assert "hidden-word" not in str(raised.value)


@pytest.mark.parametrize("address", ["mysql://host/name", "a database", "postgresql://host:port/name"])
def test_an_address_that_is_none_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingsError, match=r"store\.database"):
        Store(tmp_path, address)
