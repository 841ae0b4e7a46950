"""The pictures of the sample press."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from marsad.demo.pictures import drawn
from marsad.demo.scenes import SCENES
from marsad.demo.texts import all_texts


@pytest.mark.parametrize("subject", sorted(SCENES))
def test_each_subject_is_a_picture_of_its_own_with_something_on_it(subject: str) -> None:
    picture = Image.open(BytesIO(drawn(subject, 1)))
    assert (picture.format, picture.size) == ("JPEG", (800, 450))
    colours = picture.convert("RGB").getcolors(800 * 450)
    assert colours is not None
    assert len(colours) > 200
    assert all(drawn(subject, 1) != drawn(other, 1) for other in SCENES if other != subject)


def test_pictures_of_one_subject_differ_by_article() -> None:
    assert len({drawn("sea", number) for number in range(6)}) > 3


def test_a_picture_can_be_png() -> None:
    assert Image.open(BytesIO(drawn("sea", 1, "png"))).format == "PNG"


def test_every_subject_that_a_text_names_has_been_drawn() -> None:
    assert {text.image for text in all_texts()} - {""} <= SCENES.keys()


def test_a_subject_that_nobody_has_drawn_becomes_a_mountain() -> None:
    assert drawn("volcano", 3) == drawn("mountain", 3)
