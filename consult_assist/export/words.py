"""The words of all formats: kinds of lines, states, speakers, times, and text that every format can carry."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo

from consult_assist.counter.labels import (
    CONSENTS,
    LEDGER_STATES,
    READBACK_KINDS,
    REVIEW_STATES,
    SPEAKERS,
    clock,
    local_time,
    readback_value,
)
from consult_assist.domain.consultation import ConsultationState
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.record import LedgerLine, LineKind, ReadbackItem, ReadbackState, RecordLine
from consult_assist.domain.review import Act, Review, ReviewState
from consult_assist.domain.speech import Speaker
from consult_assist.domain.transcript import TranscriptLine

KINDS = {
    LineKind.QUOTED: "引用",
    LineKind.CONDENSED: "要約",
    LineKind.CLERK: "職員記入",
    LineKind.UNSUPPORTED: "根拠なし",
    LineKind.NOT_ASKED: "未聴取",
}
READBACK_MARKS = {
    ReadbackState.OPEN: "□",
    ReadbackState.CONFIRMED: "確認",
    ReadbackState.CORRECTED: "訂正",
    ReadbackState.DROPPED: "除外",
}
TITLE = "相談記録"
_APPROVERS = ("担当", "係長", "課長")
FONT = "BIZ UDゴシック"
"""On every Windows 10 and later; other systems fall back to their own Japanese font."""
LEDGER_TITLE = "制度の案内（教示台帳）"
LEDGER_HEAD = ("状態", "制度", "理由・発言・根拠", "時刻")
READBACK_TITLE = "復唱リスト"
READBACK_HEAD = ("種類", "値", "発言", "確認", "時刻")
TRANSCRIPT_TITLE = "発言の記録"
TRANSCRIPT_HEAD = ("時刻", "話者", "発言")
_QUOTE_CHARS = 40
EMPTY_FIELD = "（記載なし）"
LEGEND = (
    "印は各行の出どころです。引用＝発言のまま、要約＝発言から自動で作成、職員記入＝職員が入力、"
    "根拠なし＝もとの発言は消去済み、未聴取＝聞いていない。"
)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINE_BREAKS = re.compile("[\t\n\r\x85\u2028\u2029]+")


def clean(text: str) -> str:
    """Return the text in one line that every format can carry: no control characters, no half characters."""
    return _LINE_BREAKS.sub(" ", _NOT_IN_XML.sub("", valid(text)))


def valid(text: str) -> str:
    """Return the text with half characters, which no file can hold, replaced."""
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)


def speaker_word(speaker: Speaker | None) -> str:
    """Return 職員, 相談者 or 話者不明."""
    return "話者不明" if speaker is None else SPEAKERS[speaker]


def words_spoken(line: TranscriptLine) -> str:
    """Return the text of a line, or that it could not be recognised."""
    return clean(line.text) if line.failure is None else "（音声を文字にできませんでした）"


def heading(document: RecordDocument, zone: tzinfo | None) -> Iterator[tuple[str, str]]:
    """Yield what stands at the top of a record, as label and value."""
    summary, review = document.summary, document.review
    yield "相談番号", clean(summary.id)
    if document.form:
        yield "様式", clean(document.form)
    yield "開始", local_time(summary.started_at, zone)
    yield "担当", clean(summary.operator)
    yield "案件番号", clean(summary.case_number or "なし")
    erased = "（途中で取り消し、録音は消去済）" if summary.sound_erased else ""
    yield "録音の同意", CONSENTS[summary.consent] + erased
    yield "区分", {"replay": "見本の再生", "exercise": "練習"}.get(summary.purpose, "相談")
    length = "" if summary.duration_s is None else f"（相談の長さ {clock(summary.duration_s)}）"
    begun = summary.state is ConsultationState.OPEN and review.state is ReviewState.DRAFT
    yield "状態", ("途中" if begun else REVIEW_STATES[review.state]) + length
    yield "提出", act_words(review.submitted, zone) if review.locked and review.submitted else "なし"
    approvals = "、".join(_approval(review, act, zone) for act in review.acts) if review.locked else ""
    reason = f"（訂正の理由：{clean(review.reason)}）" if review.reason else ""
    yield "決裁", (approvals or "なし") + reason


def _approval(review: Review, act: Act, zone: tzinfo | None) -> str:
    """Return who approved; the step is named where there are several."""
    return act_words(act if len(review.steps) > 1 else replace(act, step=None), zone)


def act_words(act: Act, zone: tzinfo | None) -> str:
    """Return who did something in the review, and when: 課長 田中 2026-11-22 10:03."""
    return " ".join(part for part in (clean(act.step or ""), clean(act.by), local_time(act.at, zone)) if part)


def stamps(document: RecordDocument, zone: tzinfo | None) -> Sequence[tuple[str, Sequence[str]]]:
    """Return the squares of the 決裁欄: a title, and name and day where someone has signed."""
    review = document.review
    if not review.locked:
        return [(title, ()) for title in _APPROVERS]
    signed = {act.step: _stamp(act, zone) for act in review.acts}
    clerk = _stamp(review.submitted, zone) if review.submitted else ()
    return [(_APPROVERS[0], clerk), *((clean(step), signed.get(step, ())) for step in review.steps)]


def _stamp(act: Act, zone: tzinfo | None) -> Sequence[str]:
    return clean(act.by), act.at.astimezone(zone).strftime("%y.%m.%d")


def evidence_times(utterance_ids: Iterable[str], lines: Mapping[str, TranscriptLine]) -> str:
    """Return when the utterances behind a line began: 0:12、1:05."""
    known = (lines[item] for item in utterance_ids if item in lines)
    return "、".join(dict.fromkeys(clock(line.start_s) for line in known))


def mark_and_text(line: RecordLine, lines: Mapping[str, TranscriptLine]) -> tuple[str, str]:
    """Return where a line of the record comes from, and what it says; 未聴取 says nothing more."""
    times = evidence_times(line.utterance_ids, lines)
    mark = KINDS[line.kind] + (f" {times}" if times else "")
    return mark, "" if line.kind is LineKind.NOT_ASKED else clean(line.text)


def lines_by_id(document: RecordDocument) -> dict[str, TranscriptLine]:
    """Return the transcript by utterance id."""
    return {line.id: line for line in document.transcript}


def programme_name(entry: LedgerLine, document: RecordDocument) -> str:
    """Return the name of a programme; its id where the office no longer knows it."""
    return clean(document.programme_names.get(entry.programme, entry.programme))


def _ledger_note(entry: LedgerLine) -> str:
    """Return why a programme stands where it stands: the clerk's reason, what was said, the law."""
    parts = (
        f"理由：{clean(entry.reason)}" if entry.reason else "",
        f"発言：「{_short(clean(entry.quote))}」" if entry.quote else "",
        f"根拠：{clean('、'.join(entry.laws))}" if entry.laws else "",
    )
    return "　".join(part for part in parts if part)


