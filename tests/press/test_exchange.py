"""JSON Lines in and out."""

from __future__ import annotations

import gzip
import io
import json
import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from marsad.app import Marsad
from marsad.cli.main import app
from marsad.errors import Refused, StoreError
from marsad.model import Article
from marsad.outcome import Outcome
from marsad.pipeline import exchange
from marsad.pipeline.keeping import Arrival
from marsad.pipeline.lines import read_line
from marsad.store import articles, sources, stories
from tests.press.world import archive
from tests.samples import NOW, SOURCE, article

PLAIN = {
    "id": "a-1",
    "source": "Le Vent",
    "language": "fr",
    "url": "https://vent.example/1?utm_source=x",
    "title": "Pluie sur Tétouan",
    "lead": "Un résumé.",
    "text": "Premier paragraphe.\nSecond paragraphe.",
    "author": "Rédaction",
    "published": "2020-11-17T10:00:00+01:00",
}


def lines(*rows: dict[str, Any] | str) -> list[bytes]:
    return [(row if isinstance(row, str) else json.dumps(row)).encode() + b"\n" for row in rows]


def all_articles(marsad: Marsad) -> list[Article]:
    with marsad.store.reading() as connection:
        return articles.from_number(connection, 0, 1000)


def exported(marsad: Marsad) -> list[bytes]:
    out = io.BytesIO()
    exchange.export(marsad.store, out)
    return out.getvalue().splitlines(keepends=True)


def test_a_line_becomes_an_article_of_a_newspaper_that_was_not_known(tmp_path: Path) -> None:
    with archive(tmp_path) as marsad:
        result = marsad.importer().read(lines(PLAIN))
        assert result.outcomes == {Outcome.KEPT: 1}
        [found] = all_articles(marsad)
        assert (found.source, found.address) == ("vent", "https://vent.example/1")
        assert [block.text for block in found.blocks] == ["Premier paragraphe.", "Second paragraphe."]
        assert found.published is not None
        assert found.published.moment.isoformat() == "2020-11-17T09:00:00+00:00"
        with marsad.store.reading() as connection:
            [source] = sources.all_sources(connection)
        assert (source.name, source.home) == ("Le Vent", "https://vent.example/")


def test_importing_again_changes_nothing_also_where_an_article_stands_in_two_states(tmp_path: Path) -> None:
    rows = lines(
        PLAIN,
        {**PLAIN, "id": "a-2", "title": "Pluies sur Tétouan"},
        {**PLAIN, "url": "https://vent.example/2"},
    )
    with archive(tmp_path) as marsad:
        first = marsad.importer().read(rows)
        before = exported(marsad)
        again = marsad.importer().read(rows)
        assert first.outcomes == {Outcome.KEPT: 2, Outcome.REVISED: 1}
        assert again.outcomes == {Outcome.KNOWN: 3}
        assert exported(marsad) == before


def test_bad_lines_are_named_by_number_and_skipped(tmp_path: Path) -> None:
    rows = lines(
        PLAIN,
        "{broken",
        "[1]",
        {**PLAIN, "source": ""},
        {**PLAIN, "url": "ftp://x/", "id": "b"},
        {**PLAIN, "url": "https://vent.example/3", "published": "yesterday"},
        {**PLAIN, "url": "https://vent.example/4", "title": 7},
        {"source": "x", "url": "https://x.example/"},
        "",
        {**PLAIN, "url": "https://vent.example/5"},
    )
    with archive(tmp_path) as marsad:
        result = marsad.importer().read(rows)
        assert result.outcomes == {Outcome.KEPT: 2, Outcome.REFUSED: 8}
        assert result.lines == len(rows)
        assert [number for number, _ in result.problems] == [2, 3, 4, 5, 6, 7, 8, 9]
        assert "not a line of JSON" in result.problems[0][1]
        assert "published is no ISO 8601 date" in result.problems[4][1]


