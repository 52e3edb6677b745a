"""Words that tell the two sides of a counter apart."""

import pytest

from consult_assist.counter.counter_speech import STRONGEST, clerk_evidence


@pytest.mark.parametrize(
    "text",
    [
        "お待たせしました。今日はどのようなご相談でしょうか。",
        "お子さんはおいくつですか。",
        "それでしたら、住居確保給付金という制度がございます。",
        "窓口までご案内いたします。",
        "それは大変でしたね。",
    ],
)
def test_a_clerk_raises_the_other_and_lowers_the_own_act(text: str) -> None:
    assert clerk_evidence(text) > 0


@pytest.mark.parametrize(
    "text",
    [
        "夫が仕事を辞めてしまって、家賃が払えないんです。",
        "えっと、うちの子のことで相談したいんですけど。",
        "それって、私でももらえるんですか。",
        "助かります。",
    ],
)
def test_a_resident_speaks_of_their_own(text: str) -> None:
    assert clerk_evidence(text) < 0


@pytest.mark.parametrize(
    "text", ["はい。", "ありがとうございます。", "お願いいたします。", "すみません。", "わかりました。", ""]
)
def test_what_both_say_tells_nothing(text: str) -> None:
    assert clerk_evidence(text) == 0


def test_a_resident_names_the_clerks_people_differently() -> None:
    assert clerk_evidence("息子さんはお元気ですか。") > 0 > clerk_evidence("息子は元気です。")


def test_one_sentence_is_never_worth_more_than_the_bound() -> None:
    text = "お子さんのお名前と、ご家族のご予定をうかがい、原則として給付金がございますのでご案内いたします。"
    assert clerk_evidence(text) == STRONGEST
