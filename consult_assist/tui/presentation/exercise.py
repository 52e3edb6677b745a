"""An exercise in words: the list to choose from, how it is done, what is going on while it runs."""

from collections.abc import Sequence

from rich.cells import cell_len

from consult_assist.app.live.status import Phase
from consult_assist.app.training.session import SPEEDS, ExerciseSession, Way
from consult_assist.counter.labels import EXERCISE_LEVELS, clock, local_time
from consult_assist.domain.exercise import Exercise, ExerciseScored, Try
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.trainer.progress import Subject, shares_of
from consult_assist.tui.presentation.cells import column, cut, pad
from consult_assist.tui.presentation.prose import Paragraph, Piece, plain

_LEVEL_CELLS, _LENGTH_CELLS, _TRY_CELLS = 12, 7, 20
_TITLE_CELLS = 16
_NOTHING_DONE = "気づいたら  F2 案内 ・ F3 質問 ・ F4 危険"
_KINDS: tuple[tuple[Subject, str], ...] = (
    ("programme", "制度"),
    ("danger", "危険"),
    ("question", "質問"),
    ("record", "記録"),
)


def exercise_row(exercise: Exercise, last: Try | None, width_cells: int) -> tuple[Piece, ...]:
    """Return one row of the list: level, length, title, own last try."""
    tried = f"前回 {local_time(last.begun_at)[5:]}" if last is not None else "まだしていません"
    room = width_cells - _LEVEL_CELLS - _LENGTH_CELLS - _TRY_CELLS
    return (
        (pad(EXERCISE_LEVELS[exercise.level], _LEVEL_CELLS), "$quiet"),
        (pad(clock(exercise.duration_s), _LENGTH_CELLS), "$quiet"),
        (column(exercise.title, room), "bold"),
        (pad(f"  {tried}", _TRY_CELLS), "$quiet"),
    )


def exercise_paragraphs(exercise: Exercise, last: Try | None) -> tuple[Paragraph, ...]:
    """Return what the chosen exercise teaches, and how the last try went."""
    goals = [plain(f"・{goal}", hanging=2) for goal in exercise.goals]
    kind = "音声と文字" if exercise.sound is not None else "文字だけ（音声なし）"
    result = f"前回の結果  {counts(last.scored)}" if last is not None else ""
    return (
        plain(f"{exercise.title}　ねらい", "bold $primary"),
        *goals,
        plain(f"{kind} ・ {clock(exercise.duration_s)}", "$quiet"),
        *((plain(result),) if result else ()),
    )


def counts(scored: ExerciseScored) -> str:
    """Return a score as plain counts; they are never added up to one mark."""
    shares = shares_of([scored])
    return "  ".join(
        f"{label} {shares[kind].hits}/{shares[kind].total}" for kind, label in _KINDS if shares[kind].total
    )


def way_rows(way: Way) -> tuple[tuple[Piece, ...], ...]:
    """Return the settings, each with its key and every choice."""
    rows = (
        ("F3", "速さ", [(f"{speed:g}倍", speed == way.speed) for speed in SPEEDS]),
        ("F4", "案内", [("隠す", not way.hints), ("出す（はじめての方）", way.hints)]),
        ("F5", "停止・聞き直し", [("できる", way.stops), ("できない（本番と同じ）", not way.stops)]),
    )
    return tuple(
        ((f"{shown} ", "bold $accent"), (pad(label, _TITLE_CELLS), "bold"), (choices_text(choices), ""))
        for shown, label, choices in rows
    )


def choices_text(choices: Sequence[tuple[str, bool]]) -> str:
    """Return what can be chosen in one row, with a mark at what is."""
    return "  ".join(f"({'*' if chosen else ' '}) {label}" for label, chosen in choices)


def next_speed(speed: float) -> float:
    """Return the speed after this one, the first after the last."""
    return SPEEDS[(SPEEDS.index(speed) + 1) % len(SPEEDS)]


def session_pieces(session: ExerciseSession) -> tuple[Piece, ...]:
    """Return the status line of an exercise, left to right."""
    status, play = session.status(), session.play
    if status.phase is Phase.FINISHED:
        phase: Piece = ("■ 終わりました", "bold")
    elif play.heard_again is not None:
        phase = ("< 聞き直し中", "bold $warning")
    elif play.ended:
        phase = ("■ 話は終わりました", "bold")
    elif status.phase is Phase.PAUSED and not play.furthest_s:
        phase = ("… まもなく始まります", "$quiet")
    elif status.phase is Phase.PAUSED:
        phase = ("= 一時停止", "bold $warning")
    else:
        phase = ("● 練習中", "bold $success")
    speed = f"  {session.way.speed:g}倍" if session.way.speed != 1.0 else ""
    silent = session.exercise.sound is None or play.silence is not None
    return (
        phase,
        (f"  {clock(status.sound_s)} / {clock(play.length_s)}{speed}", ""),
        ("  文字だけ" if silent else "", "$quiet"),
    )


def session_remark(session: ExerciseSession) -> str:
    """Return what can be done now that nothing more is said."""
    return "記録を書いて、F9 で結果へ" if session.play.ended else ""


def acts_piece(session: ExerciseSession, knowledge: KnowledgeBase, width_cells: int) -> Piece:
    """Return what the trainee has done so far in one row: that it was taken, never whether it was right."""
    programmes, protocols = knowledge.programmes, knowledge.protocols
    raised = [programmes[item].name for item in session.raised if item in programmes]
    called = [protocols[item].title for item in session.called if item in protocols]
    asked = f"質問 {len(session.asked)}" if session.asked else ""
    danger = f"危険 {_fitting(called, width_cells // 2)}" if called else ""
    rest = "  ".join(part for part in (asked, danger) if part)
    told = _fitting(raised, width_cells - cell_len(rest) - 7)
    text = "  ".join(part for part in (f"案内 {told}" if told else "", rest) if part)
    if not text:
        return cut(_NOTHING_DONE, width_cells), "$quiet"
    return cut(text, width_cells), "$primary"


def _fitting(names: Sequence[str], width_cells: int) -> str:
    """Return the latest names that fit, and how many came before."""
    shown = list(names)
    while len(shown) > 1 and cell_len("・".join(shown)) + 8 > width_cells:
        shown.pop(0)
    more = len(names) - len(shown)
    return "・".join(shown) + (f" ほか{more}" if more else "")


def known_questions(knowledge: KnowledgeBase) -> tuple[str, ...]:
    """Return every question that the office knows, each once."""
    programmes = [text for entry in knowledge.programmes.values() for text in entry.questions]
    protocols = [text for entry in knowledge.protocols.values() for text in entry.questions]
    return tuple(dict.fromkeys([*programmes, *protocols]))


def fitting_questions(known: Sequence[str], typed: str, limit: int) -> Sequence[str]:
    """Return the questions that hold every word typed; nothing is proposed before something is typed."""
    words = typed.split()
    return [text for text in known if all(word in text for word in words)][:limit] if words else ()
