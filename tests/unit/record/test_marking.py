"""見え消し: both texts can be read from it again, and only what differs is marked."""

from hypothesis import given
from hypothesis import strategies as st

from consult_assist.record.marking import Ink, MarkedLine, Stroke, mark_lines

ROW = st.text(alphabet="家賃月六七万円、がは。", min_size=1, max_size=12)


def read(lines: tuple[MarkedLine, ...], without: Ink) -> list[str]:
    texts = ["".join(stroke.text for stroke in line if stroke.ink is not without) for line in lines]
    wholly = [all(stroke.ink is without for stroke in line) for line in lines]
    return [text for text, gone in zip(texts, wholly, strict=True) if not gone]


@given(st.lists(ROW, max_size=5), st.lists(ROW, max_size=5))
def test_before_and_after_can_be_read_from_what_is_marked(before: list[str], after: list[str]) -> None:
    marked = mark_lines(before, after)
    assert read(marked, Ink.ADDED) == before
    assert read(marked, Ink.DELETED) == after


def test_only_the_changed_characters_of_a_line_are_marked() -> None:
    assert mark_lines(["受付", "家賃：月六万円"], ["受付", "家賃：月七万円", "窓口で確認"]) == (
        (Stroke("受付"),),
        (Stroke("家賃：月"), Stroke("六", Ink.DELETED), Stroke("七", Ink.ADDED), Stroke("万円")),
        (Stroke("窓口で確認", Ink.ADDED),),
    )


def test_another_sentence_is_one_deleted_and_one_added() -> None:
    assert mark_lines(["離婚後の生活について"], ["書類を渡した"]) == (
        (Stroke("離婚後の生活について", Ink.DELETED),),
        (Stroke("書類を渡した", Ink.ADDED),),
    )
