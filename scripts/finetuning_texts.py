"""Lines to learn from: what is said at the counter and on any day, none of it from a measured set."""

import hashlib
import random
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from finetuning_frames import FACTS, FILLERS, PROGRAMMES, TELEPHONES, WORDS, fill

ROOT = Path(__file__).resolve().parent.parent
KNOWLEDGE_FOLDER = ROOT / "knowledge"
LINES_FOLDER = Path(__file__).parent / "counter_lines"
MEASURED = ("benchmarks/**/*.toml", "recordings/**/*.scenario.toml")

SEED = 7
N_EXAMPLES, N_DANGERS, N_QUESTIONS = 4500, 600, 350
N_FACTS, N_TWO_FACTS, N_TELEPHONES = 2100, 250, 300
N_PAIRS, N_PAIRED_EXAMPLES = 450, 250
N_NAMES = 7
"""Names of one programme that are learned."""
FILLER_SHARE = 0.2
CUT_CHARS, LONGEST_CHARS, PAIRED_CHARS = 34, 64, 28
SHORTEST_MEASURED_CHARS = 6
MISREAD = {
    "元夫": "もとおっと",
    "元妻": "もとづま",
    "大家さん": "おおやさん",
    "上の子": "うえの子",
    "下の子": "したの子",
}
"""What Open JTalk misreads."""

