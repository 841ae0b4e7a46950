"""The places that articles name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.enrich.gazetteer import Kind, gazetteer, kilometres
from marsad.enrich.places import finder
from marsad.evaluate.places import evaluate
from marsad.model import Part

CASES = Path(__file__).parent.parent / "cases" / "places"


def slugs(text: str, country: str = "MA", title: str = "", *, sports: bool = False) -> set[str]:
    return {place.slug for place in finder().find(title, "", text, country=country, sports=sports)}


@pytest.mark.parametrize(
    ("name", "precision", "recall"), [("development", 0.95, 0.95), ("held-out", 0.92, 0.9)]
)
def test_our_annotated_texts_are_read_as_well_as_documented(
    name: str, precision: float, recall: float
) -> None:
    measured = evaluate(CASES / f"{name}.jsonl")
    assert measured["precision"] >= precision
    assert measured["recall"] >= recall


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("افتتح معرض بالرباط", {"ma-rabat"}),
        ("بين الرباط والدار البيضاء", {"ma-rabat", "ma-casablanca"}),
        ("وصل الوفد لمدينة فاس", {"ma-fes"}),
        ("حلق شعره وسلا همه", set()),
        ("خرج من المنزل مبكرا", set()),
        ("حريق بجماعة المنزل", {"ma-el-menzel"}),
        ("قال محمد قاسم للصحافة", set()),
        ("Le train de Fès arrive.", {"ma-fes"}),
        ("une eau sale et nice", set()),
        ("سيول جارفة في قالمة", {"dz-guelma"}),
        ("زار الوزير سيول عاصمة كوريا الجنوبية", {"kr", "kr-seoul"}),
        ("بين بيونغ يانغ وسيول", {"kp-pyongyang", "kr-seoul"}),
        ("معرض بمدينة سيول", {"kr-seoul"}),
        ("انعقد منتدى سانت بيترسبرغ في روسيا", {"ru", "ru-saint-petersburg"}),
        ("تتحول القرية إلى منطقة عمرانية متكاملة", set()),
        ("أدى الصلاة في مسجد سليمان بحي الزهور", set()),
        ("ارتدت كوتشي أبيض", set()),
        ("وأدان الوزير الهجوم في موريتانيا، ونهض الفريق من رماده في صفاقس", {"mr", "tn-sfax"}),
        ("وصل الوفد إلى أطار في موريتانيا، وعاد من أطار أمس", {"mr", "mr-atar"}),
        ("وصل الوفد إلى موريتانيا في إطار التعاون، وفي اطار الشراكة", {"mr"}),
        ("معرض بالجديدة ثم بمدينة الجديدة", {"ma-el-jadida"}),
        ("قالت الحكومة الجديدة بأكادير", {"ma-agadir"}),
        ("قطع في الرباط الصليبي", set()),
        ("احتج مئات من المواطنين بالرباط", {"ma-rabat"}),
        ("أمطار بمنطقة الريف", {"ma-rif"}),
        ("Neige dans le Moyen Atlas", {"ma-moyen-atlas"}),
    ],
)
def test_a_name_is_a_place_where_its_surroundings_say_so(text: str, found: set[str]) -> None:
    assert slugs(text) == found


def test_the_newspapers_country_decides_between_two_towns_of_one_name() -> None:
    assert slugs("احتج سكان القنيطرة أمس.", "MA") == {"ma-kenitra"}
    assert slugs("A concert in Tripoli tonight.", "LY") == {"ly-tripoli"}
    assert slugs("A concert in Tripoli tonight.", "LB") == {"lb-tripoli"}


@pytest.mark.parametrize(
    ("title", "text", "country", "found"),
    [
        ("فلاحو بوسالم يعيدون البذر", "عادت الجرارات إلى حقول بوسالم.", "TN", {"tn-bou-salem"}),
        ("فلاحو بوسالم يعيدون البذر", "عادت الجرارات إلى الحقول.", "TN", set()),
        ("فلاحو بوسالم يعيدون البذر", "عادت الجرارات إلى حقول بوسالم.", "MA", set()),
        ("موريتانيا: عبارة في روصو", "تربط العبارة معبر روصو بالضفة.", "TN", {"mr", "mr-rosso"}),
        ("القل تستعيد غابتها", "حملة لغرس أشجار.", "DZ", {"dz-collo"}),
        ("بشار الأسد يخطب", "قال بشار الأسد أمس", "DZ", set()),
        ("كتاتيب توات", "فتحت الكتاتيب بقصور توات بولاية أدرار.", "DZ", {"dz-touat", "dz-adrar-province"}),
    ],
)
def test_a_small_town_of_the_country_is_one_where_headline_and_text_name_it(
    title: str, text: str, country: str, found: set[str]
) -> None:
    assert slugs(text, country, title) == found


@pytest.mark.parametrize(
    ("title", "text", "country", "found"),
    [
        (
            "Chinguetti, les livres à l'atelier",
            "À Chinguetti, dans l'Adrar mauritanien, un atelier ouvre.",
            "DZ",
            {"mr-chinguetti", "mr-adrar"},
        ),
        ("", "The ferry sails to Tripoli, Lebanon, twice a week.", "LY", {"lb-tripoli", "lb"}),
        ("", "La petite ville tunisienne de Remada fête ses bergers.", "MA", {"tn-remada"}),
        ("", "À Ghadamès, dans l'ouest libyen, les palmiers souffrent.", "TN", {"ly-ghadames"}),
        ("", "وصلت القافلة إلى شنقيط الموريتانية.", "MA", {"mr-chinguetti"}),
        ("", "خسر أمام سطيف الجزائري أمس.", "MA", set()),
        ("", "President Adrar of Mauritania spoke first.", "GB", {"mr"}),
        ("", "M. Matmata, de Tunisie, a pris la parole.", "FR", {"tn"}),
        ("", "une piste de tichit, en Mauritanie", "MA", {"mr"}),
    ],
)
def test_a_country_beside_a_name_says_where_it_lies(
    title: str, text: str, country: str, found: set[str]
) -> None:
    assert slugs(text, country, title) == found


def test_the_great_maghreb_is_no_country_and_moldova_has_two_names() -> None:
    assert slugs("قمة المغرب الكبير في مولدافيا", "MA") == {"md"}
    assert slugs("Le Grand Maghreb", "MA") == slugs("The Greater Maghreb", "MA") == set()


def test_regions_that_no_map_of_provinces_has_lie_in_one_that_is_known() -> None:
    known = gazetteer()
    assert [place.slug for place in known.around("dz-touat")] == ["dz-adrar-province", "dz"]
    assert known.called("Kabylie") == known.called("منطقة القبائل") == (known["dz-kabylie"],)


def test_clubs_are_no_places_where_sports_are_told() -> None:
    assert slugs("شباب المحمدية يفوز", sports=True) == set()
    assert slugs("تعادل إشبيلية وليفربول", sports=True) == set()
    assert slugs("تجرى المباراة في إشبيلية", sports=True) == {"es-sevilla"}


def test_a_countrys_name_that_follows_its_noun_is_an_adjective() -> None:
    assert slugs("ارتفعت الأسهم السعودية أمس") == set()
    assert slugs("سافر الوفد إلى السعودية أمس") == {"sa"}


def test_what_the_title_names_is_what_the_article_is_about() -> None:
    found = finder().find("زلزال في أكادير", "", "قال خبير من باريس إن الزلزال كان قويا.", country="MA")
    assert [(place.slug, place.main) for place in found] == [("ma-agadir", True), ("fr-paris", False)]


def test_positions_are_those_of_the_first_mention() -> None:
    text = "قال إن الأمطار بلغت طنجة وتطوان، ثم عادت إلى طنجة."
    found = {place.slug: place for place in finder().find("", "", text, country="MA")}
    first = found["ma-tanger"]
    assert (first.part, text[first.start : first.end], first.times) == (Part.BODY, "طنجة", 2)


@given(st.text(alphabet=st.sampled_from("الرباط فسمد-'\n.،ALParisédeN"), max_size=200))
def test_every_position_lies_in_the_text_whatever_it_is(text: str) -> None:
    for place in finder().find(text[:40], "", text, country="MA"):
        part = text[:40] if place.part is Part.TITLE else text
        assert part[place.start : place.end].strip()


def test_a_town_lies_in_its_province_region_and_country() -> None:
    around = [place.slug for place in gazetteer().around("ma-fes")]
    assert around == ["ma-fes-province", "ma-fes-meknes", "ma"]
    assert {"المغرب", "Maroc", "Morocco", "Fès", "فاس"} <= set(gazetteer().all_names("ma-fes"))
    assert "ma-fes-province" in {place.slug for place in gazetteer().within("ma-fes-meknes")}


def test_every_place_lies_in_one_that_is_known() -> None:
    known = gazetteer()
    for slug in ("ma-rabat", "dz-oran", "tn-sousse", "fr-paris", "us-new-york-city"):
        assert known.around(slug)[-1].kind is Kind.COUNTRY


def test_near_places_are_near() -> None:
    known = gazetteer()
    near = known.near("ma-rabat")
    assert known["ma-sale"] in near
    assert all((kilometres(known["ma-rabat"], place) or 0) < 60 for place in near)


@pytest.mark.parametrize(
    ("text", "country", "found"),
    [
        ("احتج تجار بن قردان ضد غلق المعبر.", "TN", {"tn-ben-gardane"}),
        (
            "أمطار غزيرة بغمراسن ورمادة من ولاية تطاوين",
            "TN",
            {"tn-ghomrassen", "tn-remada", "tn-tataouine-region"},
        ),
        ("تدشين مدرسة بمعتمدية الرقاب من ولاية سيدي بوزيد", "TN", {"tn-er-regueb", "tn-sidi-bouzid-region"}),
        ("افتتاح مهرجان قرطاج في تونس", "TN", {"tn", "tn-carthage"}),
        ("مهرجان المدن القديمة بمدينة ولاتة بعد وادان", "MR", {"mr-oualata", "mr-ouadane"}),
        ("زار الوزير مدينة بوتلميت بولاية الترارزة", "MR", {"mr-boutilimitt", "mr-trarza"}),
        ("اشتباكات في ترهونة وتاجوراء جنوب طرابلس", "LY", {"ly-tarhuna", "ly-tajura", "ly-tripoli"}),
        ("اصطدام قطارين في مدينة العياط بمحافظة الجيزة", "EG", {"eg-al-ayyat", "eg-al-jizah"}),
        ("تدخل أمني في حفر الباطن", "SA", {"sa-hafar-al-batin"}),
        ("لقاء في مكتبه برام الله", "PS", {"ps-ramallah"}),
        ("بغية إغراء المستخدمين وتلقي أجرا أكبر", "MA", set()),
        ("شرب الماء من قربة وذكر الكرم والمرسى", "TN", set()),
        ("اكتشفوا عقارب سامة في الرقاب والزريبة", "TN", set()),
        ("ألقى مقامة من مقامات الحريري", "MR", set()),
        ("القواسم المشتركة بين الأطراف", "LY", set()),
        ("سجل هدفين لنسور قرطاج", "TN", set()),
    ],
)
def test_towns_are_known_by_the_arabic_names_that_open_data_lack(
    text: str, country: str, found: set[str]
) -> None:
    assert slugs(text, country) == found


def test_a_town_is_shown_by_the_arabic_name_that_its_newspapers_use() -> None:
    assert gazetteer()["tn-remada"].name("ar") == "رمادة"
    assert gazetteer()["tn-enfidha"].name("ar") == "النفيضة"
    assert gazetteer()["tn-le-kram"].name("ar") == "الكرم"


@pytest.mark.parametrize(
    ("text", "country", "found"),
    [
        ("London said western Canada would send troops", "GB", {"gb-london", "ca"}),
        ("London's central bank told Canada it would wait", "GB", {"gb-london", "ca"}),
        ("طرابلس تندد بالقصف على جنوب لبنان", "LY", {"ly-tripoli", "lb"}),
        ("Adrar est loin de la Mauritanie.", "DZ", {"dz-adrar", "mr"}),
        ("Tripoli, the port town of northern Lebanon, rebuilds.", "LY", {"lb-tripoli", "lb"}),
        ("Tripoli, in northern Lebanon, rebuilds.", "LY", {"lb-tripoli", "lb"}),
    ],
)
def test_a_country_further_on_is_beside_a_name_only_where_the_words_between_say_so(
    text: str, country: str, found: set[str]
) -> None:
    assert slugs(text, country) == found
