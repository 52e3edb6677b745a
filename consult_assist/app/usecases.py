"""One function for each thing a clerk, supervisor or trainer can do; both shells call these."""

import getpass
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from consult_assist.app.assembly import (
    consent_now,
    draft_record,
    new_pipeline,
    new_session,
    resumed_session,
)
from consult_assist.app.journal import Journal
from consult_assist.app.live.redaction import mend_sound
from consult_assist.app.live.session import Session
from consult_assist.app.workplace import CheckResult, Workplace, nobody_capturing
from consult_assist.audio.base import SoundSource
from consult_assist.domain.archive import RecordQuery
from consult_assist.domain.consultation import (
    Consent,
    ConsultationState,
    ConsultationSummary,
    Finished,
    Reopened,
    Started,
)
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.events import Event, StampedEvent
from consult_assist.domain.guidance import Alert, Fact, Term
from consult_assist.domain.record import TemplateChosen
from consult_assist.domain.search import Hit
from consult_assist.domain.speech import Revision
from consult_assist.domain.transcript import Transcript, TranscriptLine
from consult_assist.errors import FormError, KnowledgeError, StoreBusyError, StoreError
from consult_assist.guidance.ranking import RankedProgramme, rank_programmes
from consult_assist.record.case import check_case_number
from consult_assist.record.redaction import covered_texts
from consult_assist.record.signing import refuse_change, review_from
from consult_assist.record.undoing import typed_edit
from consult_assist.resources import shipped_folder
from consult_assist.storage.base import ChainFault

MOST_HITS = 20

# -- during a consultation ----------------------------------------------------------------------------------


