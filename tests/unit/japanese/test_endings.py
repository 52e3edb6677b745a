"""Endings of western and elderly speech, and words that only look like them."""

import pytest

from consult_assist.japanese.endings import standard_endings


@pytest.mark.parametrize(
    ("said", "standard"),
    [
        ("一円も払えとらん", "一円も払えていない"),
        ("足が動かんのです", "足が動かないのです"),
        ("みな使うてしもうた", "みな使ってしまった"),
        ("働かれへんし、食べてへん", "働かれないし、食べていない"),
        ("誰もおらんようになった", "誰もいなくなった"),
        ("字が読めんで困る", "字が読めなくて困る"),
        ("ガスがのうなって", "ガスがなくなって"),
        ("役所に出さなあかん", "役所に出さなければいけない"),
        ("生活できひんかった", "生活できなかった"),
        ("明日の金がねえ", "明日の金がない"),
        ("もうしょうがねえ", "もうしょうがない"),
        ("だれにも会いたくねえ", "だれにも会いたくない"),
        ("五百円しか残ってねえんです", "五百円しか残ってないんです"),
    ],
)
def test_endings_become_standard(said: str, standard: str) -> None:
    assert standard_endings(said).text == standard


@pytest.mark.parametrize(
    "text",
    [
        "今から行くんです",
        "母が寝たんです",
        "無職なんで困ってます",
        "大腸がんで入院しました",
        "お母さんのところ",
        "五千えんです",
        "たいへんなんです",
        "受けとるお金",
        "使うたびに減る",
        "だからねえ、困るんです",
        "困るんですがねえ",
        "うちはねえ。",
        "夫がねえ。",
    ],
)
def test_what_only_looks_alike_stays(text: str) -> None:
    assert standard_endings(text).text == text


def test_every_character_knows_where_it_comes_from() -> None:
    said = "家賃が払えとらんのです"
    standard = standard_endings(said)
    start = standard.text.index("払えていない")
    first, last = standard.span(start, start + len("払えていない"))
    assert said[first:last] == "払えとらん"
    assert standard.span(standard.text.index("の"), len(standard.text)) == (said.index("の"), len(said))
