"""What changed between two readings of the same words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_assist.japanese.difference import CLOSE, OPEN, mark_changes, moved_span, place_in


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("自動扶養手当です", "児童扶養手当です", ("【自動】扶養手当です", "【児童】扶養手当です")),
        ("家賃五万円", "家賃は五万円", ("家賃五万円", "家賃【は】五万円")),
        ("えっと、はい", "はい", ("【えっと、】はい", "はい")),
        ("集が苦援助", "就学援助", ("【集が苦】援助", "【就学】援助")),
        ("同じです", "同じです", ("同じです", "同じです")),
        ("", "新しい", ("", "【新しい】")),
    ],
)
def test_what_differs_is_marked_in_both(before: str, after: str, marked: tuple[str, str]) -> None:
    assert mark_changes(before, after) == marked


@given(st.text(alphabet="あいう家賃", max_size=12), st.text(alphabet="あいう家賃", max_size=12))
def test_marks_only_add_marks(before: str, after: str) -> None:
    unmark = str.maketrans("", "", OPEN + CLOSE)
    assert tuple(text.translate(unmark) for text in mark_changes(before, after)) == (before, after)


@pytest.mark.parametrize(
    ("before", "words", "after", "moved"),
    [
        ("はい。家賃が払えません。", "家賃が払えません", "はい。家賃を払えません。", "家賃を払えません"),
        (
            "はい。矢賃が払えません。",
            "矢賃が払えません",
            "ええ、はい。家賃が払えません。",
            "家賃が払えません",
        ),
        ("家賃が払えない。困る。", "家賃が払えない", "家賃が払えないんです。困る。", "家賃が払えないんです"),
        ("家賃が払えない", "家賃が払えない", "安いのが良かった", None),
    ],
)
def test_a_stretch_is_found_again_while_half_of_it_stands(
    before: str, words: str, after: str, moved: str | None
) -> None:
    start = before.index(words)
    span = moved_span(before, after, (start, start + len(words)))
    assert (None if span is None else after[slice(*span)]) == moved


def test_words_that_nobody_heard_have_no_place() -> None:
    assert place_in("はい家賃です", "はいです", (2, 4)) is None
    assert place_in("家賃です", "やちんです", (0, 2)) == (0, 3)
