"""What the screens show, without a screen."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from consult_assist.app.live.status import Phase, SessionStatus
from consult_assist.domain.consultation import ConsentWithdrawn, ConsultationState
from consult_assist.domain.events import StampedEvent
from consult_assist.domain.guidance import (
    Alert,
    AlertDismissed,
    LedgerEntry,
    LedgerState,
    Question,
    SuggestionsChanged,
)
from consult_assist.domain.record import LineKind, RecordField, RecordLine
from consult_assist.domain.speech import Draft, SegmentFailed, Speaker
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.errors import StoreBusyError
from consult_assist.tui.feed import EventFeed
from consult_assist.tui.presentation.cells import NEVER_FIRST, cut, pad, wrap, wrap_offsets
from consult_assist.tui.presentation.counter import Changed, CounterState, keep_places
from consult_assist.tui.presentation.guidance import question_rows, suggestion_rows
from consult_assist.tui.presentation.prose import Items, prose
from consult_assist.tui.presentation.protocol import banner_contacts, banner_quote
from consult_assist.tui.presentation.record_text import FieldDraft, editor_lines, merge, save_fields
from consult_assist.tui.presentation.records import record_title
from consult_assist.tui.presentation.status import ended_remark, meter, status_pieces
from consult_assist.tui.presentation.transcript_rows import Role, goes_on, line_rows
from tests.tui.facts import NOON, knowledge, talk_events, utterance
from tests.tui.scripted import summary

JAPANESE = st.text(alphabet="あ漢。、「」（ー9-a ァ", max_size=60)


@given(text=JAPANESE, width=st.integers(min_value=8, max_value=40))
def test_wrapped_rows_fit_and_lose_nothing(text: str, width: int) -> None:
    rows = wrap(text, width)
    assert "".join(rows) == text
    assert all(cell_len(row) <= width for row in rows)


def test_a_line_break_begins_a_row_that_has_all_its_room() -> None:
    assert wrap_offsets("一二三\n四五六七八九", 12) == []
    assert wrap_offsets("一二三\n四五六七八九十", 12) == [10]


def test_no_row_begins_with_punctuation_and_numbers_stay_whole() -> None:
    rows = wrap("家賃は五万八千円です。電話は03-1234-5678です。", 20)
    assert not any(row[0] in NEVER_FIRST for row in rows)
    assert any("03-1234-5678" in row for row in rows)
    assert wrap("収入の基準は119,000円です。", 18) == ["収入の基準は", "119,000円です。"]


@given(text=JAPANESE, width=st.integers(min_value=2, max_value=30))
def test_padded_text_is_exactly_as_wide_as_asked(text: str, width: int) -> None:
    assert cell_len(pad(text, width)) == width
    assert cell_len(cut(text, width)) <= width


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        (
            "えっと先月離婚しまして、子ども二人と三人で暮らしています",
            46,
            "えっと先月離婚しまして、子ども二人と三人で…",
        ),
        (
            "『仕事がなくなりまして、家賃』と話された（ほか 2 件）",
            51,
            "『仕事がなくなりまして、家賃』と話された…",
        ),
        (
            "必要なもの: 支給申請書、本人確認書類、離職・減収の分かるもの",
            47,
            "必要なもの: 支給申請書、本人確認書類、離職…",
        ),
        ("家賃が5万2千円で", 11, "家賃が…"),
        ("家賃は52,000円です", 13, "家賃は…"),
        ("住居確保給付金", 10, "住居確保…"),
        ("住居確保給付金", 0, ""),
        ("", -3, ""),
    ],
)
def test_what_is_cut_ends_with_a_phrase_and_never_within_a_figure(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown


def test_the_state_of_a_programme_stands_apart_from_a_long_name() -> None:
    programme = replace(
        knowledge().programmes["jukyo-kakuho"], name="自立相談支援（生活困窮者自立支援）のこと"
    )
    first, *_ = suggestion_rows(1, programme, "", LedgerState.UNTOLD, 34)
    assert "".join(text for text, _ in first).rstrip().endswith("… 未説明")


def test_a_replay_has_not_ended_while_words_are_still_to_come() -> None:
    status = SessionStatus(
        phase=Phase.RUNNING, recording=True, sound_s=150.0, behind_s=31.5, levels_db=(-60.0,)
    )
    assert ended_remark(status) == "残りを文字にしています…"
    assert "F9" in ended_remark(replace(status, behind_s=0.0))
    assert "F9" in ended_remark(replace(status, trouble="止まりました。"))


def test_a_suggestion_keeps_its_place_while_it_is_shown() -> None:
    places = keep_places((None, None, None), ["a", "b", "c", "d"])
    assert places == ("a", "b", "c")
    assert keep_places(places, ["d", "c", "a", "b"]) == ("a", "d", "c")
    assert keep_places(places, ["c"]) == (None, None, "c")


@pytest.mark.parametrize(
    ("base", "edited", "now", "expected"),
    [
        ("a b", "a b", "a b c", "a b c"),
        ("a b", "a mine", "a b c", "a mine c"),
        ("a b", "b", "a b c", "b c"),
        ("a b", "a b mine", "a B", "a B mine"),
        ("a 家賃5万", "a 家賃5万2千", "a 家賃6万", "a 家賃5万2千"),
        ("a 家賃5万", "a 家賃5万2千", "a 年齢30歳 家賃6万", "a 家賃5万2千 年齢30歳 家賃6万"),
        ("", "mine", "x y", "mine x y"),
    ],
    ids=[
        "untouched",
        "rewritten",
        "deleted",
        "corrected below mine",
        "both changed",
        "another one in its place",
        "into an empty field",
    ],
)
def test_what_the_clerk_typed_or_deleted_stays(base: str, edited: str, now: str, expected: str) -> None:
    assert merge(base.split(), edited.split(), now.split()) == tuple(expected.split())


def test_new_lines_wait_and_are_saved_with_the_edit() -> None:
    draft = FieldDraft(base=("a",), now=("a",))
    fields = [RecordField(name="f", label="f", lines=(_line("a"), _line("new")))]
    written: list[str] = []

    def write(_: str, text: str) -> None:
        written.append(text)
        fields[0] = RecordField(name="f", label="f", lines=tuple(map(_line, text.split("\n"))))

    saved = save_fields({"f": (draft, "a\nmine")}, lambda: fields, write)
    assert written == ["a\nmine\nnew"]
    assert saved.drafts["f"].waiting == 1
    assert saved.drafts["f"].merged("a\nmine too") == ("a", "mine too", "new")


def test_what_is_typed_on_is_one_line_although_the_record_kept_it_without_its_space() -> None:
    fields = [RecordField(name="f", label="f", lines=())]

    def write(_: str, text: str) -> None:
        line = RecordLine(text=text.rstrip(), kind=LineKind.CLERK)
        fields[0] = RecordField(name="f", label="f", lines=(line,))

    first = save_fields({"f": (FieldDraft(), "妹に ")}, lambda: fields, write)
    again = save_fields({"f": (first.drafts["f"], "妹に 電話")}, lambda: fields, write)
    assert [line.text for line in fields[0].lines] == ["妹に 電話"]
    assert not again.others


def test_own_words_are_not_taken_for_those_of_another_window_after_a_later_field_failed() -> None:
    stored: dict[str, Sequence[str]] = {"a": (), "b": ()}
    failing = {"b"}

    def read() -> Sequence[RecordField]:
        return [
            RecordField(
                name=name, label=name, lines=tuple(RecordLine(text=t, kind=LineKind.CLERK) for t in rows)
            )
            for name, rows in stored.items()
        ]

    def write(name: str, text: str) -> None:
        if name in failing:
            raise StoreBusyError("ほかの画面が使っています。")
        stored[name] = text.split("\n")

    first = save_fields({"a": (FieldDraft(), "父と電話"), "b": (FieldDraft(), "また来る")}, read, write)
    assert isinstance(first.failed, StoreBusyError)
    failing.clear()
    drafts = {"a": FieldDraft(), "b": FieldDraft(), **first.drafts}
    again = save_fields({"a": (drafts["a"], "父と電話。明日も"), "b": (drafts["b"], "また来る")}, read, write)
    assert stored == {"a": ["父と電話。明日も"], "b": ["また来る"]}
    assert not again.others
    assert again.failed is None


def test_lines_of_another_window_stand_beside_those_that_were_written_over_them() -> None:
    theirs = RecordLine(text="家賃6万", kind=LineKind.CLERK)
    fields = [RecordField(name="f", label="f", lines=(theirs,))]
    written: list[str] = []
    draft = FieldDraft(base=("家賃5万",), now=("家賃5万",))
    saved = save_fields({"f": (draft, "家賃5万2千")}, lambda: fields, lambda _, text: written.append(text))
    assert written == ["家賃5万2千\n家賃6万"]
    assert saved.others == {"f": ["家賃6万"]}


def test_a_field_nobody_asked_about_is_empty_in_the_editor() -> None:
    unasked = RecordLine(text="未聴取", kind=LineKind.NOT_ASKED)
    assert editor_lines(RecordField(name="f", label="f", lines=(unasked,))) == ()
    assert editor_lines(RecordField(name="f", label="f", lines=(_line("a"), unasked))) == ("a",)


def test_a_final_takes_the_place_of_its_draft() -> None:
    state = CounterState()
    state.apply(Draft(channel=0, start_s=5.0, text="先月離婚"))
    state.apply(Draft(channel=1, start_s=5.0, text="はい"))
    state.apply(utterance(1, None, "先月離婚しました。"))
    assert list(state.drafts) == [1]


def test_alerts_queue_once_each_and_go_when_dismissed() -> None:
    state = CounterState()
    for protocol in ("dv", "dv", "destitution"):
        state.apply(Alert(protocol=protocol, utterance_id="u1"))
    assert [alert.protocol for alert in state.alerts] == ["dv", "destitution"]
    assert state.apply(AlertDismissed(protocol="dv")) is Changed.ALERTS
    assert [alert.protocol for alert in state.alerts] == ["destitution"]


def test_erased_words_are_forgotten() -> None:
    state = CounterState()
    state.apply_all(
        [*talk_events(), Draft(channel=0, start_s=99.0, text="あの"), Alert(protocol="dv", utterance_id="u1")]
    )
    state.apply(ConsentWithdrawn(erase_text=True))
    assert not list(state.transcript)
    assert not state.drafts
    assert not state.suggested
    assert not state.alerts
    assert state.erased


def test_a_failed_line_counts_until_it_was_recognised() -> None:
    state = CounterState()
    state.apply(SegmentFailed(id="u1", channel=0, start_s=5.0, end_s=9.0, reason="時間切れ"))
    assert state.failed == ["u1"]
    state.apply(utterance(1, None, "やり直せました。"))
    assert state.failed == []


def test_a_new_suggestion_list_moves_nothing_that_stays() -> None:
    state = CounterState()
    state.apply(SuggestionsChanged(shown=("a", "b"), why=()))
    state.apply(SuggestionsChanged(shown=("c", "b", "a"), why=()))
    assert state.suggestion_places == ("a", "b", "c")


def test_the_feed_keeps_order_and_only_the_last_draft_in_a_row() -> None:
    feed = EventFeed()
    first, last = Draft(channel=0, start_s=0.0, text="あ"), Draft(channel=0, start_s=0.0, text="あの")
    final = utterance(0, None, "あのですね。")
    for event in (first, last, final, first):
        feed.put(StampedEvent(event=event, at=NOON, at_s=0.0, sound_s=0.0))
    assert feed.take() == [last, final, first]
    assert feed.take() == []


def test_every_row_of_a_line_fits_and_the_corrected_part_is_marked() -> None:
    line = _transcript_line(
        "児童扶養手当ですね。" * 6, heard="自動扶養手当ですね。" + "児童扶養手当ですね。" * 5
    )
    rows = line_rows(line, 40)
    assert all(sum(cell_len(text) for text, _ in row) <= 40 for row in rows)
    assert [text for row in rows for text, role in row if role is Role.CORRECTED] == ["児童"]


def test_a_failed_line_says_what_to_do_where_something_can_be_done() -> None:
    failed = _transcript_line("", failure="時間切れ")
    said = ["".join(text for text, _ in line_rows(failed, 60, retry=retry)[0]) for retry in ("（F4）", "")]
    assert [text.split()[-1] for text in said] == ["認識できませんでした（F4）", "認識できませんでした"]


def test_a_speaker_who_goes_on_is_named_once() -> None:
    first = replace(_transcript_line("お名前をお願いします。"), speaker=Speaker.CLERK)
    second = replace(first, id="u2", text="お電話番号もお願いします。")
    assert goes_on(first, second)
    assert not goes_on(None, first)
    assert not goes_on(first, replace(second, speaker=Speaker.RESIDENT))
    assert not goes_on(replace(first, speaker=None), replace(second, speaker=None))
    named, unnamed = line_rows(first, 40), line_rows(second, 40, named=False)
    assert "職員" in named[0][0][0]
    assert unnamed[0][0][0].isspace()
    assert cell_len(unnamed[0][0][0]) == cell_len(named[0][0][0])


@pytest.mark.parametrize(
    ("level_db", "bar"), [(-90.0, "[          ]"), (-30.0, "[|||||     ]"), (3.0, "[||||||||||]")]
)
def test_the_meter_needs_no_colour(level_db: float, bar: str) -> None:
    assert meter(level_db) == bar


@pytest.mark.parametrize(
    ("phase", "recording", "words"),
    [
        (Phase.RUNNING, True, "● 録音中"),
        (Phase.RUNNING, False, "録音なし"),
        (Phase.PAUSED, False, "一時停止"),
        (Phase.MICROPHONE_LOST, False, "マイクが外れています"),
        (Phase.RECORDING_FAILED, False, "録音できません"),
        (Phase.HANDWRITTEN, False, "手書き"),
    ],
)
def test_the_status_says_in_words_what_is_captured(phase: Phase, recording: bool, words: str) -> None:
    status = SessionStatus(phase=phase, recording=recording, sound_s=754.0, behind_s=0.4, levels_db=(-24.0,))
    text = "".join(piece for piece, _ in status_pieces(status, replay=False))
    assert words in text
    assert ("12:34" in text and "遅れ 0.4秒" in text) is (phase is not Phase.HANDWRITTEN)


def test_before_the_first_sound_the_status_does_not_claim_that_nothing_is_recorded() -> None:
    status = SessionStatus(phase=Phase.RUNNING, recording=False, sound_s=0.0, behind_s=0.0, levels_db=())
    text = "".join(piece for piece, _ in status_pieces(status, replay=False))
    assert "マイクを開いています" in text
    assert "録音なし" not in text


def test_the_status_says_that_guidance_is_not_ready_yet() -> None:
    status = SessionStatus(
        phase=Phase.RUNNING,
        recording=True,
        sound_s=1.0,
        behind_s=0.0,
        levels_db=(-24.0, -30.0),
        preparing=True,
    )
    text = "".join(piece for piece, _ in status_pieces(status, replay=False))
    assert text.endswith("  案内は準備中")
    assert "準備" not in "".join(
        piece for piece, _ in status_pieces(replace(status, preparing=False), replay=False)
    )


def test_the_words_that_raised_a_danger_take_two_rows_and_no_more() -> None:
    rows = prose(banner_quote("財布に二千円くらいしかなくて、貯金はありません。"), 44).plain.splitlines()
    assert rows == ["きっかけ  「財布に二千円くらいしかなくて、貯", "          金はありません。」"]
    assert prose(banner_quote("あ" * 99), 44).plain.count("\n") == 1
    assert prose(banner_quote("あ" * 99), 44).plain.endswith("…")


def test_a_question_takes_one_row_where_room_is_short_unless_it_is_longer() -> None:
    short, long = (Question(programme="p", text=text) for text in ("お子さんはいますか", "あ" * 20))
    assert [len(question_rows(item, 24, packed=True)) for item in (short, long, None)] == [1, 2, 0]
    assert [len(question_rows(item, 24)) for item in (short, long, None)] == [2, 2, 2]


def test_all_that_is_still_open_in_the_ledger_can_be_paged_through() -> None:
    state = CounterState()
    state.apply_all(talk_events())
    for programme, ledger in (("x", LedgerState.UNTOLD), ("y", LedgerState.TOLD), ("z", LedgerState.CHECK)):
        state.apply(LedgerEntry(programme=programme, state=ledger, utterance_id="u1", by="program"))
    suggested = ("jidou-fuyou-teate", "jukyo-kakuho", "shugaku-enjo", "boshi-kashitsuke")
    assert state.listed == (*suggested, "x", "z")


def test_the_banner_has_the_numbers_and_says_which_are_missing() -> None:
    facts = knowledge()
    rows = prose(banner_contacts(facts.protocols["dv"], facts), 44).plain
    text = prose(banner_contacts(facts.protocols["dv"], facts), 200).plain
    assert "電話  110 警察   #8008 DV相談ナビ" in rows
    assert prose([Items("電話  ", ((("110 警察", ""),), (("#8008 DV相談ナビ", ""),)))], 24).plain == (
        "電話  110 警察\n      #8008 DV相談ナビ"
    )
    assert "電話未登録  配偶者暴力相談支援センター" in text
    long = ((("0120-000-000", ""), (" よりそいホットライン（岩手・宮城・福島）", "")),)
    assert prose([Items("電話  ", long)], 39).plain.splitlines() == [
        "電話  0120-000-000 よりそいホットライン",
        "      （岩手・宮城・福島）",
    ]


def _line(text: str) -> RecordLine:
    return RecordLine(text=text, kind=LineKind.CONDENSED)


def _transcript_line(text: str, heard: str | None = None, failure: str | None = None) -> TranscriptLine:
    return TranscriptLine(
        id="u1",
        channel=0,
        speaker=None,
        start_s=0.0,
        end_s=4.0,
        heard=heard or text,
        text=text,
        failure=failure,
    )


def test_a_record_that_f5_does_not_hand_in_does_not_say_so() -> None:
    going_on = summary(1, state=ConsultationState.OPEN)
    assert "F5で提出" in record_title(going_on)
    assert "（書きかけ）" in record_title(going_on, submits=False)