def filled(marsad: Marsad) -> None:
    """Two newspapers, a copy, a revision, pictures: something of everything."""
    marsad.add_sources(
        [SOURCE, replace(SOURCE, slug="arz", name="الأرز", home="https://arz.example/", feeds=())]
    )
    text = " ".join(f"كلمة{n}" for n in range(80))
    later = NOW + timedelta(hours=1)
    first = article(text, author="المكتب", rubrics=("طقس",), credit="MAP")
    copy = article(text, source="arz", address="https://arz.example/9", collected=later)
    changed = replace(first, title="أمطار قوية جدا", collected=later)
    for one in (first, copy, changed):
        marsad.keeper.keep([Arrival(one)])


def test_an_export_imported_gives_the_same_archive(tmp_path: Path) -> None:
    with archive(tmp_path / "one") as one, archive(tmp_path / "two") as two:
        filled(one)
        # Holes in the numbers stay holes.
        with one.store.writing() as connection:
            story = stories.open_story(connection, article(address="https://nakhla.example/70"), 70)
            number = articles.keep(connection, article(address="https://nakhla.example/70", number=70), story)
            stories.introduce(connection, story, number)
        written = exported(one)
        result = two.importer().read(written)
        assert result.outcomes == {Outcome.KEPT: 3}
        assert [json.loads(row) for row in exported(two)] == [json.loads(row) for row in written]
        with one.store.reading() as mine, two.store.reading() as theirs:
            assert all_articles(one) == all_articles(two)
            written_of = [replace(source, feeds=()) for source in sources.all_sources(mine)]
            assert sources.all_sources(theirs) == written_of
            for found in all_articles(one):
                assert articles.revisions_of(mine, found.number or 0) == articles.revisions_of(
                    theirs, found.number or 0
                )
                assert stories.by_number(mine, found.story or 0) == stories.by_number(
                    theirs, found.story or 0
                )
        assert two.importer().read(written).outcomes == {Outcome.KNOWN: 3}


def test_an_export_read_into_another_archive_takes_numbers_of_its_own(tmp_path: Path) -> None:
    with archive(tmp_path / "one") as one, archive(tmp_path / "two") as two:
        filled(one)
        two.importer().read(lines(PLAIN))
        result = two.importer().read(exported(one))
        assert result.outcomes == {Outcome.KEPT: 2}
        assert [found.number for found in all_articles(two)] == [1, 2, 3]


@given(
    st.binary(max_size=200)
    | st.dictionaries(st.sampled_from(sorted(PLAIN)), st.text() | st.none() | st.integers()).map(
        lambda row: json.dumps(row).encode()
    )
)
def test_no_line_raises_anything_but_a_refusal(raw: bytes) -> None:
    try:
        found = read_line(raw)
        found.article("slug", NOW, restored=True)
    except Refused:
        pass


def text_of(number: int) -> str:
    words = random.Random(number)
    return " ".join(f"mot{words.randrange(4000)}" for _ in range(60))


def test_a_file_that_is_cut_short_keeps_what_came_before_and_says_so(tmp_path: Path) -> None:
    # Texts of their own, for a thousand copies of one are much work.
    told = ({**PLAIN, "url": f"https://vent.example/{n}", "text": text_of(n)} for n in range(600))
    whole = gzip.compress(b"".join(lines(*told)))
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(whole[: len(whole) // 2])
    with archive(tmp_path / "a") as marsad:
        with (
            pytest.raises(StoreError, match=r"cannot be read to its end.*cut\.jsonl\.gz"),
            exchange.opened(cut) as rows,
        ):
            marsad.importer().read(rows)
        assert 100 <= len(all_articles(marsad)) < 600


def test_the_commands_read_and_write_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.jsonl").write_bytes(b"".join(lines(PLAIN, "{bad")))
    run = CliRunner()
    imported = run.invoke(app, ["import", "in.jsonl"])
    assert imported.exit_code == 0, imported.output
    assert "1 kept, 1 refused" in imported.output.replace("\n", " ")
    assert run.invoke(app, ["export", "out.jsonl.gz"]).exit_code == 0
    assert len(gzip.decompress((tmp_path / "out.jsonl.gz").read_bytes()).splitlines()) == 1
    assert "1 articles in the index" in run.invoke(app, ["reindex"]).output
    assert "vent" in run.invoke(app, ["status"]).output
    missing = run.invoke(app, ["import", "nothing.jsonl"])
    assert isinstance(missing.exception, StoreError)
    assert "nothing.jsonl" in str(missing.exception)
