"""The whole way: nine newspapers in, pages to read and search out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from marsad import addresses
from marsad.app import Marsad
from marsad.demo.press import Behaviour, Change, Press, Removal
from marsad.demo.running import Gold, RunningPress, gold
from marsad.demo.running import sources as listed
from marsad.demo.server import Manners
from marsad.demo.texts import all_texts
from marsad.demo.threaded import running_press
from marsad.model import body_text
from marsad.outcome import Outcome
from marsad.search.index import Window
from marsad.search.parser import read_query
from marsad.store import articles, ledger, sources, stories, visits
from marsad.web.site import site
from tests.press.world import archive, collect_sources_until, collect_until

#: Before the live reserve begins, so that what stands in the press stands still.
EPOCH = datetime.now(UTC).replace(microsecond=0)
STILL = Behaviour(interval=1e9)
QUICK = Manners(slow_seconds=0.05)


@pytest.fixture(scope="module")
def press() -> Iterator[RunningPress]:
    with running_press(Press(EPOCH, behaviour=STILL), manners=QUICK) as running:
        yield running


@pytest.fixture(scope="module")
def golds(press: RunningPress) -> dict[str, Gold]:
    return gold(press)


@pytest.fixture(scope="module")
def marsad(press: RunningPress, golds: dict[str, Gold]) -> Iterator[Marsad]:
    with tempfile.TemporaryDirectory() as folder, archive(Path(folder)) as opened:
        collect_until(opened, press, lambda: _count(opened) >= len(golds))
        yield opened


@pytest.fixture(scope="module")
def reader(marsad: Marsad) -> TestClient:
    return TestClient(site(marsad), headers={"accept-language": "ar"})


def _count(marsad: Marsad) -> int:
    with marsad.store.reading() as connection:
        return articles.count(connection)


def test_every_article_of_every_newspaper_is_kept_once_and_nothing_else(
    marsad: Marsad, golds: dict[str, Gold]
) -> None:
    with marsad.store.reading() as connection:
        kept = {(a.source, a.title): a for a in articles.from_number(connection, 0, 10_000)}
        assert _count(marsad) == len(golds)
    for wanted in golds.values():
        assert (wanted.newspaper, wanted.title) in kept
    assert {source for source, _ in kept} == {wanted.newspaper for wanted in golds.values()}


def test_texts_dates_and_languages_are_those_that_were_published(
    marsad: Marsad, golds: dict[str, Gold]
) -> None:
    with marsad.store.reading() as connection:
        kept = {(a.source, a.title): a for a in articles.from_number(connection, 0, 10_000)}
    for wanted in golds.values():
        found = kept[wanted.newspaper, wanted.title]
        lines, published = body_text(found.blocks).splitlines(), wanted.text.splitlines()
        assert [line for line in lines if line in published] == published
        # A caption above it or the line that names the agency below may be taken for text.
        assert len(lines) <= len(published) + 2, lines
        assert found.language == wanted.language
        assert found.published is not None
        assert abs(found.published.moment - wanted.published) < timedelta(days=1, minutes=1)


def test_copies_stand_under_the_story_of_what_they_copy(marsad: Marsad, golds: dict[str, Gold]) -> None:
    with marsad.store.reading() as connection:
        kept = {(a.source, a.title): a for a in articles.from_number(connection, 0, 10_000)}
        for wanted in golds.values():
            if wanted.copy_of is None:
                continue
            original = golds[wanted.copy_of]
            copy = kept[wanted.newspaper, wanted.title]
            first = kept[original.newspaper, original.title]
            assert copy.story == first.story
            named = stories.copied_by(connection, [copy.number or 0, first.number or 0])
            assert named, "one of the two is known as a copy of the other"


def test_the_index_holds_what_the_store_holds(marsad: Marsad) -> None:
    with marsad.store.reading() as connection:
        assert marsad.index.numbers() == articles.numbers(connection)


def test_what_went_in_equals_the_sum_of_what_came_out(marsad: Marsad) -> None:
    with marsad.store.reading() as connection:
        sums = ledger.sums(connection)
        pages = dict.fromkeys(Outcome, 0)
        for (_, kind, outcome), times in sums.items():
            if kind == "page":
                pages[outcome] += times
        assert pages[Outcome.KEPT] == articles.count(connection)
        assert pages[Outcome.DEFECT] == 0
        assert ledger.defects_count(connection) == 0
        assert visits.waiting(connection) == 0


def test_every_source_is_healthy(marsad: Marsad) -> None:
    with marsad.store.reading() as connection:
        for state in sources.feed_states(connection):
            assert state.rhythm is not None
            assert state.rhythm["state"] in {"healthy", "failing"}, state.error
            assert state.rhythm["state"] == "healthy" or state.source == "hauts-plateaux"


def test_the_front_page_tells_of_all_newspapers(reader: TestClient, golds: dict[str, Gold]) -> None:
    page = reader.get(addresses.FRONT)
    assert page.status_code == 200
    assert 'dir="rtl"' in page.text
    seen = {wanted.newspaper for wanted in golds.values() if f'href="/{wanted.newspaper}' in page.text}
    assert seen == {wanted.newspaper for wanted in golds.values()}


def test_an_article_has_its_page(reader: TestClient, marsad: Marsad, golds: dict[str, Gold]) -> None:
    with marsad.store.reading() as connection:
        found = articles.from_number(connection, 0, 1)[0]
    page = reader.get(addresses.article(found.source, found.number or 0))
    assert page.status_code == 200
    assert found.address in page.text
    assert "نشر في" in page.text
    assert "اقرأ الخبر من مصدره" in page.text


@pytest.mark.parametrize(
    "path",
    ["/section/weather", "/nakhil", "/sources", "/story/1", "/search?q=%D8%A3%D9%85%D8%B7%D8%A7%D8%B1"],
)
def test_every_kind_of_page_answers(reader: TestClient, path: str) -> None:
    page = reader.get(path)
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_a_headline_is_found_by_its_own_words(marsad: Marsad, golds: dict[str, Gold]) -> None:
    with marsad.store.reading() as connection:
        kept = {(a.source, a.title): a.number for a in articles.from_number(connection, 0, 10_000)}
    missed = []
    for wanted in golds.values():
        hits = marsad.index.search(read_query(wanted.title.replace(":", " ")), Window(size=5))
        if kept[wanted.newspaper, wanted.title] not in {hit.number for hit in hits.hits}:
            missed.append(wanted.title)
    assert len(missed) <= len(golds) * 0.03, missed


def test_a_changed_article_keeps_its_earlier_state_and_a_removed_one_stays(tmp_path: Path) -> None:
    # Of one newspaper, whose robots.txt asks for no pauses.
    told = [text for text in all_texts() if text.newspaper == "kuthban" and text.age_hours >= 0]
    changed = Change(told[0].id, 2, f"حصيلة جديدة: {told[0].title}", 1, "ارتفعت الحصيلة مساء اليوم.")
    removed = Removal(told[1].id, 2)
    later = Behaviour(interval=1e9, changed=(changed,), removed=(removed,))
    # The clock of its press stands until all has been read as it was at first.
    passed = [timedelta(0)]
    press = Press(EPOCH, lambda: EPOCH + passed[0], behaviour=later)
    with running_press(press, manners=QUICK) as running, archive(tmp_path) as marsad:
        before = gold(running)
        paper = [source for source in listed(running.sites) if source.slug == "kuthban"]
        collect_sources_until(marsad, paper, lambda: _count(marsad) == len(told))
        passed[0] = timedelta(seconds=10)

        def is_revised() -> bool:
            with marsad.store.reading() as connection:
                sums = ledger.sums(connection)
            return any(outcome is Outcome.REVISED for _, _, outcome in sums)

        collect_sources_until(marsad, paper, is_revised)
        with marsad.store.reading() as connection:
            kept = {a.title: a for a in articles.from_number(connection, 0, 10_000)}
            now_says = kept[changed.title]
            assert now_says.revision >= 2
            [first, *_] = articles.revisions_of(connection, now_says.number or 0)
            assert first.title == before[changed.article].title
            assert before[removed.article].title in kept
        client = TestClient(site(marsad))
        page = client.get(addresses.article(now_says.source, now_says.number or 0))
        assert first.title in _without(page.text, "ins")
        assert changed.title in _without(page.text, "del")


def _without(page: str, element: str) -> str:
    """The text of a page without what stands in those elements, spaces as they are read."""
    tree = html.fromstring(page)
    for found in tree.xpath(f"//{element}"):
        found.drop_tree()
    return " ".join(tree.text_content().split())
