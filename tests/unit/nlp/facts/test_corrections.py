"""Values that the same breath takes back."""

import pytest

from tests.unit.nlp.facts.plain_analyzer import facts_in


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "家賃は5万、あ、すみません、6万です", ["rent_monthly=60000"]),
        ("", "借金は300万、いや、350万円です", ["debt=3500000"]),
        ("", "家賃が6万から7万に上がって", ["rent_monthly=70000"]),
        ("", "上の子は6歳、じゃなかった、じゃなくて7歳です", ["child_age=7"]),
        ("", "家賃は3万8千、もとい、4万8千円です", ["rent_monthly=48000"]),
        ("", "家賃を4か月、あ、今月で5か月、払えてません", ["arrears_months=5"]),
        ("", "子どもは二人、いや、三人です", ["children=3"]),
        ("", "手取りが28万円あったんですけど、今は19万です", ["income_monthly=190000"]),
        (
            "今、お仕事は。クリーニングの工場で、パートです。",
            "7万、あ、先月は休んだから、6万5千円でした。",
            ["income_monthly=65000"],
        ),
        ("", "電気代が8千円、あ、9千円です", ["cost_monthly=9000"]),
        ("いつ、亡くなられたんですか。", "9月の12日、いえ、13日です。", ["event_date=9月13日"]),
        ("電話番号は。", "090-2222-3333、じゃない、3334です。", ["phone=09022223334"]),
        ("契約はいつですか。", "11月の3、じゃない、5日です", ["event_date=11月5日"]),
    ],
)
def test_only_the_value_that_stands_in_the_end_is_stated(asked: str, said: str, facts: list[str]) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("カードが60万円。あと、銀行から借りたのが20万円。足すと、80万円です", ["debt=800000"]),
        ("貯金が30万円と、通帳に20万円で、合わせて50万円です", ["cash=500000"]),
        ("カードで60万、あー、リボも入れたら、全部で85万円くらい", ["debt=850000"]),
    ],
)
def test_a_sum_stands_for_its_parts(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("上が9歳で、あ、下は5歳です", ["child_age=9", "child_age=5"]),
        ("子どもは二人、夫婦で四人です", ["children=2"]),
        ("電気代が8千円、あ、ガス代が5千円です", ["cost_monthly=8000", "cost_monthly=5000"]),
        ("給料が8万、あ、年金が6万円です", ["income_monthly=80000", "income_monthly=60000"]),
    ],
)
def test_what_is_told_of_another_does_not_take_a_value_back(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        (
            "お給料は。",
            "月に13万、いや、違った、保険料を引かれるけん、今は11万円です",
            ["income_monthly=110000"],
        ),
        ("お家賃は。", "4万、いや違う、管理費が上がったから、4万2千円です", ["rent_monthly=42000"]),
        ("", "貯金が40万、あ、違う、電気代をまとめて払ったので、今は35万です", ["cash=350000"]),
        ("", "電気代が7千円、いや違う、ガス代もあるから、1万1千円です", ["cost_monthly=11000"]),
    ],
)
def test_what_the_reason_of_a_correction_names_is_not_what_the_figure_is_for(
    asked: str, said: str, facts: list[str]
) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        (
            "家賃が5万、いや、違う、狭いから、駐車場代だけで6千円です",
            ["rent_monthly=50000", "cost_monthly=6000"],
        ),
        ("家賃が5万、古いから、電気代が9千円です", ["rent_monthly=50000", "cost_monthly=9000"]),
    ],
)
def test_what_is_named_behind_the_reason_is_what_the_figure_is_for(said: str, facts: list[str]) -> None:
    assert facts_in(said) == facts
