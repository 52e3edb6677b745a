"""Which questions stand open, and in which order."""

from dataclasses import replace

import pytest

from consult_assist.counter.question_parts import parts_of
from consult_assist.domain.guidance import Fact, Question
from consult_assist.domain.knowledge import DangerProtocol, KnowledgeBase, Programme
from consult_assist.guidance.questions import Interview
from tests.nothing_known import NOTHING_KNOWN

AGES = "お子さんの年齢と人数を教えてください"
RENT = "今の家賃と滞納の額を教えてください"
DIVORCED = "離婚はいつですか（手続きの日）"
AGREED = "取決めはありますか。口約束、公正証書、調停のどれですか"
APPLIED = "今年度の申請はしましたか"
COVERED = "保証会社から通知は来ていますか"


def _knowledge(*, dangers: tuple[str, ...] = (), **questions: tuple[str, ...]) -> KnowledgeBase:
    programmes = {
        item: Programme(
            id=item,
            name=item,
            category="",
            summary="",
            names=(),
            target=("18歳の年度末までの子どもの学年",) if item == "child" else (),
            questions=texts,
        )
        for item, texts in questions.items()
    }
    danger = DangerProtocol(id="danger", title="", steps=(), contacts=(), cues=(), questions=dangers)
    return replace(NOTHING_KNOWN, programmes=programmes, protocols={"danger": danger})


def _fact(name: str) -> Fact:
    return Fact(name=name, value=3, utterance_id="u1", revision=0, start_char=0, end_char=1)


def _settled(question: str, *, clerk: str = "", resident: str = "", named: str = "", fact: str = "") -> bool:
    interview = Interview(_knowledge(a=(question,)))
    facts = [_fact(fact)] if fact else []
    interview.hear(interview.read(clerk, [named] if named else ()), may_ask=True)
    interview.hear(interview.read(resident, (), facts), may_ask=False)
    return interview.is_settled(question, "a")


def test_a_question_is_made_of_the_facts_it_asks_for_and_of_words() -> None:
    assert parts_of(AGES) == {"@child_age", "@children"}
    assert parts_of(RENT) == {"@rent_monthly", "@arrears_months"}
    assert parts_of(DIVORCED) == {"@marital", "@when"}
    assert parts_of(COVERED) == {"保証会社", "通知"}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (AGES, {"fact": "child_age"}),
        (AGES, {"clerk": "お子さんはおいくつで、何人いらっしゃいますか"}),
        (DIVORCED, {"resident": "先月離婚しました"}),
        (AGREED, {"clerk": "養育費の取り決めはされていますか"}),
        (APPLIED, {"clerk": "就学援助は、もう申請されていますか", "named": "a"}),
        (COVERED, {"resident": "保証会社から通知が届きました"}),
    ],
)
def test_what_was_asked_or_told_is_not_asked_again(question: str, said: dict[str, str]) -> None:
    assert _settled(question, **said)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (RENT, {"resident": "家賃を滞納していて困っています"}),
        (RENT, {"clerk": "家賃と滞納のことですね"}),
        (RENT, {"fact": "rent_monthly"}),
        (DIVORCED, {"resident": "昨日電話しました"}),
        (DIVORCED, {"resident": "離婚のことで来ました"}),
        (APPLIED, {"clerk": "手帳の申請はされていますか"}),
    ],
)
def test_a_mention_is_no_answer(question: str, said: dict[str, str]) -> None:
    assert not _settled(question, **said)


def test_what_rules_in_or_out_or_serves_several_programmes_comes_first() -> None:
    minor = ("今日の交通手段は何ですか", "書類の送り先はどこですか")
    interview = Interview(_knowledge(first=minor, child=("学校の雰囲気はどうですか", AGES), loan=(AGES,)))
    (best, *_) = interview.open_questions(("first", "child", "loan"), ())
    assert best.text == AGES


def test_two_questions_for_the_same_are_one() -> None:
    other = "お子さんは何人で、おいくつですか"
    interview = Interview(_knowledge(a=(AGES,), b=(other,)))
    assert len(interview.open_questions(("a", "b"), ())) == 1


def test_a_question_on_screen_stays_until_it_is_settled() -> None:
    interview = Interview(_knowledge(a=(COVERED, RENT), child=(AGES,)))
    shown = (Question(programme="a", text=COVERED),)
    assert shown[0] in interview.open_questions(("child", "a"), shown)
    spoken = interview.read("保証会社から何か通知は来ましたか")
    interview.hear(spoken, may_ask=True)
    assert shown[0] not in interview.open_questions(("child", "a"), shown)
    interview.unhear(spoken, may_ask=True)
    assert shown[0] in interview.open_questions(("child", "a"), shown)


FIRST = ("学校の雰囲気はどうですか", "書類の送り先はどこですか", "交通手段は何ですか")
SECOND = ("契約の内容は分かりますか", "見積は届きましたか", "通帳は誰が預かりますか")


def _texts(questions: tuple[Question, ...]) -> list[str]:
    return [question.text for question in questions]


def test_what_was_told_just_now_is_asked_further() -> None:
    interview = Interview(_knowledge(first=FIRST, second=SECOND))
    shown = (Question(programme="first", text=FIRST[1]),)
    programmes = ("first", "second")
    followed = _texts(interview.open_questions(programmes, shown, thread={"second": 0.9}))
    assert followed == [FIRST[1], *SECOND[:2]]
    unled = _texts(interview.open_questions(programmes, shown, thread={"second": 0.05}))
    assert unled == [FIRST[1], FIRST[0], SECOND[0]]


def test_never_do_all_questions_on_screen_go_at_once() -> None:
    interview = Interview(_knowledge(first=FIRST, second=SECOND))
    shown = interview.open_questions(("first",), ())
    followed = interview.open_questions(("first", "second"), shown, thread={"second": 1.0})
    assert _texts(followed) == [FIRST[0], *SECOND[:2]]


def test_while_a_danger_stands_its_questions_come_first() -> None:
    interview = Interview(_knowledge(dangers=("けがはありますか", "警察は呼びましたか"), first=FIRST))
    best, second, third = interview.open_questions(("first",), (), dangers=("danger",))
    assert best == Question(programme="", text="けがはありますか", protocol="danger")
    assert (second.protocol, third.programme) == ("danger", "first")


def test_a_question_that_two_programmes_ask_does_not_change_on_screen() -> None:
    interview = Interview(_knowledge(first=(COVERED,), second=(COVERED,)))
    shown = (Question(programme="first", text=COVERED),)
    assert interview.open_questions(("second", "first"), shown, thread={"second": 1.0}) == shown
