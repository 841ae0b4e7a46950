"""The folder of images stays within its bounds."""

from __future__ import annotations

import os
from pathlib import Path

from marsad.store.picture_files import PictureFiles

KEYS = [f"{n:016x}" for n in range(10)]


def test_what_nobody_asks_for_goes_first(tmp_path: Path) -> None:
    files = PictureFiles(tmp_path, 500)
    for age, key in enumerate(KEYS):
        files.put(key, {320: b"x" * 40, 800: b"y" * 60})
        for path in tmp_path.rglob(f"{key}*"):
            os.utime(path, (10**9 + age, 10**9 + age))
        assert files.get(KEYS[0], 320) == b"x" * 40, "what is asked for stays"
    assert sum(path.stat().st_size for path in tmp_path.rglob("*.webp")) <= 500
    assert files.get(KEYS[1], 800) is None
    assert files.get(KEYS[-1], 800) == b"y" * 60


def test_another_process_finds_the_same_images(tmp_path: Path) -> None:
    PictureFiles(tmp_path, 500).put(KEYS[0], {320: b"x"})
    assert PictureFiles(tmp_path, 500).get(KEYS[0], 320) == b"x"
    assert PictureFiles(tmp_path, 500).get(KEYS[0], 800) is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    files = PictureFiles(tmp_path / "file", 500)
    files.put(KEYS[0], {320: b"x"})
    assert files.get(KEYS[0], 320) is None
