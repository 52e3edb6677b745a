"""Cues: what was told as a fact, and not what was asked, denied or only offered."""

from functools import cache

import pytest

from consult_assist.domain.knowledge import CueWords
from consult_assist.nlp.situations.cues import CueMatcher, CueOwner
from consult_assist.nlp.tokens import SudachiTokenizer

OWNER = CueOwner(programme="any")


@cache
def _matcher(cue: str) -> CueMatcher:
    return CueMatcher([(cue, OWNER)], _tokenizer())


@cache
def _tokenizer() -> SudachiTokenizer:
    return SudachiTokenizer()


def _fires(cue: str, text: str, before: str = "") -> bool:
    return bool(_matcher(cue).find(before + text, since=len(before)))


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("家賃|部屋代 払えない|滞納", "家賃がもう2か月払えなくて"),
        ("家賃|部屋代 払えない|滞納", "部屋代がたいのうしてて"),
        ("家賃 払えない", "家賃を払えてません"),
        ("家賃 三か月", "家賃を3ヶ月分ためてしまって"),
        ("殴られる 夫|旦那", "旦那になぐられて逃げてきました"),
        ("食べる物がない|食べ物がない", "もう食べる物が全然ないんです"),
        ("食べる物がない|食べ物がない", "食べ物がなくなって"),
        ("離婚 したい|考えている", "離婚したいんですけど、どうしたらいいですか"),
        ("死にたい", "死にたいと思うことがあります"),
        ("殺される", "殺されるんじゃないかと怖くて"),
        ("お金 借りる", "お金を借りられますか"),
        ("収入 減る", "収入が減ってしまって、何か使える制度はありますか"),
        ("養育費 払ってくれない", "養育費は一度も払ってもらってないです"),
        ("住民票 わかる", "住民票から住所がわかってしまいませんか"),
        ("年金 だけ", "年金だけで暮らしています"),
        ("今夜 泊まる ない", "今夜泊まる所がないんです"),
        ("子ども 虐待 しそう", "子どもを虐待しそうで怖い"),
        ("殴られる 何度", "夫に殴られたことが、何度か"),
        ("ミルク 足りない|少ない|しか", "ミルクがもう一回分しかなくて"),
    ],
)
def test_what_is_told_fires(cue: str, text: str) -> None:
    assert _fires(cue, text)


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("殴られる", "殴られていません"),
        ("殴られる", "殴られてはいません"),
        ("殴る", "殴るなんて絶対にない"),
        ("叩く", "叩くことなんて一切ありません"),
        ("殴られる", "夫に殴られたことはないです"),
        ("虐待", "虐待はしていません"),
        ("離婚", "離婚はまだ考えていません"),
        ("借金", "借金とかは特にないです"),
        ("死にたい", "死にたいとは思っていません"),
        ("食べる物がない", "食べる物がないということはありません"),
        ("払えない", "払えないことはありません"),
    ],
)
def test_what_is_denied_does_not_fire(cue: str, text: str) -> None:
    assert not _fires(cue, text)


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("家賃 滞納", "家賃の滞納はありませんか"),
        ("家賃 滞納", "家賃を滞納していて困っていますか"),
        ("死にたい", "死にたいと思ったことはありますか"),
        ("殴られる", "旦那さんに殴られているんでしょうか"),
        ("仕事 辞める", "お仕事をお辞めになったのはいつですか"),
        ("滞納", "滞納があるかどうか教えてください"),
        ("食べていない", "何も食べていないの？"),
    ],
)
def test_what_is_asked_does_not_fire(cue: str, text: str) -> None:
    assert not _fires(cue, text)


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("困る", "お困りでしたら、こちらの窓口へどうぞ"),
        ("家賃 払えない", "家賃が払えない方は住居確保給付金が使えます"),
        ("収入 減る", "収入が減った場合は減免を受けられます"),
    ],
)
def test_what_is_only_offered_does_not_fire(cue: str, text: str) -> None:
    assert not _fires(cue, text)


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("殴る", "子どもが殴られるんです"),
        ("死にたい", "先月父が死にました"),
        ("いなくなりたい", "10万円いないの貸付で"),
        ("払えない", "家賃を払わなければならない"),
        ("お金 ない", "お金の心配はないです"),
        ("休職", "学校の給食です"),
        ("派遣切り", "派遣だったんです"),
        ("払えない", "養育費を払わないんです"),
    ],
)
def test_other_meanings_do_not_fire(cue: str, text: str) -> None:
    assert not _fires(cue, text)


