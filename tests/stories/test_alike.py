"""Likenesses of articles: bounded, symmetric, the same one by one and all at once."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.model import Part, Place
from marsad.stories.alike import LIKENESSES, MODELS, RULING, Compared, likenesses, models_of, odds
from marsad.stories.frequencies import Frequencies
from marsad.stories.whereabouts import whereabouts
from marsad.stories.wording import Wording, wording
from tests.stories.world import telling


def compared(
    number: int, event: int, language: str = "ar", *, meant: bool = True, text: bool = True
) -> Compared:
    told = telling(number, event, number, language=language, meant=meant, text=text)
    return Compared(told.source, language, told.dated.timestamp() / 3600, told.wording, told.vector)


def known(*found: Compared) -> dict[str, Frequencies]:
    frequencies = {each.language: Frequencies(each.language) for each in found}
    for each in found:
        frequencies[each.language].add(each.wording.terms)
    return frequencies


FEW = [compared(1, 1), compared(2, 1), compared(3, 2), compared(4, 3, meant=False), compared(5, 1, "fr")]


def test_tellings_of_one_event_are_likelier_than_others() -> None:
    found = odds(FEW[:3], FEW[:3], known(*FEW))
    assert found[0, 1] > 0 > found[0, 2]


def test_one_by_one_and_all_at_once_are_the_same() -> None:
    frequencies = known(*FEW)
    whole = likenesses(FEW, FEW, frequencies)
    for row, one in enumerate(FEW):
        for column, other in enumerate(FEW):
            assert likenesses([one], [other], frequencies)[0, 0] == pytest.approx(
                whole[row, column], abs=1e-5
            )


def test_likeness_is_mutual() -> None:
    whole = odds(FEW, FEW, known(*FEW))
    assert np.allclose(whole, whole.T, atol=1e-4)


def test_what_there_is_of_both_chooses_the_weights() -> None:
    short = compared(6, 1, text=False)
    bare = compared(7, 1, "fr", meant=False)
    others = [FEW[1], short, FEW[3], compared(8, 1, text=False, meant=False), FEW[4], bare]
    assert [MODELS[place] for place in models_of([FEW[0]], others)[0]] == list(MODELS)


@given(st.text(max_size=60), st.text(max_size=300), st.text(max_size=60))
def test_any_text_can_be_compared(title: str, text: str, other: str) -> None:
    both = [Compared("a", "ar", 0.0, wording(*each, "ar"), None) for each in ((title, text), (other, ""))]
    found = likenesses(both, both, known(*both))
    assert found.shape == (2, 2, len(LIKENESSES))
    assert np.isfinite(found).all()
    assert (found <= 1.001).all()


@given(st.sampled_from(("", "رأي: ")), st.text(max_size=80), st.text(max_size=400))
def test_a_wording_can_be_kept(mark: str, title: str, text: str) -> None:
    found = wording(mark + title, text, "ar")
    again = Wording.from_bytes(found.to_bytes())
    for part in ("terms", "headline", "beginning", "names"):
        assert getattr(again, part).tolist() == getattr(found, part).tolist()
    assert again.opinion is found.opinion
    assert found.opinion or not mark


@given(st.text(max_size=80), st.text(max_size=400))
def test_what_was_kept_before_opinions_were_known_is_none(title: str, text: str) -> None:
    found = wording(f"رأي: {title}", text, "ar")
    kept = found.to_bytes()
    older = (0xA0000000 | len(found.names)).to_bytes(4, "little") + kept[4:]
    again = Wording.from_bytes(older)
    assert not again.opinion
    assert again.names.tolist() == found.names.tolist()
    assert again.to_bytes() == older


def test_a_wording_that_was_kept_without_names_is_read_as_before() -> None:
    found = wording("فيضان في تطوان", "فاض وادي مرتيل وغمر الأحياء", "ar")
    older = found.to_bytes()[4 * (1 + len(found.names)) :]
    again = Wording.from_bytes(older)
    assert again.terms.tolist() == found.terms.tolist()
    assert again.names.tolist() == []
    assert not again.opinion
    assert Wording.from_bytes(b"").terms.tolist() == []


def test_names_that_sound_alike_speak_for_one_event_across_languages() -> None:
    arabic = Compared("a", "ar", 0.0, wording("هزة أرضية خفيفة تضرب معسكر", "", "ar"), None)
    same = Compared("b", "fr", 0.0, wording("Mascara : la terre a tremblé", "", "fr"), None)
    other = Compared("b", "fr", 0.0, wording("Tlemcen : la terre a tremblé", "", "fr"), None)
    place = LIKENESSES.index("names")
    found = likenesses([arabic], [same, other], known(arabic, same, other))[0, :, place]
    assert found[0] > 1
    assert found[1] == 0
    assert likenesses([same], [other], known(same, other))[0, 0, place] == 0


def test_towns_that_both_name_speak_for_one_event_across_languages_and_seats_do_not() -> None:
    def of(language: str, *slugs: str) -> Compared:
        named = [Place(slug, Part.BODY, 0, 1) for slug in slugs]
        return Compared(language, language, 0.0, wording("", "", language), None, whereabouts(named))

    arabic = of("ar", "dz-collo", "dz-skikda", "dz-guelma", "tn-tunis", "dz")
    others = [of("fr", *each) for each in (["dz-collo"], ["tn-tunis"], ["dz"], [])]
    others += [of("fr", "dz-guelma", "dz-skikda", "dz-collo"), of("ar", "dz-collo")]
    found = likenesses([arabic], others, known(arabic, *others))[0, :, LIKENESSES.index("towns")]
    assert found.tolist() == [1, 0, 0, 0, 2, 0]


def test_towns_in_common_do_not_count_where_headlines_are_about_others() -> None:
    def of(language: str, *headline: str, at_head: str = "", below: str = "") -> Compared:
        named = [Place(slug, Part.TITLE, 0, 1) for slug in headline]
        named += [Place(at_head, Part.BODY, 100, 101)] * bool(at_head)
        named += [Place(below, Part.BODY, 900, 901)] * bool(below)
        return Compared(language, language, 0.0, wording("", "", language), None, whereabouts(named))

    touat = of("ar", "dz-touat", at_head="dz-adrar")
    others = [
        of("fr", "mr-chinguetti", below="dz-touat"),
        of("fr", "mr-chinguetti", at_head="dz-touat"),
        of("fr", below="dz-touat"),
        of("fr", "dz-adrar", below="dz-touat"),
    ]
    found = likenesses([touat], others, known(touat, *others))[0, :, LIKENESSES.index("towns")]
    assert found.tolist() == [0, 1, 1, 2]


def test_days_beyond_two_do_not_count_across_languages() -> None:
    def of(language: str, days: float) -> Compared:
        return Compared(language, language, 24 * days, wording("", "", language), None)

    first, later = of("ar", 0), [of("fr", 1), of("fr", 4), of("ar", 4)]
    found = likenesses([first], later, known(first, *later))[0, :, LIKENESSES.index("days_apart")]
    assert found.tolist() == [1, 2, 4]


def test_a_word_of_these_days_is_rare_in_the_long_run_and_not_new() -> None:
    frequencies = Frequencies("ar")
    [rare] = wording("تشغنسف", "", "ar").terms
    before = frequencies.novelty(np.array([rare])), frequencies.rarity(np.array([rare]))
    for _ in range(50):
        frequencies.add(np.array([rare], np.uint32))
    after = frequencies.novelty(np.array([rare])), frequencies.rarity(np.array([rare]))
    assert after[0] < before[0] / 2
    assert after[1] > before[1] / 2


def test_a_newspaper_is_the_same_however_far_apart_and_tells_twice_only_at_once() -> None:
    def at(hour: float, source: str) -> Compared:
        return Compared(source, "ar", hour, wording("خبر", "", "ar"), None)

    others = [at(2, "a"), at(40, "a"), at(2, "b")]
    found = likenesses([at(0, "a")], others, known(*others))[0]
    assert found[:, LIKENESSES.index("same_newspaper")].tolist() == [1, 1, 0]
    assert found[:, LIKENESSES.index("twice_at_once")].tolist() == [1, 0, 0]


def test_an_opinion_is_no_telling_and_those_of_two_newspapers_are_two() -> None:
    def of(source: str, title: str) -> Compared:
        return Compared(source, "ar", 0.0, wording(title, "", "ar"), None)

    opinion, news, again, other = (
        of("a", "رأي: النهر الذي يجمع"),
        of("a", "النهر يفيض"),
        of("a", "رأي: النهر مرة أخرى"),
        of("b", "افتتاحية: النهر الذي يجمع"),
    )
    every = [opinion, news, again, other]
    found = likenesses(every, every, known(*every))[:, :, LIKENESSES.index("opinion")]
    assert found.tolist() == [[0, 1, 0, 1], [1, 0, 1, 1], [0, 1, 0, 1], [1, 1, 1, 0]]


def test_what_rules_one_event_out_does_so_whatever_else_there_is_of_a_pair() -> None:
    models = tomllib.loads(files("marsad.stories").joinpath("weights.toml").read_text("utf-8"))
    assert {weights["opinion"] for weights in models.values()} == {-30}
    assert set(RULING) < set(LIKENESSES)


def test_every_weight_in_the_file_is_that_of_a_likeness() -> None:
    models = tomllib.loads(files("marsad.stories").joinpath("weights.toml").read_text("utf-8"))
    assert set(models) == set(MODELS)
    assert {name for weights in models.values() for name in weights} <= {"start", *LIKENESSES}
