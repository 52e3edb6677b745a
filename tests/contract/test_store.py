"""What every store does, the real one and the fake."""

import os
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from consult_assist.domain.archive import FieldWord, RecordQuery
from consult_assist.domain.consultation import (
    CapturePaused,
    CaptureResumed,
    CaseNumberSet,
    Consent,
    ConsentWithdrawn,
    ConsultationState,
    Finished,
    MicrophoneLost,
    MicrophoneRestored,
    RecordingFailed,
    RecordingOpened,
    Redacted,
    Reopened,
    Resumed,
    Started,
    TrainingConsent,
)
from consult_assist.domain.events import EVENT_CLASSES, Event
from consult_assist.domain.exercise import (
    CueScored,
    CueState,
    DangerCalled,
    DangerTakenBack,
    ExerciseScored,
    FactScored,
    FactState,
    JumpedBack,
    ProgrammeRaised,
    ProgrammeTakenBack,
    QuestionPut,
    StrayAct,
)
from consult_assist.domain.guidance import (
    Alert,
    AlertDismissed,
    DetailsOpened,
    Fact,
    LedgerEntry,
    LedgerState,
    Match,
    Question,
    QuestionsChanged,
    Reason,
    SuggestionsChanged,
    Term,
)
from consult_assist.domain.record import (
    ConsultationRecord,
    FieldEdited,
    LedgerLine,
    LineKind,
    ReadbackDecided,
    ReadbackItem,
    ReadbackState,
    RecordField,
    RecordLine,
    TemplateChosen,
)
from consult_assist.domain.review import (
    Amended,
    Approved,
    Commented,
    Returned,
    ReviewState,
    Submitted,
    TakenBack,
)
from consult_assist.domain.speech import Draft, Revision, SegmentFailed, Speaker, SpeakerAssigned, Utterance
from consult_assist.errors import RecordNotFoundError
from consult_assist.storage.base import Store
from consult_assist.storage.memory import MemoryStore
from consult_assist.storage.sql import SqlStore
from consult_assist.storage.sqlite import sqlite_url
from consult_assist.storage.tables import metadata

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
DRAFT = Draft(channel=0, start_s=0.0, text="とちゅう")


OTHER_DATABASE = os.environ.get("CONSULT_ASSIST_TEST_DATABASE_URL")
"""An empty database of another kind, say `postgresql+psycopg://…`, to be judged by the same tests."""


@pytest.fixture(params=["memory", "sqlite", *(["other"] if OTHER_DATABASE else [])])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made: Store
    match request.param:
        case "memory":
            made = MemoryStore()
        case "sqlite":
            made = SqlStore(sqlite_url(tmp_path / "s.sqlite3"))
        case _:
            assert OTHER_DATABASE is not None
            with closing(SqlStore(OTHER_DATABASE)) as former:
                metadata.drop_all(former._engine)
            made = SqlStore(OTHER_DATABASE)
    yield made
    made.close()


def started(
    consultation_id: str, *, at: datetime = NOON, operator: str = "山田", case: str | None = None
) -> Started:
    return Started(
        id=consultation_id,
        started_at=at,
        operator=operator,
        source="none",
        consent=Consent.RECORDED,
        case_number=case,
        versions={"program": "0.1.0"},
    )


def utterance(utterance_id: str, text: str) -> Utterance:
    return Utterance(
        id=utterance_id, channel=0, speaker=Speaker.RESIDENT, start_s=1.0, end_s=2.5, heard=text, text=text
    )


def line(text: str, kind: LineKind = LineKind.QUOTED) -> RecordLine:
    return RecordLine(text=text, kind=kind, utterance_ids=("u1",))


def record(*, complaint: tuple[RecordLine, ...], heard: tuple[RecordLine, ...] = ()) -> ConsultationRecord:
    return ConsultationRecord(
        template="madoguchi",
        fields=(
            RecordField(name="chief_complaint", label="主訴", lines=complaint),
            RecordField(name="heard", label="聴取内容", lines=heard),
        ),
        readback=(ReadbackItem(kind="money", value=52000, text="五万二千円", utterance_id="u1"),),
        ledger=(LedgerLine(programme="housing", state=LedgerState.TOLD, utterance_ids=("u1",)),),
    )


