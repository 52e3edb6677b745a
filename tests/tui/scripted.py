"""A scripted desk and session: what the application layer does, without sound, models or disk."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from consult_assist.app.live.starting import Sample
from consult_assist.app.live.status import Phase, SessionStatus
from consult_assist.app.records.histories import RecordHistory
from consult_assist.app.records.playing import Stretch
from consult_assist.app.workplace import CheckResult
from consult_assist.counter.masking import OFF_RECORD
from consult_assist.domain.consultation import (
    Consent,
    ConsentWithdrawn,
    ConsultationState,
    ConsultationSummary,
    Finished,
)
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.events import Event, StampedEvent
from consult_assist.domain.guidance import (
    AlertDismissed,
    DetailsOpened,
    LedgerEntry,
    LedgerState,
)
from consult_assist.domain.record import (
    ConsultationRecord,
    LineKind,
    ReadbackDecided,
    ReadbackItem,
    ReadbackState,
    RecordField,
    RecordLine,
)
from consult_assist.domain.search import Hit
from consult_assist.domain.speech import (
    Revision,
    SegmentFailed,
    Speaker,
    SpeakerAssigned,
    Utterance,
)
from consult_assist.domain.transcript import Transcript
from consult_assist.errors import ConsultAssistError, RecordChangedError
from consult_assist.record.case import Case, read_case
from consult_assist.record.checking import checked_readback
from consult_assist.record.evidence import gather_evidence
from consult_assist.storage.base import ChainFault
from tests.tui.exercise_facts import ScriptedTraining
from tests.tui.facts import FIELDS, HITS, NOON, knowledge, talk_events
from tests.tui.scripted_archive import ScriptedArchive
from tests.tui.scripted_corrections import CorrectedSession, ScriptedCorrections
from tests.tui.scripted_review import ScriptedReviews


class ScriptedSession(CorrectedSession):
    """A session whose events the test emits; it remembers what it was asked."""

    def __init__(self, *, consent: Consent = Consent.RECORDED, source_name: str = "microphone:机") -> None:
        self.id = "20261121-120000-0001"
        self.consent = consent
        self.source_name = source_name
        self.asked: list[tuple[str, ...]] = []
        self.phase = Phase.HANDWRITTEN if consent is Consent.HANDWRITTEN else Phase.RUNNING
        self.levels_db: tuple[float, ...] = (-24.0,)
        self.sound_s = 31.0
        self.trouble: str | None = None
        self.behind_s = 0.4
        self.preparing = False
        self.auto: dict[str, list[str]] = {}
        self.typed: dict[str, list[RecordLine]] = {}
        self.reads_back = False
        self.done = []
        self.undone = []
        self.events: list[Event] = []
        self._listeners: list[Callable[[StampedEvent], None]] = []

    def emit(self, *events: Event) -> None:
        """Let events happen."""
        for event in events:
            self.events.append(event)
            for listener in self._listeners:
                listener(StampedEvent(event=event, at=NOON, at_s=0.0, sound_s=0.0))

    def draft_line(self, field: str, text: str) -> None:
        """Let the program draft a line of the record."""
        self.auto.setdefault(field, []).append(text)

    def subscribe(self, listener: Callable[[StampedEvent], None]) -> None:
        for event in self.events:
            listener(StampedEvent(event=event, at=NOON, at_s=0.0, sound_s=0.0))
        self._listeners.append(listener)

    def start(self) -> None:
        self.asked.append(("start",))

    def status(self) -> SessionStatus:
        return SessionStatus(
            phase=self.phase,
            recording=self.consent is Consent.RECORDED and self.phase is Phase.RUNNING,
            sound_s=self.sound_s,
            behind_s=self.behind_s,
            levels_db=() if self.phase is Phase.HANDWRITTEN else self.levels_db,
            trouble=self.trouble,
            preparing=self.preparing,
        )

    def pause(self) -> None:
        self.asked.append(("pause",))
        self.phase = Phase.PAUSED

    def resume(self) -> None:
        self.asked.append(("resume",))
        self.phase = Phase.RUNNING

    def flip_speaker(self, utterance_id: str) -> None:
        self.asked.append(("flip", utterance_id))
        line = Transcript(self.events).get(utterance_id)
        flipped = Speaker.CLERK if line and line.speaker is Speaker.RESIDENT else Speaker.RESIDENT
        self.emit(SpeakerAssigned(utterance_id=utterance_id, speaker=flipped, by="clerk"))

    def retry_segment(self, segment_id: str) -> None:
        self.asked.append(("retry", segment_id))
        failed = next(e for e in self.events if isinstance(e, SegmentFailed) and e.id == segment_id)
        self.emit(
            Utterance(
                id=failed.id,
                channel=failed.channel,
                speaker=None,
                start_s=failed.start_s,
                end_s=failed.end_s,
                heard="やり直せました。",
                text="やり直せました。",
            )
        )

    def dismiss_alert(self, protocol: str) -> None:
        self.asked.append(("dismiss", protocol))
        self.emit(AlertDismissed(protocol=protocol))

    def set_ledger(self, programme: str, state: LedgerState, reason: str | None = None) -> None:
        self.asked.append(("ledger", programme, state.value, reason or ""))
        self.emit(LedgerEntry(programme=programme, state=state, utterance_id=None, by="clerk", reason=reason))

    def note_details_opened(self, programme: str) -> None:
        self.asked.append(("opened", programme))
        self.emit(DetailsOpened(programme=programme))

    def decide_readback(self, item: ReadbackItem, state: ReadbackState, words: str | None = None) -> None:
        self.asked.append(("readback", str(item.value), state.value, words or ""))
        line = Transcript(self.events).get(item.utterance_id)
        assert line is not None
        revised = None
        if words is not None:
            text = line.text[: item.start_char] + words + line.text[item.end_char :]
            revised = line.revision + 1
            self.emit(Revision(utterance_id=line.id, revision=revised, text=text, by="clerk"))
        self.emit(ReadbackDecided.of(item, state, words=words, revised=revised))

    def edit_field(self, field: str, text: str) -> None:
        self.asked.append(("edit", field, text))
        self.done.append((field, self.typed.get(field, [])))
        self.undone.clear()
        known = set(self.auto.get(field, []))
        self.typed[field] = [
            RecordLine(text=line, kind=LineKind.CONDENSED if line in known else LineKind.CLERK)
            for line in text.split("\n")
        ]
        self.auto[field] = []

    def record(self) -> ConsultationRecord:
        return ConsultationRecord(
            template=self.template,
            fields=tuple(
                RecordField(name=name, label=label, lines=self._lines(name)) for name, label in FIELDS
            ),
            readback=tuple(checked_readback(gather_evidence(self.events))) if self.reads_back else (),
        )

    def _lines(self, name: str) -> tuple[RecordLine, ...]:
        auto = [RecordLine(text=text, kind=LineKind.CONDENSED) for text in self.auto.get(name, [])]
        lines = [*self.typed.get(name, []), *auto]
        return tuple(lines) or (RecordLine(text="未聴取", kind=LineKind.NOT_ASKED),)

    def withdraw_consent(self, *, erase_text: bool) -> None:
        self.asked.append(("withdraw", "all" if erase_text else "sound"))
        self.phase, self.consent = Phase.HANDWRITTEN, Consent.HANDWRITTEN
        if erase_text:
            self.auto.clear()
        self.emit(ConsentWithdrawn(erase_text=erase_text))

    def take_off_record(self, utterance_id: str) -> None:
        self.asked.append(("off record", utterance_id))
        line = next(e for e in self.events if isinstance(e, Utterance) and e.id == utterance_id)
        self.emit(replace(line, heard=OFF_RECORD, text=OFF_RECORD))

    def finish(self) -> ConsultationRecord:
        self.asked.append(("finish",))
        self.phase = Phase.FINISHED
        self.emit(Finished(duration_s=self.sound_s))
        return self.record()


def summary(number: int, **changes: object) -> ConsultationSummary:
    """Return one line of the list of records."""
    plain = ConsultationSummary(
        id=f"20261121-12{number:04}",
        started_at=NOON.replace(day=1 + number % 20),
        operator="山田 花子",
        case_number=f"R8-{100 + number}",
        purpose="consultation",
        consent=Consent.RECORDED,
        state=ConsultationState.CLOSED,
        duration_s=1234.0,
        headline="離婚後の生活費と家賃の支払いについて",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def _with_evidence(record: ConsultationRecord) -> ConsultationRecord:
    """Let every line of the program rest on the second utterance."""
    return replace(
        record,
        fields=tuple(
            replace(
                field,
                lines=tuple(
                    replace(line, utterance_ids=("u1",)) if line.kind is LineKind.CONDENSED else line
                    for line in field.lines
                ),
            )
            for field in record.fields
        ),
    )


class ScriptedDesk(ScriptedCorrections):
    """Answers from lists; `fails` names methods that raise."""

    training: ScriptedTraining
    reviews: ScriptedReviews
    archive: ScriptedArchive

    def __init__(self, session: ScriptedSession | None = None) -> None:
        self.knowledge = knowledge()
        self.template = "madoguchi"
        self.theme = "dark"
        self.office_form: Path | None = None
        self.session = session or ScriptedSession()
        self.training = ScriptedTraining()
        self.reviews = ScriptedReviews(self)
        self.archive = ScriptedArchive(self)
        self.asked: list[tuple[str, ...]] = []
        self.interrupted: list[ConsultationSummary] = []
        self.hits: list[Hit] = list(HITS)
        self.records = [summary(number) for number in range(4)]
        self.faults: list[ChainFault] = []
        self.missing: str | None = None
        self.history = RecordHistory(changes=(), comparisons=())
        self.fails: dict[str, ConsultAssistError] = {}
        self.edited: dict[str, str] = {}
        self.case = read_case("R8-101", ())

    def _ask(self, name: str, *values: str) -> None:
        self.asked.append((name, *values))
        if name in self.fails:
            raise self.fails[name]

    def open_case(self, number: str) -> Case:
        self._ask("case", number)
        return self.case if self.case.number == number else read_case(number, ())

    def set_case_number(self, consultation_id: str, number: str | None) -> RecordDocument:
        self._ask("number", consultation_id, number or "")
        self.records = [
            replace(item, case_number=number) if item.id == consultation_id else item for item in self.records
        ]
        return self.open_record(consultation_id)

    def default_operator(self) -> str:
        return "yamada"

    def load_ahead(self) -> None:
        self._ask("load ahead")

    def start_consultation(
        self, *, consent: Consent, operator: str, case_number: str | None
    ) -> ScriptedSession:
        self._ask("start", consent.value, operator, case_number or "")
        self.session.consent = consent
        return self.session

    def replay_sound(self, path: Path, *, speed: float | None) -> ScriptedSession:
        self._ask("replay", path.name, str(speed))
        self.session.source_name = f"file:{path.name}"
        return self.session

    def resume_consultation(self, consultation_id: str) -> ScriptedSession:
        self._ask("resume", consultation_id)
        return self.session

    def interrupted_consultations(self) -> Sequence[ConsultationSummary]:
        return self.interrupted

    def search_knowledge(self, query: str) -> Sequence[Hit]:
        self._ask("search", query)
        return self.hits if query else ()

    def open_record(self, consultation_id: str) -> RecordDocument:
        self._ask("open", consultation_id)
        listed = next((item for item in self.records if item.id == consultation_id), self.records[0])
        state = ConsultationState.OPEN if self.edited else ConsultationState.CLOSED
        session = ScriptedSession()
        session.auto = {
            "shuso": ["離婚後の生活費と家賃の支払いについて"],
            "choshu": ["パート収入 月9万円", "家賃 月5万8千円"],
        }
        for field, text in self.edited.items():
            session.edit_field(field, text)
        review = self.reviews.of(listed.id)
        return RecordDocument(
            summary=replace(listed, state=state),
            record=review.record or _with_evidence(session.record()),
            transcript=tuple(Transcript(talk_events())),
            programme_names={},
            chain_head=self.head,
            review=review,
        )

    def record_history(self, consultation_id: str) -> RecordHistory:
        self._ask("history", consultation_id)
        return self.history

    def choose_template(self, consultation_id: str, template: str) -> RecordDocument:
        self._ask("form", consultation_id, template)
        return self.open_record(consultation_id)

    def redact_line(self, consultation_id: str, line_id: str) -> RecordDocument:
        self._ask("redact", consultation_id, line_id)
        document = self.open_record(consultation_id)
        lines = (
            replace(line, text=OFF_RECORD) if line.id == line_id else line for line in document.transcript
        )
        return replace(document, transcript=tuple(lines))

    def close_record(self, consultation_id: str, seen: str | None = None) -> RecordDocument:
        if seen not in {None, self.head}:
            raise RecordChangedError("別の画面で書きかえられました。")
        self._ask("close", consultation_id)
        self.edited.clear()
        self.interrupted.clear()
        return self.open_record(consultation_id)

    def export_record(self, consultation_id: str, format_name: str) -> bytes:
        self._ask("export", consultation_id, format_name)
        return b"record"

    def fill_office_form(self, consultation_id: str, form: Path) -> bytes:
        self._ask("fill form", consultation_id, str(form))
        return b"form"

    def verify_records(self) -> Sequence[ChainFault]:
        self._ask("verify")
        return self.faults

    def find_words(self, consultation_id: str, line_id: str, words: RecordLine) -> Stretch | None:
        self._ask("find", consultation_id, line_id, words.text)
        return Stretch(start_s=10.5, end_s=12.0)

    def find_item(self, consultation_id: str, item: ReadbackItem) -> Stretch | None:
        self._ask("find item", consultation_id, item.utterance_id, str(item.value))
        return Stretch(start_s=10.0, end_s=10.2)

    def read_name(self, name: str) -> str | None:
        return {"佐藤由美": "サトウユミ"}.get(name)

    def play_line(self, consultation_id: str, line_id: str, part: Stretch | None = None) -> None:
        self._ask("play", consultation_id, line_id, *([f"{part.start_s}-{part.end_s}"] if part else []))

    def missing_sound(self, consultation_id: str) -> str | None:
        return self.missing

    def stop_playing(self) -> None:
        self._ask("stop")

    def sample_sounds(self) -> Sequence[Sample]:
        return [
            Sample(path=Path("01-hitorioya.flac"), title="離婚後の生活と手当の相談", duration_s=128.0),
            Sample(path=Path("02-yachin.flac"), title="家賃の滞納と仕事の相談（マイク2本）", duration_s=95.0),
        ]

    def check_equipment(self) -> Iterator[CheckResult]:
        yield CheckResult(name="マイク", ok=True, message="OK")
        yield CheckResult(name="認識の部品", ok=True, message="OK")
        yield CheckResult(
            name="事務所の連絡先",
            ok=False,
            message="児童相談所の電話番号が未登録です。連絡先ファイルに記入してください。",
        )
