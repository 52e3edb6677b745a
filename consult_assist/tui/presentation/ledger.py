"""Why a programme is left out: the answers a clerk can give, and how they stand in a list."""

from dataclasses import dataclass

from consult_assist.domain.guidance import LedgerState
from consult_assist.tui.presentation.cells import pad

_NO_ANSWER = "理由を選ぶ"
_MAX_NAME_CELLS = 34


@dataclass(frozen=True, slots=True)
class Answer:
    """What the clerk says about a programme that is left out.

    Attributes:
        state: where it then stands in the ledger.
        reason: kept with it; None where it was explained after all.
        label: what is chosen and listed.
    """

    state: LedgerState
    reason: str | None
    label: str


NOT_EXPLAINED = (
    Answer(LedgerState.TOLD, None, "説明した"),
    Answer(LedgerState.UNTOLD, "時間がなかった", "時間がなかった"),
    Answer(LedgerState.UNTOLD, "次回に説明する", "次回に説明する"),
    Answer(LedgerState.CHECK, "対象外と思われる", "対象外と思われる（要確認にする）"),
    Answer(LedgerState.UNTOLD, "本人が希望しない", "本人が希望しない"),
)
"""An impression is no decision: 対象外と思われる has to be checked."""
NOT_APPLICABLE = tuple(
    Answer(LedgerState.NOT_APPLICABLE, reason, reason)
    for reason in (
        "年齢が当てはまらない",
        "世帯の状況が当てはまらない",
        "収入や資産が基準を超える",
        "ほかの制度を使っている",
    )
)


def open_row(name: str, answer: Answer | None) -> str:
    """Return one programme left open, with its answer so far."""
    return f"{pad(name, _MAX_NAME_CELLS)}  {answer.label if answer else _NO_ANSWER}"


def finish_row(n_left: int) -> str:
    """Return the row that finishes."""
    return f"理由のない制度 {n_left} 件のまま、相談を終える" if n_left else "相談を終えて記録を閉じる"
