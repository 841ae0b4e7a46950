"""What the archive keeps, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from marsad.errors import StoreError
from marsad.model import Article, Copy, Image, Section
from marsad.outcome import Outcome
from marsad.store import articles, ledger, outbox, sources, stories, visits
from marsad.store.columns import metadata
from marsad.store.engine import Store
from marsad.store.sqlite import FILE
from tests.samples import NOW, SOURCE, article, paragraphs


def kept(connection: Connection, new: Article, story: int | None = None) -> int:
    """`new` in the archive, under a story of its own unless one is given."""
    number = story or stories.open_story(connection, new)
    return articles.keep(connection, new, number)


@pytest.fixture
def filled(store: Store) -> Store:
    with store.writing() as connection:
        sources.put(connection, SOURCE, NOW)
    return store


def test_the_migrations_build_the_tables_that_the_code_knows(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_an_article_comes_back_as_it_was_kept(filled: Store) -> None:
    picture = Image("https://nakhla.example/a.jpg", "سد تطوان", "")
    given = article(images=(picture,), rubrics=("طقس",), origins={"title": "json-ld"}, author="هيئة التحرير")
    with filled.writing() as connection:
        number = kept(connection, given)
    with filled.reading() as connection:
        found = articles.by_number(connection, number)
    assert found is not None
    assert replace(found, number=None, story=None) == given


def test_nothing_is_kept_of_a_transaction_that_fails(filled: Store) -> None:
    def fails_half_way() -> None:
        with filled.writing() as connection:
            kept(connection, article())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails_half_way()
    with filled.reading() as connection:
        assert articles.count(connection) == 0
        assert outbox.last(connection) == 0
        assert stories.count(connection) == 0


def test_numbers_are_never_given_twice(filled: Store) -> None:
    with filled.writing() as connection:
        first = kept(connection, article())
        second = kept(connection, article(address="https://nakhla.example/2"))
    assert second > first


def test_a_restored_article_keeps_its_number(filled: Store) -> None:
    with filled.writing() as connection:
        assert kept(connection, article(number=236369)) == 236369
        assert kept(connection, article(address="https://nakhla.example/2")) == 236370


def test_a_revision_keeps_what_was_there_before(filled: Store) -> None:
    later = NOW + timedelta(hours=1)
    with filled.writing() as connection:
        number = kept(connection, article())
        known = articles.known(connection, "nakhla", "https://nakhla.example/1")
        assert known is not None
        articles.revise(connection, known, article("نص جديد.", collected=later, published=None))
    with filled.reading() as connection:
        found = articles.by_number(connection, number)
        assert found is not None
        assert (found.revision, found.blocks) == (2, paragraphs("نص جديد."))
        assert found.published is not None, "what it said of its date before still stands"
        [before] = articles.revisions_of(connection, number)
        assert (before.revision, before.text) == (1, "نص الخبر الأول.")
        assert articles.had_state(connection, number, articles.digest(article()))
        assert [change.change for change in outbox.after(connection, 0, 9)] == ["kept", "revised"]


def test_lists_stay_where_they_were_while_news_arrives(filled: Store) -> None:
    with filled.writing() as connection:
        for n in range(6):
            kept(connection, article(address=f"https://nakhla.example/{n}", number=n + 1))
        first = articles.latest(connection, 3)
        kept(connection, article(address="https://nakhla.example/new", number=99))
        last = first[-1]
        second = articles.latest(connection, 3, before=(last.dated, last.number))
    assert [headline.number for headline in first + second] == [6, 5, 4, 3, 2, 1]


def test_lists_narrow_to_a_source_and_a_section(filled: Store) -> None:
    with filled.writing() as connection:
        kept(connection, article())
        assert len(articles.latest(connection, 9, source="nakhla", section=Section.WEATHER)) == 1
        assert articles.latest(connection, 9, section=Section.SPORTS) == []
        assert articles.latest(connection, 9, source="other") == []


def test_a_story_counts_its_articles_and_leaves_copies_out(filled: Store) -> None:
    with filled.writing() as connection:
        sources.put(connection, replace(SOURCE, slug="arz", name="الأرز", feeds=()), NOW)
        story = stories.open_story(connection, article())
        first = kept(connection, article(), story)
        second = kept(connection, article(source="arz", collected=NOW), story)
        stories.put_copies(connection, second, [Copy(first, 0.9)])
        stories.summarise(connection, story, first)
        found = stories.by_number(connection, story)
        assert stories.copied_by(connection, [first, second]) == {second: Copy(first, 0.9)}
        other = kept(connection, article(address="https://nakhla.example/other"))
        stories.put_copies(connection, second, [Copy(other, 1.0), Copy(first, 0.9)])
        assert stories.copied_within(connection, [first, second]) == {second: Copy(first, 0.9)}
        stories.put_copies(connection, second, [Copy(other, 1.0)])
        stories.summarise(connection, story, first)
        alone = stories.by_number(connection, story)
    assert found is not None
    assert alone is not None
    assert alone.independents == 2, "what it copies is no telling of this story"
    assert (found.articles, found.sources, found.independents) == (2, 2, 1)
    assert found.representative.title == article().title


def test_a_paused_or_removed_source_is_not_visited_and_keeps_its_articles(filled: Store) -> None:
    with filled.writing() as connection:
        kept(connection, article())
        assert [state.source for state in sources.due_feeds(connection, NOW, 9)] == ["nakhla"]
        assert sources.set_paused(connection, "nakhla", paused=True)
        assert sources.due_feeds(connection, NOW, 9) == []
        assert sources.set_paused(connection, "nakhla", paused=False)
        assert sources.remove(connection, "nakhla")
        assert sources.due_feeds(connection, NOW, 9) == []
        assert sources.all_sources(connection) == []
        assert articles.count(connection) == 1
        assert not sources.remove(connection, "nobody")


def test_a_source_comes_back_as_it_was_given(filled: Store) -> None:
    with filled.reading() as connection:
        assert sources.all_sources(connection) == [SOURCE]


def test_an_announced_address_waits_once_until_it_is_settled(filled: Store) -> None:
    new = visits.Visit("https://nakhla.example/1", "nakhla", {"title": "خبر"})
    with filled.writing() as connection:
        assert visits.announce(connection, [new], NOW) == 1
        assert visits.announce(connection, [new], NOW) == 0
        [due] = visits.due(connection, NOW, 9)
        assert due.entry == {"title": "خبر"}
        assert visits.due(connection, NOW, 9, busy=["nakhla"]) == []
        visits.note(connection, replace(due, outcome=Outcome.GONE, next_visit=None, attempts=1), NOW)
        assert visits.due(connection, NOW + timedelta(days=9), 9) == []


def test_a_reader_of_the_outbox_goes_on_where_it_was(filled: Store) -> None:
    with filled.writing() as connection:
        for n in range(3):
            kept(connection, article(address=f"https://nakhla.example/{n}"))
        outbox.move(connection, "index", 2)
    with filled.reading() as connection:
        assert [c.position for c in outbox.after(connection, outbox.cursor(connection, "index"), 9)] == [3]
        assert outbox.cursor(connection, "nobody yet") == 0


def test_outcomes_add_up(store: Store) -> None:
    with store.writing() as connection:
        ledger.note(connection, "nakhla", "page", Outcome.KEPT)
        ledger.note(connection, "nakhla", "page", Outcome.KEPT, 2)
        ledger.note(connection, "nakhla", "page", Outcome.GONE)
        assert ledger.sums(connection) == {
            ("nakhla", "page", Outcome.KEPT): 3,
            ("nakhla", "page", Outcome.GONE): 1,
        }


def test_an_archive_keeps_its_name(store: Store) -> None:
    with store.writing() as connection:
        name = ledger.archive_name(connection)
    with store.writing() as connection:
        assert ledger.archive_name(connection) == name


@pytest.mark.parametrize(
    "read",
    [
        articles.count,
        articles.numbers,
        lambda c: articles.latest(c, 5),
        lambda c: stories.latest(c, 5),
        sources.all_sources,
        ledger.sums,
    ],
)
def test_pages_are_read_while_an_article_is_kept(filled: Store, read: Callable[[Connection], object]) -> None:
    with filled.writing() as writer:
        kept(writer, article())
        with filled.reading() as reader:
            read(reader)
            assert articles.count(reader) == 0


def test_a_hostile_name_is_looked_for_and_not_found(filled: Store) -> None:
    with filled.reading() as connection:
        assert sources.by_slug(connection, "a\0b'; --") is None
        assert articles.known(connection, SOURCE.slug, "https://nakhla.example/\0") is None


def test_a_naive_moment_is_not_kept(filled: Store) -> None:
    with pytest.raises(StoreError, match="naive"), filled.writing() as connection:
        kept(connection, article(collected=datetime(2024, 1, 1)))  # noqa: DTZ001


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError, match="cannot be opened.*" + FILE):
        Store(tmp_path)
