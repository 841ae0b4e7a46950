"""What is particular to the Tantivy index: its folder, its locks, and being killed."""

from __future__ import annotations

import hashlib
import itertools
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

import pytest

from marsad.errors import SearchError
from marsad.language.analyser import forms
from marsad.search import tantivy, tantivy_clauses, tantivy_query
from marsad.search.index import Document, Window
from marsad.search.mapped import give_back, mapped_bytes
from marsad.search.parser import read_query
from marsad.search.tantivy import TantivyIndex

DAY = datetime(2024, 3, 10, tzinfo=UTC)


def article(number: int, title: str = "خبر") -> Document:
    return Document(number, "alsahil", "ar", title, "", f"نص الخبر رقم {number}", DAY)


def test_what_was_committed_is_there_when_opened_again(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path / "index")
    index.replace([article(1)])
    index.commit()
    index.replace([article(2)])
    index.close()
    assert TantivyIndex(tmp_path / "index").numbers() == {1}


def test_one_writes_and_others_read(tmp_path: Path) -> None:
    writer = TantivyIndex(tmp_path)
    writer.replace([article(1)])
    writer.commit()
    reader = TantivyIndex(tmp_path)
    assert reader.count() == 1
    with pytest.raises(SearchError, match=r"cannot write the index.*Lock"):
        reader.replace([article(2)])
    writer.close()
    reader.replace([article(2)])
    reader.commit()
    assert reader.count() == 2


def test_pages_show_each_article_once_across_those_that_are_looked_at_closely(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path)
    index.replace(article(number, "خبر " * (number % 7)) for number in range(1, 151))
    index.commit()
    windows = [Window(start, 15) for start in range(0, 165, 15)]
    pages = [index.search(read_query("خبر"), window).hits for window in windows]
    shown = [hit.number for page in pages for hit in page]
    assert sorted(shown) == list(range(1, 151))
    index.close()


def test_a_lock_left_behind_by_the_dead_does_not_matter(tmp_path: Path) -> None:
    TantivyIndex(tmp_path).close()
    (tmp_path / ".tantivy-writer.lock").touch()
    index = TantivyIndex(tmp_path)
    index.replace([article(1)])
    index.commit()
    assert index.count() == 1


def damage_schema(folder: Path) -> None:
    (folder / "marsad-index.json").write_text('{"schema": 0}', encoding="utf-8")


def damage_mark(folder: Path) -> None:
    (folder / "marsad-index.json").write_text("{", encoding="utf-8")


def damage_meta(folder: Path) -> None:
    (folder / "meta.json").write_text("{", encoding="utf-8")


def lose_meta_of_a_full_folder(folder: Path) -> None:
    (folder / "marsad-index.json").unlink()


def cut_segments(folder: Path) -> None:
    for path in folder.glob("*.term"):
        path.write_bytes(path.read_bytes()[:10])


@pytest.mark.parametrize(
    "damage", [damage_schema, damage_mark, damage_meta, lose_meta_of_a_full_folder, cut_segments]
)
def test_a_broken_folder_is_named_and_can_be_made_anew(tmp_path: Path, damage: object) -> None:
    index = TantivyIndex(tmp_path / "index")
    index.replace([article(1)])
    index.commit()
    index.close()
    assert callable(damage)
    damage(tmp_path / "index")
    with pytest.raises(SearchError, match=r"`marsad reindex` makes it again: .*index: "):
        TantivyIndex(tmp_path / "index").search(read_query("خبر"), Window())
    fresh = TantivyIndex.anew(tmp_path / "index")
    assert fresh.count() == 0
    fresh.replace([article(1)])
    fresh.commit()
    assert fresh.count() == 1


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("dear", encoding="utf-8")
    for opening in (TantivyIndex, TantivyIndex.anew):
        with pytest.raises(SearchError, match="holds something else"):
            opening(tmp_path)
    assert (tmp_path / "letters.txt").exists()


def test_the_schema_number_tells_of_every_change_of_the_analysis() -> None:
    """Whoever changes what stands in an index makes old ones unreadable by raising `SCHEMA`."""
    text = "والاستقالة بمدينتها مدن وزراء سوريا كأس لكأس حاليا COVID-19 elections ال27 المسؤولين بريطانيا للجنة اختلفت ليبيون فرنسية"
    digest = hashlib.sha256(repr([tuple(form) for form in forms(text, "ar")]).encode()).hexdigest()[:12]
    assert (tantivy.SCHEMA, digest) == (6, "53f01a160130")


WRITER = """
import sys
from pathlib import Path
from tests.search.test_tantivy import article
from marsad.search.tantivy import TantivyIndex
index = TantivyIndex(Path(sys.argv[1]))
for first in range(0, 100_000, 20):
    index.replace([article(number) for number in range(first, first + 20)])
    index.commit()
    print(first + 20, flush=True)
"""


@pytest.mark.parametrize("seed", range(4))
def test_killed_at_any_moment_it_has_what_was_committed(tmp_path: Path, seed: int) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path / "index")],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout is not None
    child.stdout.readline()
    time.sleep(random.Random(seed).uniform(0, 0.4))
    child.send_signal(signal.SIGKILL)
    told = [int(line) for line in child.stdout.read().splitlines() if line]
    child.stdout.close()
    child.wait()
    committed = max(told, default=20)
    index = TantivyIndex(tmp_path / "index")
    numbers = index.numbers()
    assert set(range(committed)) <= numbers <= set(range(committed + 20))
    assert index.count() == len(numbers)
    index.replace([article(number) for number in range(committed + 20)])
    index.commit()
    assert index.numbers() == set(range(committed + 20))
    assert index.count() == committed + 20
    index.close()


