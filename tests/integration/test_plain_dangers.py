"""A danger in plain words is raised in every common way of saying it; what only sounds like one is not."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

import pytest

from consult_assist.app.lookup import try_sentence
from consult_assist.app.settings import Settings
from consult_assist.app.wiring import build_workplace
from consult_assist.app.workplace import Workplace
from consult_assist.domain.guidance import Term
from consult_assist.nlp.base import Analyzer

UTILITIES = ("電気", "ガス", "水道")
DANGERS: dict[str, Sequence[Sequence[str]]] = {
    "destitution: supplies": (
        UTILITIES,
        ("が", "は", "も"),
        ("", "先週、", "昨日", "今月から"),
        ("止まりました。", "止められました。", "止まってます。", "止まったままです。", "止められちゃって。"),
    ),
    "destitution: food": (
        ("昨日から", "おとといから", "三日前から"),
        ("何も食べてません。", "何も食べていないんです。", "水しか飲んでなくて。", "ろくに食べてないです。"),
    ),
    "destitution: a place to sleep": (
        ("今夜", "今晩", "今日から"),
        ("泊まるところがありません。", "寝るところがないんです。", "野宿です。", "帰る家がない。"),
    ),
    "destitution: sleeping elsewhere": (
        ("ネットカフェ", "車", "公園", "漫画喫茶", "サウナ"),
        ("で寝泊まりしてます。", "で寝ています。", "で夜を明かしてます。", "を転々としてます。"),
    ),
    "dv": (
        ("夫に", "旦那に", "主人に", "彼氏に", "元夫に", "妻に"),
        ("殴られました。", "叩かれます。", "蹴られて。", "首を絞められました。", "殺すぞって言われて。"),
    ),
    "child-abuse": (
        ("夫が子どもを", "私、子どもを", "つい子どもを", "隣の家のお父さんが子どもを"),
        ("殴るんです。", "叩いてしまいます。", "叩いて、あざができて。"),
    ),
    "elder-abuse": (
        ("母を", "父を", "親父を", "姑を"),
        ("叩いてしまいました。", "つい殴ってしまって。", "突き飛ばしてしまった。"),
    ),
    "suicide": (
        ("", "もう", "正直、"),
        ("死にたいです。", "消えてしまいたい。", "生きていたくないです。", "いなくなりたい。"),
    ),
}
NONE = (
    (
        UTILITIES,
        ("は", "も"),
        ("止まっていません。", "止められてはいないです。", "使えてます。", "先月払いました。"),
    ),
    (("自分の家なので、", "持ち家なので、", "親の家なので、"), ("家賃はないです。", "家賃はかかりません。")),
    (("母を", "父を"), ("病院に連れて行きました。", "看取りました。", "見ています。")),
    (("ネットカフェで", "車の中で"), ("仕事をしてます。", "昼ご飯を食べました。")),
    (("財布に", "手元に"), ("5千円あります。", "20万円あります。")),
)


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory, shipped_analyzer: Analyzer) -> Iterator[Workplace]:
    workplace = build_workplace(Settings(data_folder=tmp_path_factory.mktemp("data")))
    yield replace(workplace, load_analyzer=lambda: shipped_analyzer)
    workplace.store.close()


def sentences(parts: Sequence[Sequence[str]]) -> Iterator[str]:
    return map("".join, product(*parts))


@pytest.mark.parametrize("kind", DANGERS)
def test_every_common_way_of_saying_it_is_heard(workplace: Workplace, kind: str) -> None:
    silent = [text for text in sentences(DANGERS[kind]) if not try_sentence(workplace, text).alerts]
    assert not silent


@pytest.mark.parametrize("parts", NONE)
def test_what_sounds_like_it_is_not_raised(workplace: Workplace, parts: Sequence[Sequence[str]]) -> None:
    false = [text for text in sentences(parts) if try_sentence(workplace, text).alerts]
    assert not false


@pytest.mark.parametrize(
    ("asked", "answer", "protocol"),
    [
        ("ご主人に叩かれることはありますか。", "…ときどき。", "dv"),
        ("ご主人に叩かれることはありますか。", "いいえ、ありません。", None),
        ("今日、食べるものはありますか。", "いえ、何も。", "destitution"),
        ("今日、食べるものはありますか。", "はい、あります。", None),
        ("", "…ときどき。", None),
    ],
)
def test_an_answer_is_heard_with_its_question(
    shipped_analyzer: Analyzer, asked: str, answer: str, protocol: str | None
) -> None:
    found = shipped_analyzer.analyze("u0002", 0, answer, asked=asked)
    raised = {item.protocol for item in found if isinstance(item, Term) and item.protocol}
    assert raised == ({protocol} if protocol else set())
