"""Finished sentences and sentences that go on."""

import pytest

from consult_assist.japanese.sentences import ends_sentence, split_sentences


@pytest.mark.parametrize(
    "text",
    [
        "今日はどうされましたか。",
        "家賃が払えません",
        "戸籍謄本と 通帳が必要です",
        "少しお待ちください。",
        "もう三か月になるんですよね",
        "自分ではよく分からないよ",
        "どうしたらいいかな",
        "はい、はい。",
        "申請しましょう!",
    ],
)
def test_a_finished_sentence(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "先月離婚しまして、",
        "手当があるって聞いたんですけど。",
        "家賃が払えないので",
        "主人から暴力を受けた。",
        "もし危ないと感じたら、迷わず。",
        "DV相談は。",
        "私は夕方まで仕事なので",
        "前に住んでいた",
        "はい、それで",
        "静かな",
    ],
)
def test_a_sentence_that_may_go_on(text: str) -> None:
    assert not ends_sentence(text)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("家賃が払えなくて", ["家賃が払えなくて"]),
        ("そうですか。家賃は？払えない", ["そうですか。", "家賃は？", "払えない"]),
        ("えっ！？ 本当ですか。\n　はい", ["えっ！？ ", "本当ですか。\n　", "はい"]),
        ("。はい．ええ!", ["。", "はい．", "ええ!"]),
    ],
)
def test_sentences_are_the_text_with_their_marks_and_the_spaces_behind(
    text: str, sentences: list[str]
) -> None:
    assert split_sentences(text) == sentences
    assert "".join(sentences) == text
