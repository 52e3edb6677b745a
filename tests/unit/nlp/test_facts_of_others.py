"""Facts by rule: none that tells of another, of another time, or of money that goes the other way."""

from datetime import date

import pytest

from consult_assist.domain.guidance import Fact
from tests.unit.nlp.plain_analyzer import plain_analyzer


def _facts(text: str, asked: str = "") -> list[tuple[str, int | str]]:
    found = plain_analyzer().analyze("u0001", 0, text, asked=asked, held_on=date(2026, 11, 22))
    return [(fact.name, fact.value) for fact in found if isinstance(fact, Fact)]


@pytest.mark.parametrize(
    ("asked", "text", "facts"),
    [
        ("", "姉は51で、独身で、おととし会社を辞めてから、部屋にいます", [("family_member", "姉")]),
        ("", "息子は去年仕事を辞めて、今は無職です", [("family_member", "息子")]),
        ("", "兄が去年会社を辞めて、無職です", [("family_member", "兄")]),
        ("", "夫は運転手です。今は仕事をしていません", [("family_member", "夫")]),
        ("姉は51で、独身で、", "おととし会社を辞めてから、部屋にいます", []),
        ("その頃、お仕事は何をされていましたか。", "パートで働いています", []),
    ],
)
def test_work_of_kin_is_not_that_of_who_speaks(
    asked: str, text: str, facts: list[tuple[str, int | str]]
) -> None:
    assert [fact for fact in _facts(text, asked) if fact[0] != "marital"] == facts


@pytest.mark.parametrize(
    ("text", "job"),
    [
        ("母は要介護3で、仕事を辞めました", "無職"),
        ("娘が一人で、パートで働いています", "パート"),
        ("息子は5歳で、パートで働いています", "パート"),
        ("夫は会社員で、私はパートで働いています", "パート"),
        ("主人は入退院が続いて、パートで働いています", "パート"),
        ("母が転んで歩けなくて、仕事を辞めました", "無職"),
        ("息子が不登校で、パートを辞めました", "無職"),
        ("夫が亡くなって、パートで働いています", "パート"),
        ("仕事がないから、家賃が払えません", "無職"),
    ],
)
def test_own_work_is_told_after_kin_was_named(text: str, job: str) -> None:
    assert ("employment", job) in _facts(text)


@pytest.mark.parametrize(
    ("asked", "text", "name"),
    [
        ("", "給料は、母に5万円渡しています", "income_monthly"),
        ("", "去年の給料で計算されて、月に2万円と言われました", "income_monthly"),
        ("年金は、納めていますか。", "年金、むりです。月に2万円くらい", "income_monthly"),
        ("", "手取りは少なくて、3万円払うと何も残りません", "income_monthly"),
        ("", "兄の借金が150万円あります", "debt"),
        ("", "兄はギャンブルで、妹がローンを90万円作りました", "debt"),
        ("", "父から仕送りが3万円あります", "cost_monthly"),
        ("", "薬代は、毎回3千円くらいです", "cost_monthly"),
        ("", "火曜は仕事ないから、大丈夫です", "employment"),
        ("", "家は主人が建てた、古い家です", "family_member"),
        ("", "昭和28年の4月うまりで", "event_date"),
        ("", "去年の6月に、ひと月入院したときは、大変でした", "event_date"),
        ("おいくつですか。", "もうかれこれ12年、出てきません", "child_age"),
        ("息子さんはおいくつですか。", "もうかれこれ12年、出てきません", "child_age"),
    ],
)
def test_what_only_sounds_like_a_fact_is_none(asked: str, text: str, name: str) -> None:
    assert name not in dict(_facts(text, asked))


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("カードが60万円。あと、銀行から借りたのが20万円。足すと、80万円です", [("debt", 800_000)]),
        ("貯金が30万円と、通帳に20万円で、合わせて50万円です", [("cash", 500_000)]),
        ("アパート、5万8千円払う。残りで暮らします", [("rent_monthly", 58_000)]),
        ("手取りは9万円で、2万円は母に渡しています", [("income_monthly", 90_000), ("family_member", "母")]),
        ("母は元気で、私の借金は70万円です", [("family_member", "母"), ("debt", 700_000)]),
        ("家賃を5万円払って、残り10万円です", [("rent_monthly", 50_000)]),
    ],
)
def test_amount_that_stands_among_several_is_told(text: str, facts: list[tuple[str, int | str]]) -> None:
    assert _facts(text) == facts


def test_brother_a_child_looks_after_is_the_childs() -> None:
    assert ("family_member", "弟") not in _facts("娘は、弟のごはんも作ってくれます")
    assert ("family_member", "弟") in _facts("実家の弟に、話してみます")
