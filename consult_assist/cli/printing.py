"""Values → lines of Japanese text for the terminal. No use case is called here."""

import sys
from typing import Any

from consult_assist.app.lookup import Trial
from consult_assist.cli.table_lines import padded
from consult_assist.counter.labels import PURPOSES, SPEAKERS, clock, local_time, sound_words, state_words
from consult_assist.domain.consultation import (
    ConsultationSummary,
    MicrophoneLost,
    MicrophoneRestored,
    RecordingFailed,
)
from consult_assist.domain.events import StampedEvent
from consult_assist.domain.guidance import Alert, QuestionsChanged, SuggestionsChanged
from consult_assist.domain.knowledge import DangerProtocol, KnowledgeBase
from consult_assist.domain.record import ConsultationRecord
from consult_assist.domain.speech import Revision, SegmentFailed, Utterance
from consult_assist.models.find import ModelState, ModelStatus

_MODEL_STATES = {
    ModelState.READY: "使えます",
    ModelState.UNCHECKED: "まだ確かめていません（models verify で確かめられます）",
    ModelState.OUTDATED: "前の版のものです（models get で用意し直してください）",
    ModelState.BROKEN: "壊れています（models get で用意し直してください）",
    ModelState.MISSING: "ありません（models get で用意できます）",
}
_LINE_CELLS = 79
_UNREGISTERED = "未登録（事務所の連絡先ファイルに記入してください）"


class EventPrinter:
    """Prints what a clerk would see, line by line."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge

    def show(self, stamped: StampedEvent) -> None:
        """Print one event, if it is one to be read."""
        if (line := self._line(stamped)) is not None:
            print(line, flush=True)

    def _line(self, stamped: StampedEvent) -> str | None:
        match stamped.event:
            case Utterance() as said:
                return f"{clock(said.start_s)} {SPEAKERS[said.speaker]}: {said.text}"
            case Revision() as better:
                return f"      → {better.text}"
            case SegmentFailed() as failed:
                return f"{clock(failed.start_s)} （認識できませんでした: {failed.reason}）"
            case SuggestionsChanged(shown=shown, why=why) if shown:
                reasons = {item.programme: item.reason for item in why}
                return "  案内: " + " ／ ".join(
                    f"{self._knowledge.programme_name(item)}（{reasons.get(item, '')}）" for item in shown[:3]
                )
            case QuestionsChanged(shown=shown) if shown:
                return "  質問: " + " ／ ".join(question.text for question in shown)
            case Alert(protocol=protocol):
                known = self._knowledge.protocols.get(protocol)
                return self._alert(known) if known else f"★ {protocol}"
            case MicrophoneLost(reason=reason):
                return reason
            case MicrophoneRestored():
                return "マイクが戻りました。"
            case RecordingFailed(reason=reason):
                return reason
            case _:
                return None

    def _alert(self, protocol: DangerProtocol) -> str:
        lines = [f"★ {protocol.title}"]
        lines += [f"   {number}. {step}" for number, step in enumerate(protocol.steps, 1)]
        for contact in (self._knowledge.contacts[item] for item in protocol.contacts):
            lines.append(f"   電話 {contact.name}: {contact.number or _UNREGISTERED}")
        return "\n".join([*lines, *(f"   ※ {gap}" for gap in protocol.gaps)])


def text_from_record(record: ConsultationRecord) -> str:
    """Return the record as plain lines."""
    lines = ["", "―― 相談記録 ――"]
    for field in record.fields:
        lines.append(f"【{field.label}】")
        lines += [f"  {line.text}" for line in field.lines]
    return "\n".join(lines)


def line_from_summary(summary: ConsultationSummary) -> str:
    """Return one line of the list of records."""
    kind = PURPOSES[summary.purpose] or sound_words(summary)
    return "  ".join(
        [
            summary.id,
            local_time(summary.started_at),
            state_words(summary),
            kind,
            summary.operator,
            summary.case_number or "-",
            summary.headline,
        ]
    )


def line_from_model(status: ModelStatus) -> str:
    """Return one line of the list of models."""
    return f"{padded(status.name, 16)} {status.size_bytes / 1e6:7.0f} MB  {_MODEL_STATES[status.state]}"


def show_instead(line: str, end: str = "") -> None:
    """Print a line over the one before, without escape sequences, where someone is watching."""
    if sys.stderr.isatty():
        print(f"\r{' ' * _LINE_CELLS}\r{line}", end=end, file=sys.stderr, flush=True)


def show_progress(done_bytes: int, total_bytes: int) -> None:
    """Show how far a model has come, where someone is watching."""
    if total_bytes:
        show_instead(f"{100 * done_bytes // total_bytes:3d} %", "\n" if done_bytes >= total_bytes else "")


def json_from_trial(trial: Trial) -> dict[str, Any]:
    """Return what `knowledge try --json` prints."""
    return {
        "text": trial.text,
        "programmes": [
            {"programme": item.programme, "score": item.score, "how": str(item.how), "reason": item.reason}
            for item in trial.programmes
        ],
        "alerts": list(trial.alerts),
    }


def text_from_trial(trial: Trial, knowledge: KnowledgeBase) -> str:
    """Return what `knowledge try` prints for a person."""
    lines = [trial.text]
    lines += [f"  ★ {knowledge.protocols[item].title}" for item in trial.alerts]
    for item in trial.programmes:
        lines.append(f"  {knowledge.programmes[item.programme].name}: {item.reason}")
        if item.line is not None:
            lines.append(f"      知識の行: {item.line}")
    return "\n".join(lines if len(lines) > 1 else [*lines, "  （挙がる制度はありません）"])
