"""How well typed sentences lead to the right programmes and protocols: prints tables.

usage: python benchmarks/guidance.py [--misses] | --talks | --development

The sentences lie in `benchmarks/guidance/` and were written without a look at the cues of the knowledge: what
residents might say about each programme, at length and in one short breath; everyday talk that must raise
nothing, likewise; danger and what only sounds like it. Each goes alone through the understanding of a
consultation, as with `knowledge try`. With `--talks` whole talks are put through instead: the text of all
samples and exercises, with what each line should bring to mind.
"""

import argparse
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from consult_assist.app.lookup import Trial, try_sentence
from consult_assist.app.settings import read_settings
from consult_assist.app.training.exercises import list_exercises
from consult_assist.app.training.hints import Hints
from consult_assist.app.wiring import build_workplace
from consult_assist.app.workplace import Workplace
from consult_assist.domain.exercise import Exercise
from consult_assist.domain.guidance import Alert, SuggestionsChanged
from consult_assist.domain.speech import Speaker, Utterance
from consult_assist.guidance.advisor import Advisor

SENTENCES = Path(__file__).parent / "guidance"
DEVELOPMENT = Path(__file__).parent / "sentences" / "alert_development.toml"
SITUATIONS = ("situations", "short_situations")
QUIET = ("quiet", "short_quiet")
ALERTS = ("alerts", "indirect_alerts")
ANSWERS = ("answers_and_reports_seen", "answers_and_reports_unseen")
"""The files of each kind."""
TOP = 3
"""The clerk sees this many programmes without scrolling."""
IN_TIME_S = 5.0
"""A suggestion helps while what it is about is still spoken of."""


@dataclass(frozen=True, slots=True)
class SituationResult:
    """One sentence about a programme, and what came of it."""

    programme: str
    related: frozenset[str]
    trial: Trial

    @property
    def got(self) -> list[str]:
        """Return the programmes that were raised, best first."""
        return [item.programme for item in self.trial.programmes]

    @property
    def first(self) -> bool:
        """Whether the programme that was meant stands first."""
        return self.got[:1] == [self.programme]

    @property
    def in_top(self) -> bool:
        """Whether the programme that was meant is among the first few."""
        return self.programme in self.got[:TOP]

    @property
    def useful(self) -> bool:
        """Whether that programme or a related one is among the first few."""
        return not {self.programme, *self.related}.isdisjoint(self.got[:TOP])


@dataclass(frozen=True, slots=True)
class AlertResult:
    """One sentence with the protocol it must raise ("" = none), others that may come, and what came of it."""

    protocol: str
    also: frozenset[str]
    trial: Trial

    @property
    def recalled(self) -> bool:
        """Whether the protocol that must come came."""
        return self.protocol in self.trial.alerts

    @property
    def false_alerts(self) -> list[str]:
        """Return the protocols that should not have come."""
        return [item for item in self.trial.alerts if item != self.protocol and item not in self.also]


@dataclass(frozen=True, slots=True)
class TalkResult:
    """What was suggested in one talk.

    Attributes:
        in_time: for each programme that should come to mind whether it was on screen soon.
        in_top: for each of them whether it was among the first few then.
        fitting: for each programme that was ever on screen whether it belongs there.
    """

    in_time: tuple[bool, ...]
    in_top: tuple[bool, ...]
    fitting: tuple[bool, ...]


@contextmanager
def temporary_workplace() -> Iterator[Workplace]:
    """Give the real program with the shipped knowledge and an empty data folder."""
    with tempfile.TemporaryDirectory() as folder:
        workplace = build_workplace(replace(read_settings(), data_folder=Path(folder)))
        try:
            yield workplace
        finally:
            workplace.store.close()


def read_sentences(name: str) -> list[Any]:
    """Return the sentences of one file."""
    text = (SENTENCES / f"{name}.toml").read_text(encoding="utf-8")
    sentences: list[Any] = tomllib.loads(text)["sentences"]
    return sentences


def try_situations(workplace: Workplace, name: str) -> list[SituationResult]:
    """Try every sentence of one file that a resident might say about a programme."""
    return [
        SituationResult(row["programme"], frozenset(row["related"]), try_sentence(workplace, row["text"]))
        for row in read_sentences(name)
    ]


def try_quiet(workplace: Workplace, name: str) -> list[Trial]:
    """Try every sentence of one file that must raise nothing."""
    return [try_sentence(workplace, text) for text in read_sentences(name)]


def try_alerts(workplace: Workplace, name: str) -> list[AlertResult]:
    """Try every sentence of one file with danger, or with what only sounds like it."""
    return [
        AlertResult(row["protocol"], frozenset(row.get("also", [])), try_sentence(workplace, row["text"]))
        for row in read_sentences(name)
    ]