def append(store: Store, consultation_id: str, *events: Event) -> None:
    for event in events:
        store.append(consultation_id, event, at=NOON, at_s=1.5, sound_s=1.25)


def found(store: Store, search: str) -> list[str]:
    query = RecordQuery(words=tuple(search.split()))
    page = store.find(query, limit=100)
    assert [item.summary for item in page] == list(store.summaries(query))
    assert store.count(query) == len(page)
    return [item.summary.id for item in page]


EVERY_EVENT: tuple[Event, ...] = (
    started("a", case="R8-12"),
    Resumed(sound_s=3.0, source="none"),
    RecordingOpened(name="a/1.flac", start_s=0.0, channels=2),
    CapturePaused(),
    CaptureResumed(),
    MicrophoneLost(device="USB", reason="マイクが外れています。"),
    MicrophoneRestored(device="USB"),
    RecordingFailed(reason="ディスクの空きがありません。"),
    utterance("u1", "家賃を二か月滞納しています"),
    Revision(utterance_id="u1", revision=1, text="家賃を三か月滞納しています", by="clerk"),
    SpeakerAssigned(utterance_id="u1", speaker=None, by="clerk"),
    SegmentFailed(id="s1", channel=0, start_s=3.0, end_s=4.0, reason="聞き取れませんでした。"),
    Term(utterance_id="u1", revision=1, start_char=0, end_char=2, name="家賃", how=Match.EXACT),
    Fact(name="arrears_months", value=3, utterance_id="u1", revision=1, start_char=3, end_char=7),
    SuggestionsChanged(
        shown=("housing",), why=(Reason(programme="housing", utterance_ids=("u1",), reason="家賃の滞納"),)
    ),
    QuestionsChanged(shown=(Question(programme="housing", text="離職はいつですか"),)),
    Alert(protocol="destitution", utterance_id="u1"),
    AlertDismissed(protocol="destitution"),
    DetailsOpened(programme="housing"),
    LedgerEntry(
        programme="housing", state=LedgerState.NOT_APPLICABLE, utterance_id=None, by="clerk", reason="持家"
    ),
    ReadbackDecided(
        utterance_id="u1",
        kind="duration",
        value="2か月",
        text="家賃を二か月滞納しています",
        state=ReadbackState.CORRECTED,
        revision=0,
        start_char=3,
        end_char=6,
        words="三か月",
        revised=1,
    ),
    TemplateChosen(template="hitorioya", by="山田"),
    FieldEdited(field="heard", before=(), after=(line("手で書いた"),), by="山田"),
    record(complaint=(line("家賃が払えない"),)),
    ProgrammeRaised(programme="housing"),
    ProgrammeTakenBack(programme="housing"),
    DangerCalled(protocol="destitution"),
    DangerTakenBack(protocol="destitution"),
    QuestionPut(text="離職はいつですか"),
    JumpedBack(to_s=12.5),
    ExerciseScored(
        exercise="01-yachin",
        heard_s=61.5,
        cues=(
            CueScored(
                line_id="u0001",
                kind="programme",
                target="housing",
                state=CueState.NOTICED,
                start_s=1.0,
                end_s=2.5,
                limit_s=20.0,
                at_s=4.0,
                after_s=1.5,
            ),
        ),
        strays=(StrayAct(kind="question", target="ご家族は", at_s=9.0, fitting=True),),
        facts=(FactScored(line_id="u0001", name="rent_monthly", value=52000, state=FactState.MISSING),),
    ),
    Finished(duration_s=61.5),
    Reopened(by="係長"),
    TrainingConsent(given=True, by="山田"),
    CaseNumberSet(case_number="R8-12", operator="山田", by="係長"),
    Submitted(by="山田", steps=("係長", "課長")),
    Commented(by="係長", field="heard", line="手で書いた", place=0, text="いつのことかを書く"),
    Returned(by="係長", step="係長"),
    Approved(by="課長", step="課長", final=True),
    Amended(by="山田", reason="家賃の額の書き誤り"),
    TakenBack(by="山田"),
    ConsentWithdrawn(erase_text=False),
    Redacted(positions=(), recordings=("a/1.flac",), reason="consent_withdrawn"),
)


