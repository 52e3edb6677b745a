"""What is settled or suffices, and what only sounds like it."""

import pytest

from consult_assist.nlp.syntax.settled import is_settled


@pytest.mark.parametrize(
    "text",
    [
        "税金はもう全部納めました",
        "ローンは払い終わりました",
        "母の年金でやっていけてます",
        "引っ越し先はもう決まってます",
        "新しい学校にも慣れましたよ",
        "けがひとつしてません",
        "ひもじい思いはしていません",
        "奨学金は返し終わってますので",
        "介護の認定はもう受けてます",
        "もうヘルパーさんに来てもらっています",
    ],
)
def test_what_is_settled_needs_nothing(text: str) -> None:
    assert is_settled(text)


@pytest.mark.parametrize(
    "text",
    [
        "蓄えを使い終わってしまいました",
        "失業手当をもらい終わりました",
        "もう払えません",
        "部屋を出ることに決まりました",
        "新しい学校にも慣れましたが、学費が足りません",
        "税金はやっと払えています",
        "立ち退きが決まりました",
        "もう払い終わりましたか",
        "家賃は払えてません",
        "もう三年も嫌がらせを受けてます",
        "手当はもうもらえません",
    ],
)
def test_what_is_used_up_or_barely_managed_may_need_help(text: str) -> None:
    assert not is_settled(text)
