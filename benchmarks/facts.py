"""How well facts are read from what is said, with and without the question before: prints a table.

usage: python benchmarks/facts.py [--misses] [--whose]

The exchanges lie in `benchmarks/sentences/facts.toml`: ways in which people state a fact at a
counter, and talk that states none (questions, explanations, wishes, denials, other people's affairs).
Those in `whose.toml` name other people; there, members of the family are not counted.
"""

import argparse
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from consult_assist.domain.guidance import Fact
from consult_assist.nlp.sudachi import SudachiAnalyzer

HELD_ON = date(2026, 11, 22)
"""The day on which the exchanges are said."""
SENTENCES = Path(__file__).parent / "sentences"


@dataclass(frozen=True, slots=True)
class Result:
    """One exchange: what it states and what was read."""

    asked: str
    said: str
    wanted: Counter[str]
    found: Counter[str]

    @property
    def right(self) -> Counter[str]:
        """Return the facts that were stated and read."""
        return self.wanted & self.found


def read_exchanges(name: str, without: str = "") -> Iterator[Result]:
    """Yield the exchanges of a file with the facts that the program reads, without those of one name."""
    analyzer = SudachiAnalyzer({}, {}, ())
    with (SENTENCES / name).open("rb") as file:
        exchanges = tomllib.load(file)
    for asked, said, *facts in chain.from_iterable(exchanges.values()):
        analysed = analyzer.analyze("u0001", 0, said, asked=asked, held_on=HELD_ON)
        found = [item for item in analysed if isinstance(item, Fact) and item.name != without]
        yield Result(asked, said, Counter(facts), Counter(f"{fact.name}={fact.value}" for fact in found))


def _count(results: list[Result], name: str) -> tuple[int, int, int]:
    def of(facts: Counter[str]) -> int:
        return sum(times for fact, times in facts.items() if fact.startswith(name))

    return (
        sum(of(result.wanted) for result in results),
        sum(of(result.found) for result in results),
        sum(of(result.right) for result in results),
    )


def main() -> int:
    """Read all exchanges and print one line for each kind of fact."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--misses", action="store_true", help="also list every exchange that was misread")
    parser.add_argument("--whose", action="store_true", help="exchanges that name other people")
    options = parser.parse_args()
    results = list(
        read_exchanges("whose.toml", "family_member") if options.whose else read_exchanges("facts.toml")
    )
    kinds = sorted({fact.partition("=")[0] for result in results for fact in (*result.wanted, *result.found)})
    print("| fact | stated | read | right | recall | precision |\n|---|---|---|---|---|---|")
    for kind in (*kinds, ""):
        stated, read, right = _count(results, f"{kind}=" if kind else "")
        recall, precision = right / max(stated, 1), right / max(read, 1)
        print(f"| {kind or '**all**'} | {stated} | {read} | {right} | {recall:.2f} | {precision:.2f} |")
    if options.misses:
        print()
        for result in results:
            if result.wanted != result.found:
                missed = ", ".join((result.wanted - result.found).elements()) or "–"
                false = ", ".join((result.found - result.wanted).elements()) or "–"
                print(f"- {result.asked}／{result.said}: missed {missed}; false {false}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
