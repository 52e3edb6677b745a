"""The danger words that ship with the program, on sentences written for this test."""

import pytest

from consult_assist.domain.guidance import Term
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.nlp.array_cache import ArrayCache
from consult_assist.nlp.sudachi import SudachiAnalyzer

DISCLOSURES = {
    "dv": [
        "夫に殴られて、もう家にいられないんです",
        "旦那が酔うと私を蹴ったり、物を投げたりするんです",
        "妹が彼氏に殴られているみたいで、顔にあざがありました",
        "離婚したいんですけど、暴力がひどくて",
        "殺すぞって夫に言われて",
        "妻に叩かれたり物を投げつけられたりします",
        "逃げたら会社まで追いかけると言われていて、怖いです",
    ],
    "child-abuse": [
        "イライラすると子どもを叩いてしまうんです",
        "隣の家の子がいつもあざだらけで",
        "夫が息子を殴るんです",
        "隣の部屋から子どもの悲鳴が聞こえるんです",
        "赤ちゃんが泣き止まなくて、揺さぶってしまいました",
        "再婚相手が娘の体を触っているようなんです",
        "娘の子が、ご飯をもらえていないようなんです",
    ],
    "elder-abuse": [
        "介護していて、母を叩いてしまうことがあるんです",
        "息子に年金を取られているんです",
        "母の通帳を弟が勝手に使っています",
        "隣のおばあさんの顔にあざがあるんです",
        "母をベッドに縛ってしまいました",
        "姉が父にご飯をあげていないんです",
    ],
    "disability-abuse": [
        "作業所の職員に弟が叩かれたと言うんです",
        "知的障害のある妹の障害年金を、兄が使い込んでいます",
        "自閉症の兄を部屋に閉じ込めているんです",
        "障害のある息子が会社で社長に殴られて",
    ],
    "suicide": [
        "もう死にたいです",
        "消えてしまいたいと思うことがあります",
        "生きていても仕方ないと思って",
        "息子が死にたいと言っているんです",
        "夫が自殺未遂をして",
        "私が死ねば保険金でなんとかなるかなって",
        "娘が手首を切ってしまって",
    ],
    "destitution": [
        "昨日から何も食べていません",
        "所持金が三百円しかありません",
        "電気が止められました",
        "今夜泊まるところがありません",
        "車の中で寝ています",
        "赤ちゃんのミルクが買えません",
        "知人の家を今日出なければならなくて、行くあてがないんです",
    ],
}
ORDINARY = [
    "暴力はありません",
    "ご主人から暴力はありますか",
    "死にたいと思うことはありますか",
    "死にたいなんて思っていません",
    "母は五年前に死にました",
    "父が死んだので手続きがしたいんです",
    "今夜泊まるところはありますか",
    "食べるものには困っていません",
    "電気は止まっていません",
    "家賃が払えなくて困っています",
    "子どもが友達に叩かれて学校で揉めています",
    "息子がテニスで腕を怪我して",
    "認知症の母の介護が大変で",
    "障害年金をもらっています",
    "作業所に通っています",
    "薬をたくさん飲んでいます、血圧の",
    "会社で上司に怒鳴られて辞めました",
    "娘が手を上げて発表したんです",
    "祖母の通帳を預かっています",
    "夫の仕事が忙しくて、生活が大変です",
    "電気を止めてもらう手続きをしたいです、引っ越すので",
    "子どもは八歳と五歳です",
]


@pytest.fixture(scope="module")
def analyzer(shipped_knowledge: KnowledgeBase, kept: ArrayCache) -> SudachiAnalyzer:
    programmes, protocols = shipped_knowledge.programmes, shipped_knowledge.protocols
    words, groups = shipped_knowledge.vocabulary, shipped_knowledge.words
    return SudachiAnalyzer(programmes, protocols, words, groups, kept=kept)


def _protocols(analyzer: SudachiAnalyzer, text: str) -> set[str]:
    found = analyzer.analyze("u1", 0, text)
    return {item.protocol for item in found if isinstance(item, Term) and item.protocol}


@pytest.mark.parametrize(
    ("protocol", "text"), [(protocol, text) for protocol, texts in DISCLOSURES.items() for text in texts]
)
def test_disclosures_raise_their_protocol(analyzer: SudachiAnalyzer, protocol: str, text: str) -> None:
    assert protocol in _protocols(analyzer, text)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_talk_raises_nothing(analyzer: SudachiAnalyzer, text: str) -> None:
    assert _protocols(analyzer, text) == set()