_DIGITS = {numeral: digit for digit, numeral in enumerate("〇一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERALS = "".join((*_DIGITS, *_UNITS))
_COUNTERS = (
    "万|円|歳|か月|[ヶヵカ]月|か所|年(?!金|度末|齢|中)|月(?!経|謝)|日(?!中|々)|時間|時(?!保護|的|預|々|期|点)|"
    "分(?!割|か|の一)|回(?!り)|級|番(?!目|大|ひどい)|割|週間|週|件|枚|社(?!会)|泊|階|丁目|号|学期|世帯|通|冊|台|"
    "キロ|個|本|種類|代"
)
_ALONE = "か月|年|万|歳|回|級|割|週間|時間|丁目|号"
"""Counters before which even a lone 一, 百 or 千 is a number and not part of a word (一番, 千円札)."""
_NUMBER = re.compile(
    rf"""
    (?<![何数\d{_NUMERALS}])(?!十分[になで])  # not in 何十, 数百, 5千; nor 十分 where it means enough
    (?: [一百千](?={_ALONE}) | (?![一百千](?![{_NUMERALS}]))[{_NUMERALS}]+ ) (?={_COUNTERS})
    | (?<=万)[{_NUMERALS}]+(?=円|ほど|くらい|ぐらい)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance: as an office writes it, and as the synthesiser is given it."""

    text: str
    reading: str

    @property
    def key(self) -> str:
        """What its speech is filed under."""
        return hashlib.sha256(f"{self.text}|{self.reading}".encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the knowledge base holds of sentences and words; `readings` are those that it gives itself."""

    examples: list[str]
    dangers: list[str]
    questions: list[str]
    programmes: list[list[str]]
    terms: list[str]
    readings: dict[str, str]


def read_knowledge(folder: Path = KNOWLEDGE_FOLDER) -> Knowledge:
    """Read programmes, protocols and terms."""

    def load(kind: str) -> list[dict[str, Any]]:
        return [tomllib.loads(path.read_text("utf-8")) for path in sorted((folder / kind).glob("*.toml"))]

    def plain(word: str | dict[str, str]) -> str:
        if isinstance(word, str):
            return word
        readings[word["text"]] = word["reading"]
        return word["text"]

    readings: dict[str, str] = {}
    programmes, protocols, terms = load("programmes"), load("protocols"), load("terms")
    return Knowledge(
        examples=[text for entry in programmes for text in entry.get("examples", [])],
        dangers=[
            text for entry in protocols for text in (*entry.get("examples", []), *entry.get("harmless", []))
        ],
        questions=[text for entry in programmes for text in entry.get("questions", [])],
        programmes=[[plain(name) for name in entry["names"]] for entry in programmes],
        terms=[plain(word) for entry in terms for word in entry["words"]],
        readings=readings,
    )


def digits(text: str) -> str:
    """Write numerals before a counter in digits (三か月 → 3か月), as an office does."""
    text = _NUMBER.sub(lambda number: str(_value(number[0])), text)
    text = re.sub(r"二、(?=\d)", "2、", text)
    return re.sub("[ヶヵカ]月", "か月", text).replace("子供", "子ども")


def _value(numerals: str) -> int:
    total, current = 0, None
    for numeral in numerals:
        if numeral in _UNITS:
            total += (1 if current is None else current) * _UNITS[numeral]
            current = None
        else:
            current = 10 * (current or 0) + _DIGITS[numeral]
    return total + (current or 0)


def sentence(text: str) -> str:
    """Return a text as a transcript has it: numbers in digits, a stop at its end."""
    text = digits(text.strip())
    return text if text[-1] in "、。？！?!" else f"{text}。"


def bare(text: str) -> str:
    """Return a text without what is not heard, to tell whether two are the same."""
    return re.sub(r"\W", "", digits(text))


def measured_texts() -> set[str]:
    """Return all texts of the measured sets but the shortest, which anybody says (はい、そうです)."""
    paths = [path for pattern in MEASURED for path in ROOT.glob(pattern)]
    texts = (text for path in paths for text in _texts_in(tomllib.loads(path.read_text("utf-8"))))
    return {bare(text) for text in texts if len(text) >= SHORTEST_MEASURED_CHARS}


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts_in(part)


def is_measured(text: str, measured: AbstractSet[str]) -> bool:
    """Return whether a text or any sentence of it is a measured one, with a filler before it or without."""
    said = [text, *re.findall("[^。？！?!]+", text)]
    said += [part.removeprefix(filler) for part in said for filler in FILLERS]
    return any(bare(part) in measured for part in said)


def _some(texts: Sequence[str], count: int, rng: random.Random) -> list[str]:
    return rng.sample(texts, min(count, len(texts)))


def _as_spoken(text: str, rng: random.Random) -> str:
    """Begin some with a filler, and cut some long ones at a comma as a pause would."""
    if rng.random() < FILLER_SHARE:
        text = rng.choice(FILLERS) + text
    parts = re.findall("[^、]+、?", text)
    if len(text) > CUT_CHARS and len(parts) >= 2:
        middle = len(parts) // 2
        return rng.choice(["".join(parts[:middle]), "".join(parts[middle:]), text])
    return text


def _programme_lines(programmes: Sequence[Sequence[str]], rng: random.Random) -> Iterator[str]:
    others = {"other": [name for names in programmes for name in names[:2]]}
    for names in programmes:
        for name in names[:N_NAMES]:
            yield fill(rng.choice(PROGRAMMES), {"name": [name], **others}, rng)


def _telephone_lines(rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield texts with numbers in groups, and how they are said: with の or a pause between the groups."""
    for _ in range(N_TELEPHONES):
        frame, groups = sentence(rng.choice(TELEPHONES)), fill("{telephone}", WORDS, rng)
        written, said = rng.choice([("の", "の"), ("-", "、")])
        yield frame.format(groups.replace(" ", written)), frame.format(groups.replace(" ", said))


def _written_lines(examples: Sequence[str], rng: random.Random) -> Iterator[str]:
    """Yield the lines of this folder, and short ones of a kind in pairs: a turn is often two sentences."""
    kinds = []
    for path in sorted(LINES_FOLDER.glob("*.txt")):
        kinds.append([sentence(text) for text in path.read_text("utf-8").splitlines() if text.strip()])
        yield from kinds[-1]
    short = [[text for text in kind if len(text) < PAIRED_CHARS] for kind in (*kinds, examples)]
    for _ in range(N_PAIRS):
        yield "".join(rng.choices(rng.choice(short[:-1]), k=2))
    for _ in range(N_PAIRED_EXAMPLES):
        yield "".join(rng.choices(short[-1], k=2))


def _texts(knowledge: Knowledge, rng: random.Random) -> Iterator[str]:
    everyday = tomllib.loads((KNOWLEDGE_FOLDER / "everyday.toml").read_text("utf-8"))["examples"]
    words = {**WORDS, "term": knowledge.terms}

    def facts(count: int) -> list[str]:
        return [sentence(fill(rng.choice(FACTS), words, rng)) for _ in range(count)]

    spoken = [
        *_some(knowledge.examples, N_EXAMPLES, rng),
        *_some(knowledge.dangers, N_DANGERS, rng),
        *_some(knowledge.questions, N_QUESTIONS, rng),
        *_programme_lines(knowledge.programmes, rng),
        *facts(N_FACTS),
    ]
    yield from (sentence(_as_spoken(text, rng)) for text in spoken)
    yield from map(sentence, everyday)
    yield from (first + second for first, second in zip(facts(N_TWO_FACTS), facts(N_TWO_FACTS), strict=True))
    yield from _written_lines([sentence(text) for text in knowledge.examples], rng)


def _read_as(text: str, readings: Mapping[str, str]) -> str:
    for word in sorted(readings, key=len, reverse=True):
        text = text.replace(word, readings[word])
    return text


def make_lines() -> list[Line]:
    """Return all lines, each once, shuffled: the same ones while the knowledge base stays the same."""
    rng = random.Random(SEED)
    knowledge = read_knowledge()
    readings = knowledge.readings | MISREAD
    said: Iterable[tuple[str, str]] = (
        *((text, _read_as(text, readings)) for text in _texts(knowledge, rng)),
        *_telephone_lines(rng),
    )
    measured = measured_texts()
    lines: dict[str, Line] = {}
    for text, reading in said:
        if len(text) <= LONGEST_CHARS and not is_measured(text, measured):
            lines.setdefault(text, Line(text, reading))
    shuffled = list(lines.values())
    rng.shuffle(shuffled)
    return shuffled
