"""Queries that nobody would type, and many would send."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

_WORDS = (
    "المغرب الحكومة في من على رئيس كرة القدم الأمم المتحدة président élections the government of in "
    "2018 ۲۰۱۸ covid-19 l'état #وسم ـــ ريال".split()
)
_FIELDS = (
    "title source section lang author place credit before after on المصدر القسم العنوان قبل بعد يوم الكاتب "
    "المكان الوكالة titre journal avant nothing http".split()
)
_VALUES = (
    "2018 2018-02 31/12/2018 2018-13 أمس yesterday mars sports رياضة ar fr zz \u0000 99999999999999999999"
).split(" ")
_ODD = (
    "\u0000 \ufeff \u202e "
    "\u200f \ud800 ﷽ 𝔘𝔫𝔦 e\u0301\u0301\u0301 🙂 ' \" « » “ ” ( ) * ** ? ~ ^ \\ / | || & && ! "
    "- -- + : :: %s <script> ../../ ${x} {{7*7}} '; OR NOT AND أو OU SAUF NEAR [a TO z] 1e999 NaN"
).split(" ")


def hostile_queries(count: int, seed: int = 4) -> Iterator[str]:
    """`count` queries, the same for the same seed: ordinary ones, odd ones, endless ones."""
    chance = random.Random(seed)  # noqa: S311 # no secret
    for _ in range(count):
        yield chance.choice(_MANNERS)(chance)


def _ordinary(chance: random.Random) -> str:
    return " ".join(chance.choices(_WORDS, k=chance.randint(1, 8)))


def _mixed(chance: random.Random) -> str:
    pieces = (
        chance.choice((_one, _odd, _field, _begun, _quoted))(chance) for _ in range(chance.randint(1, 14))
    )
    return chance.choice((" ", " ", "", " OR ", " -")).join(pieces)


def _deep(chance: random.Random) -> str:
    depth = chance.randint(1, 300)
    inside = _ordinary(chance)
    return "(" * depth + inside + ")" * chance.choice((depth, depth - 1, 0))


def _many(chance: random.Random) -> str:
    one = chance.choice((_one, _begun, _field, _quoted))
    return chance.choice((" ", " OR ", " -")).join(one(chance) for _ in range(chance.randint(20, 120)))


def _noise(chance: random.Random) -> str:
    return "".join(chr(chance.randrange(1, 0x3000)) for _ in range(chance.randint(1, 200)))


def _endless(chance: random.Random) -> str:
    return chance.choice((*_WORDS, *_ODD)) * chance.randint(50, 3000)


def _one(chance: random.Random) -> str:
    return chance.choice(_WORDS)


def _odd(chance: random.Random) -> str:
    return chance.choice(_ODD)


def _begun(chance: random.Random) -> str:
    word = chance.choice(_WORDS)
    return word[: chance.randint(1, 4)] + "*"


def _field(chance: random.Random) -> str:
    value = chance.choice((*_VALUES, *_WORDS, _begun(chance), _quoted(chance)))
    return f"{chance.choice(_FIELDS)}:{value}"


def _quoted(chance: random.Random) -> str:
    return f'"{_ordinary(chance)}"'


_MANNERS: tuple[Callable[[random.Random], str], ...] = (
    _ordinary,
    _mixed,
    _mixed,
    _deep,
    _many,
    _noise,
    _endless,
)
