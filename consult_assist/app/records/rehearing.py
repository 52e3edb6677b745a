"""Hearing a saved consultation again: the same stretches of sound, a better model, new revisions.

What would change is worked out first, for people to look at; keeping it is a second step.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import Enum

from consult_assist import __version__
from consult_assist.app.journal import Journal
from consult_assist.app.live.redaction import Redactor
from consult_assist.app.projections import draft_record, events_of, read_sound, recordings_in
from consult_assist.app.records.reanalysis import advice_on, reanalyzed_lines
from consult_assist.app.workplace import Workplace, nobody_capturing
from consult_assist.counter.masking import MASK, OFF_RECORD
from consult_assist.domain.consultation import (
    Consent,
    ConsentWithdrawn,
    ConsultationState,
    Finished,
    Reopened,
    Started,
)
from consult_assist.domain.events import Event
from consult_assist.domain.guidance import Alert
from consult_assist.domain.record import ConsultationRecord, LineKind, RecordLine
from consult_assist.domain.speech import Revision
from consult_assist.domain.transcript import Transcript, TranscriptLine
from consult_assist.errors import RecognitionError, SoundError, StoreError
from consult_assist.record.redaction import covered_texts
from consult_assist.record.signing import refuse_change

ProgressListener = Callable[[float, float | None], None]
"""Told the share that is done, 0…1, and the seconds that remain; None while nobody knows."""


class Kept(Enum):
    """Why a line stays as it is."""

    BY_CLERK = "職員が直した行"
    MASKED = "個人番号を伏せた行"
    OFF_RECORD = "記録から外した行"
    NOTHING_HEARD = "今度は聞き取れなかった行"
    NO_SOUND = "音が残っていない行"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLine:
    """A line that was not replaced."""

    line: TranscriptLine
    why: Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedLine:
    """A line that reads differently now; `before.failure` is set where recognition had failed."""

    before: TranscriptLine
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """What a field of the record loses and gains."""

    label: str
    lost: tuple[RecordLine, ...]
    gained: tuple[RecordLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearing:
    """What hearing again would change; not yet kept.

    Attributes:
        changed: lines that read differently, in order of time.
        kept: lines that stay as they are, and why.
        n_same: lines that read the same.
        fields: how the record changes.
        unsupported: lines of the record whose evidence could not be found in the new text.
        typed: lines a clerk typed that rest on changed words; they stay as typed.
        alerts: danger protocols that only the new words raise.
        events: what is appended when it is kept.
        chain_head: of the consultation as it was read, to notice that it changed since.
    """

    consultation_id: str
    changed: tuple[ChangedLine, ...]
    kept: tuple[KeptLine, ...]
    n_same: int
    fields: tuple[FieldChange, ...]
    unsupported: tuple[RecordLine, ...]
    typed: tuple[RecordLine, ...]
    alerts: tuple[str, ...]
    events: tuple[Event, ...] = field(repr=False)
    chain_head: str


def hear_again(
    workplace: Workplace, consultation_id: str, on_progress: ProgressListener = lambda *_: None
) -> Rehearing:
    """Recognise every line of a saved consultation again and work out what that changes; nothing is kept.

    Raises:
        RecordNotFoundError: there is no such consultation.
        StoreError: it is not finished.
        SoundError: there is no sound to hear again.
        ModelError: the speech model is missing.
    """
    head = workplace.store.head(consultation_id)
    events = events_of(workplace, consultation_id)
    _check_sound(workplace, events)
    lines = tuple(Transcript(events))
    heard, kept = _recognize(workplace, events, lines, on_progress)
    texts = covered_texts(lines, heard)
    new = list(reanalyzed_lines(workplace, events, lines, texts, heard=heard.keys()))
    advice = list(advice_on(workplace, events, new))
    changed = list(_changed_lines(lines, Transcript([*events, *new])))
    kept = [item for item in kept if texts[item.line.id] == item.line.text]
    before_record = draft_record(workplace, events)
    record = draft_record(workplace, [*events, *new, *advice])
    return Rehearing(
        consultation_id=consultation_id,
        changed=tuple(changed),
        kept=tuple(kept),
        n_same=len(lines) - len(changed) - len(kept),
        fields=tuple(_field_changes(before_record, record)),
        unsupported=tuple(_added(before_record, record, LineKind.UNSUPPORTED)),
        typed=tuple(_typed_lines(record, {item.before.id for item in changed})),
        alerts=tuple(event.protocol for event in advice if isinstance(event, Alert)),
        events=(*new, *advice),
        chain_head=head,
    )


def keep_rehearing(workplace: Workplace, rehearing: Rehearing, *, by: str) -> ConsultationRecord:
    """Keep what was heard again and return the record; one that was closed is closed again.

    Raises:
        SignOffError: its record was handed in or approved.
        StoreError: the consultation has changed since, or it could not be kept.
        StoreBusyError: it is live in another window.
    """
    consultation_id = rehearing.consultation_id
    summary = workplace.store.summary(consultation_id)
    refuse_change(summary.review)
    closed = summary.state is ConsultationState.CLOSED
    with nobody_capturing(workplace, summary):
        if workplace.store.head(consultation_id) != rehearing.chain_head:
            raise StoreError(
                "聞き直している間に相談記録が直されたので、もう一度はじめから聞き直してください。"
            )
        journal = Journal(consultation_id, workplace.store, workplace.store.events(consultation_id))
        before = tuple(Transcript(journal.events()))
        journal.keep(Reopened(by=by, versions=_versions(workplace)))
        for event in rehearing.events:
            journal.keep(event)
        redactor = Redactor(journal, workplace.sound_files)
        redactor.erase_heard_again(before, Transcript(journal.events()))
        redactor.settle()
        record = draft_record(workplace, journal.events())
        if closed:
            journal.keep(record)
            journal.keep(Finished(duration_s=summary.duration_s or 0.0))
        return record


def _versions(workplace: Workplace) -> Mapping[str, str]:
    return {
        "program": __version__,
        "model": workplace.model_digest(),
        "knowledge": workplace.knowledge.digest,
    }


def _check_sound(workplace: Workplace, events: Sequence[Event]) -> None:
    """Refuse a consultation that has no sound, or is not finished."""
    if any(isinstance(event, ConsentWithdrawn) for event in events):
        raise SoundError("録音の同意が取り消され、音を消した相談なので、聞き直せません。")
    consent = next((event.consent for event in events if isinstance(event, Started)), None)
    if consent is Consent.HANDWRITTEN:
        raise SoundError("手書きの相談なので、聞き直す音がありません。")
    if consent is Consent.TEXT_ONLY:
        raise SoundError("音を残さない約束（文字のみ）の相談なので、聞き直せません。")
    if not any(isinstance(event, Finished) for event in events):
        raise StoreError(
            "この相談はまだ終わっていません。終えるか、中断した相談として閉じてから聞き直してください。"
        )
    if not any(workplace.sound_files.path(item.name).is_file() for item in recordings_in(events)):
        raise SoundError(
            "この相談の録音は消されたか、移されていて聞き直せないので、文字起こしを見て直してください。"
        )


def _recognize(
    workplace: Workplace,
    events: Sequence[Event],
    lines: Sequence[TranscriptLine],
    on_progress: ProgressListener,
) -> tuple[dict[str, str], list[KeptLine]]:
    """Return utterance id → text as heard now, and the lines that are left as they are."""
    by_clerk = {event.utterance_id for event in events if isinstance(event, Revision) and event.by == "clerk"}
    recognizer = workplace.load_recognizer()
    texts: dict[str, str] = {}
    kept: list[KeptLine] = []
    total_s = sum(line.end_s - line.start_s for line in lines) or 1.0
    done_s = 0.0
    began = time.monotonic()
    for line in lines:
        why = Kept.BY_CLERK if line.id in by_clerk else _covered(line)
        if why is None:
            try:
                text = recognizer.recognize(read_sound(workplace, events, line))
                why = None if text else Kept.NOTHING_HEARD
                texts[line.id] = text
            except RecognitionError:
                why = Kept.NOTHING_HEARD
            except SoundError:
                why = Kept.NO_SOUND
        if why is not None:
            texts.pop(line.id, None)
            kept.append(KeptLine(line=line, why=why))
        done_s += line.end_s - line.start_s
        on_progress(
            done_s / total_s, (time.monotonic() - began) * (total_s - done_s) / done_s if done_s else None
        )
    return texts, kept


def _covered(line: TranscriptLine) -> Kept | None:
    if line.text == OFF_RECORD:
        return Kept.OFF_RECORD
    return Kept.MASKED if MASK in line.text else None


def _changed_lines(lines: Iterable[TranscriptLine], after: Transcript) -> Iterator[ChangedLine]:
    """Yield the lines that read differently now, also those that were recognised at last."""
    for line in lines:
        now = after.get(line.id)
        if now is not None and now.failure is None and (now.text != line.text or line.failure is not None):
            yield ChangedLine(before=line, text=now.text)


def _typed_lines(record: ConsultationRecord, utterance_ids: Set[str]) -> Iterator[RecordLine]:
    """Yield the lines that a clerk typed and that rest on one of these utterances."""
    for item in record.fields:
        for line in item.lines:
            if line.kind is LineKind.CLERK and not utterance_ids.isdisjoint(line.utterance_ids):
                yield line


def _field_changes(before: ConsultationRecord, after: ConsultationRecord) -> Iterator[FieldChange]:
    known = {item.name: item.lines for item in before.fields}
    for item in after.fields:
        earlier = known.get(item.name, ())
        lost = tuple(line for line in earlier if line.text not in {other.text for other in item.lines})
        gained = tuple(line for line in item.lines if line.text not in {other.text for other in earlier})
        if lost or gained:
            yield FieldChange(label=item.label, lost=lost, gained=gained)


def _added(before: ConsultationRecord, after: ConsultationRecord, kind: LineKind) -> Iterator[RecordLine]:
    known = {line for item in before.fields for line in item.lines}
    for item in after.fields:
        yield from (line for line in item.lines if line.kind is kind and line not in known)
