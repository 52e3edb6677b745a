"""How well a question that a trainee puts is recognised as one that an exercise expects: prints a table.

usage: python benchmarks/same_question.py [--misses]

The pairs lie in `benchmarks/guidance/same_questions.toml`. Recognised: a question in other words counts as
the expected one. Taken for another: it counts as the expected one of another row.
"""

import argparse
import tomllib
from collections.abc import Callable
from pathlib import Path

import consult_assist  # noqa: F401 - first, for it tells numpy how many threads to take

# isort: split
import numpy as np

from consult_assist.nlp.situations.sentence_vectors import UseSentenceEncoder
from consult_assist.trainer.questions import same_question

PAIRS = Path(__file__).parent / "guidance" / "same_questions.toml"
MIN_SIMILARITIES = (0.55, 0.6, 0.65, 0.7, 0.75, 0.8)
Same = Callable[[str, str], bool]


def main() -> None:
    """Compare by parts, by meaning, and by either."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--misses", action="store_true", help="print what was not recognised")
    args = parser.parse_args()
    rows = tomllib.loads(PAIRS.read_text(encoding="utf-8"))["questions"]
    encoder = UseSentenceEncoder()
    texts = sorted({text for row in rows for text in (row["expected"], *row["put"])})
    vectors = dict(zip(texts, encoder.encode_all(texts), strict=True))

    def alike(put: str, expected: str) -> float:
        return float(np.dot(vectors[put], vectors[expected]))

    def by_meaning(minimum: float) -> Same:
        return lambda put, expected: alike(put, expected) >= minimum

    def either(minimum: float) -> Same:
        def at_least(put: str, expected: str) -> float:
            return 1.0 if alike(put, expected) >= minimum else 0.0

        return lambda put, expected: same_question(put, expected, at_least)

    ways: dict[str, Same] = {"parts": same_question}
    ways |= {f"meaning ≥ {minimum}": by_meaning(minimum) for minimum in MIN_SIMILARITIES}
    ways |= {f"parts or meaning ≥ {minimum}": either(minimum) for minimum in MIN_SIMILARITIES}
    print("| way | recognised | taken for another |\n|---|---|---|")
    for name, same in ways.items():
        right = [(row["expected"], put) for row in rows for put in row["put"] if same(put, row["expected"])]
        wrong = [
            (other["expected"], put)
            for row in rows
            for put in row["put"]
            for other in rows
            if other is not row and same(put, other["expected"])
        ]
        n_right, n_wrong = (sum(len(row["put"]) for row in rows), len(rows) * (len(rows) - 1) * 2)
        print(f"| {name} | {len(right)} / {n_right} | {len(wrong)} / {n_wrong} |")
        if args.misses:
            for expected, put in wrong:
                print(f"    {put} → {expected} ({alike(put, expected):.2f})")


if __name__ == "__main__":
    main()