def test_a_forbidden_word_forbids() -> None:
    assert _fires("子ども 叩く !学校", "子どもを叩いてしまいました")
    assert not _fires("子ども 叩く !学校", "学校で子どもが友達を叩いてしまいました")


def test_words_far_apart_do_not_belong_together() -> None:
    cue = "家賃 払えない"
    assert _fires(cue, "家賃のことです。もう払えないんです。")
    assert not _fires(cue, "家賃のことです。雨ですね。元気です。もう払えないんです。")


def test_a_sentence_goes_on_after_a_pause() -> None:
    assert _fires("家賃 払えない", "払えなくて", before="家賃がもう、")
    assert not _fires("家賃 払えない", "はい、そうです", before="家賃が払えないんです。")
    assert not _fires("家賃 払えない", "払えなくて", before="家賃は大丈夫です。")


def test_the_span_holds_the_matched_words() -> None:
    text = "ええと、家賃がもう払えないんです"
    (hit,) = _matcher("家賃 払えない").find(text)
    assert text[hit.start : hit.end] == "家賃がもう払えない"
    assert hit.owner is OWNER


def test_a_broken_cue_is_left_out() -> None:
    assert CueMatcher([("|", OWNER), ("!だけ", OWNER)], _tokenizer()).find("だけ") == []


WORDS = CueWords(
    groups={"夫": ("夫", "旦那", "@別れた夫"), "別れた夫": ("元夫",), "殴る": ("殴る", "蹴る")},
    frames=("ドラマ|映画 !同じ", "昔 !今も"),
)
DANGER = CueOwner(protocol="dv")


@cache
def _with_words(cue: str, owner: CueOwner = DANGER) -> CueMatcher:
    return CueMatcher([(cue, owner)], _tokenizer(), WORDS)


@pytest.mark.parametrize(
    ("cue", "text", "fires"),
    [
        ("@夫 @殴る", "元夫が私を蹴るんです", True),
        ("@夫が @殴る", "旦那さんは酔うと殴るんです", True),
        ("@夫が @殴る", "旦那を息子が殴るんです", False),
        ("息子に 殴られる", "息子に殴られました", True),
        ("息子に 殴られる", "息子が殴られました", False),
        ("「死ね」 言われる", "死ねと言われました", True),
        ("「死ね」 言われる", "死ぬまで働けと言われました", False),
        ("@夫が怖い", "元夫がとても怖くて", True),
        ("@夫が怖い", "夫の運転が怖くて", False),
        ("財布 しか !10000円以上", "財布に三百円しかありません", True),
        ("財布 しか !10000円以上", "財布に二万円しかありません", False),
        ("財布 しか !10000円以上", "財布に２００００円しかありません", False),
        ("@夫から もらう 3000円以下", "夫から毎日千円もらいます", True),
        ("@夫から もらう 3000円以下", "夫から月に15万円もらいます", False),
    ],
)
def test_groups_particles_and_exact_words(cue: str, text: str, fires: bool) -> None:
    assert bool(_with_words(cue).find(text)) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("ドラマで夫が殴るところを見ました", False),
        ("ドラマと同じで、うちも夫が殴るんです", True),
        ("昔は夫が殴ることもありました", False),
        ("昔も今も夫が殴るんです", True),
        ("ドラマを見ました。夫が殴るんです。", True),
    ],
)
def test_a_frame_keeps_its_sentence_quiet(text: str, fires: bool) -> None:
    assert bool(_with_words("夫 殴る").find(text)) is fires


def test_a_frame_may_hold_exact_words() -> None:
    words = CueWords(groups={}, frames=("「そこまでじゃ」",))
    assert CueMatcher([("死ぬ", DANGER)], _tokenizer(), words).is_framed("死ぬとか、そこまでじゃないです")


def test_a_frame_does_not_touch_programmes() -> None:
    assert _with_words("夫 殴る", OWNER).find("ドラマで夫が殴るところを見ました")


def test_a_cue_with_an_unknown_group_is_left_out() -> None:
    assert not _with_words("@妻 殴る").find("妻が殴るんです")


@pytest.mark.parametrize(
    ("text", "fires"),
    [("もう死ぬしかないのかな", True), ("死ぬしかないとお考えになったのかな", False)],
)
def test_musing_asks_nobody(text: str, fires: bool) -> None:
    assert _fires("死ぬしかない", text) is fires