def ledger_rows(document: RecordDocument) -> list[tuple[str, str, str, str]]:
    """Return each programme of the ledger under `LEDGER_HEAD`."""
    known = lines_by_id(document)
    return [
        (
            LEDGER_STATES[entry.state],
            programme_name(entry, document),
            _ledger_note(entry),
            evidence_times(entry.utterance_ids, known),
        )
        for entry in document.record.ledger
    ]


def readback_rows(document: RecordDocument) -> list[tuple[str, str, str, str, str]]:
    """Return each item of the read-back list: kind, value, clause, what became of it, time."""
    known = lines_by_id(document)
    return [
        (
            READBACK_KINDS[item.kind],
            readback_text(item),
            clean(item.text),
            READBACK_MARKS[item.state],
            evidence_times((item.utterance_id,), known),
        )
        for item in document.record.readback
    ]


def spoken_rows(document: RecordDocument) -> list[tuple[str, str, str]]:
    """Return each line of the transcript: time, speaker, words."""
    return [
        (clock(line.start_s), speaker_word(line.speaker), words_spoken(line)) for line in document.transcript
    ]


def _short(text: str) -> str:
    return text if len(text) <= _QUOTE_CHARS else text[: _QUOTE_CHARS - 1] + "…"


def readback_text(item: ReadbackItem) -> str:
    """Return the value of an item of the read-back list with its unit, fit for every format."""
    return clean(readback_value(item))