def test_every_event_comes_back_as_it_went_in(store: Store) -> None:
    assert {type(event) for event in EVERY_EVENT} == set(EVENT_CLASSES.values()) - {Draft}
    returned = [store.append("a", event, at=NOON, at_s=1.5, sound_s=1.25) for event in EVERY_EVENT]
    assert [stamped.event for stamped in returned] == list(EVERY_EVENT)
    assert list(store.events("a")) == returned
    assert [stamped.position for stamped in returned] == list(range(1, len(EVERY_EVENT) + 1))
    assert store.verify() == []


def test_times_are_kept_as_utc_to_the_microsecond(store: Store) -> None:
    at = datetime(2026, 11, 21, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=9)))
    store.append("a", started("a"), at=at, at_s=0.1 + 0.2, sound_s=1 / 3)
    (kept,) = store.events("a")
    assert kept.at == at
    assert kept.at.tzinfo is UTC
    assert (kept.at_s, kept.sound_s) == (0.1 + 0.2, 1 / 3)


def test_one_chain_runs_through_all_consultations(store: Store) -> None:
    append(store, "a", started("a"))
    append(store, "b", started("b"))
    head_of_a = store.head("a")
    append(store, "b", CapturePaused())
    append(store, "a", CapturePaused())
    assert [stamped.position for stamped in store.events("a")] == [1, 4]
    assert [stamped.position for stamped in store.events("b")] == [2, 3]
    assert len({head_of_a, store.head("a"), store.head("b")}) == 3


@pytest.mark.parametrize(
    ("consultation_id", "event", "at"),
    [
        pytest.param("a", DRAFT, NOON, id="draft"),
        pytest.param("a", started("a"), NOON, id="started twice"),
        pytest.param("b", started("c"), NOON, id="under another id"),
        pytest.param("a", CapturePaused(), NOON.replace(tzinfo=None), id="no zone"),
        pytest.param("a", Finished(duration_s=float("nan")), NOON, id="not a number"),
    ],
)
def test_a_programming_error_changes_nothing(
    store: Store, consultation_id: str, event: Event, at: datetime
) -> None:
    append(store, "a", started("a"))
    with pytest.raises(ValueError):  # noqa: PT011 - the message is for programmers
        store.append(consultation_id, event, at=at, at_s=0.0, sound_s=0.0)
    assert len(store.events("a")) == 1
    assert store.verify() == []
    append(store, "a", CapturePaused())


def test_an_unknown_consultation_is_named_as_such(store: Store) -> None:
    append(store, "a", started("a"))
    with pytest.raises(RecordNotFoundError):
        store.events("b")
    with pytest.raises(RecordNotFoundError):
        store.head("b")
    with pytest.raises(RecordNotFoundError):
        append(store, "b", CapturePaused())
    with pytest.raises(RecordNotFoundError):
        store.redact("b", texts=True, recordings=(), reason="consent_withdrawn", at=NOON)
    assert store.verify() == []


def test_the_summary_follows_the_events(store: Store) -> None:
    append(store, "a", started("a", case="R8-12"))
    (summary,) = store.summaries()
    assert (summary.operator, summary.case_number, summary.started_at) == ("山田", "R8-12", NOON)
    assert (summary.state, summary.duration_s, summary.headline) == (ConsultationState.OPEN, None, "")
    append(store, "a", Finished(duration_s=61.5))
    assert store.summaries()[0].state is ConsultationState.CLOSED
    assert store.summaries()[0].duration_s == 61.5
    append(store, "a", Reopened(by="係長"))
    assert store.summaries()[0].state is ConsultationState.OPEN
    assert store.summaries()[0].duration_s is None


def test_the_headline_is_the_first_line_of_the_complaint(store: Store) -> None:
    append(store, "a", started("a"), record(complaint=(line("未聴取", LineKind.NOT_ASKED),)))
    assert store.summaries()[0].headline == ""
    append(store, "a", record(complaint=(line("家賃が払えない"), line("仕事がない"))))
    assert store.summaries()[0].headline == "家賃が払えない"
    append(store, "a", FieldEdited(field="heard", before=(), after=(line("別の欄"),), by="山田"))
    assert store.summaries()[0].headline == "家賃が払えない"
    edit = FieldEdited(field="chief_complaint", before=(), after=(line("家賃\n三か月"),), by="山田")
    append(store, "a", edit)
    assert store.summaries()[0].headline == "家賃"
    assert store.verify() == []


