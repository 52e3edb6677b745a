"""Words that screens, documents and records share for the values of the domain."""

from consult_assist.domain.consultation import Consent
from consult_assist.domain.guidance import LedgerState

CONSENTS = {
    Consent.RECORDED: "録音あり",
    Consent.TEXT_ONLY: "録音なし・文字のみ",
    Consent.HANDWRITTEN: "なし（手書き）",
}
LEDGER_STATES = {
    LedgerState.UNTOLD: "未説明",
    LedgerState.TOLD: "説明済",
    LedgerState.NOT_APPLICABLE: "対象外",
    LedgerState.CHECK: "要確認",
}


def clock(seconds: float) -> str:
    """Return minutes and seconds, with hours when there are any."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
