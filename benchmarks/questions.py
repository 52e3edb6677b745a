"""Which questions stand on the screen while the texts of the samples are spoken: prints a table.

usage: python benchmarks/questions.py [GOLD_DIR]

A question counts as answered when it asks only for facts and the gold says that all of them were given within
the last minute. What stands at the end is printed, to be judged by a person.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.guidance import temporary_workplace
from consult_assist.app.training.hints import Hints
from consult_assist.app.workplace import Workplace
from consult_assist.counter.question_parts import given_by, parts_of
from consult_assist.domain.guidance import Fact, Question, QuestionsChanged
from consult_assist.domain.speech import Speaker, Utterance
from consult_assist.guidance.advisor import Advisor

SAMPLES = Path(__file__).parents[1] / "recordings" / "samples" / "gold"
ANSWERED_WITHIN_S = 60.0
Shown = tuple[float, tuple[Question, ...]]


def main() -> None:
    """Print the table for a folder of gold files."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, nargs="?", default=SAMPLES)
    folder = parser.parse_args().gold
    print("| consultation | questions shown | new a minute | answered just before | standing at the end |")
    print("|---|---|---|---|---|")
    with temporary_workplace() as workplace:
        for path in sorted(folder.glob("*.json")):
            gold = json.loads(path.read_text("utf-8"))
            changes = list(shown_questions(workplace, gold["utterances"]))
            n_shown = sum(len(shown) for _, shown in changes)
            wrong = [question for at_s, shown in changes for question in answered(gold, at_s, shown)]
            last = "<br>".join(question.text for question in changes[-1][1]) if changes else ""
            pace = new_a_minute(changes, gold["utterances"][-1]["end_s"])
            print(f"| {gold['id']} | {n_shown} | {pace:.1f} | {len(wrong)} | {last} |", flush=True)


def shown_questions(workplace: Workplace, utterances: Sequence[dict[str, Any]]) -> Iterator[Shown]:
    """Yield each change of the questions with its time, as in a live consultation."""
    hints = Hints(workplace.load_analyzer(), Advisor(workplace.knowledge))
    for number, gold in enumerate(utterances):
        said = Utterance(
            id=f"u{number}",
            channel=gold["channel"],
            speaker=Speaker(gold["speaker"]),
            start_s=gold["start_s"],
            end_s=gold["end_s"],
            heard=gold["text"],
            text=gold["text"],
        )
        for change in hints.understand(said):
            if isinstance(change, QuestionsChanged):
                yield said.end_s, change.shown


def new_a_minute(changes: Sequence[Shown], duration_s: float) -> float:
    """Return how often a question comes onto the screen; the fewer, the calmer."""
    before: Sequence[Question] = ()
    n_new = 0
    for _, shown in changes:
        n_new += len(set(shown).difference(before))
        before = shown
    return n_new * 60.0 / duration_s


def answered(gold: dict[str, Any], at_s: float, shown: Sequence[Question]) -> list[Question]:
    """Return the questions on screen that the gold's facts of the last minute answer."""
    given: set[str] = set()
    for item in gold.get("facts", []):
        end_s = gold["utterances"][item["utterance"]]["end_s"]
        if at_s - ANSWERED_WITHIN_S <= end_s <= at_s:
            fact = Fact(
                name=item["name"],
                value=item["value"],
                utterance_id="",
                revision=0,
                start_char=0,
                end_char=0,
            )
            given.update(given_by(fact))
    return [question for question in shown if (parts := parts_of(question.text)) and parts <= given]


if __name__ == "__main__":
    main()
