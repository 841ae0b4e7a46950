"""The measures of grouping, by hand on a few articles."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import SettingsError
from marsad.evaluate.stories import Gold, broken, judged, read, streamed
from tests.samples import NOW

LABEL = st.integers(0, 3)


def gold(first: list[int], second: list[int] | None = None) -> Gold:
    return Gold(tuple({} for _ in first), np.array(first), None if second is None else np.array(second))


def test_what_is_right_has_one_everywhere() -> None:
    figures = judged(np.array([5, 5, 7]), gold([1, 1, 2], [1, 1, 2]))
    assert set(figures.values()) == {1.0}


def test_bcubed_by_hand() -> None:
    # All three in one: precision (2/3 + 2/3 + 1/3) / 3, recall 1.
    figures = judged(np.array([1, 1, 1]), gold([1, 1, 2]))
    assert (figures["bcubed_precision"], figures["bcubed_recall"]) == (0.5556, 1.0)
    assert figures["pairwise_f1"] == 0.5
    assert "bcubed_f1_mean" not in figures


def test_what_is_split_and_what_is_mixed_is_counted() -> None:
    rows = tuple({"source": source} for source in ("a", "b", "a", "a", "c"))
    told = Gold(rows, np.array([1, 1, 2, 3, 3]), None)
    assert broken(np.array([1, 2, 3, 3, 3]), told) == {"told_by_several": 2, "of_them_split": 1, "mixed": 1}
    assert broken(told.first, told) == {"told_by_several": 2, "of_them_split": 0, "mixed": 0}


def test_of_two_groupings_only_what_both_say_is_split_or_mixed() -> None:
    # The second person puts the first two stories together, as steps of one, and parts the third.
    rows = tuple({"source": source} for source in ("a", "b", "a", "a", "c"))
    told = Gold(rows, np.array([1, 1, 2, 3, 3]), np.array([1, 1, 1, 3, 4]))
    none = {"told_by_several": 2, "of_them_split": 0, "mixed": 0}
    assert broken(told.first, told) == none
    assert broken(np.array([1, 1, 1, 3, 4]), told) == none
    assert broken(np.array([1, 2, 2, 3, 4]), told) == none | {"of_them_split": 1}
    assert broken(np.array([1, 1, 2, 2, 2]), told) == none | {"mixed": 1}


@given(st.lists(st.tuples(LABEL, LABEL, LABEL, st.sampled_from("ab")), min_size=1, max_size=12))
def test_a_second_grouping_that_says_the_same_changes_nothing(
    told: list[tuple[int, int, int, str]],
) -> None:
    found, first, second = (np.array([each[place] for each in told]) for place in range(3))
    rows = tuple({"source": each[3]} for each in told)
    alone = broken(found, Gold(rows, first, None))
    assert broken(found, Gold(rows, first, first)) == alone
    agreed = broken(found, Gold(rows, first, second))
    assert agreed["told_by_several"] == alone["told_by_several"]
    assert agreed["of_them_split"] <= alone["of_them_split"]
    assert agreed["mixed"] <= alone["mixed"]


def test_only_pairs_that_both_agree_on_count() -> None:
    # The second person joins the third as well: only the first pair is agreed on.
    figures = judged(np.array([1, 1, 1]), gold([1, 1, 2], [1, 1, 1]))
    assert figures["agreed_pairs_f1"] == 1.0
    assert figures["annotators_f1"] == 0.7143


def test_it_is_read_in_the_order_of_publication_and_grouped(tmp_path: Path) -> None:
    text = " ".join(f"كلمة{n}" for n in range(60))
    rows = [
        {
            "id": "b",
            "source": "x",
            "title": "عنوان خبر",
            "text": text,
            "published": "2018-03-20T10:00:00+00:00",
        },
        {"id": "a", "source": "y", "title": "عنوان خبر", "text": text, "published": "2018-03-20T09:00:00"},
    ]
    path = tmp_path / "stories.jsonl"
    path.write_text("\n".join(json.dumps(row | {"story": "s", "language": "ar"}) for row in rows), "utf-8")
    found = read(path)
    assert [row["id"] for row in found.rows] == ["a", "b"]
    labels, speed = streamed(found.rows, None)
    assert len(set(labels.tolist())) == 1
    assert speed > 0


@pytest.mark.parametrize(
    "line",
    [
        "",
        f'{{"id": 1, "title": "", "published": "{NOW.isoformat()}"}}',
        '{"id": 1, "title": "", "source": "x", "story": 1, "published": "yesterday"}',
        '{"id": 1, "title": null, "source": "x", "story": 1, "published": "2018-03-20"}',
    ],
)
def test_a_file_that_cannot_be_judged_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "stories.jsonl"
    path.write_text(line, "utf-8")
    with pytest.raises(SettingsError, match=r"stories\.jsonl"):
        read(path)


@pytest.mark.parametrize("written", [b"no gzip", b"\x1f\x8b\x08\x00", None], ids=["plain", "cut", "a folder"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, written: bytes | None) -> None:
    path = tmp_path / "stories.jsonl.gz"
    path.mkdir() if written is None else path.write_bytes(written)
    with pytest.raises(SettingsError, match=r"cannot be read: .*stories\.jsonl\.gz"):
        read(path)
