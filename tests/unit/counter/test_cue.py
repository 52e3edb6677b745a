"""The language of cues: words, alternatives, exclusions, and what is refused."""

import pytest

from consult_assist.counter.cue import Cue, CueSyntaxError, parse_cue


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("死にたい", Cue((("死にたい",),), ())),
        ("家賃|部屋代 払えない", Cue((("家賃", "部屋代"), ("払えない",)), ())),
        ("家賃　払えない !払えた", Cue((("家賃",), ("払えない",)), ("払えた",))),
        ("家賃｜部屋代　！父|母 払う", Cue((("家賃", "部屋代"), ("払う",)), ("父", "母"))),
        ("  借金  ", Cue((("借金",),), ())),
    ],
)
def test_words_alternatives_and_exclusions(text: str, expected: Cue) -> None:
    assert parse_cue(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "　", "!払える", "家賃| 払えない", "|家賃", "家賃||部屋代", "! 家賃", "家賃|!部屋代", "!!家賃"],
)
def test_broken_cues_are_refused_in_japanese(text: str) -> None:
    with pytest.raises(CueSyntaxError, match="手がかり"):
        parse_cue(text)