def test_a_case_number_can_be_set_changed_and_taken_away(store: Store) -> None:
    append(
        store, "a", started("a", case="R8-12"), CaseNumberSet(case_number="Q7-1", operator="山田", by="佐藤")
    )
    assert (store.summary("a").case_number, found(store, "q7-1"), found(store, "R8-12")) == (
        "Q7-1",
        ["a"],
        [],
    )
    assert found(store, "山田") == ["a"]
    append(store, "a", CaseNumberSet(case_number=None, operator="山田", by="佐藤"))
    assert (store.summary("a").case_number, found(store, "q7-1")) == (None, [])
    assert store.verify() == []


def test_summaries_are_newest_first(store: Store) -> None:
    for number in (2, 3, 1):
        append(store, f"c{number}", started(f"c{number}", at=NOON + timedelta(hours=number)))
    assert found(store, "") == ["c3", "c2", "c1"]


def test_search_finds_what_was_said_written_and_noted(store: Store) -> None:
    append(store, "a", started("a", operator="佐藤", case="R8-12"), utterance("u1", "家賃を滞納しています"))
    append(store, "b", started("b"), utterance("u1", "児童扶養手当のことで"), utterance("u2", "100%です"))
    append(store, "b", record(complaint=(line("ＤＶの相談"),), heard=(line("未聴取", LineKind.NOT_ASKED),)))
    assert found(store, "滞納") == ["a"]
    assert found(store, "扶養手当") == ["b"]
    assert found(store, "dv") == ["b"]
    assert found(store, "佐藤") == ["a"]
    assert found(store, "Ｒ８－１２") == ["a"]
    assert found(store, "%") == ["b"]
    assert found(store, "_") == []
    assert found(store, "　扶養　相談 ") == ["b"]
    assert found(store, "扶養 滞納") == []
    assert found(store, "未聴取") == []


def test_search_finds_the_latest_text_only(store: Store) -> None:
    append(store, "a", started("a"), utterance("u1", "自動扶養手当"))
    append(store, "a", Revision(utterance_id="u1", revision=1, text="児童扶養手当", by="terms"))
    append(store, "a", FieldEdited(field="heard", before=(), after=(line("前の字"),), by="山田"))
    append(store, "a", FieldEdited(field="heard", before=(), after=(line("後の字"),), by="山田"))
    assert found(store, "児童扶養") == ["a"]
    assert found(store, "後の字") == ["a"]
    assert found(store, "自動扶養") == found(store, "前の字") == []


def ledger(programme: str, state: LedgerState) -> LedgerEntry:
    return LedgerEntry(programme=programme, state=state, utterance_id=None, by="program")


def test_the_summary_knows_what_was_touched_and_when(store: Store) -> None:
    append(store, "a", started("a"), ledger("housing", LedgerState.UNTOLD))
    append(store, "a", ledger("school", LedgerState.UNTOLD), ledger("housing", LedgerState.TOLD))
    append(store, "a", Alert(protocol="dv", utterance_id="u1"), Alert(protocol="dv", utterance_id="u2"))
    append(store, "a", TemplateChosen(template="hitorioya", by="山田"), Finished(duration_s=61.5))
    summary = store.summary("a")
    assert summary.ledger == {"housing": LedgerState.TOLD, "school": LedgerState.UNTOLD}
    assert summary.programmes == ("housing", "school")
    assert (summary.protocols, summary.template) == (("dv",), "hitorioya")
    assert (summary.talk_ended_at, summary.submitted_at) == (NOON, None)

    later = NOON + timedelta(minutes=20)
    store.append("a", Submitted(by="山田", steps=("係長",)), at=later, at_s=0.0, sound_s=0.0)
    approved = Approved(by="佐藤", step="係長", final=True)
    store.append("a", approved, at=later + timedelta(hours=1), at_s=0.0, sound_s=0.0)
    summary = store.summary("a")
    assert summary.review is ReviewState.APPROVED
    assert (summary.submitted_at, summary.approved_at) == (later, later + timedelta(hours=1))
    append(store, "a", Amended(by="山田", reason="誤り"))
    assert store.summary("a").approved_at is None
    assert store.verify() == []

    store.redact("a", texts=True, recordings=(), reason="consent_withdrawn", at=NOON)
    erased = store.summary("a")
    assert (erased.ledger, erased.protocols, erased.template) == ({}, (), None)
    assert store.verify() == []