def try_talk(workplace: Workplace, exercise: Exercise) -> TalkResult:
    """Put the lines of one talk through understanding and guidance."""
    hints = Hints(workplace.load_analyzer(), Advisor(workplace.knowledge))
    lists: list[tuple[float, tuple[str, ...]]] = []
    told: dict[str, float] = {}
    for line in exercise.lines:
        for programme in line.programmes:
            told.setdefault(programme, line.end_s)
        events = hints.understand(line.utterance())
        lists += [(line.end_s, event.shown) for event in events if isinstance(event, SuggestionsChanged)]
    shown = {programme for _, programmes in lists for programme in programmes}
    return TalkResult(
        in_time=tuple(
            any(item in programmes and at_s <= end_s + IN_TIME_S for at_s, programmes in lists)
            for item, end_s in told.items()
        ),
        in_top=tuple(_is_in_top(item, end_s, lists) for item, end_s in told.items()),
        fitting=tuple(item in told or item in exercise.programmes_ok for item in sorted(shown)),
    )


def _is_in_top(programme: str, end_s: float, lists: Sequence[tuple[float, tuple[str, ...]]]) -> bool:
    """Return whether a programme is among the first few on screen when a line ends or soon after."""
    before = [programmes for at_s, programmes in lists if at_s < end_s][-1:]
    soon = [programmes for at_s, programmes in lists if end_s <= at_s <= end_s + IN_TIME_S]
    return any(programme in programmes[:TOP] for programmes in (*before, *soon))


def try_answers(workplace: Workplace, name: str) -> list[tuple[str, AlertResult]]:
    """Try every sentence of one file, after the clerk's question where there is one, each with its kind."""
    return [
        (row["kind"], AlertResult(row["protocol"], frozenset(), _try_answer(workplace, row)))
        for row in read_sentences(name)
    ]


def _try_answer(workplace: Workplace, row: Mapping[str, str]) -> Trial:
    """Return what a short talk raises: the clerk's question, if any, and what the resident says to it."""
    hints = Hints(workplace.load_analyzer(), Advisor(workplace.knowledge))
    spoken = [(Speaker.CLERK, row["asked"])] if "asked" in row else []
    events = [
        event
        for i, (speaker, text) in enumerate([*spoken, (Speaker.RESIDENT, row["text"])])
        for event in hints.understand(
            Utterance(
                id=f"u{i + 1:04}",
                channel=0,
                speaker=speaker,
                start_s=4.0 * i,
                end_s=4.0 * i + 3,
                heard=text,
                text=text,
            )
        )
    ]
    alerts = tuple(event.protocol for event in events if isinstance(event, Alert))
    return Trial(text=" → ".join([row.get("asked", ""), row["text"]]), programmes=(), alerts=alerts)


def print_answers(name: str, results: Sequence[tuple[str, AlertResult]]) -> None:
    """Print for each kind of sentence how many dangers were heard, and where a wrong protocol came."""
    print(f"| {name} | heard | any protocol for it | raised wrongly |\n|---|---|---|---|")
    for kind in dict.fromkeys(kind for kind, _ in results):
        mine = [result for its_kind, result in results if its_kind == kind]
        dangers = [result for result in mine if result.protocol]
        heard = (
            share(result.recalled for result in dangers),
            share(bool(result.trial.alerts) for result in dangers),
        )
        print(f"| {kind} | {' | '.join(heard if dangers else '––')} | {_wrong(mine)} |")
    print()


def print_talks(workplace: Workplace) -> None:
    """Print for each talk how many programmes came in time, and how many of those shown belong there."""
    print(f"| talk | suggested within {IN_TIME_S:.0f} s | among the first {TOP} then | shown that fit |")
    print("|---|---|---|---|")
    results = {item.id: try_talk(workplace, item) for item in list_exercises(workplace)}
    for name, result in results.items():
        print(f"| {name} | {share(result.in_time)} | {share(result.in_top)} | {share(result.fitting)} |")
    columns = (
        share(hit for result in results.values() for hit in result.in_time),
        share(hit for result in results.values() for hit in result.in_top),
        share(hit for result in results.values() for hit in result.fitting),
    )
    print(f"| all | {' | '.join(columns)} |")


def raises_anything(trial: Trial) -> bool:
    """Return whether the sentence led to a programme or a protocol."""
    return bool(trial.programmes or trial.alerts)


def share(hits: Iterable[bool]) -> str:
    """Return how many of them are true, and the percentage."""
    found = list(hits)
    return f"{sum(found)} / {len(found)} ({100 * sum(found) / max(1, len(found)):.0f} %)"


