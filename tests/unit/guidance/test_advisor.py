"""Suggestions, questions, alerts and the ledger, utterance by utterance."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import pytest

from consult_assist.domain.events import Event
from consult_assist.domain.guidance import (
    Alert,
    AlertDismissed,
    Fact,
    LedgerEntry,
    LedgerState,
    Match,
    QuestionsChanged,
    SuggestionsChanged,
    Term,
)
from consult_assist.domain.knowledge import DangerProtocol, Programme
from consult_assist.domain.speech import Speaker, SpeakerAssigned
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.guidance.advisor import Advice, Advisor
from tests.nothing_known import NOTHING_KNOWN

E = TypeVar("E", bound=Advice)
QUESTIONS = {
    "a": ("今の家賃と滞納の額を教えてください", "退去の期限はいつですか", "保証会社から通知は来ていますか"),
    "b": ("申請のお気持ちはありますか",),
}


def _advisor() -> Advisor:
    programmes = {
        item: Programme(
            id=item, name=f"制度{item}", category="", summary="", names=(), questions=QUESTIONS.get(item, ())
        )
        for item in "abcdefgh"
    }
    return Advisor(replace(NOTHING_KNOWN, programmes=programmes))


@pytest.fixture
def advisor() -> Advisor:
    return _advisor()


def _line(
    number: int, text: str = "家賃が払えない", speaker: Speaker | None = None, start_s: float | None = None
) -> TranscriptLine:
    start = number * 5.0 if start_s is None else start_s
    return TranscriptLine(
        id=f"u{number}", channel=0, speaker=speaker, start_s=start, end_s=start + 4, heard=text, text=text
    )


def _say(
    advisor: Advisor,
    number: int,
    *found: Term | Fact,
    speaker: Speaker | None = None,
    text: str = "家賃が払えない",
    start_s: float | None = None,
) -> tuple[Advice, ...]:
    return advisor.advise(_line(number, text, speaker, start_s), found)


def _term(programme: str, number: int, how: Match = Match.CUE, name: str = "家賃 払えない") -> Term:
    return Term(
        utterance_id=f"u{number}",
        revision=0,
        start_char=0,
        end_char=7,
        name=name,
        programme=programme,
        how=how,
    )


def _danger(number: int, protocol: str = "dv") -> Term:
    return Term(
        utterance_id=f"u{number}",
        revision=0,
        start_char=0,
        end_char=2,
        name="殴られる",
        protocol=protocol,
        how=Match.CUE,
    )


def _only(advice: Sequence[Advice], kind: type[E]) -> list[E]:
    return [item for item in advice if isinstance(item, kind)]


def _shown(advice: Sequence[Advice]) -> tuple[str, ...]:
    (change,) = _only(advice, SuggestionsChanged)
    return change.shown


def test_a_situation_suggests_with_its_reason_and_opens_the_ledger(advisor: Advisor) -> None:
    advice = _say(advisor, 1, _term("a", 1), speaker=Speaker.RESIDENT)
    (change,) = _only(advice, SuggestionsChanged)
    assert change.shown == ("a",)
    assert change.why[0].reason == "『家賃が払えない』と話された"
    assert change.why[0].utterance_ids == ("u1",)
    assert _only(advice, LedgerEntry) == [
        LedgerEntry(programme="a", state=LedgerState.UNTOLD, utterance_id="u1", by="program")
    ]


def test_nothing_new_changes_nothing(advisor: Advisor) -> None:
    _say(advisor, 1, _term("a", 1))
    assert _say(advisor, 2, text="そうなんです") == ()


def test_a_suggestion_keeps_its_place_until_another_is_clearly_ahead(advisor: Advisor) -> None:
    assert _shown(_say(advisor, 1, _term("a", 1))) == ("a",)
    assert _shown(_say(advisor, 2, _term("b", 2), start_s=7.0)) == ("a", "b")
    assert _shown(_say(advisor, 3, _term("c", 3, Match.EXACT))) == ("c", "a", "b")


def test_what_was_just_said_comes_to_the_front(advisor: Advisor) -> None:
    _say(advisor, 1, _term("a", 1))
    assert _shown(_say(advisor, 2, _term("b", 2), start_s=12.0)) == ("b", "a")


def test_what_was_said_long_ago_gives_way(advisor: Advisor) -> None:
    _say(advisor, 1, _term("a", 1))
    assert _shown(_say(advisor, 2, _term("b", 2), start_s=60.0)) == ("b", "a")


def test_at_most_five_are_suggested(advisor: Advisor) -> None:
    advice = _say(advisor, 1, *(_term(item, 1) for item in "abcdefgh"))
    assert len(_shown(advice)) == 5


def test_the_clerks_description_of_a_situation_suggests_nothing(advisor: Advisor) -> None:
    assert _say(advisor, 1, _term("a", 1), speaker=Speaker.CLERK) == ()


def test_a_programme_the_clerk_names_is_told_and_leaves_later(advisor: Advisor) -> None:
    _say(advisor, 1, _term("a", 1), speaker=Speaker.RESIDENT)
    advice = _say(advisor, 2, _term("a", 2, Match.EXACT), speaker=Speaker.CLERK)
    (entry,) = _only(advice, LedgerEntry)
    assert (entry.state, entry.utterance_id, entry.by) == (LedgerState.TOLD, "u2", "program")
    assert _say(advisor, 3, text="はい", start_s=30.0) == ()
    assert _shown(_say(advisor, 4, text="はい", start_s=120.0)) == ()


def test_what_the_clerk_explained_gives_way_once_the_resident_speaks_again(advisor: Advisor) -> None:
    _say(advisor, 1, _term("b", 1), speaker=Speaker.RESIDENT)
    named = _say(advisor, 2, _term("a", 2, Match.EXACT), speaker=Speaker.CLERK)
    assert _shown(named) == ("a", "b")
    assert _shown(_say(advisor, 3, speaker=Speaker.RESIDENT, text="はい")) == ("b", "a")


def test_a_flipped_speaker_tells_and_untells(advisor: Advisor) -> None:
    _say(advisor, 1, _term("a", 1, Match.EXACT))
    told = advisor.note(SpeakerAssigned(utterance_id="u1", speaker=Speaker.CLERK, by="clerk"))
    assert [entry.state for entry in _only(told, LedgerEntry)] == [LedgerState.TOLD]
    back = advisor.note(SpeakerAssigned(utterance_id="u1", speaker=Speaker.RESIDENT, by="clerk"))
    assert [entry.state for entry in _only(back, LedgerEntry)] == [LedgerState.UNTOLD]


def test_the_clerks_own_setting_wins(advisor: Advisor) -> None:
    _say(advisor, 1, _term("a", 1))
    advisor.note(
        LedgerEntry(programme="a", state=LedgerState.CHECK, utterance_id=None, by="clerk", reason="後日")
    )
    advice = _say(advisor, 2, _term("a", 2, Match.EXACT), speaker=Speaker.CLERK)
    assert _only(advice, LedgerEntry) == []


def test_what_the_clerk_ruled_out_leaves(advisor: Advisor) -> None:
    _say(advisor, 1, _term("a", 1))
    advisor.note(LedgerEntry(programme="a", state=LedgerState.NOT_APPLICABLE, utterance_id=None, by="clerk"))
    assert _shown(_say(advisor, 2, text="はい", start_s=40.0)) == ()
    assert _say(advisor, 3, _term("a", 3), start_s=50.0) == ()


def test_questions_come_from_the_suggestions_and_keep_their_place(advisor: Advisor) -> None:
    (first,) = _only(_say(advisor, 1, _term("a", 1)), QuestionsChanged)
    assert [question.text for question in first.shown] == list(QUESTIONS["a"])
    advice = _say(advisor, 2, text="今の家賃はおいくらで、滞納はどのくらいですか", speaker=Speaker.CLERK)
    (second,) = _only(advice, QuestionsChanged)
    assert [question.text for question in second.shown] == list(QUESTIONS["a"][1:])


def test_a_resident_telling_does_not_ask_the_question(advisor: Advisor) -> None:
    _say(advisor, 1, _term("a", 1), speaker=Speaker.RESIDENT)
    assert _say(advisor, 2, text="家賃も滞納も困っています", speaker=Speaker.RESIDENT) == ()


def test_known_facts_answer_a_question(advisor: Advisor) -> None:
    _say(advisor, 1, _term("a", 1), speaker=Speaker.RESIDENT)
    facts = [
        Fact(name=name, value=3, utterance_id="u2", revision=0, start_char=0, end_char=1)
        for name in ("rent_monthly", "arrears_months")
    ]
    advice = _say(advisor, 2, *facts, text="5万で3か月です", speaker=Speaker.RESIDENT)
    (change,) = _only(advice, QuestionsChanged)
    assert QUESTIONS["a"][0] not in [question.text for question in change.shown]


def test_an_alert_is_raised_once_and_again_only_long_after_it_was_dismissed(advisor: Advisor) -> None:
    assert _say(advisor, 1, _danger(1), start_s=0.0) == (Alert(protocol="dv", utterance_id="u1"),)
    assert _say(advisor, 2, _danger(2), start_s=10.0) == ()
    assert advisor.note(AlertDismissed(protocol="dv")) == ()
    assert _say(advisor, 3, _danger(3), start_s=100.0) == ()
    assert _say(advisor, 4, _danger(4), start_s=300.0) == (Alert(protocol="dv", utterance_id="u4"),)


def test_questions_of_a_danger_leave_with_it() -> None:
    danger = DangerProtocol(
        id="dv", title="", steps=(), contacts=(), cues=(), questions=("けがはありますか",)
    )
    advisor = Advisor(replace(NOTHING_KNOWN, protocols={"dv": danger}))
    (asked,) = _only(_say(advisor, 1, _danger(1)), QuestionsChanged)
    assert [question.protocol for question in asked.shown] == ["dv"]
    assert advisor.note(AlertDismissed(protocol="dv")) == (QuestionsChanged(shown=()),)


def test_each_protocol_stands_for_itself(advisor: Advisor) -> None:
    _say(advisor, 1, _danger(1))
    advice = _say(advisor, 2, _danger(2), _danger(2, "suicide"))
    assert advice == (Alert(protocol="suicide", utterance_id="u2"),)


def test_two_doubtful_signs_within_a_minute_raise_an_alert(advisor: Advisor) -> None:
    def doubtful(number: int) -> Term:
        return replace(_danger(number), confidence=0.25)

    assert _only(_say(advisor, 1, doubtful(1), start_s=0.0), Alert) == []
    assert _only(_say(advisor, 2, doubtful(2), start_s=100.0), Alert) == []
    assert _only(_say(advisor, 3, doubtful(3), speaker=Speaker.CLERK, start_s=130.0), Alert) == []
    assert _only(_say(advisor, 4, doubtful(4), start_s=140.0), Alert) == [
        Alert(protocol="dv", utterance_id="u4")
    ]


def test_the_clerks_words_never_raise_an_alert(advisor: Advisor) -> None:
    assert _say(advisor, 1, _danger(1), speaker=Speaker.CLERK) == ()


def _assign(advisor: Advisor, number: int, speaker: Speaker) -> tuple[Advice, ...]:
    return advisor.note(SpeakerAssigned(utterance_id=f"u{number}", speaker=speaker, by="clerk"))


def test_a_line_that_turns_out_to_be_the_residents_raises_its_alert(advisor: Advisor) -> None:
    _say(advisor, 1, _danger(1), speaker=Speaker.CLERK)
    assert _only(_assign(advisor, 1, Speaker.RESIDENT), Alert) == [Alert(protocol="dv", utterance_id="u1")]
    _assign(advisor, 1, Speaker.CLERK)
    assert _only(_assign(advisor, 1, Speaker.RESIDENT), Alert) == []


def test_a_flipped_line_does_not_bring_back_what_was_put_away_after_it(advisor: Advisor) -> None:
    _say(advisor, 1, _danger(1), speaker=Speaker.CLERK)
    _say(advisor, 2, _danger(2))
    advisor.note(AlertDismissed(protocol="dv"))
    assert _only(_assign(advisor, 1, Speaker.RESIDENT), Alert) == []


def test_an_earlier_sign_that_is_the_residents_after_all_keeps_a_later_one_company(advisor: Advisor) -> None:
    def doubtful(number: int, protocol: str = "dv") -> Term:
        return replace(_danger(number, protocol), confidence=0.25)

    _say(advisor, 1, doubtful(1), speaker=Speaker.CLERK)
    _say(advisor, 2, doubtful(2, "suicide"), start_s=30.0)
    assert _only(_say(advisor, 3, doubtful(3), start_s=50.0), Alert) == []
    assert _only(_assign(advisor, 1, Speaker.RESIDENT), Alert) == [Alert(protocol="dv", utterance_id="u3")]
    corrected = _say(advisor, 1, doubtful(1, "suicide"))
    assert _only(corrected, Alert) == []  # while one stands, a doubtful sign tells more of the same


def test_a_line_heard_again_counts_once_as_it_is_now(advisor: Advisor) -> None:
    _say(advisor, 1, _term("a", 1), text="家賃と滞納の額を教えてください", speaker=Speaker.CLERK)
    advice = _say(advisor, 1, _term("b", 1), speaker=Speaker.RESIDENT)
    assert _shown(advice) == ("b",)
    (questions,) = _only(_say(advisor, 2, _term("a", 2)), QuestionsChanged)
    assert QUESTIONS["a"][0] in [question.text for question in questions.shown]


def _calls(act: Callable[[], object]) -> int:
    """Return how many functions run while something is done: its cost, the same on every machine."""
    count = 0

    def note(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(before)
    return count


def test_an_utterance_costs_as_much_late_as_early(advisor: Advisor) -> None:
    def talk(since: int, until: int) -> None:
        for number in range(since, until):
            speaker = Speaker.CLERK if number % 2 else Speaker.RESIDENT
            text = f"家賃はいくらですか。話題{'アイウエオ'[number % 5]}です"
            _say(advisor, number, _term("a", number), text=text, speaker=speaker)

    talk(0, 20)
    early = _calls(lambda: talk(20, 30))
    talk(30, 300)
    assert _calls(lambda: talk(300, 310)) <= 1.2 * early


def test_a_reason_names_the_line_it_quotes_and_the_latest_however_long_the_talk(advisor: Advisor) -> None:
    _say(advisor, 0, _term("a", 0, Match.EXACT))
    for number in range(1, 99):
        _say(advisor, number, _term("a", number))
    (latest,) = _only(_say(advisor, 99, _term("a", 99), _term("b", 99, Match.EXACT)), SuggestionsChanged)
    lines = {reason.programme: reason.utterance_ids for reason in latest.why}["a"]
    assert (lines[0], lines[-1]) == ("u0", "u99")
    assert len(lines) < 20


def _earlier_run() -> tuple[list[TranscriptLine], dict[str, list[Term | Fact]]]:
    lines = [
        _line(1, speaker=Speaker.RESIDENT),
        _line(2, "今の家賃と滞納の額はいくらですか", Speaker.CLERK),
        _line(3, "殴られるんです", Speaker.RESIDENT),
        _line(4, "制度cがあります", Speaker.CLERK),
    ]
    found: dict[str, list[Term | Fact]] = {
        "u1": [_term("a", 1), _term("b", 1)],
        "u3": [_danger(3)],
        "u4": [_term("c", 4, Match.EXACT)],
    }
    return lines, found


def test_a_restored_advisor_goes_on_like_the_one_that_was_there() -> None:
    lines, found = _earlier_run()
    lived, restored = _advisor(), _advisor()
    advice = [item for line in lines for item in lived.advise(line, found.get(line.id, ()))]
    check = LedgerEntry(programme="b", state=LedgerState.CHECK, utterance_id=None, by="clerk")
    restored.restore(lines, found, [*advice, check, *lived.note(check)])
    for number, item in enumerate(
        (_danger(5), _term("d", 6), _term("b", 7, Match.EXACT), _danger(8)), start=5
    ):
        assert _say(restored, number, item) == _say(lived, number, item)


def test_restoring_respects_what_was_put_away_and_who_spoke(advisor: Advisor) -> None:
    lines, found = _earlier_run()
    found["u4"] = [_danger(4, "suicide")]
    flipped = SpeakerAssigned(utterance_id="u4", speaker=Speaker.RESIDENT, by="clerk")
    alerts = [Alert(protocol="dv", utterance_id="u3"), Alert(protocol="suicide", utterance_id="u4")]
    advisor.restore(lines, found, [alerts[0], AlertDismissed(protocol="dv"), flipped, alerts[1]])
    assert _only(_say(advisor, 5, _danger(5), _danger(5, "suicide")), Alert) == []
    later = _say(advisor, 6, _danger(6), _danger(6, "suicide"), start_s=200.0)
    assert _only(later, Alert) == [Alert(protocol="dv", utterance_id="u6")]


def test_a_danger_that_was_never_shown_is_shown_after_a_restart() -> None:
    doubtful = replace(_danger(2, "suicide"), confidence=0.9)
    lines, found = [_line(1), _line(2)], {"u1": [_danger(1)], "u2": [doubtful]}
    lived, restored = _advisor(), _advisor()
    advice = [item for line in lines for item in lived.advise(line, found[line.id])]
    assert _only(advice, Alert) == [Alert(protocol="dv", utterance_id="u1")]
    restored.restore(lines, found, advice)
    assert _only(_say(restored, 3, _danger(3, "suicide")), Alert) == [
        Alert(protocol="suicide", utterance_id="u3")
    ]


def _runs(*lines: TranscriptLine, **found: list[Term | Fact]) -> tuple[Advisor, Advisor]:
    """Return who lived through a talk in which b was explained after the first line, and who restarted."""
    lived, restored = _advisor(), _advisor()
    told = LedgerEntry(programme="b", state=LedgerState.TOLD, utterance_id="u1", by="clerk")
    events: list[Event] = []
    for line in lines:
        events += lived.advise(line, found[line.id])
        if line.id == "u1":
            events += [told, *lived.note(told)]
    restored.restore(lines, found, events)
    return lived, restored


def test_a_restart_moves_nothing_on_the_screen() -> None:
    lived, restored = _runs(
        _line(1),
        _line(2, "家賃のことも聞いていいですか"),
        u1=[_term("b", 1, Match.EXACT)],
        u2=[_term("a", 2, Match.EXACT)],
    )
    for number in range(3, 6):
        assert _say(restored, number, _term("a", number)) == _say(lived, number, _term("a", number))


def test_a_restart_reads_each_line_by_what_had_been_explained_then() -> None:
    text = "小学校の給食費のことも、この機会に一緒に聞いてもいいですか"
    asked = replace(_term("a", 2), confidence=0.9, end_char=len(text))
    lived, restored = _runs(_line(1), _line(2, text), u1=[_term("b", 1, Match.EXACT)], u2=[asked])
    after = _say(lived, 3, _term("c", 3, Match.EXACT))
    assert "a" not in _only(after, SuggestionsChanged)[-1].shown
    assert _say(restored, 3, _term("c", 3, Match.EXACT)) == after


def test_a_restart_counts_what_was_found_in_the_latest_text_once() -> None:
    lived, restored = _advisor(), _advisor()
    corrected = replace(_line(1, "給食費が払えない"), revision=1)
    now = replace(_term("c", 1, Match.EXACT), revision=1)
    before = _term("a", 1, Match.EXACT)
    events = [*lived.advise(_line(1), [before]), *lived.advise(corrected, [now])]
    restored.restore([corrected], {"u1": [before, now, now]}, events)
    assert _say(restored, 2, _term("d", 2, Match.EXACT)) == _say(lived, 2, _term("d", 2, Match.EXACT))


def test_restoring_passes_over_the_lines_once() -> None:
    lines = [_line(number) for number in range(400)]
    found: dict[str, list[Term | Fact]] = {line.id: [_term("a", at)] for at, line in enumerate(lines)}
    acts = [SpeakerAssigned(utterance_id=line.id, speaker=Speaker.RESIDENT, by="program") for line in lines]
    few = _calls(lambda: _advisor().restore(lines[:200], found, acts[:200]))
    assert _calls(lambda: _advisor().restore(lines, found, acts)) <= 2.2 * few


def _with_related(**related: tuple[str, ...]) -> Advisor:
    programmes = {
        item: Programme(
            id=item, name=f"制度{item}", category="", summary="", names=(), related=related.get(item, ())
        )
        for item in "abcd"
    }
    return Advisor(replace(NOTHING_KNOWN, programmes=programmes))


def test_what_two_named_ones_list_first_comes_with_them() -> None:
    advisor = _with_related(a=("c", "e", "d"), b=("c", "f", "d"))
    assert _shown(_say(advisor, 1, _term("a", 1, Match.EXACT))) == ("a",)
    (change,) = _only(_say(advisor, 2, _term("b", 2, Match.EXACT)), SuggestionsChanged)
    assert set(change.shown[:2]) == {"a", "b"}
    assert change.shown[2:] == ("c",)
    assert change.why[2].reason in ("「制度a」とあわせて", "「制度b」とあわせて")
    assert change.why[2].utterance_ids in (("u1",), ("u2",))


def test_what_the_clerk_names_brings_along_what_was_half_told() -> None:
    advisor = _with_related(a=("b",))
    assert not _say(advisor, 1, _likely("b", 1, 0.8))
    named = _say(advisor, 2, _term("a", 2, Match.EXACT), speaker=Speaker.CLERK, text="制度aがあります")
    assert _shown(named) == ("a", "b")


def test_a_situation_alone_brings_nothing_along() -> None:
    assert _shown(_say(_with_related(a=("b",)), 1, _term("a", 1))) == ("a",)


RENT = Fact(name="rent_monthly", value=50000, utterance_id="u1", revision=0, start_char=0, end_char=3)
AGE = replace(RENT, name="child_age", value=3, utterance_id="u2")
LOST = replace(RENT, name="job_lost", value="8月", utterance_id="u2")


def _with_facts(*facts: str) -> Advisor:
    programme = Programme(id="a", name="制度a", category="", summary="", names=(), facts=facts)
    other = Programme(id="b", name="制度b", category="", summary="", names=(), related=("c", "d", "a"))
    return Advisor(
        replace(NOTHING_KNOWN, programmes={"a": programme, "b": other})
    )  # fmt: skip


def test_what_only_several_lines_tell_suggests_with_all_of_them() -> None:
    advisor = _with_facts("家賃", "離職")
    assert not _say(advisor, 1, RENT)
    _say(advisor, 2, LOST)
    (change,) = _only(_say(advisor, 3, _term("b", 3, Match.EXACT)), SuggestionsChanged)
    assert change.shown == ("b", "a")
    assert change.why[1].utterance_ids == ("u1", "u2")
    assert change.why[1].reason == "『家賃 月5万円・離職 8月』と話された"


def test_facts_that_another_line_turns_out_not_to_tell_are_taken_back() -> None:
    advisor = _with_facts("家賃", "離職")
    for number, fact in ((1, RENT), (2, LOST)):
        _say(advisor, number, fact)
    advisor.note(SpeakerAssigned(utterance_id="u2", speaker=Speaker.CLERK, by="clerk"))
    assert _shown(_say(advisor, 3, _term("b", 3, Match.EXACT))) == ("b",)


def test_facts_that_no_list_names_suggest_nothing() -> None:
    advisor = _with_facts("家賃 0〜3万円", "離職")
    _say(advisor, 1, RENT)
    _say(advisor, 2, AGE)
    assert _shown(_say(advisor, 3, _term("b", 3, Match.EXACT))) == ("b",)


def _likely(programme: str, number: int, confidence: float, n_chars: int = 7) -> Term:
    term = _term(programme, number, name=f"例 {programme}{number}")
    return replace(term, confidence=confidence, end_char=n_chars)


def test_a_doubtful_situation_counts_beside_a_related_programme() -> None:
    alone, beside = _with_related(), _with_related(a=("d", "e", "b"))
    text = "家賃が払えなくて困っています"
    for advisor in (alone, beside):
        assert not _say(advisor, 1, _likely("b", 1, 0.77, len(text)), text=text)
    named = _term("a", 2, Match.EXACT)
    assert _shown(_say(alone, 2, named, speaker=Speaker.CLERK)) == ("a",)
    assert _shown(_say(beside, 2, named, speaker=Speaker.CLERK)) == ("a", "b")


def test_doubtful_situations_add_up_over_the_talk(advisor: Advisor) -> None:
    said = [_say(advisor, number, _likely("b", number, 0.6)) for number in range(1, 7)]
    assert not any(_only(advice, SuggestionsChanged) for advice in said[:3])
    assert _shown([item for advice in said for item in advice]) == ("b",)


def test_what_the_talk_left_behind_needs_more_than_one_sentence(advisor: Advisor) -> None:
    _say(advisor, 1, text="今日は天気がよくて助かりました" * 10)
    text = "仕事をなくして家賃の支払いに困っています"
    assert not _say(advisor, 2, _likely("b", 2, 0.8, len(text)), text=text)
    much_later = _say(advisor, 3, _likely("b", 3, 0.8, len(text)), text=text, start_s=3600.0)
    assert _shown(much_later) == ("b",)


def test_one_sentence_beyond_doubt_is_enough_however_much_else_is_said(advisor: Advisor) -> None:
    _say(advisor, 1, text="今日は天気がよくて助かりました" * 10)
    assert _shown(_say(advisor, 2, _likely("b", 2, 0.9))) == ("b",)


def test_a_question_about_what_was_explained_raises_nothing_new(advisor: Advisor) -> None:
    text = "仕事をなくした人は、それをいつもらえますか"
    _say(advisor, 1, _term("a", 1, Match.EXACT), speaker=Speaker.CLERK)
    asked = _say(advisor, 2, _likely("b", 2, 0.9, len(text)), text=text)
    assert not _only(asked, SuggestionsChanged)
    told = _likely("b", 3, 0.9, len(text) - 1)
    assert "b" in _shown(_say(advisor, 3, told, text=text.removesuffix("か")))


def test_a_line_turned_out_to_be_the_clerks_tells_of_no_need(advisor: Advisor) -> None:
    text = "仕事をなくして家賃の支払いに困っています"
    assert _shown(_say(advisor, 1, _likely("b", 1, 0.9, len(text)), text=text)) == ("b",)
    turned = SpeakerAssigned(utterance_id="u1", speaker=Speaker.CLERK, by="program")
    assert _shown(advisor.note(turned)) == ()
    assert _shown(_say(advisor, 2, _likely("b", 2, 0.9, len(text)), text=text)) == ("b",)


def test_while_a_danger_stands_another_needs_words_of_its_own(advisor: Advisor) -> None:
    likely = replace(_danger(1, "child-abuse"), confidence=0.9)
    assert _only(_say(advisor, 1, likely), Alert)
    assert not _only(_say(advisor, 2, replace(_danger(2, "dv"), confidence=0.9)), Alert)
    assert _only(_say(advisor, 3, _danger(3, "dv")), Alert)
