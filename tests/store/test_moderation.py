"""The keys, reports and decisions that are kept."""

from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from marsad.errors import StoreError
from marsad.model import Standing
from marsad.oversight import Act, Decision, Deed, Reason, Report, RequestState, Thing
from marsad.store import articles, decisions, deeds, reports, requests, sources, stories
from marsad.store.engine import Store
from marsad.store.report_keys import FILE, PERIOD, ReportKeys
from tests.samples import NOW, SOURCE, article


@pytest.fixture
def filled(store: Store) -> Store:
    with store.writing() as connection:
        sources.put(connection, SOURCE, NOW)
        articles.keep(connection, article(), stories.open_story(connection, article()))
    return store


def test_keys_are_forgotten_after_the_next_period(tmp_path: Path) -> None:
    keys = ReportKeys(tmp_path)
    [first] = keys.at(NOW)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert ReportKeys(tmp_path).at(NOW) == (first,)
    second, before = keys.at(NOW + PERIOD)
    assert before == first != second
    third, before = keys.at(NOW + 2 * PERIOD)
    assert before == second
    assert first.hex() not in (tmp_path / FILE).read_text()
    assert len({first, second, third}) == 3


def test_a_broken_file_of_keys_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("nonsense")
    with pytest.raises(StoreError, match=FILE):
        ReportKeys(tmp_path).at(NOW)


WAYS = (("UPDATE", " SET at = 0"), ("DELETE FROM", ""))


def test_decisions_cannot_be_rewritten(filled: Store) -> None:
    with filled.writing() as connection:
        decisions.add(connection, Decision(Thing(1), Standing.HIDDEN, Reason.PRIVACY, NOW, by="salma"))
        deeds.add(connection, Deed(Act.PAUSED, "nakhla", "salma", NOW))
    for change in (f"{way} {table}{rest}" for table in ("decisions", "deeds") for way, rest in WAYS):
        with pytest.raises(StoreError, match="only added to"), filled.writing() as connection:
            connection.execute(text(change))
    with filled.reading() as connection:
        [kept] = decisions.of(connection, Thing(1))
        assert (kept.by, kept.standing, kept.number) == ("salma", Standing.HIDDEN, 1)


def test_reports_forget_who_made_them(filled: Store) -> None:
    with filled.writing() as connection:
        for n in range(2):
            reports.add(
                connection,
                Report(Thing(1), Reason.OTHER, NOW + timedelta(days=40 * n), b"v", b"d", b"n", "a word"),
            )
        reports.forget(connection, NOW + timedelta(days=10))
        old, new = reports.of(connection, Thing(1))
        assert (old.voter, old.device, old.network, old.note) == (None, None, None, "")
        assert (new.voter, new.note) == (b"v", "a word")
        assert reports.counts(connection) == {Reason.OTHER: 2}


def test_the_queue_holds_what_no_moderator_has_answered(filled: Store) -> None:
    image = Thing(1, "0123456789abcdef")
    with filled.writing() as connection:
        reports.add(connection, Report(image, Reason.OTHER, NOW))
        reports.add(connection, Report(Thing(1), Reason.PRIVACY, NOW))
        decisions.add(connection, Decision(image, Standing.HIDDEN, Reason.OTHER, NOW, answers=2))
        assert {each.thing for each in reports.undecided(connection, 9)} == {image, Thing(1)}
        answer = Decision(image, Standing.SHOWN, Reason.OTHER, NOW, by="salma", answers=2)
        decisions.add(connection, answer)
        assert [each.thing for each in reports.undecided(connection, 9)] == [Thing(1)]
        reports.add(connection, Report(image, Reason.PRIVACY, NOW + timedelta(days=1)))
        assert len(reports.undecided(connection, 9)) == 2


def test_a_request_is_followed_by_its_token_alone_and_forgotten_when_done(store: Store) -> None:
    with store.writing() as connection:
        token = requests.add(connection, "person", "/nakhla/1", "نص", "a@example.org", NOW)
        kept = requests.by_token(connection, token)
        assert kept is not None
        assert (kept.number, kept.state) == (1, RequestState.OPEN)
        assert requests.by_token(connection, "1") is None
        assert requests.close(connection, 1, RequestState.GRANTED, "تم", "salma", NOW)
        requests.forget(connection, NOW + timedelta(days=1))
        kept = requests.by_number(connection, 1)
        assert kept is not None
        assert (kept.contact, kept.text, kept.answer) == ("", "", "تم")
        assert not requests.close(connection, 2, RequestState.GRANTED, "", "salma", NOW)
        assert requests.counts(connection) == {RequestState.GRANTED: 1}
