"""Erasing: what is to go is asked, and then it is gone."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from consult_assist.counter.labels import clock
from consult_assist.counter.masking import OFF_RECORD
from consult_assist.domain.consultation import Consent
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.tui.desk import LiveSession
from consult_assist.tui.presentation.counter import erasable
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.widgets.transcript import TranscriptView

_TEXT = "録音の同意が取り消されたときや、記録しない約束の話に使います。消したものは元に戻せません。"
_NOTHING = ("", "やめる（何も消さない）")
_ANSWERS: Mapping[Consent, Sequence[tuple[str, str]]] = {
    Consent.RECORDED: (
        ("sound", "同意の取り消し: 音声だけ消す（文字は残す）"),
        ("all", "同意の取り消し: 音声と文字を消す"),
    ),
    Consent.TEXT_ONLY: (
        ("sound", "同意の取り消し: マイクを閉じる（文字は残す）"),
        ("all", "同意の取り消し: マイクを閉じて、文字を消す"),
    ),
    Consent.HANDWRITTEN: (),
}
_LINE = ("line", "選んだ発言だけを記録から外す")
_LINE_TEXT = (
    "この発言の文字と音、そこから分かったことを消します。元には戻せません。"
    "職員が書いた行は残ります。前に取ったバックアップと書き出しにも残っています。"
)
_DONE = "発言を記録から外しました。"
_WAIT = "終わるまでお待ちください。"
_MAX_CHARS = 40


async def ask_to_withdraw(
    screen: OfficeScreen, session: LiveSession, keep: Callable[[], Awaitable[object]]
) -> bool:
    """Ask what to erase and erase it; say whether consent was withdrawn.

    Args:
        screen: which asks.
        session: the consultation.
        keep: saves what the clerk typed.
    """
    line = screen.query_one(TranscriptView).acted_line
    agreed = Consent.RECORDED if session.status().withdrawal_pending else session.consent
    answer = await screen.ask(
        "消す", _TEXT, (_NOTHING, *_ANSWERS[agreed], *((_LINE,) if erasable(line) else ()))
    )
    if not answer:
        return False
    await keep()
    if answer == "line":
        assert line is not None
        chosen = line

        def take_off() -> bool:
            session.take_off_record(chosen.id)
            return True

        if await _agrees(screen, line) and await screen.office.wait_for(take_off, "消しています", _WAIT):
            screen.office.tell(_DONE)
        return False

    def withdraw() -> bool:
        session.withdraw_consent(erase_text=answer == "all")
        return True

    return bool(await screen.office.wait_for(withdraw, "消しています", _WAIT))


async def ask_to_redact(
    screen: OfficeScreen, consultation_id: str, line: TranscriptLine | None
) -> RecordDocument | None:
    """Ask whether the chosen line of a saved record is to be erased; return the record without it then."""
    if line is None or not screen.query_one(TranscriptView).has_focus:
        screen.office.tell("文字起こしで消す発言を選んでから（F6 で移る）、Ctrl+T を押してください。")
        return None
    if line.text == OFF_RECORD:
        screen.office.tell("この発言は、もう記録から外してあります。")
        return None
    if not await _agrees(screen, line):
        return None
    document = await screen.office.wait_for(
        lambda: screen.desk.redact_line(consultation_id, line.id), "消しています", _WAIT
    )
    if document is not None:
        screen.office.tell(_DONE)
    return document


async def _agrees(screen: OfficeScreen, line: TranscriptLine) -> bool:
    words = line.text if len(line.text) <= _MAX_CHARS else f"{line.text[:_MAX_CHARS]}…"
    text = f"{clock(line.start_s)}「{words}」\n{_LINE_TEXT}"
    answers = (_NOTHING, ("erase", "この発言の文字と音を消す"))
    return await screen.ask("発言を記録から外す", text, answers) == "erase"