def test_the_mark_is_readable(tmp_path: Path) -> None:
    TantivyIndex(tmp_path / "index").close()
    mark = json.loads((tmp_path / "index" / "marsad-index.json").read_text(encoding="utf-8"))
    assert mark == {"schema": tantivy.SCHEMA}


def test_an_index_that_lets_go_of_memory_answers_on_and_takes_in_what_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tantivy, "MOST_MAPPED", 0)
    monkeypatch.setattr(tantivy, "LET_GO_EVERY", 0)
    monkeypatch.setattr(tantivy, "mapped_bytes", itertools.count(1).__next__)  # ever more is mapped
    index = TantivyIndex(tmp_path / "index")
    for number in range(1, 15):
        index.replace([article(number)])
        index.commit()
        assert index.search(read_query("خبر"), Window()).total == number
    index.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_what_is_given_back_comes_back_when_it_is_read_again(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path)
    for number in range(1, 4):
        index.replace([article(number, f"خبر عاجل {'أمطار ' * 2000}")])
        index.commit()
    files = {path for path in tmp_path.resolve().iterdir() if path.suffix in (".idx", ".term", ".store")}
    for _ in range(3):
        assert index.search(read_query("أمطار"), Window()).total == index.count() == 3
        assert give_back(files) >= sum(path.stat().st_size for path in files) > 0
    twice = TantivyIndex(tmp_path)
    assert give_back(files) == 0  # which of the two stays could not be told
    assert twice.numbers() == index.numbers() == {1, 2, 3}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_files_that_are_not_mapped_are_not_touched(tmp_path: Path) -> None:
    (tmp_path / "read.me").write_bytes(b"here" * 4096)
    assert give_back([tmp_path / "read.me", tmp_path / "not there"]) == give_back([]) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_an_index_that_searches_read_much_of_gives_memory_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[int] = []

    def told(held: Collection[Path]) -> int:
        given.append(give_back(held))
        return given[-1]

    monkeypatch.setattr(tantivy, "MOST_MAPPED", 0)
    monkeypatch.setattr(tantivy, "LET_GO_EVERY", 0)
    monkeypatch.setattr(tantivy, "give_back", told)
    index = TantivyIndex(tmp_path / "index")
    index.replace([article(1)])
    index.commit()
    index.close()
    deadline = time.monotonic() + 20
    while not given and time.monotonic() < deadline:
        assert index.search(read_query("خبر"), Window()).total == 1
    assert given[0] > 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_the_system_tells_how_much_of_files_is_mapped() -> None:
    assert 1_000_000 < mapped_bytes() < 100_000_000_000


def test_many_and_few_articles_are_ranked_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = TantivyIndex(tmp_path / "index")
    said = ("أمطار غزيرة", "أمطار في طنجة", "سيول وأمطار غزيرة في طنجة")
    index.replace([article(number, title) for number, title in enumerate(said, 1)])
    index.commit()
    wanted = read_query("أمطار غزيرة طنجة")
    few = index.search(wanted, Window())
    monkeypatch.setattr(tantivy_clauses, "MANY", 0)
    many = index.search(wanted, Window())
    assert [hit.number for hit in few.hits] == [hit.number for hit in many.hits] == [3, 1, 2]
    assert [hit.score for hit in few.hits] == pytest.approx([hit.score for hit in many.hits])
    index.close()


def test_where_hardly_any_article_has_all_words_it_says_how_many_do(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path / "index")
    index.replace([article(1, "أمطار غزيرة"), article(2, "أمطار"), article(3, "غزيرة")])
    index.commit()
    hits = index.search(read_query("أمطار غزيرة"), Window())
    assert (hits.total, hits.relaxed, hits.strict) == (3, True, 1)
    hits = index.search(read_query("أمطار غزيرة طنجة"), Window())
    assert (hits.total, hits.relaxed, hits.strict) == (3, True, 0)
    index.close()


def test_common_words_only_order_what_the_rare_ones_find(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = TantivyIndex(tmp_path / "index")
    rare = "زلزال سنغافورة هيدروجين"
    index.replace([article(number, "أمطار طنجة") for number in range(1, 20)])
    index.replace([article(20, f"أمطار {rare}"), article(21, rare), article(22, "هيدروجين")])
    index.commit()
    wanted = read_query(f"أمطار طنجة {rare} بركان")
    assert index.search(wanted, Window()).total == 22
    monkeypatch.setattr(tantivy_query, "MOST_READ", 10)
    assert sorted(hit.number for hit in index.search(wanted, Window()).hits) == [20, 21, 22]
    narrowed = read_query(f"أمطار طنجة {rare} بركان lang:ar")
    assert index.search(narrowed, Window()).total == 22, "few may meet a condition"
    index.close()


def test_neighbours_of_a_long_query_are_looked_for_where_one_of_them_is_rare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = TantivyIndex(tmp_path / "index")
    index.replace([article(1, "أمطار غزيرة في طنجة وأكادير"), article(2, "في أكادير غزيرة طنجة أمطار")])
    index.replace([article(number) for number in range(3, 40)])
    index.commit()
    wanted, beside = read_query("أمطار غزيرة طنجة أكادير سيول"), Window(beside_meaning=True)

    def score_of_neighbours() -> float:
        return index.search(wanted, beside).hits[0].score

    looked_for = score_of_neighbours()
    monkeypatch.setattr(tantivy_query, "MOST_PAIRED", 1)
    assert score_of_neighbours() < looked_for - 1
    index.close()
