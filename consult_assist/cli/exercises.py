"""What each `consult-assist exercise …` does: call a use case, print what it answers."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from math import isnan

from consult_assist.app.settings import Settings, default_operator
from consult_assist.app.training import exercises
from consult_assist.app.training.checking import ExerciseChecked, check_exercise, total
from consult_assist.app.training.making import (
    propose_exercise,
    record_training_consent,
    save_exercise,
    with_stand_ins,
)
from consult_assist.app.training.starting import FORM
from consult_assist.app.wiring import build_workplace
from consult_assist.cli.asking import ask, said_yes
from consult_assist.cli.exercise_questions import ask_stand_ins, walk_through
from consult_assist.cli.output_files import write_file
from consult_assist.cli.parser import Options
from consult_assist.cli.table_lines import padded
from consult_assist.counter.labels import EXERCISE_LEVELS, clock
from consult_assist.counter.stated import fact_label, fact_value
from consult_assist.domain.exercise import CueState, Exercise, ExerciseLine
from consult_assist.domain.knowledge import KnowledgeBase, KnowledgeFault
from consult_assist.domain.ratio import Ratio
from consult_assist.domain.speech import Speaker
from consult_assist.domain.tables import Value
from consult_assist.errors import ExerciseError, SoundError
from consult_assist.export.tables import rows_as_csv
from consult_assist.knowledge.report import fault_line

FIGURES = {
    "names": "名前",
    "programmes": "案内",
    "precision": "適中",
    "dangers": "危険",
    "questions": "質問",
    "facts": "事実",
    "record": "記録",
}
"""Name of a figure → what it is called; `--at-least` takes either."""
_LEGEND = (
    "名前 = 聞き取れた制度の名前。案内 = 間に合って出た制度。適中 = 出した制度のうち合っていたもの。",
    "危険 = 間に合って出た危険のサイン。質問 = 出した質問。事実・記録 = 読み取れた値・記録に入った値。",
)
_VOICE = "声は個人情報です。だれの声か分かる人がいます。研修のほかに使わず、事務所の外に出さないでください。"
_CAUTION = (
    "聞きまちがいの名前や、話の中身（病名・出来事）から分かることは残ります。必ず人が読んで確かめてください。"
)
_ID_CELLS, _KIND_CELLS, _FIGURE_CELLS = 18, 5, 8
_SPEAKERS = {Speaker.CLERK: "職員　", Speaker.RESIDENT: "相談者"}


def list_exercises(settings: Settings, options: Options) -> int:  # noqa: ARG001 - all commands look alike
    """Print every exercise, and what is wrong with those that cannot be used."""
    workplace = build_workplace(settings)
    for exercise in exercises.list_exercises(workplace):
        kind = "音声" if exercise.sound is not None else "文字"
        own = "" if exercise.shipped else "　事務所"
        level, length = EXERCISE_LEVELS[exercise.level], clock(exercise.duration_s)
        print(f"{exercise.id}　{level}　{length}　{kind}{own}　{exercise.title}")
    print(f"事務所の練習を置く所: {settings.exercises_folder}")
    return _print_faults(exercises.faults_in_exercises(workplace))


def show_exercise(settings: Settings, options: Options) -> int:
    """Print one exercise with everything that it expects."""
    workplace = build_workplace(settings)
    exercise = exercises.open_exercise(workplace, options.id)
    print("\n".join(_shown(exercise, workplace.knowledge, FORM)))
    return 0


def check_exercises(settings: Settings, options: Options) -> int:
    """Put exercises through the program and print how it does on them."""
    minimum = _thresholds(options.at_least)
    workplace = build_workplace(settings)
    faults = exercises.faults_in_exercises(workplace)
    chosen = [exercises.open_exercise(workplace, item) for item in options.ids]
    chosen = chosen or list(exercises.list_exercises(workplace))
    if not chosen:
        raise ExerciseError("練習がまだありません。consult-assist exercise new で作れます。")
    checked = []
    unheard: list[str] = []
    print(_row(("練習", "", *FIGURES.values())))
    for exercise in chosen:
        try:
            checked.append(check_exercise(workplace, exercise, text_only=options.text))
        except SoundError as error:
            unheard.append(f"{exercise.id}: {error}")
            continue
        print(_row(_cells(checked[-1])), flush=True)
    sums = total(checked)
    print(_row(("全体", "", *(_cell(sums[name]) for name in FIGURES))))
    print(_row(("", "", *(_percent(sums[name]) for name in FIGURES))))
    print("\n".join(_LEGEND))
    print("\n".join(_remarks(checked, workplace.knowledge)))
    if options.output is not None:
        _write_csv(checked, sums, options)
    below = [*unheard, *_below(sums, minimum)]
    false = sum(len(one.false_alerts) for one in checked)
    if options.most_false_alerts is not None and false > options.most_false_alerts:
        below.append(f"余分な危険のサインが {false} 件で、{options.most_false_alerts} 件を超えています。")
    for sentence in below:
        print(sentence)
    return 1 if _print_faults(faults) or below else 0


def new_exercise(settings: Settings, options: Options) -> int:
    """Walk a trainer through a saved consultation and keep the exercise that comes of it."""
    workplace = build_workplace(settings)
    proposal = propose_exercise(workplace, options.id, options.name, sound=options.sound)
    if options.sound:
        print(_VOICE)
    exercise, silent = walk_through(ask, proposal.exercise, workplace.knowledge, with_sound=options.sound)
    exercise = with_stand_ins(exercise, ask_stand_ins(ask, proposal.replaced))
    print(_CAUTION)
    if not said_yes(ask, f"練習「{exercise.title}」を残しますか"):
        print("残していません。")
        return 1
    heard = None
    if options.sound:
        print("音声を写し、置きかえた所の音を消しています…")
        heard = {
            proposal.origins[line]: spans for line, spans in proposal.spans.items() if line not in silent
        }
    kept = save_exercise(workplace, exercise, heard)
    print(f"残しました: {kept.id}　確かめるには consult-assist exercise show {kept.id}")
    return 0


def record_consent(settings: Settings, options: Options) -> int:
    """Note whether the resident agrees that the voice is used for training."""
    by = options.operator or default_operator()
    record_training_consent(build_workplace(settings), options.id, given=not options.withdraw, by=by)
    if options.withdraw:
        print("研修に声を使う同意がなくなったことを残しました。")
        print("この相談から作った練習の音声があれば、消してください（consult-assist exercise list）。")
    else:
        print("研修に声を使うことに本人が同意したことを残しました。")
        print(_VOICE)
    return 0


def _print_faults(faults: Sequence[KnowledgeFault]) -> int:
    for fault in faults:
        print(fault_line(fault), file=sys.stderr)
    return 1 if faults else 0


def _shown(exercise: Exercise, knowledge: KnowledgeBase, form: str) -> Iterator[str]:
    yield f"{exercise.title}（{EXERCISE_LEVELS[exercise.level]}、{clock(exercise.duration_s)}）"
    yield from (f"　ねらい: {goal}" for goal in exercise.goals)
    if exercise.made_from is not None:
        yield f"　もとの相談: {exercise.made_from}"
        if exercise.sound is not None:
            yield "　本人の声が入っています。声は個人情報です。事務所の外に出さないでください。"
    for line in exercise.lines:
        yield f"{clock(line.start_s)}　{_SPEAKERS[line.speaker]}　{line.text}"
        yield from (f"　　　　　→ {remark}" for remark in _expected(line, knowledge))
    also = "、".join(knowledge.programme_name(programme) for programme in exercise.programmes_ok)
    if also:
        yield f"ほかに案内してよい制度: {also}"
    dangers = "、".join(knowledge.protocol_title(protocol) for protocol in exercise.protocols_ok)
    if dangers:
        yield f"ほかに確かめてよい危険: {dangers}"
    forms = [*knowledge.templates.values(), knowledge.templates[form]]
    labels = {field.name: field.label for item in forms for field in item.fields}
    for name, texts in exercise.record.items():
        yield f"【{labels.get(name, name)}】"
        yield from (f"　{text}" for text in texts)


def _expected(line: ExerciseLine, knowledge: KnowledgeBase) -> Iterator[str]:
    for protocol in line.protocols:
        yield f"危険のサイン: {knowledge.protocol_title(protocol)}"
    for programme in line.programmes:
        yield f"制度: {knowledge.programme_name(programme)}"
    for question in line.ask:
        yield f"質問: {question}"
    for fact in line.facts:
        yield f"事実: {fact_label(fact.name)}　{fact_value(fact.name, fact.value)}"


def _thresholds(given: Sequence[str]) -> dict[str, float]:
    """Return figure → percent from `危険のサイン=90` or `dangers=90`.

    Raises:
        ExerciseError: a figure is unknown, or it is no percentage.
    """
    names = {label: name for name, label in FIGURES.items()} | {name: name for name in FIGURES}
    minimum: dict[str, float] = {}
    for text in given:
        label, _, number = text.partition("=")
        try:
            minimum[names[label.strip()]] = _percentage(number)
        except (KeyError, ValueError):
            known = "、".join(f"{label}（{name}）" for name, label in FIGURES.items())
            raise ExerciseError(
                f"--at-least は dangers=90 のように書いてください。書けるもの: {known}"
            ) from None
    return minimum


def _percentage(text: str) -> float:
    number = float(text.strip().rstrip("%％"))
    if isnan(number):  # nothing falls short of it
        raise ValueError
    return number


def _below(sums: Mapping[str, Ratio], minimum: Mapping[str, float]) -> Iterator[str]:
    for name, percent in minimum.items():
        reached = sums[name].percent
        if reached is None:
            yield f"「{FIGURES[name]}」は、数えるものがありませんでした。"
        elif reached < percent:
            yield f"「{FIGURES[name]}」が {reached:.0f} % で、{percent:g} % に届きません。"


def _cells(checked: ExerciseChecked) -> tuple[str, ...]:
    kind = "音声" if checked.heard else "文字"
    return (checked.exercise.id, kind, *(_cell(checked.figures[name]) for name in FIGURES))


def _cell(share: Ratio) -> str:
    return f"{share.hits}/{share.total}" if share.total else "-"


def _percent(share: Ratio) -> str:
    return "-" if share.percent is None else f"{share.percent:.0f} %"


def _row(cells: Sequence[str]) -> str:
    first, kind, *rest = cells
    figures = (padded(cell, _FIGURE_CELLS, right=True) for cell in rest)
    return f"{padded(first, _ID_CELLS)} {padded(kind, _KIND_CELLS)}{''.join(figures)}"


def _remarks(checked: Sequence[ExerciseChecked], knowledge: KnowledgeBase) -> Iterator[str]:
    for one in checked:
        if one.missed:
            names = "、".join(knowledge.programme_name(programme) for programme in one.missed)
            yield f"{one.exercise.id}　間に合わなかった案内: {names}"
        for cue in one.scored.cues_of("danger"):
            if cue.at_s is None:
                yield f"{one.exercise.id}　出なかった危険のサイン: {knowledge.protocol_title(cue.target)}"
            elif cue.state is CueState.LATE:
                late = f"{knowledge.protocol_title(cue.target)}（{cue.after_s:.0f} 秒後）"
                yield f"{one.exercise.id}　遅れた危険のサイン: {late}"
        for title in (knowledge.protocol_title(protocol) for protocol in one.false_alerts):
            yield f"{one.exercise.id}　余分な危険のサイン: {title}"


def _write_csv(checked: Sequence[ExerciseChecked], sums: Mapping[str, Ratio], options: Options) -> None:
    write_file(options.output, rows_as_csv(_csv_rows(checked, sums)))


def _csv_rows(checked: Sequence[ExerciseChecked], sums: Mapping[str, Ratio]) -> Iterator[Sequence[Value]]:
    heads = [part for label in FIGURES.values() for part in (label, f"{label}の全数")]
    yield ("練習", "題名", "音声か文字", *heads, "余分な危険のサイン")
    for one in checked:
        kind = "音声" if one.heard else "文字"
        yield (one.exercise.id, one.exercise.title, kind, *_numbers(one.figures), len(one.false_alerts))
    yield ("全体", "", "", *_numbers(sums), sum(len(one.false_alerts) for one in checked))


def _numbers(figures: Mapping[str, Ratio]) -> Iterator[int]:
    for name in FIGURES:
        yield from (figures[name].hits, figures[name].total)