def default_operator() -> str:
    """Return the name of the OS account, as a first proposal for the clerk's name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # Windows without USERNAME
        return ""


def start_consultation(
    workplace: Workplace, *, consent: Consent, operator: str, case_number: str | None = None
) -> Session:
    """Prepare a consultation with a resident; `start` it when the screen is ready.

    Raises:
        CaseError: the case number cannot be used.
        StoreBusyError: another window captures already.
        ModelError: the speech model is missing.
        MicrophoneError: the microphone cannot be opened.
        StoreError: the database cannot be written.
    """
    case_number = check_case_number(case_number)
    workplace.capture_lock.acquire()
    try:
        source = None if consent is Consent.HANDWRITTEN else _working_microphone(workplace)
        return new_session(
            workplace,
            source,
            consent=consent,
            operator=operator,
            case_number=case_number,
            purpose="consultation",
        )
    except BaseException:
        workplace.capture_lock.release()
        raise


def replay_sound(workplace: Workplace, path: Path, *, speed: float | None) -> Session:
    """Prepare a replay of a sound file through the very same program; `speed` None = as fast as it goes.

    Raises:
        SoundFileError: the file gives no sound.
        ModelError: the speech model is missing.
        StoreError: the database cannot be written.
    """
    source = workplace.open_file(path, speed)
    return new_session(
        workplace,
        source,
        consent=Consent.RECORDED,
        operator=default_operator(),
        case_number=None,
        purpose="replay",
        hurried=speed is None,
    )


def resume_consultation(workplace: Workplace, consultation_id: str) -> Session:
    """Go on with a consultation that was interrupted; the sound clock goes on where it stood.

    Raises:
        RecordNotFoundError: there is no such consultation.
        StoreBusyError: another window captures already.
    """
    workplace.capture_lock.acquire()
    try:
        earlier = _interrupted_events(workplace, consultation_id)
        consent = consent_now([stamped.event for stamped in earlier])
        source = None if consent is Consent.HANDWRITTEN else _working_microphone(workplace)
        return resumed_session(workplace, source, consultation_id, earlier)
    except BaseException:
        workplace.capture_lock.release()
        raise


def interrupted_consultations(workplace: Workplace) -> Sequence[ConsultationSummary]:
    """Return consultations that were begun and not closed, unless another window is busy with one."""
    try:
        workplace.capture_lock.acquire()
    except StoreBusyError:
        return []
    mend_sound(workplace)
    workplace.capture_lock.release()
    begun = RecordQuery(state=ConsultationState.OPEN, purposes=frozenset({"consultation"}))
    return [
        summary
        for summary in workplace.store.summaries(begun)
        if _is_interrupted([stamped.event for stamped in workplace.store.events(summary.id)])
    ]


# -- records ------------------------------------------------------------------------------------------------


def open_record(workplace: Workplace, consultation_id: str, template: str | None = None) -> RecordDocument:
    """Return a saved consultation with its transcript, in its own form or for once in another.

    A record that was handed in or approved stands as it stood then, whatever the knowledge says since.

    Raises:
        RecordNotFoundError: there is no such consultation.
        KnowledgeError: there is no such form.
    """
    if template is not None:
        _check_template(workplace, template)
    stamped = workplace.store.events(consultation_id)
    events, review = [item.event for item in stamped], review_from(stamped)
    handed_in = review.record if template is None else None
    record = handed_in or draft_record(workplace, events, template)
    mentioned = {line.programme for line in record.ledger}
    programmes = workplace.knowledge.programmes
    form = workplace.knowledge.templates.get(record.template)
    return RecordDocument(
        summary=workplace.store.summary(consultation_id),
        record=record,
        transcript=tuple(Transcript(events)),
        programme_names={key: programmes[key].name for key in mentioned if key in programmes},
        chain_head=workplace.store.head(consultation_id),
        form=form.name if form is not None else "",
        fills={item.name: item.fill for item in form.fields if item.fill is not None} if form else {},
        facts=tuple(event for event in events if isinstance(event, Fact)),
        alerted=frozenset(event.utterance_id for event in events if isinstance(event, Alert)),
        review=review,
    )


def choose_template(workplace: Workplace, consultation_id: str, template: str, by: str) -> RecordDocument:
    """Keep a saved record in another form; facts and what was typed stay. A closed record is reopened.

    Raises:
        KnowledgeError: there is no such form.
        StoreBusyError: it is live in another window.
        StoreError: it could not be kept.
    """
    _check_template(workplace, template)
    document = open_record(workplace, consultation_id)
    if document.record.template == template:
        return document
    keep_change(workplace, document, TemplateChosen(template=template, by=by), by)
    return open_record(workplace, consultation_id)


def _check_template(workplace: Workplace, template: str) -> None:
    if template not in workplace.knowledge.templates:
        known = "、".join(sorted(workplace.knowledge.templates))
        raise KnowledgeError(f"様式「{template}」がありません。次から選んでください: {known}")


def keep_change(workplace: Workplace, document: RecordDocument, change: Event, by: str) -> None:
    """Keep a change to a saved record; a closed one is reopened first.

    Raises:
        SignOffError: it was handed in or approved.
    """
    refuse_change(document.review.state)
    with nobody_capturing(workplace, document):
        journal = Journal(document.summary.id, workplace.store)
        if document.summary.state is ConsultationState.CLOSED:
            journal.keep(Reopened(by=by))
        journal.keep(change)


def edit_record_field(
    workplace: Workplace, consultation_id: str, field: str, text: str, by: str
) -> RecordDocument:
    """Take over a field of a saved record as it stands in the editor; a closed record is reopened.

    Raises:
        StoreBusyError: it is live in another window.
        StoreError: it could not be kept.
    """
    document = open_record(workplace, consultation_id)
    stamped = workplace.store.events(consultation_id)
    edit = typed_edit(stamped, partial(draft_record, workplace), field, text, by=by)
    if edit is None:
        return document
    keep_change(workplace, document, edit, by)
    return open_record(workplace, consultation_id)


def close_record(workplace: Workplace, consultation_id: str) -> RecordDocument:
    """Close a reopened or interrupted record.

    Raises:
        StoreBusyError: it is live in another window.
        StoreError: it could not be kept.
    """
    document = open_record(workplace, consultation_id)
    if document.summary.state is ConsultationState.OPEN:
        with nobody_capturing(workplace, document):
            stamped = workplace.store.events(consultation_id)
            journal = Journal(consultation_id, workplace.store, stamped)
            journal.keep(document.record)
            journal.keep(Finished(duration_s=round(max(item.sound_s for item in stamped), 3)))
    return open_record(workplace, consultation_id)


def export_record(
    workplace: Workplace, consultation_id: str, format_name: str, template: str | None = None
) -> bytes:
    """Return a record as a whole file; formats are the keys of `workplace.exporters`."""
    return workplace.exporters[format_name].export(open_record(workplace, consultation_id, template))


def fill_office_form(
    workplace: Workplace, consultation_id: str, form: Path, template: str | None = None
) -> bytes:
    """Return the office's own Word form with its placeholders filled.

    Raises:
        FormError: the file is no Word document, or asks for what no record holds.
    """
    try:
        content = form.read_bytes()
    except OSError as error:
        raise FormError(f"様式 {form} を開けません。ファイルの場所を確かめてください。") from error
    return workplace.fill_form(content, open_record(workplace, consultation_id, template))


def verify_records(workplace: Workplace) -> Sequence[ChainFault]:
    """Return every place where a saved event was changed or is missing."""
    return workplace.store.verify()


# -- without a record ---------------------------------------------------------------------------------------


def transcribe_sound(workplace: Workplace, path: Path) -> Iterator[TranscriptLine]:
    """Yield the lines of a sound file, once it is known who spoke; 個人番号 are covered, nothing is kept.

    Raises:
        SoundFileError: the file gives no sound.
        ModelError: the speech model is missing.
    """
    source = workplace.open_file(path, None)
    pipeline = new_pipeline(workplace, source, live=False)
    lines = tuple(Transcript(pipeline.listen([block] for block in source.blocks())))
    texts = covered_texts(lines)
    yield from (replace(line, text=texts[line.id], heard=texts[line.id]) for line in lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What the program makes of a typed sentence: programmes, best first, and danger protocols."""

    text: str = field(repr=False)
    programmes: Sequence[RankedProgramme]
    alerts: Sequence[str]


