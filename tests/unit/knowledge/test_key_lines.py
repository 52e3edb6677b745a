"""The line of a file at which a key stands."""

import pytest

from consult_assist.knowledge.source import find_line, key_text

_TEXT = """\
id = "a"
cues = [
    "家賃 払えない",
    "借金|",
]

[[amounts]]
text = "月1万円"
as_of = "令和8年度"

[[amounts]]
text = "月2万円"

[dv-navi]
number = "#8008"
[dv-navi.source]
url = "x"
"""


@pytest.mark.parametrize(
    ("loc", "value", "line"),
    [
        (("id",), None, 1),
        (("cues",), None, 2),
        (("cues", 1), "借金|", 4),
        (("amounts", 0, "text"), None, 8),
        (("amounts", 1, "text"), None, 12),
        (("amounts", 1, "as_of"), None, 11),
        (("dv-navi", "number"), None, 15),
        (("dv-navi", "name"), None, 14),
        (("nowhere",), None, None),
    ],
)
def test_line_of_a_key(loc: tuple[str | int, ...], value: str | None, line: int | None) -> None:
    assert find_line(_TEXT, loc, value) == line


def test_keys_are_counted_from_one() -> None:
    assert key_text(("amounts", 1, "as_of")) == "amounts[2].as_of"
