"""Words of the counter behind what was misheard, and everything else left as it was heard."""

import pytest

from consult_assist.domain.guidance import Match
from consult_assist.domain.knowledge import Name, Programme
from consult_assist.nlp.repair.lexicon import collect_words
from consult_assist.nlp.repair.names import NameMatcher
from consult_assist.nlp.repair.rewriting import Rewriter
from consult_assist.nlp.repair.text_repair import TextRepairer
from consult_assist.nlp.tokens import SudachiTokenizer

_LISTED = [
    "離婚",
    "家賃",
    "滞納",
    "借金",
    "申請",
    "請求",
    "返済",
    "支給",
    "一部支給",
    "裁判所",
    "住所",
    "項目",
    "介護保険",
    "年間",
    "子ども",
    "暮らし",
    "話",
    "中学校",
    "期間",
    "急死",
    "雇用",
    "倒産",
    "児童",
    "奥さん",
]


def _programme(programme_id: str, *names: str) -> Programme:
    return Programme(
        id=programme_id, name=names[0], category="", summary="", names=tuple(Name(text=n) for n in names)
    )


@pytest.fixture(scope="module")
def rewriter() -> Rewriter:
    programmes = [
        _programme("jidou-fuyou-teate", "児童扶養手当"),
        _programme("hitorioya-iryouhi", "ひとり親家庭の医療費助成"),
        _programme("jidou-gyakutai", "児童相談所"),
        _programme("kodomo-katei-center", "こども家庭センター"),
        _programme("seinen-kouken", "成年後見"),
    ]
    tokenizer = SudachiTokenizer()
    vocabulary = [Name(text=text) for text in _LISTED]
    words = collect_words(programmes, (), vocabulary, tokenizer)
    return Rewriter(NameMatcher(programmes, (), tokenizer), TextRepairer(words, tokenizer))


@pytest.mark.parametrize(
    ("heard", "better"),
    [
        ("今年に理婚された場合は", "今年に離婚された場合は"),
        ("毎年の審生が必要です", "毎年の申請が必要です"),
        ("それは成球できます", "それは請求できます"),
        ("やちんはいくらですか", "家賃はいくらですか"),
        ("シャッキンのことは相談できます", "借金のことは相談できます"),
        ("一部仕給になります", "一部支給になります"),
        ("再番書に申し立てます", "裁判所に申し立てます"),
        ("新しい重称がわかってしまう", "新しい住所がわかってしまう"),
        ("会後保健のパンフレット", "介護保険のパンフレット"),
        ("青年貢献制度があります", "成年後見制度があります"),
        ("子供が二人います", "子どもが二人います"),
        ("家賃が3ヶ月たまって", "家賃が3か月たまって"),
    ],
)
def test_misheard_words_are_written_as_they_were_meant(rewriter: Rewriter, heard: str, better: str) -> None:
    assert rewriter.rewrite(heard)[0] == better


@pytest.mark.parametrize(
    "text",
    [
        "残業があると帰りが急事になるんですけど",
        "次の方どうぞ、今日はどのようなことでしょうか。",  # not 児童相談所
        "1級が月5万8450円、2級が月3万8930円です。",  # not 中学校
        "初診から1年半がたちました。",  # not 年間
        "山田花子です。お願いします。",  # not 話
        "体・心・性の暴力です。",  # not 申請
        "でもその後も家には帰れません。",  # not 項目
        "こども家庭センターで聞きました。",  # not 子ども
        "父と母と兄がいます。子どもは娘です。",
        "講座は三か月です。",
        "無理しないで休んでください。",
        "神様にお願いしています。",  # not 雇用
        "担当の東さんはいますか。",  # not 倒産
        "あの子どうなるのか心配です。",  # not 児童
        "ガス屋さんが来ました。",  # not 奥さん
    ],
)
def test_what_is_sure_of_itself_is_left_alone(rewriter: Rewriter, text: str) -> None:
    assert rewriter.rewrite(text)[0] == text


def test_a_name_behind_repaired_words_tells_how_it_was_heard(rewriter: Rewriter) -> None:
    text, found = rewriter.rewrite("それでしたら、自動付用手当ての対象です。理婚のあとに")
    assert text == "それでしたら、児童扶養手当の対象です。離婚のあとに"
    assert [(hit.name.text, hit.how, text[hit.start : hit.end]) for hit in found] == [
        ("児童扶養手当", Match.READING, "児童扶養手当"),
        ("離婚", Match.READING, "離婚"),
    ]
    assert all(0.9 < hit.confidence < 1.0 for hit in found)


def test_no_programme_is_put_into_a_mouth_by_sound_alone() -> None:
    tokenizer = SudachiTokenizer()
    words = collect_words([_programme("x", "住所")], (), [Name(text="離婚")], tokenizer)
    found = TextRepairer(words, tokenizer).find("新しい重称がわかってしまう。理婚のあとに")
    assert [repair.text for repair in found] == ["離婚"]


def test_without_any_knowledge_nothing_is_repaired() -> None:
    assert TextRepairer([], SudachiTokenizer()).find("理婚しました") == []
