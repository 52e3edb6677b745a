"""Names by spelling, by reading and by sound, and nothing that was not said."""

import pytest

from consult_assist.domain.guidance import Match
from consult_assist.domain.knowledge import Name, Programme
from consult_assist.nlp.repair.names import NameMatcher
from consult_assist.nlp.tokens import SudachiTokenizer


def _programme(programme_id: str, *names: str) -> Programme:
    return Programme(
        id=programme_id,
        name=names[0],
        category="",
        summary="",
        names=tuple(Name(text=name) for name in names),
    )


@pytest.fixture(scope="module")
def matcher() -> NameMatcher:
    programmes = [
        _programme("jidou-fuyou-teate", "児童扶養手当", "扶養手当", "母子手当"),
        _programme("tokubetsu-jidou-fuyou", "特別児童扶養手当"),
        _programme("jidou-teate", "児童手当", "子ども手当"),
        _programme("shuugaku-enjo", "就学援助"),
        _programme("juukyo-kakuho", "住居確保給付金"),
        _programme("kokuho-ryou", "国民健康保険", "国保"),
        _programme("seikatsu-hogo", "生活保護", "生保"),
        _programme("youikuhi", "養育費"),
        _programme("ryouiku", "療育手帳"),
        _programme("koukou", "成年後見"),
        _programme("houkatsu", "地域包括支援センター", "ケアマネジャー"),
        _programme("koguchi", "緊急小口資金"),
        _programme("yachin", "家賃補助"),
        _programme("techou", "精神障害者保健福祉手帳"),
    ]
    vocabulary = [
        Name(text=word) for word in ("滞納", "離婚", "家賃", "残高", "解雇", "完済", "持病", "求職", "証拠")
    ]
    return NameMatcher(programmes, vocabulary, SudachiTokenizer())


def _found(matcher: NameMatcher, text: str) -> list[tuple[str, Match, str]]:
    return [(hit.name.text, hit.how, text[hit.start : hit.end]) for hit in matcher.find(text)]


@pytest.mark.parametrize(
    ("text", "name", "how", "said"),
    [
        ("特別児童扶養手当のことで", "特別児童扶養手当", Match.EXACT, "特別児童扶養手当"),
        ("児童扶養手当のことで", "児童扶養手当", Match.EXACT, "児童扶養手当"),
        ("子供手当って何ですか", "子ども手当", Match.EXACT, "子供手当"),
        ("国保に入っています", "国保", Match.EXACT, "国保"),
        ("自動扶養手当の申請", "児童扶養手当", Match.READING, "自動扶養手当"),
        ("じどうふようてあての申請", "児童扶養手当", Match.READING, "じどうふようてあて"),
        ("児童不要手当をください", "児童扶養手当", Match.READING, "児童不要手当"),
        ("集学援助を受けたい", "就学援助", Match.READING, "集学援助"),
        ("両育手帳はあります", "療育手帳", Match.READING, "両育手帳"),
        ("充許確保給付金のこと", "住居確保給付金", Match.READING, "充許確保給付金"),
        ("中学演女を受けたい", "就学援助", Match.SOUND, "中学演女"),
        ("中京確保給付金のこと", "住居確保給付金", Match.SOUND, "中京確保給付金"),
        ("19確保急付近という制度", "住居確保給付金", Match.SOUND, "19確保急付近"),
        ("独別児童扶養手当", "特別児童扶養手当", Match.SOUND, "独別児童扶養手当"),
        ("緊急告知識の方は", "緊急小口資金", Match.SOUND, "緊急告知識"),
        ("地域方格支援センターに聞きます", "地域包括支援センター", Match.SOUND, "地域方格支援センター"),
        ("部屋マネザーと相談します", "ケアマネジャー", Match.SOUND, "部屋マネザー"),
        ("例年貢献は難しそうです", "成年後見", Match.SOUND, "例年貢献"),
        ("よいく日は止まりました", "養育費", Match.SOUND, "よいく日"),
        ("精神障害者保険 復して調です", "精神障害者保健福祉手帳", Match.READING, "精神障害者保険 復して調"),
        ("やちんは予定より高いです", "家賃", Match.READING, "やちん"),
        ("たいのうしています", "滞納", Match.READING, "たいのう"),
        ("大能しています", "滞納", Match.READING, "大能"),
        ("理婚したいです", "離婚", Match.READING, "理婚"),
        ("おやちんが払えません", "家賃", Match.READING, "やちん"),
    ],
)
def test_names_are_heard_through_errors(
    matcher: NameMatcher, text: str, name: str, how: Match, said: str
) -> None:
    assert _found(matcher, text) == [(name, how, said)]


@pytest.mark.parametrize(
    "text",
    [
        "教育費が高くて大変です",
        "学生保険に入っています",
        "山口県から来ました",
        "関西で育ちました",
        "蚕を見ました",
        "山高子です。届けは出しました",
        "締切まで二秒しかない",
        "生活上のことで困っています",
        "学校の給食が好きです",
        "精神保健の相談です",
        "他の手当・サービスもあります",
        "国民年金保険の話です",
        "家族だけの相談もできます",
        "翔子さんが来ました",
        "四千円の薬代です",
    ],
)
def test_ordinary_words_are_no_names(matcher: NameMatcher, text: str) -> None:
    assert _found(matcher, text) == []


def test_confidence_falls_with_the_difference_in_sound(matcher: NameMatcher) -> None:
    heard = ("就学援助を受けたい", "集学援助を受けたい", "中学演女を受けたい")
    sure, read, sounded = (matcher.find(text)[0].confidence for text in heard)
    assert sure == 1.0
    assert 1.0 > read > sounded > 0.5


def test_names_beside_each_other_do_not_swallow_each_other(matcher: NameMatcher) -> None:
    text = "児童手当と児童扶養手当、それに国民年金保険は別です"
    assert [name for name, _, _ in _found(matcher, text)] == ["児童手当", "児童扶養手当"]


def test_spans_refer_to_the_text_as_it_stands(matcher: NameMatcher) -> None:
    assert _found(matcher, "㈱で。ｺﾄﾞﾓ手当は?") == [("子ども手当", Match.EXACT, "ｺﾄﾞﾓ手当")]


def test_a_word_of_its_own_is_no_mishearing_of_the_longer_name_it_begins() -> None:
    contributions = NameMatcher([_programme("kokuho-ryou", "国民健康保険料")], [], SudachiTokenizer())
    assert not contributions.find("国民健康保険です")
    assert contributions.find("国民健康保険両です")


@pytest.mark.parametrize("name", ["冷房機器 購入費助成", "冷房機器購入費助成（低所得世帯）"])
def test_signs_in_a_name_are_not_said(name: str) -> None:
    matcher = NameMatcher([_programme("reibou", name)], [], SudachiTokenizer())
    assert [hit.how for hit in matcher.find("礼謀機器公乳費助成低所得世帯のことで")] == [Match.READING]
