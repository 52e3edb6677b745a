"""Questions whose answer from a pipe cannot be taken."""

import pytest

from consult_assist.cli.asking import UnfitAnswerError, before_asking_again


@pytest.mark.parametrize(
    ("prompt", "question"),
    [
        ("「住居確保給付金（家賃）」の読み: ", "「住居確保給付金（家賃）」の読み"),
        ("「住居確保給付金（家賃）」の読み（Enter = ジュウキョ）: ", "「住居確保給付金（家賃）」の読み"),
        (
            "練習「夜間: 電話（再）」を残しますか ［はい／いいえ、Enter = はい］: ",
            "練習「夜間: 電話（再）」を残しますか",
        ),
        ("その金額はいつの時点ですか（例: 令和8年4月）: ", "その金額はいつの時点ですか"),
        ("ほかの呼び方（略した名前など）", "ほかの呼び方"),
        ("  制度の名前： ", "制度の名前"),
    ],
)
def test_a_question_is_named_whole_and_without_its_hint(
    monkeypatch: pytest.MonkeyPatch, prompt: str, question: str
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(UnfitAnswerError) as caught:
        before_asking_again(prompt, "番号を書いてください。")
    assert str(caught.value).startswith(f"質問「{question}」への答え")
