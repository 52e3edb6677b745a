"""Why a programme was not explained: the answers a clerk can give, and how they stand in a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from consult_assist.domain.guidance import LedgerState
from consult_assist.tui.presentation.cells import pad

OWN_WORDS = "own"
_NO_ANSWER = "理由を選ぶ"
_MAX_NAME_CELLS = 34


@dataclass(frozen=True, slots=True)
class Answer:
    """What the clerk says about a programme left open.

    Attributes:
        state: where it then stands in the ledger.
        reason: kept with it; None where it was explained after all.
    """

    state: LedgerState
    reason: str | None
    label: str


ANSWERS: dict[str, Answer] = {
    "told": Answer(LedgerState.TOLD, None, "説明した"),
    "time": Answer(LedgerState.UNTOLD, "時間がなかった", "時間がなかった"),
    "next": Answer(LedgerState.UNTOLD, "次回に説明する", "次回に説明する"),
    "doubtful": Answer(LedgerState.CHECK, "対象外と思われる", "対象外と思われる（要確認にする）"),
    "unwanted": Answer(LedgerState.UNTOLD, "本人が希望しない", "本人が希望しない"),
}
"""An impression is no decision: 対象外と思われる has to be checked."""


def own_answer(text: str) -> Answer:
    """Return the answer in the clerk's own words."""
    reason = " ".join(text.split())
    return Answer(LedgerState.UNTOLD, reason, reason)


def choices() -> Sequence[tuple[str, str]]:
    """Return what can be chosen, as id and words."""
    return [*((key, answer.label) for key, answer in ANSWERS.items()), (OWN_WORDS, "ほかの理由を書く")]


def open_row(name: str, answer: Answer | None) -> str:
    """Return one programme left open, with its answer so far."""
    return f"{pad(name, _MAX_NAME_CELLS)}  {answer.label if answer else _NO_ANSWER}"


def finish_row(n_left: int) -> str:
    """Return the row that finishes."""
    return f"理由のない制度 {n_left} 件のまま、相談を終える" if n_left else "相談を終えて記録を閉じる"
