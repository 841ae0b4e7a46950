"""What may be seen, in pages, feeds and answers alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from marsad.addresses import image_key
from marsad.app import Marsad
from marsad.errors import Withheld
from marsad.model import Block, BlockKind, DisplayPolicy, Image, Revision, Standing
from marsad.pipeline.keeping import Arrival
from marsad.store import articles, images, sources
from marsad.views import lists, reading
from marsad.views.shown import Shown, Terms
from tests.press.world import archive
from tests.samples import NOW, SOURCE, article

FIRST, SECOND = "https://nakhla.example/a.jpg", "https://nakhla.example/b.jpg"
BODY = " ".join(f"كلمة{n}" for n in range(200))
PUBLIC, PRIVATE = Terms(public=True, excerpt_words=40), Terms(public=False, excerpt_words=40)


@pytest.fixture
def marsad(tmp_path: Path) -> Iterator[Marsad]:
    with archive(tmp_path) as opened:
        opened.add_sources([SOURCE])
        whole = article(
            BODY,
            lead="ملخص الخبر هنا",
            images=(Image(FIRST), Image(SECOND)),
        )
        blocks = (*whole.blocks, Block(BlockKind.IMAGE, image=Image(SECOND)))
        opened.keeper.keep([Arrival(replace(whole, blocks=blocks))])
        opened.keeper.keep([Arrival(replace(whole, title="عنوان جديد", blocks=blocks))])
        yield opened


def seen(marsad: Marsad, terms: Terms) -> reading.ArticleView:
    with marsad.store.reading() as connection:
        found = reading.article(connection, "nakhla", 1)
        assert found is not None
        return Shown(connection, terms)(found)


def decide(marsad: Marsad, key: str, standing: Standing) -> None:
    with marsad.store.writing() as connection:
        images.set_standing(connection, key, standing, NOW)


def words(view: reading.ArticleView) -> int:
    return len(" ".join([view.article.lead, *(block.text for block in view.article.blocks)]).split())


def test_a_private_site_shows_all_and_a_public_one_an_excerpt(marsad: Marsad) -> None:
    whole, excerpt = seen(marsad, PRIVATE), seen(marsad, PUBLIC)
    assert whole.article.display is DisplayPolicy.FULL
    assert (words(whole), len(whole.revisions)) == (203, 1)
    assert excerpt.article.display is DisplayPolicy.EXCERPT
    assert (words(excerpt), len(excerpt.revisions)) == (40, 0)
    assert excerpt.article.lead == "ملخص الخبر هنا"


def test_a_source_that_permits_it_is_shown_as_its_policy_says(marsad: Marsad) -> None:
    with marsad.store.writing() as connection:
        sources.set_display(connection, "nakhla", None, permitted=True)
    assert words(seen(marsad, PUBLIC)) == 203
    with marsad.store.writing() as connection:
        sources.set_display(connection, "nakhla", DisplayPolicy.HEADLINE, permitted=True)
    view = seen(marsad, PUBLIC)
    assert (words(view), view.article.images) == (0, ())
    assert words(seen(marsad, PRIVATE)) == 203


def test_the_decision_on_a_source_outlives_its_next_import(marsad: Marsad) -> None:
    with marsad.store.writing() as connection:
        sources.set_display(connection, "nakhla", DisplayPolicy.HEADLINE, permitted=False)
    marsad.add_sources([SOURCE])
    assert words(seen(marsad, PUBLIC)) == 0


def test_what_is_decided_of_an_article_holds_on_every_site(marsad: Marsad) -> None:
    with marsad.store.writing() as connection:
        articles.set_standing(connection, 1, Standing.EXCERPT)
    assert words(seen(marsad, PRIVATE)) == 40


@pytest.mark.parametrize("standing", [Standing.HIDDEN, Standing.REMOVED])
def test_a_withheld_article_is_nowhere(marsad: Marsad, standing: Standing) -> None:
    with marsad.store.writing() as connection:
        articles.set_standing(connection, 1, standing)
    with pytest.raises(Withheld, match="nakhla/1"):
        seen(marsad, PRIVATE)
    with marsad.store.reading() as connection:
        assert lists.latest(connection).headlines == ()


def test_a_hidden_image_is_nowhere_and_a_blurred_one_is_marked(marsad: Marsad) -> None:
    decide(marsad, image_key(SECOND), Standing.HIDDEN)
    view = seen(marsad, PRIVATE)
    assert view.article.images == (Image(FIRST),)
    assert all(block.image is None for block in view.article.blocks)
    decide(marsad, image_key(SECOND), Standing.SHOWN)
    decide(marsad, image_key(FIRST), Standing.BLURRED)
    view = seen(marsad, PRIVATE)
    assert view.article.images == (Image(FIRST, blurred=True), Image(SECOND))
    assert view.article.blocks[-1].image == Image(SECOND)


def test_headlines_lose_hidden_pictures_wherever_they_stand(marsad: Marsad) -> None:
    with marsad.store.reading() as connection:
        listed = {"deep": ({"list": lists.latest(connection)},), "n": 3}
        assert Shown(connection, PRIVATE)(listed) == listed
    decide(marsad, image_key(FIRST), Standing.HIDDEN)
    with marsad.store.reading() as connection:
        cut = Shown(connection, PRIVATE)(listed)
    [headline] = cut["deep"][0]["list"].headlines  # type: ignore[index]
    assert headline.picture is None


def test_earlier_states_of_an_article_that_is_not_there_are_not_shown(marsad: Marsad) -> None:
    lost = Revision(99, 1, NOW, "", "", "نص")
    with marsad.store.reading() as connection:
        assert len(Shown(connection, PRIVATE)((lost,))) == 0
