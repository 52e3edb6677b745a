"""The draft: which lines come up in which field, with which evidence."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from consult_assist.domain.consultation import Consent, ConsentWithdrawn, Redacted, Started
from consult_assist.domain.events import Event
from consult_assist.domain.guidance import Alert, LedgerEntry, LedgerState, Match, Term
from consult_assist.domain.knowledge import Name, Programme, Template, TemplateField
from consult_assist.domain.record import ConsultationRecord, FieldEdited, LineKind, RecordLine
from consult_assist.domain.speech import Revision, Speaker, SpeakerAssigned, Utterance
from consult_assist.record.builder import build_record
from consult_assist.record.edits import edit_from_text
from tests.nothing_known import NOTHING_KNOWN
from tests.unit.record.talk import fact, said

FILLS = ("reception", "chief_complaint", "hearing", "guidance", "response", "next")
TEMPLATE = Template(
    id="madoguchi",
    name="窓口標準",
    fields=(
        *(TemplateField(name=name, label=name, fill=name) for name in FILLS),
        TemplateField(name="opinion", label="所見"),
    ),
)
KNOWLEDGE = replace(
    NOTHING_KNOWN,
    programmes={
        "jidou-fuyou-teate": Programme(
            id="jidou-fuyou-teate",
            name="児童扶養手当",
            category="ひとり親",
            summary="ひとり親の手当",
            names=(Name(text="児童扶養手当"),),
            laws=("児童扶養手当法",),
        )
    },
)
JAPAN = timezone(timedelta(hours=9))
CLERK, RESIDENT = Speaker.CLERK, Speaker.RESIDENT


def term(utterance: Utterance, words: str, how: Match = Match.CUE, **ids: str) -> Term:
    start = utterance.text.index(words)
    return Term(
        utterance_id=utterance.id,
        revision=0,
        start_char=start,
        end_char=start + len(words),
        name=words,
        how=how,
        programme=ids.get("programme"),
        protocol=ids.get("protocol"),
    )


def drafted(events: Sequence[Event]) -> ConsultationRecord:
    return build_record(events, template=TEMPLATE, knowledge=KNOWLEDGE, zone=JAPAN)


def lines(record: ConsultationRecord, field: str) -> list[RecordLine]:
    return [line for item in record.fields if item.name == field for line in item.lines]


def texts(events: Sequence[Event], field: str) -> list[str]:
    return [line.text for line in lines(drafted(events), field)]


def test_what_nobody_said_stays_open() -> None:
    record = drafted([])

    assert [line.kind for line in lines(record, "hearing")] == [LineKind.NOT_ASKED]
    assert lines(record, "hearing")[0].text == "未聴取"
    assert lines(record, "guidance") == lines(record, "response") == lines(record, "opinion") == []


def test_reception_states_the_system_s_facts() -> None:
    started = Started(
        id="c1",
        started_at=datetime(2026, 11, 21, 5, 5, tzinfo=UTC),
        operator="佐藤",
        source="microphone:x",
        consent=Consent.TEXT_ONLY,
        case_number="007",
    )

    reception = lines(drafted([started]), "reception")

    assert [line.text for line in reception] == [
        "受付日時：令和8年11月21日（土）14時05分",
        "方法：来所",
        "担当：佐藤（職員認証なし）",
        "録音の同意：録音なし・文字のみ",
        "案件番号：007",
    ]
    assert {(line.kind, line.utterance_ids) for line in reception} == {(LineKind.CONDENSED, ())}


def test_a_replay_is_not_a_visit() -> None:
    started = Started(
        id="c1",
        started_at=datetime(2026, 11, 21, tzinfo=UTC),
        operator="x",
        source="file:x",
        consent=Consent.RECORDED,
        purpose="replay",
    )

    assert "方法：録音の再生（相談ではない）" in texts([started], "reception")


def test_chief_complaint_quotes_the_first_telling_words_of_the_resident() -> None:
    events: list[Event] = [
        said(0, "こんにちは。今日はどうされましたか。", CLERK),
        said(1, "あ、はい、こんにちは。"),
        said(2, "先月離婚して、生活が苦しいんです。"),
        said(3, "そうですか、生活が苦しいのですね。", CLERK),
        said(4, "母が「もう無理」と言っていて、心配なんです。"),
        said(5, "家賃も払えないです。"),
    ]

    chief = lines(drafted(events), "chief_complaint")

    assert [line.text for line in chief] == [
        "「先月離婚して、生活が苦しいんです」",
        "「母が『もう無理』と言っていて、心配なんです」",
    ]
    assert [(line.kind, line.utterance_ids) for line in chief] == [
        (LineKind.QUOTED, ("u2",)),
        (LineKind.QUOTED, ("u4",)),
    ]


@pytest.mark.parametrize(
    "clerks",
    [
        "お子さんのことでお困りですか。",
        "それはご心配ですね。",
        "原則として、申請が必要なので困る方もいます。",
    ],
)
def test_chief_complaint_knows_a_clerk_by_the_words_when_speakers_are_unknown(clerks: str) -> None:
    events = [said(0, clerks, None), said(1, "子どものことで相談したいんです。", None)]

    assert texts(events, "chief_complaint") == ["「子どものことで相談したいんです」"]


def test_a_name_or_a_child_s_age_is_not_a_complaint() -> None:
    name = said(1, "山田花子と申します。")

    record = drafted([name, fact(name, "name", "山田花子", "山田花子")])

    assert [line.kind for line in lines(record, "chief_complaint")] == [LineKind.NOT_ASKED]
    assert [line.text for line in lines(record, "hearing")] == ["氏名：山田花子（表記は要確認）"]


def test_hearing_states_facts_with_labels_and_units_in_order_of_time() -> None:
    rent = said(1, "家賃は6万円、子どもは8歳と5歳です。")
    again = said(2, "はい、家賃は6万円で、手取りは12万5千円です。")
    asked = said(3, "養育費は月に3万円ですか。", CLERK)
    events: list[Event] = [
        said(0, "相談したいことがあって、相談に来ました。"),
        said(0, "生活が苦しくて、困っています。"),
        rent,
        fact(rent, "rent_monthly", 60_000, "6万円"),
        fact(rent, "child_age", 8, "8歳"),
        fact(rent, "child_age", 5, "5歳"),
        again,
        fact(again, "rent_monthly", 60_000, "6万円"),
        fact(again, "income_monthly", 125_000, "12万5千円"),
        asked,
        fact(asked, "support_payment", 30_000, "3万円"),
    ]

    hearing = lines(drafted(events), "hearing")

    assert [(line.text, line.utterance_ids) for line in hearing] == [
        ("家賃：月6万円", ("u1",)),
        ("子の年齢：8歳、5歳", ("u1",)),
        ("収入：月12万5千円", ("u2",)),
    ]
    assert {line.kind for line in hearing} == {LineKind.CONDENSED}


def test_danger_words_stand_verbatim_though_they_are_quoted_above() -> None:
    danger = said(1, "もう死にたいです。")
    cue = said(2, "夫が家にお金を入れません。")
    events: list[Event] = [
        danger,
        term(danger, "死にたい", protocol="suicide"),
        cue,
        term(cue, "お金を入れません", programme="dv"),
    ]

    assert texts(events, "chief_complaint") == ["「もう死にたいです」", "「夫が家にお金を入れません」"]
    assert texts(events, "hearing") == ["「もう死にたいです」"]
    assert texts([said(1, "殴られて"), Alert(protocol="dv", utterance_id="u1")], "hearing") == [
        "「殴られて」"
    ]


def test_danger_words_of_an_unknown_speaker_who_talks_like_a_clerk_need_an_alert() -> None:
    asked = said(1, "お子さんは殴られたりしていませんか。", None)
    danger = term(asked, "殴られ", protocol="child-abuse")

    assert texts([asked, danger], "hearing") == ["未聴取"]
    alert = Alert(protocol="child-abuse", utterance_id="u1")
    assert texts([asked, danger, alert], "hearing") == ["「お子さんは殴られたりしていませんか」"]
    flipped = SpeakerAssigned(utterance_id="u1", speaker=CLERK, by="clerk")
    assert texts([asked, danger, alert, flipped], "hearing") == ["未聴取"]


def test_the_wish_to_apply_is_quoted_and_never_inferred() -> None:
    events = [said(n, "生活が苦しくて、困っています。") for n in (0, 1)] + [
        said(2, "生活保護は受けたくないんです。")
    ]

    assert texts(events, "hearing") == ["「生活保護は受けたくないんです」"]


def test_guidance_names_programmes_with_their_state() -> None:
    asked = said(1, "児童扶養手当のことを知りたくて。")
    told = said(2, "児童扶養手当は、ひとり親の方の手当です。", CLERK)
    events: list[Event] = [
        asked,
        term(asked, "児童扶養手当", how=Match.EXACT, programme="jidou-fuyou-teate"),
        told,
        term(told, "児童扶養手当", how=Match.EXACT, programme="jidou-fuyou-teate"),
    ]
    assert texts(events, "guidance") == ["児童扶養手当：未説明"]

    events.append(
        LedgerEntry(programme="jidou-fuyou-teate", state=LedgerState.TOLD, utterance_id="u2", by="program")
    )
    events.append(
        LedgerEntry(
            programme="unknown-id",
            state=LedgerState.NOT_APPLICABLE,
            utterance_id=None,
            by="clerk",
            reason="所得が多い",
        )
    )
    record = drafted(events)

    assert [(line.text, line.utterance_ids) for line in lines(record, "guidance")] == [
        ("児童扶養手当：説明済", ("u1", "u2")),
        ("unknown-id：対象外（所得が多い）", ()),
    ]
    assert [(line.programme, line.state) for line in record.ledger] == [
        ("jidou-fuyou-teate", LedgerState.TOLD),
        ("unknown-id", LedgerState.NOT_APPLICABLE),
    ]


def test_the_program_does_not_overrule_the_clerk_in_the_ledger() -> None:
    entry = LedgerEntry(programme="x", state=LedgerState.CHECK, utterance_id=None, by="clerk")
    later = LedgerEntry(programme="x", state=LedgerState.TOLD, utterance_id=None, by="program")

    assert drafted([entry, later]).ledger[0].state is LedgerState.CHECK


def test_response_condenses_the_sentence_in_which_the_clerk_acts() -> None:
    events: list[Event] = [
        said(0, "法テラスで相談できます。申請書をお渡ししますね。何かご不明な点はありますか。", CLERK),
        said(1, "書類は自分で用意します。"),
        said(2, "こちらの窓口にご案内しましょうか。", CLERK),
        said(3, "担当におつなぎします。", None),
        said(4, "じゃあ連絡します。", None),
        said(5, "ご連絡をお願いします。", CLERK),
    ]

    assert texts(events, "response") == ["申請書を渡す", "担当につなぐ"]


def test_next_states_what_was_arranged() -> None:
    events: list[Event] = [
        said(0, "では来週の火曜日、10時にお越しください。", CLERK),
        said(1, "来月の家賃が払えないんです。"),
        said(2, "わかりました。また来ます。"),
    ]

    assert texts(events, "next") == ["来週の火曜日、10時にお越しください", "また来る"]


def test_lines_follow_corrections_and_flips() -> None:
    first = said(1, "家賃は6万円で苦しいです。")
    events: list[Event] = [first, fact(first, "rent_monthly", 60_000, "6万円")]
    corrected = Revision(utterance_id="u1", revision=1, text="家賃は8万円で苦しいです。", by="clerk")

    assert texts([*events, corrected], "hearing") == ["未聴取"]
    found = replace(fact(said(1, corrected.text), "rent_monthly", 80_000, "8万円"), revision=1)
    assert texts([*events, corrected, found], "hearing") == ["家賃：月8万円"]
    assert texts([*events, corrected, found], "chief_complaint") == ["「家賃は8万円で苦しいです」"]

    flipped = SpeakerAssigned(utterance_id="u1", speaker=CLERK, by="clerk")
    assert texts([*events, flipped], "chief_complaint") == ["未聴取"]


def test_a_fact_holds_while_its_words_stand_in_a_text_not_yet_analysed() -> None:
    first = said(1, "えと家賃は6万円です")
    other = Revision(utterance_id="u1", revision=1, text="家賃は6万円です", by="clerk")

    assert texts([first, fact(first, "rent_monthly", 60_000, "6万円"), other], "hearing") == ["家賃：月6万円"]


def withdrawal(*, erase_text: bool) -> list[Event]:
    return [
        ConsentWithdrawn(erase_text=erase_text),
        Redacted(positions=(1, 2), recordings=("a.flac",), reason="consent_withdrawn"),
    ]


def test_nothing_survives_a_withdrawal_that_erases_the_text() -> None:
    spoken = said(1, "生活が苦しくて、困っています。家賃は6万円です。")
    typed = FieldEdited(
        field="hearing", before=(), after=(RecordLine(text="秘密", kind=LineKind.CLERK),), by="佐藤"
    )
    events = [spoken, fact(spoken, "rent_monthly", 60_000, "6万円"), typed, *withdrawal(erase_text=True)]

    record = drafted(events)

    for name in ("chief_complaint", "hearing", "guidance", "response", "next"):
        assert [(line.text, line.kind) for line in lines(record, name)] == [
            ("（同意の取り消しにより消去）", LineKind.UNSUPPORTED)
        ]
    assert (record.readback, record.ledger) == ((), ())


def test_notes_taken_after_a_withdrawal_stand() -> None:
    note = RecordLine(text="後で電話する", kind=LineKind.CLERK)
    events = [*withdrawal(erase_text=True), FieldEdited(field="next", before=(), after=(note,), by="佐藤")]

    assert lines(drafted(events), "next")[0] == note


def test_a_withdrawal_that_keeps_the_text_keeps_the_lines() -> None:
    events = [said(1, "生活が苦しくて、困っています。"), *withdrawal(erase_text=False)]

    assert texts(events, "chief_complaint") == ["「生活が苦しくて、困っています」"]


def test_an_edited_field_loses_what_was_erased_but_not_what_was_typed() -> None:
    quoted = RecordLine(text="「番号は〇〇」", kind=LineKind.QUOTED, utterance_ids=("u1",))
    typed = RecordLine(text="番号を確認した", kind=LineKind.CLERK, utterance_ids=("u1",))
    edit = FieldEdited(field="hearing", before=(), after=(quoted, typed), by="佐藤")

    erased, kept = lines(drafted([edit]), "hearing")

    assert (erased.text, erased.kind, erased.utterance_ids) == (
        "（根拠の発言は消去済み）",
        LineKind.UNSUPPORTED,
        (),
    )
    assert (kept.text, kept.kind, kept.utterance_ids) == ("番号を確認した", LineKind.CLERK, ())


def test_an_erased_line_can_be_deleted_for_good() -> None:
    quoted = RecordLine(text="「番号は〇〇」", kind=LineKind.QUOTED, utterance_ids=("u1",))
    edit = FieldEdited(field="hearing", before=(), after=(quoted,), by="佐藤")
    field = next(item for item in drafted([edit]).fields if item.name == "hearing")

    removal = edit_from_text(field, "", by="佐藤")

    assert removal is not None
    assert lines(drafted([edit, removal]), "hearing") == []


def test_a_line_that_the_clerk_typed_twice_stands_twice() -> None:
    typed = ["【収入】", "なし", "【資産】", "なし"]
    lines_typed = tuple(RecordLine(text=text, kind=LineKind.CLERK) for text in typed)
    edit = FieldEdited(field="opinion", before=(), after=lines_typed, by="佐藤")
    assert texts([edit], "opinion") == typed


def test_what_was_typed_outlives_its_field_in_the_template() -> None:
    note = RecordLine(text="所見", kind=LineKind.CLERK)

    record = drafted([FieldEdited(field="gone", before=(), after=(note,), by="佐藤")])

    assert lines(record, "gone") == [note]


def test_the_ledger_says_whose_words_brought_a_programme_up_why_it_stands_so_and_by_which_law() -> None:
    events: list[Event] = [
        said(1, "児童扶養手当のことですね。", CLERK),
        said(2, "母子手当がほしいんです。"),
        LedgerEntry(programme="jidou-fuyou-teate", state=LedgerState.UNTOLD, utterance_id="u1", by="program"),
        LedgerEntry(programme="jidou-fuyou-teate", state=LedgerState.UNTOLD, utterance_id="u2", by="program"),
        LedgerEntry(
            programme="jidou-fuyou-teate",
            state=LedgerState.UNTOLD,
            utterance_id=None,
            by="clerk",
            reason="時間がなかった",
        ),
    ]
    (entry,) = drafted(events).ledger
    assert (entry.quote, entry.by, entry.reason) == ("母子手当がほしいんです。", "clerk", "時間がなかった")
    assert entry.laws == ("児童扶養手当法",)