def try_sentence(workplace: Workplace, text: str) -> Trial:
    """Put a typed sentence through the understanding of a consultation."""
    found = workplace.load_analyzer().analyze("u0001", 0, text)
    terms = [item for item in found if isinstance(item, Term)]
    shown = next((item.text for item in found if isinstance(item, Revision)), text)
    alerts = dict.fromkeys(term.protocol for term in terms if term.protocol is not None)
    return Trial(
        text=text, programmes=rank_programmes(terms, workplace.knowledge, shown), alerts=tuple(alerts)
    )


def search_knowledge(workplace: Workplace, query: str, most: int = MOST_HITS) -> Sequence[Hit]:
    """Return what the office knows that fits half a word, a misspelt name or a sentence, best first.

    The first search builds the index; an empty query only does that. For use by one thread at a time.
    """
    return workplace.load_search().find(query, most)


# -- around it ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A sample recording that came with the program."""

    path: Path
    title: str
    duration_s: float


def sample_sounds(workplace: Workplace) -> Sequence[Sample]:
    """Return the sample recordings, in the order of their file names."""
    return [
        Sample(path=path, title=_sample_title(path), duration_s=workplace.sound_duration_s(path))
        for path in sorted(shipped_folder("samples").glob("*.flac"))
    ]


def check_equipment(workplace: Workplace) -> Iterator[CheckResult]:
    """Check microphone, model, disk, dictionary, terminal and contacts, one after the other."""
    for check in workplace.checks:
        yield check()


def _working_microphone(workplace: Workplace) -> SoundSource:
    """Return the microphone after it has given its first sound: a fault is told before anything begins.

    Raises:
        MicrophoneError: it cannot be opened.
    """
    source = workplace.open_microphone()
    with closing(source.blocks()) as blocks:
        next(blocks, None)
    return source


def _interrupted_events(workplace: Workplace, consultation_id: str) -> Sequence[StampedEvent]:
    stamped = workplace.store.events(consultation_id)
    if not _is_interrupted([item.event for item in stamped]):
        raise StoreError("この記録は中断した相談ではありません。「記録を見る」で開いて直してください。")
    return stamped


def _is_interrupted(events: Sequence[Event]) -> bool:
    """Say whether these events are of a resident's consultation that was begun and never finished."""
    started = next((event for event in events if isinstance(event, Started)), None)
    finished = any(isinstance(event, Finished) for event in events)
    return started is not None and started.purpose == "consultation" and not finished


def _sample_title(path: Path) -> str:
    scenario = path.with_suffix(".scenario.toml")
    if not scenario.is_file():
        return path.stem
    title: str = tomllib.loads(scenario.read_text(encoding="utf-8")).get("title", path.stem)
    return title