def print_situations(files: Mapping[str, Sequence[SituationResult]]) -> None:
    """Print for each file how often the right programme came first, soon, or not at all."""
    print(f"| situations | sentences | rank 1 | top {TOP} | right or related in top {TOP} | nothing raised |")
    print("|---|---|---|---|---|---|")
    for name, results in files.items():
        columns = (
            share(result.first for result in results),
            share(result.in_top for result in results),
            share(result.useful for result in results),
            share(not result.got for result in results),
        )
        print(f"| {name} | {len(results)} | {' | '.join(columns)} |")
    print()


def print_quiet(files: Mapping[str, Sequence[Trial]]) -> None:
    """Print for each file how often everyday talk raised something."""
    print("| everyday talk | sentences | raises anything | a programme | a protocol |\n|---|---|---|---|---|")
    for name, trials in files.items():
        columns = (
            share(raises_anything(trial) for trial in trials),
            share(bool(trial.programmes) for trial in trials),
            share(bool(trial.alerts) for trial in trials),
        )
        print(f"| {name} | {len(trials)} | {' | '.join(columns)} |")
    print()


def print_alerts(name: str, results: Sequence[AlertResult]) -> None:
    """Print recall for each protocol, and the false alerts."""
    print(f"| {name} | recall | other protocols raised wrongly |\n|---|---|---|")
    dangers = [result for result in results if result.protocol]
    for protocol in dict.fromkeys(result.protocol for result in dangers):
        mine = [result for result in dangers if result.protocol == protocol]
        print(f"| {protocol} | {share(item.recalled for item in mine)} | {_wrong(mine)} |")
    print(f"| all | {share(item.recalled for item in dangers)} | {_wrong(dangers)} |")
    harmless = [result for result in results if not result.protocol]
    print(f"| none (must stay quiet) | – | {_wrong(harmless)} |\n")


def print_development(workplace: Workplace) -> None:
    """Print how the sentences do that the danger words were written with: tables of danger and quiet ones."""
    print("| table | right |\n|---|---|")
    for name, groups in tomllib.loads(DEVELOPMENT.read_text(encoding="utf-8")).items():
        tried = [
            (group, try_sentence(workplace, text).alerts) for group, texts in groups.items() for text in texts
        ]
        must = name.endswith("must")
        print(f"| {name} | {share(group in alerts if must else not alerts for group, alerts in tried)} |")


def _wrong(results: Sequence[AlertResult]) -> str:
    return share(bool(result.false_alerts) for result in results)


def print_misses(
    situations: Mapping[str, Sequence[SituationResult]],
    quiet: Mapping[str, Sequence[Trial]],
    alerts: Mapping[str, Sequence[AlertResult]],
) -> None:
    """Print every sentence that went wrong: what was said, what was wanted, what came and why."""
    for name, results in situations.items():
        print(f"## {name}: the programme is not in the top {TOP}\n")
        for situation in results:
            if not situation.in_top:
                mark = "related came" if situation.useful else "nothing useful"
                print(_miss(situation.trial, f"{situation.programme} ({mark})"))
        print()
    for name, trials in quiet.items():
        print(f"## {name}: everyday talk that raised something\n")
        for trial in trials:
            if raises_anything(trial):
                print(_miss(trial, "nothing"))
        print()
    for name, tried in alerts.items():
        print(f"## {name}: protocols missed or raised wrongly\n")
        for alert in tried:
            if alert.false_alerts or (alert.protocol and not alert.recalled):
                print(_miss(alert.trial, alert.protocol or "no protocol"))
        print()


def _miss(trial: Trial, wanted: str) -> str:
    got = [f"★{protocol}" for protocol in trial.alerts]
    got += [f"{item.programme} {item.score} {item.reason}" for item in trial.programmes[:TOP]]
    return f"- {trial.text}\n  - wanted: {wanted}\n  - got: {'; '.join(got) or 'nothing'}"


def main() -> None:
    """Try all sentences and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="list every sentence that went wrong")
    parser.add_argument("--talks", action="store_true", help="put whole talks through instead of sentences")
    parser.add_argument("--development", action="store_true", help="the sentences behind the danger words")
    options = parser.parse_args()
    with temporary_workplace() as workplace:
        if options.development:
            print_development(workplace)
            return
        if options.talks:
            print_talks(workplace)
            return
        situations = {name: try_situations(workplace, name) for name in SITUATIONS}
        quiet = {name: try_quiet(workplace, name) for name in QUIET}
        alerts = {name: try_alerts(workplace, name) for name in ALERTS}
        answers = {name: try_answers(workplace, name) for name in ANSWERS}
    print_situations(situations)
    print_quiet(quiet)
    for name, results in alerts.items():
        print_alerts(name, results)
    for name, answered in answers.items():
        print_answers(name, answered)
    if options.misses:
        seen = {name: [result for _, result in answers[name]] for name in ANSWERS[:1]}
        print_misses(situations, quiet, {**alerts, **seen})


if __name__ == "__main__":
    main()
