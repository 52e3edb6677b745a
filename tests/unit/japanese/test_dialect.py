"""Dialect in the standard language, with every place kept."""

import pytest

from consult_assist.japanese.dialect import in_standard_speech, plain_denials
from consult_assist.japanese.folding import fold


@pytest.mark.parametrize(
    ("said", "standard"),
    [
        ("まだ払えてへん", "まだ払えてない"),
        ("ありまへん", "ありません"),
        ("よう行かへんし、できひん", "よう行かないし、できない"),
        ("このへんは、たいへんです", "このへんは、たいへんです"),
        ("手紙が来へん", "手紙が来ない"),
        ("出来へん", "出来ない"),
        ("来ひんのです", "来ないのです"),
        ("そこらへんに住んでます", "そこらへんに住んでます"),
        ("様子がへんなんです", "様子がへんなんです"),
        ("払うてます", "払ってます"),
        ("6万円やけど", "6万円だけど"),
        ("日雇いやから、派遣やけん", "日雇いだから、派遣だけん"),
        ("それがいやから", "それがいやから"),
        ("誰も来とらん", "誰も来てない"),
        ("薬も飲んどらんし、入っとらん", "薬も飲んでないし、入ってない"),
        ("何も取らん", "何も取らん"),
        ("バイトっす。", "バイトです。"),
        ("ぐっすり寝ます", "ぐっすり寝ます"),
    ],
)
def test_dialect_becomes_standard_speech_of_the_same_length(said: str, standard: str) -> None:
    assert in_standard_speech(fold(said)).text == standard
    assert len(said) == len(standard)


@pytest.mark.parametrize(
    ("said", "standard"),
    [
        ("そんなの知らねえ", "そんなの知らない"),
        ("とても払えねぇよ", "とても払えないよ"),
        ("明日の金がねえ", "明日の金がない"),
        ("働いてねえし、食ってねーんだ", "働いてないし、食ってないんだ"),
        ("誰にも会いたくねえ", "誰にも会いたくない"),
        ("大変ですねえ", "大変ですねえ"),
        ("困るんですがねえ", "困るんですがねえ"),
        ("うちはねえ。", "うちはねえ。"),
        ("夫がねえ。", "夫がねえ。"),
        ("年だからねえ", "年だからねえ"),
        ("五万円かねえ", "五万円かねえ"),
        ("熱が出てねえ。", "熱が出てねえ。"),
    ],
)
def test_what_denies_is_told_from_what_fills_a_pause(said: str, standard: str) -> None:
    assert plain_denials(said) == standard
