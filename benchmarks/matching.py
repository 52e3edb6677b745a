"""How long it takes to understand one utterance with a large knowledge base: prints a Markdown table.

usage: python benchmarks/matching.py [--programmes 1000] [--terms 10000] [--busy] [--heard EVENTS.jsonl …]

The knowledge is the shipped one, enlarged with names and words put together from its own parts, so that
they resemble each other as real ones do; the further programmes share cues and examples with shipped ones.
The utterances are those of event files where such are given (as they were recognised), else sentences that
the knowledge holds. Each goes through the search for names and the repair alone, through the comparison
with the examples alone, then through the whole of understanding, GiNZA included. With `--busy` another
process multiplies matrices meanwhile, as recognition does.
"""

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from multiprocessing import get_context, parent_process
from pathlib import Path

from consult_assist.domain.knowledge import KnowledgeBase, Name, Programme
from consult_assist.knowledge.loader import load_knowledge
from consult_assist.nlp.ginza import GinzaModel
from consult_assist.nlp.situations.matcher import read_situations
from consult_assist.nlp.situations.sentence_vectors import UseSentenceEncoder
from consult_assist.nlp.sudachi import SudachiAnalyzer
from consult_assist.nlp.tokens import SudachiTokenizer
from consult_assist.resources import shipped_folder

SEED = 1
NAMES_EACH = 7
EXAMPLES_EACH = 20
WARM_UP = 20
MAX_TEXTS = 300
GOAL_MATCHING_S = 0.015
GOAL_WHOLE_S = 0.060


def enlarged(knowledge: KnowledgeBase, n_programmes: int, n_terms: int) -> tuple[list[Programme], list[Name]]:
    """Return the knowledge's programmes and words, and so many more that resemble them."""
    draw = random.Random(SEED)
    tokenizer = SudachiTokenizer()
    programmes, words = list(knowledge.programmes.values()), list(knowledge.vocabulary)
    names = [name.text for programme in programmes for name in programme.names]
    parts = sorted(
        {token.surface for text in names for token in tokenizer.words(text) if len(token.surface) > 1}
    )
    parts += sorted({word.text for word in words if 2 <= len(word.text) <= 3})
    taken = {*names, *(word.text for word in words)}
    for number in range(len(programmes), n_programmes):
        own = tuple(Name(text=text) for text in _new(draw, parts, (2, 3, 4), taken, NAMES_EACH))
        model = draw.choice(programmes[: len(knowledge.programmes)])
        programmes.append(
            replace(
                model,
                id=f"more-{number}",
                name=own[0].text,
                names=own,
                examples=model.examples[:EXAMPLES_EACH],
            )
        )
    more = _new(draw, parts, (2, 2, 3), taken, n_terms - len(words))
    return programmes, [*words, *(Name(text=text) for text in more)]


def _new(
    draw: random.Random, parts: Sequence[str], lengths: Sequence[int], taken: set[str], n: int
) -> list[str]:
    made: list[str] = []
    while len(made) < n:
        text = "".join(draw.sample(parts, draw.choice(lengths)))
        if text not in taken:
            taken.add(text)
            made.append(text)
    return made


def heard_texts(paths: Sequence[Path], knowledge: KnowledgeBase) -> list[str]:
    """Return what is to be understood."""
    lines = (json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    texts = [line["heard"] for line in lines if line["type"] == "utterance"] or list(_written(knowledge))
    return texts[:: max(1, len(texts) // MAX_TEXTS)]


def _written(knowledge: KnowledgeBase) -> Iterator[str]:
    for programme in knowledge.programmes.values():
        yield from (*programme.examples, *programme.questions)


def times_s(work: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Return how long each text takes."""
    for text in texts[:WARM_UP]:
        work(text)
    found: list[float] = []
    for text in texts:
        started = time.thread_time()
        work(text)
        found.append(time.thread_time() - started)
    return found


@contextmanager
def other_core_busy() -> Iterator[None]:
    """Keep one more core busy."""
    process = get_context("spawn").Process(target=_multiply, daemon=True)
    process.start()
    try:
        yield
    finally:
        process.terminate()
        process.join()


def _multiply() -> None:
    import numpy as np  # noqa: PLC0415 - after the package, which tells it how many threads to take

    frames, weights = np.ones((1500, 512), dtype=np.float32), np.ones((512, 2048), dtype=np.float32)
    parent = parent_process()
    while parent and parent.is_alive():
        frames @ weights


def _row(what: str, spent: Sequence[float], goal_s: float) -> str:
    p95 = statistics.quantiles(spent, n=20)[-1]
    middle = statistics.median(spent)
    return (
        f"| {what} | {middle * 1000:.1f} | {p95 * 1000:.1f} | {max(spent) * 1000:.1f} | {goal_s * 1000:.0f} |"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--programmes", type=int, default=1000)
    parser.add_argument("--terms", type=int, default=10_000)
    parser.add_argument("--busy", action="store_true")
    parser.add_argument("--heard", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    with other_core_busy() if args.busy else nullcontext():
        _measure(args.programmes, args.terms, args.heard)


def _measure(n_programmes: int, n_terms: int, heard: Sequence[Path]) -> None:
    knowledge = load_knowledge(shipped_folder("knowledge"))
    programmes, words = enlarged(knowledge, n_programmes, n_terms)
    texts = heard_texts(heard, knowledge)
    by_id: Mapping[str, Programme] = {programme.id: programme for programme in programmes}
    situations = read_situations(
        programmes, knowledge.protocols.values(), knowledge.everyday, UseSentenceEncoder()
    )
    model = GinzaModel()
    analyzer = SudachiAnalyzer(
        by_id,
        knowledge.protocols,
        words,
        knowledge.words,
        situations,
        context=model.context,
        entities=model,
    )
    matching = times_s(analyzer.rewriter.rewrite, texts)
    likeness = times_s(situations.programmes.find, texts)
    whole = times_s(lambda text: analyzer.analyze("u", 0, text), texts)
    n_names = sum(len(programme.names) for programme in programmes)
    print(
        f"{len(texts)} utterances of {statistics.mean(map(len, texts)):.0f} characters; "
        f"{len(programmes)} programmes with {n_names} names, {len(words)} terms. "
        "Milliseconds of one core an utterance.\n"
    )
    print("| | median | p95 | longest | goal (p95) |\n|---|---|---|---|---|")
    print(_row("names and repair", matching, GOAL_MATCHING_S))
    print(_row("situations", likeness, GOAL_MATCHING_S))
    print(_row("all understanding, GiNZA included", whole, GOAL_WHOLE_S))


if __name__ == "__main__":
    main()