def test_consultations_are_found_by_what_is_known_of_them(store: Store) -> None:
    append(store, "a", started("a", operator="ﾔﾏﾀﾞ", case="R8_12"), ledger("housing", LedgerState.TOLD))
    append(store, "b", started("b", at=NOON + timedelta(days=1), case="R9-1"), utterance("u1", "家賃"))
    append(store, "b", Alert(protocol="dv", utterance_id="u1"), ledger("school", LedgerState.UNTOLD))
    append(store, "b", record(complaint=(line("家賃の滞納"),)), Finished(duration_s=9.0))
    append(store, "b", Submitted(by="山田", steps=("係長",)))
    attempt = replace(started("c", at=NOON + timedelta(days=2)), purpose="exercise")
    append(store, "c", attempt, utterance("u1", "家賃"))

    def of(**asked: object) -> list[str]:
        query = RecordQuery(**asked)  # type: ignore[arg-type]
        assert store.count(query) == len(store.summaries(query))
        return [item.summary.id for item in store.find(query, limit=9)]

    assert of() == of(words=()) == ["b", "a"]
    assert of(purposes=frozenset({"exercise"})) == ["c"]
    assert of(programmes=frozenset({"housing", "other"})) == ["a"]
    assert of(protocols=frozenset({"dv"})) == ["b"]
    assert of(reviews=frozenset({ReviewState.SUBMITTED, ReviewState.RETURNED})) == ["b"]
    assert of(state=ConsultationState.OPEN) == ["a"]
    assert of(operator="ヤマダ") == ["a"]
    assert of(operator="山") == ["b"]
    assert of(case_number="8_1") == ["a"]
    assert of(case_number="R8%") == of(operator="R9") == of(case_number="山田") == []
    assert of(since=NOON + timedelta(days=1)) == ["b"]
    assert of(until=NOON + timedelta(days=1)) == ["a"]
    complaint, heard = frozenset({"chief_complaint", "shuso"}), frozenset({"heard"})
    assert of(fields=(FieldWord(names=complaint, word="滞納"),)) == ["b"]
    assert of(fields=(FieldWord(names=heard, word="滞納"),)) == []
    assert of(words=("家賃",), programmes=frozenset({"housing"})) == []
    first = store.find(RecordQuery(), limit=1)
    assert [item.summary.id for item in store.find(RecordQuery(), limit=9, after=first[0].summary)] == ["a"]


def test_redaction_erases_words_and_keeps_the_chain(store: Store) -> None:
    append(store, "a", *EVERY_EVENT[:-2])
    append(store, "b", started("b"), utterance("u1", "家賃を滞納しています"))
    stamped = store.redact(
        "a", texts=True, recordings=("a/1.flac",), reason="consent_withdrawn", at=NOON + timedelta(minutes=5)
    )
    assert isinstance(stamped.event, Redacted)
    assert stamped.event.recordings == ("a/1.flac",)
    left = store.events("a")
    assert {type(item.event) for item in left}.isdisjoint({Utterance, Revision, Fact, ConsultationRecord})
    assert len(left) + len(stamped.event.positions) == len(EVERY_EVENT) - 1
    assert left[-1] == stamped
    assert store.summary("a").headline == ""
    assert found(store, "R8-12") == ["a"]
    assert found(store, "滞納") == ["b"]
    assert store.verify() == []

    append(store, "a", utterance("u9", "あとから"), CapturePaused())
    again = store.redact("a", texts=True, recordings=(), reason="consent_withdrawn", at=NOON)
    assert isinstance(again.event, Redacted)
    assert len(again.event.positions) == 1
    assert store.verify() == []


