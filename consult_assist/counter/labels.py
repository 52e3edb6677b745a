"""Words that screens, documents and records share for the values of the domain."""

from datetime import datetime, tzinfo

from consult_assist.domain.consultation import Consent, ConsultationState, ConsultationSummary, Purpose
from consult_assist.domain.guidance import LedgerState
from consult_assist.domain.record import ReadbackDecided, ReadbackItem
from consult_assist.domain.review import ReviewState
from consult_assist.domain.speech import Speaker
from consult_assist.japanese.telephone import grouped_phone

SPEAKERS: dict[Speaker | None, str] = {Speaker.CLERK: "職員", Speaker.RESIDENT: "相談者", None: "？"}
CONSENTS = {
    Consent.RECORDED: "録音あり",
    Consent.TEXT_ONLY: "録音なし・文字のみ",
    Consent.HANDWRITTEN: "なし（手書き）",
}
PURPOSES: dict[Purpose, str] = {"consultation": "", "replay": "見本", "exercise": "練習"}
"""How a list marks what is no resident's consultation."""
LEDGER_STATES = {
    LedgerState.UNTOLD: "未説明",
    LedgerState.TOLD: "説明済",
    LedgerState.NOT_APPLICABLE: "対象外",
    LedgerState.CHECK: "要確認",
}
EXPORT_NOTICES = {
    "sheet": "渡す前に読み、家で見られて困ることがないか、本人と確かめてください。",
    "training": "名前や番号を全部は見つけられません。置きかえの一覧（training-list）と見比べ、"
    "必ず目で確かめてください。",
    "training-list": "この一覧には本当の名前や番号があります。事務所の外に出さないでください。",
}
"""What to do before an export leaves the office, by the first part of its format."""
EXERCISE_LEVELS = {1: "やさしい", 2: "ふつう", 3: "むずかしい"}
REVIEW_STATES = {
    ReviewState.DRAFT: "下書き",
    ReviewState.SUBMITTED: "提出済",
    ReviewState.RETURNED: "差戻し",
    ReviewState.APPROVED: "決裁済",
    ReviewState.AMENDED: "訂正中",
}
READBACK_KINDS: dict[str, str] = {
    "name": "氏名",
    "date": "日付",
    "money": "金額",
    "phone": "電話番号",
    "address": "住所",
    "age": "年齢",
    "count": "数",
    "duration": "期間",
    "negation": "打ち消し",
}


def state_words(summary: ConsultationSummary) -> str:
    """Return where a record stands; 途中 for a first draft that is not closed."""
    begun = summary.state is ConsultationState.OPEN and summary.review is ReviewState.DRAFT
    return "途中" if begun else REVIEW_STATES[summary.review]


def has_sound(summary: ConsultationSummary) -> bool:
    """Return whether there is anything to hear of a consultation."""
    return summary.consent is Consent.RECORDED and not summary.sound_erased


def sound_words(summary: ConsultationSummary) -> str:
    """Return what there is to hear of a consultation, and why there is nothing."""
    return "録音は消去済" if summary.sound_erased else CONSENTS[summary.consent]


def local_time(moment: datetime, zone: tzinfo | None = None) -> str:
    """Return a UTC time as the office's clock shows it, by default the clock of this computer."""
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def clock(seconds: float) -> str:
    """Return minutes and seconds, with hours when there are any."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def readback_value(item: ReadbackItem | ReadbackDecided) -> str:
    """Return the value of an item of the read-back list with its unit, a telephone number in its groups."""
    if item.kind == "phone":
        return grouped_phone(str(item.value))
    if item.kind == "money" and isinstance(item.value, int):
        return f"{item.value:,}円"
    return f"{item.value}歳" if item.kind == "age" and isinstance(item.value, int) else str(item.value)
