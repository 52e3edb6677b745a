"""Condensing removes and normalises; it adds nothing and never turns a sentence round."""

import pytest

from consult_assist.record.condensing import condense


@pytest.mark.parametrize(
    ("said", "record"),
    [
        ("えっと、先月離婚しまして子ども2人と暮らしています。", "先月離婚して子ども2人と暮らしている"),
        ("養育費はもらっていないんです。", "養育費はもらっていない"),
        ("貯金はありません。", "貯金はない"),
        ("病院に行けていませんでした。", "病院に行けていなかった"),
        ("家賃が、家賃が払えなくて、すみません。", "家賃が払えない"),
        ("派遣だったんですけど、契約を切られました。", "派遣だったが、契約を切られた"),
        ("母のことなんですけど、一人暮らしです。", "母のこと、一人暮らし"),
        ("これは変えられますか。", "これは変えられるか"),
        ("いつからもらえるんですか？", "いつからもらえるのか？"),
        ("では書類をご用意しますので、少しお待ちください。", "書類を用意する"),
        ("申請書をお渡ししますね。", "申請書を渡す"),
        ("世帯の所得によりますので確認しますね", "世帯の所得によるので確認する"),
        ("夜は電話しませんね", "夜は電話しない"),
        ("もちろんです。", "もちろん"),
        ("ありがとうございます。", ""),
    ],
)
def test_padding_goes_and_the_plain_style_stays(said: str, record: str) -> None:
    assert condense(said) == record


@pytest.mark.parametrize(
    "said",
    [
        "お金を借ります",
        "相談員を呼びます",
        "足ります",
        "あの子のことが心配",
        "話します",
    ],
)
def test_what_no_rule_knows_for_certain_stays_as_it_was_said(said: str) -> None:
    assert condense(said) == said