def test_what_stays_behind_a_redaction_is_kept_in_the_same_step(store: Store) -> None:
    append(store, "a", *EVERY_EVENT[:-2])
    stays = utterance("u9", "手で書いた行")
    stamped = store.redact(
        "a",
        texts=True,
        recordings=(),
        reason="consent_withdrawn",
        then=[stays],
        at=NOON + timedelta(minutes=5),
    )
    assert [item.event for item in store.events("a")][-2:] == [stamped.event, stays]
    assert found(store, "手で書いた行") == ["a"]
    assert store.verify() == []


def test_redaction_of_sound_alone_leaves_the_words(store: Store) -> None:
    append(store, "a", started("a"), utterance("u1", "家賃"))
    stamped = store.redact("a", texts=False, recordings=("a/1.flac",), reason="consent_withdrawn", at=NOON)
    assert isinstance(stamped.event, Redacted)
    assert stamped.event.positions == ()
    assert found(store, "家賃") == ["a"]
    assert len(store.events("a")) == 3
    assert store.verify() == []


def test_text_that_no_database_can_hold_is_kept_as_far_as_possible(store: Store) -> None:
    append(store, "a", started("a"), utterance("u1", "家賃\ud800\0滞納"))
    event = store.events("a")[1].event
    assert isinstance(event, Utterance)
    assert event.text == "家賃?\0滞納"
    assert found(store, "滞納") == ["a"]
    assert store.verify() == []


def test_threads_append_without_losing_each_others_events(store: Store) -> None:
    append(store, "a", started("a"))

    def talk(name: str) -> None:
        for number in range(20):
            append(store, "a", utterance(f"{name}{number}", "家賃"))

    threads = [threading.Thread(target=talk, args=(name,)) for name in "xyz"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    events = store.events("a")
    assert [stamped.position for stamped in events] == list(range(1, 62))
    for name in "xyz":
        said = [s.event.id for s in events if isinstance(s.event, Utterance) and s.event.id[0] == name]
        assert said == [f"{name}{number}" for number in range(20)]
    assert store.verify() == []


def test_single_events_are_covered_where_they_stood(store: Store) -> None:
    append(store, "a", started("a"), utterance("u1", "番号は1234"), utterance("u2", "家賃を滞納しています"))
    append(store, "a", FieldEdited(field="chief_complaint", before=(), after=(line("1234"),), by="山田"))
    append(store, "a", record(complaint=(line("1234と家賃"),)), Submitted(by="山田", steps=("係長",)))
    append(store, "b", started("b"), utterance("u1", "1234"))
    begun = store.events("a")
    covered: dict[int, Event | None] = {
        begun[1].position or 0: utterance("u1", "番号は〓〓〓〓"),
        begun[3].position or 0: None,
        begun[4].position or 0: record(complaint=(line("〓〓〓〓と家賃"),)),
    }
    later = NOON + timedelta(minutes=5)
    stamped = store.redact_events(
        "a", covered, reason="personal_number", by="program", silenced=[(1.0, 2.5)], at=later
    )
    assert isinstance(stamped.event, Redacted)
    assert (stamped.event.positions, stamped.event.silenced) == (tuple(covered), ((1.0, 2.5),))
    left = store.events("a")
    assert [item.event.type for item in left] == [
        *("started", "utterance", "utterance", "record", "submitted", "redacted")
    ]
    assert (left[1].event, left[1].position, left[1].at) == (
        utterance("u1", "番号は〓〓〓〓"),
        begun[1].position,
        NOON,
    )
    assert left[-1] == stamped
    assert found(store, "1234") == ["b"]
    assert found(store, "滞納") == ["a"]
    assert next(item for item in store.summaries() if item.id == "a").headline == "〓〓〓〓と家賃"
    assert store.verify() == []

    again = store.redact_events(
        "a", {begun[1].position or 0: utterance("u1", "〓")}, reason="off_record", by="山田", at=later
    )
    assert store.events("a")[1].event == utterance("u1", "〓")
    append(store, "a", Finished(duration_s=9.0))
    assert store.verify() == []
    store.redact("a", texts=True, recordings=(), reason="consent_withdrawn", at=later)
    assert {item.event.type for item in store.events("a")}.isdisjoint({"utterance", "record"})
    assert again in store.events("a")
    assert store.verify() == []
