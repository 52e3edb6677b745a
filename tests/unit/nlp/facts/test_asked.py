"""What the question before an answer wants to know, and of whom."""

import pytest

from consult_assist.japanese.people import Person
from consult_assist.nlp.facts.asked import NOTHING_ASKED, read_asked
from tests.unit.nlp.facts.plain_analyzer import facts_in


@pytest.mark.parametrize(
    ("lead", "kinds", "person"),
    [
        ("お子さんはおいくつですか。", {"age"}, Person.CHILD),
        ("息子さんの学年は。", {"school_year"}, Person.OFFSPRING),
        ("お父様のお名前をお願いします。", {"name"}, Person.PARENT),
        ("お名前を伺えますか。", {"name"}, Person.SELF),
        ("家賃はいくらで、何か月分たまっていますか。", {"amount", "arrears_months"}, None),
        ("ご住所は。はい。", {"address"}, None),
        ("家賃は5万円です。", set(), None),
        ("息子さんの手帳は、2級をお持ちなんですね。", {"handbook"}, Person.OFFSPRING),
        ("家賃はいくらですか。5万円です。はい。はい。", set(), None),
    ],
)
def test_the_last_question_of_three_sentences_tells_what_and_whom_it_asks(
    lead: str, kinds: set[str], person: Person | None
) -> None:
    asked = read_asked(lead)
    assert set(asked.kinds) == kinds
    assert asked.person is person


def test_only_a_question_about_a_child_is_of_one() -> None:
    assert read_asked("お子さんはおいくつですか。").of_child
    assert read_asked("息子さんの学年は。").of_child
    assert not read_asked("お父様のお名前をお願いします。").of_child
    assert not read_asked("おいくつですか。").of_child


def test_without_a_question_nothing_is_asked() -> None:
    assert read_asked("家賃は5万円です。はい。") == NOTHING_ASKED
    assert read_asked("家賃はおいくらですか。").text == "家賃はおいくらですか。"


@pytest.mark.parametrize(
    ("lead", "person"),
    [
        ("父の介護で来ました。お仕事はされていますか。", None),
        ("お父さまのことですね。お仕事はされていますか。", Person.PARENT),
        ("お子さんのことですね。何年生ですか。", Person.CHILD),
    ],
)
def test_before_the_question_only_whom_the_clerk_would_name_is_meant(
    lead: str, person: Person | None
) -> None:
    assert read_asked(lead).person is person


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("手帳はお持ちですか。", "持ってないと、だめですか", []),
        ("手帳はお持ちですか。", "持ってません、要りますか", ["handbook=なし"]),
        ("養育費は受け取っていますか。", "もらっていないと、手当は出ませんか", []),
        ("健康保険は、入っておられますか。", "入ってないとどうなりますか", []),
        ("お仕事は、されていますか。", "していないと、だめですか", []),
        ("結婚はされていますか。", "してないとだめですか", []),
        ("要介護度はいくつですか。", "2ですか", []),
        ("要介護度はいくつですか。", "2です、上がりますか", ["care_level=要介護2"]),
    ],
)
def test_who_answers_with_a_question_has_told_nothing(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts
