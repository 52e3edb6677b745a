"""Measure the search over the knowledge: is the wanted entry found, and how long does a keystroke take?

    python benchmarks/search.py [--programmes 1000]

Searches: benchmarks/sentences/queries.toml; sentences: benchmarks/guidance/situations.toml. The large base is
made from the real one: lines of different programmes are cut in two and joined anew, 40 examples each.
"""

import argparse
import random
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import consult_assist  # noqa: F401 - first, for it tells numpy how many threads to take

# isort: split
import numpy as np

from consult_assist.domain.knowledge import KnowledgeBase, Name, Programme
from consult_assist.domain.search import HitKind
from consult_assist.knowledge.loader import load_knowledge
from consult_assist.nlp.search.knowledge_search import KnowledgeSearch
from consult_assist.resources import shipped_folder

_HERE = Path(__file__).parent
_EXAMPLES = 40
_MAX_SHOWN = 20
_KANA = "".join(map(chr, range(ord("ぁ"), ord("ん") + 1)))


def main() -> None:
    """Print four tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--programmes", type=int, default=1000, help="size of the large base")
    arguments = parser.parse_args()
    real = load_knowledge(shipped_folder("knowledge"))
    queries = _read(_HERE / "sentences" / "queries.toml", "queries")
    search = KnowledgeSearch(real)
    sentences = _read(_HERE / "guidance" / "situations.toml", "sentences")
    _print_found(search, queries)
    _print_sentences(search, sentences)
    _print_answered(search, [item["text"] for item in (*queries, *sentences)])
    print("| programmes | lines | index | keystroke p50 | p95 | p95 of work |\n|---|---|---|---|---|---|")
    for knowledge in (real, enlarge(real, arguments.programmes)):
        _print_speed(knowledge, [query["text"] for query in queries])


def _read(path: Path, name: str) -> Sequence[dict[str, Any]]:
    tables: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))[name]
    return tables


def _print_found(search: KnowledgeSearch, queries: Sequence[dict[str, Any]]) -> None:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for query in queries:
        found = [hit.id for hit in search.find(query["text"], _MAX_SHOWN)]
        place = next((place for place, item in enumerate(found) if item in query["wanted"]), _MAX_SHOWN)
        for kind in (query["kind"], "**all**"):
            counts[kind] = [a + b for a, b in zip(counts[kind], (1, place < 1, place < 5), strict=True)]
    print("| typed | searches | first | among five |\n|---|---|---|---|")
    for kind, (n, first, five) in sorted(counts.items(), key=lambda item: item[0] == "**all**"):
        print(f"| {kind} | {n} | {first / n:.3f} | {five / n:.3f} |")


def _print_sentences(search: KnowledgeSearch, sentences: Sequence[dict[str, Any]]) -> None:
    n_first = n_five = 0
    for sentence in sentences:
        hits = search.find(sentence["text"], _MAX_SHOWN)
        found = [hit.id for hit in hits if hit.kind is HitKind.PROGRAMME]
        n_first += found[:1] == [sentence["programme"]]
        n_five += sentence["programme"] in found[:5]
    n = len(sentences)
    print(f"| sentences that name no programme | {n} | {n_first / n:.3f} | {n_five / n:.3f} |\n")


def _print_answered(search: KnowledgeSearch, texts: Sequence[str]) -> None:
    """Print how much is found at all: of what is half typed, everything; of nonsense, nothing."""
    chance = random.Random(3)
    typed = {
        "half typed": [text[:end] for text in texts for end in range(2, len(text))],
        "kana at random": _nonsense(chance, _KANA, 40),
        "letters at random": _nonsense(chance, ascii_lowercase, 20),
    }
    print("| typed | searches | something found |\n|---|---|---|")
    for kind, some in typed.items():
        n_found = sum(bool(search.find(text, _MAX_SHOWN)) for text in some)
        print(f"| {kind} | {len(some)} | {n_found / len(some):.3f} |")
    print()


def _nonsense(chance: random.Random, signs: str, count: int) -> list[str]:
    return ["".join(chance.choices(signs, k=length)) for length in range(2, 25) for _ in range(count)]


def _print_speed(knowledge: KnowledgeBase, texts: Sequence[str]) -> None:
    begun = time.perf_counter()
    search = KnowledgeSearch(knowledge)
    built_s = time.perf_counter() - begun
    taken_s, worked_s = [], []
    for text in texts:
        for end in range(1, len(text) + 1):
            begun, begun_work = time.perf_counter(), time.process_time()
            search.find(text[:end], _MAX_SHOWN)
            taken_s.append(time.perf_counter() - begun)
            worked_s.append(time.process_time() - begun_work)
    p50, p95 = (1000 * np.quantile(taken_s, share) for share in (0.5, 0.95))
    worked = 1000 * np.quantile(worked_s, 0.95)
    print(
        f"| {len(knowledge.programmes)} | {search.n_lines} | {built_s:.2f} s "
        f"| {p50:.1f} ms | {p95:.1f} ms | {worked:.1f} ms |"
    )


def enlarge(knowledge: KnowledgeBase, n_programmes: int) -> KnowledgeBase:
    """Return the base with programmes added that look like real ones."""
    chance = random.Random(4)
    real = list(knowledge.programmes.values())
    made = dict(knowledge.programmes)
    for number in range(len(real), n_programmes):
        made[f"made-{number}"] = _mixed(real, number, chance)
    return replace(knowledge, programmes=made)


def _mixed(real: Sequence[Programme], number: int, chance: random.Random) -> Programme:
    model = chance.choice(real)

    def mix(field: str, count: int) -> Iterator[str]:
        for _ in range(count):
            one, other = (chance.choice(getattr(chance.choice(real), field) or ("その他",)) for _ in "ab")
            yield one[: len(one) // 2] + other[len(other) // 2 :]

    names = [
        name.text[: len(name.text) // 2] + chance.choice(chance.choice(real).names).text[-3:]
        for name in model.names
    ]
    return replace(
        model,
        id=f"made-{number}",
        name=f"{names[0]}{number}",
        names=tuple(Name(text=f"{name}{number}") for name in names),
        examples=tuple(mix("examples", _EXAMPLES)),
        cues=tuple(mix("cues", len(model.cues))),
        target=tuple(mix("target", len(model.target))),
        questions=tuple(mix("questions", len(model.questions))),
        documents=tuple(mix("documents", len(model.documents))),
    )


if __name__ == "__main__":
    main()
