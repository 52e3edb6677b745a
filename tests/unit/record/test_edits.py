"""Editor text ↔ lines, and edits merged with drafts: nothing typed is lost, nothing deleted comes back."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_assist.domain.record import FieldEdited, LineKind, RecordField, RecordLine
from consult_assist.record.edits import edit_from_text, merge_edits, text_from_field


def quoted(text: str, *ids: str) -> RecordLine:
    return RecordLine(text=text, kind=LineKind.QUOTED, utterance_ids=ids)


def condensed(text: str, *ids: str) -> RecordLine:
    return RecordLine(text=text, kind=LineKind.CONDENSED, utterance_ids=ids)


def typed(text: str, *ids: str) -> RecordLine:
    return RecordLine(text=text, kind=LineKind.CLERK, utterance_ids=ids)


def field(*lines: RecordLine) -> RecordField:
    return RecordField(name="hearing", label="聴取内容", lines=lines)


def edited(current: RecordField, text: str) -> FieldEdited:
    edit = edit_from_text(current, text, by="佐藤")
    assert edit is not None
    return edit


A = quoted("「家賃が払えません」", "u1")
B = condensed("家賃：月6万円", "u1")
C = quoted("「仕事がなくなって」", "u2")
NOT_ASKED = RecordLine(text="未聴取", kind=LineKind.NOT_ASKED)


def test_a_changed_line_is_the_clerk_s_and_keeps_its_evidence() -> None:
    edit = edited(field(A, B, C), "「家賃が払えません」\n家賃：月6万5千円\n「仕事がなくなって」")

    assert edit.after == (A, typed("家賃：月6万5千円", "u1"), C)
    assert edit.before == (A, B, C)


def test_a_new_line_has_no_evidence_and_a_deleted_one_is_gone() -> None:
    assert edited(field(A, C), "「家賃が払えません」\n「仕事がなくなって」\n本人は落ち着いていた").after == (
        A,
        C,
        typed("本人は落ち着いていた"),
    )
    assert edited(field(A, C), "「仕事がなくなって」").after == (C,)


def test_a_moved_line_stays_what_it_was() -> None:
    assert edited(field(A, B, C), "\n".join((C.text, A.text, B.text))).after == (C, A, B)


def test_lines_joined_or_split_keep_the_evidence_of_their_parts() -> None:
    joined = edited(field(A, C), f"{A.text}{C.text}")
    assert joined.after == (typed(f"{A.text}{C.text}", "u1", "u2"),)

    long = quoted("「家賃が払えなくて、仕事もなくなって」", "u3")
    split = edited(field(long), "「家賃が払えなくて」\n「仕事もなくなって」")
    assert split.after == (typed("「家賃が払えなくて」", "u3"), typed("「仕事もなくなって」", "u3"))


@pytest.mark.parametrize("text", ["", "未聴取", " \n\n"])
def test_the_mark_for_not_asked_is_never_taken_for_text(text: str) -> None:
    assert text_from_field(field(NOT_ASKED)) == ""
    assert edit_from_text(field(NOT_ASKED), text, by="佐藤") is None
    assert edited(field(NOT_ASKED), text + "\n聞き取った").after == (typed("聞き取った"),)


def test_an_unchanged_text_is_no_edit() -> None:
    spaced = typed("　字下げ\tあり ", "u1")
    broken = quoted("「二行の\n言葉」", "u2")
    current = field(A, spaced, broken)

    assert edit_from_text(current, text_from_field(current), by="佐藤") is None
    assert edit_from_text(current, text_from_field(current) + "\n\n", by="佐藤") is None


def test_later_automatic_lines_come_below_what_was_typed() -> None:
    edit = edited(field(A), f"{A.text}\n追記")

    assert merge_edits((A, C), [edit]) == (A, typed("追記"), C)


def test_deleted_lines_do_not_come_back_when_their_words_are_corrected() -> None:
    removal = edited(field(A, C), C.text)

    assert merge_edits((quoted("「家賃を払えません」", "u1"), C), [removal]) == (C,)


def test_an_untouched_line_follows_corrections_and_a_changed_one_does_not() -> None:
    told = condensed("児童扶養手当：未説明", "u1")
    edit = edited(field(told, A), f"{told.text}\n家賃を払えない")
    later = condensed("児童扶養手当：説明済", "u1", "u9")

    assert merge_edits((later, quoted("「家賃払えません」", "u1")), [edit]) == (
        later,
        typed("家賃を払えない", "u1"),
    )


def test_lines_of_one_utterance_are_told_apart_by_their_label() -> None:
    income = condensed("収入：月12万円", "u1")
    removal = edited(field(B), "")

    assert merge_edits((B, income), [removal]) == (income,)


def test_an_edit_from_an_old_editor_loses_nothing_and_brings_nothing_back() -> None:
    first = edited(field(A, B), f"{B.text}\n先の追記")
    stale = edited(field(A, B), f"{A.text}\n{B.text}\n後の追記")

    assert merge_edits((A, B, C), [first, stale]) == (B, typed("後の追記"), typed("先の追記"), C)


WORDS = st.text(alphabet="あいう：「」 \t", min_size=1, max_size=4)
IDS = st.sampled_from([("u1",), ("u2",), ("u3",), ("u1", "u2"), ()])
AUTOMATIC = st.one_of(
    st.builds(lambda text, ids: quoted(text, *ids), st.sampled_from(["「あ」", "「い：」"]), IDS),
    st.builds(
        lambda text, ids: condensed(text, *ids), st.sampled_from(["家賃：1", "家賃：2", "収入：1"]), IDS
    ),
)
Identity = tuple[LineKind, str, tuple[str, ...]]


def identity(line: RecordLine) -> Identity:
    label = line.text.partition("：")[0] if line.kind is LineKind.CONDENSED else ""
    return (line.kind, label or ("" if line.utterance_ids else line.text), line.utterance_ids[:1])


def drafts(lines: Sequence[RecordLine]) -> tuple[RecordLine, ...]:
    """Only drafts that rules can give: no two lines on the same thing from the same utterance."""
    return tuple({identity(line): line for line in lines}.values())


STEPS = st.lists(
    st.tuples(
        st.lists(AUTOMATIC, max_size=4).map(drafts),
        st.lists(st.integers(0, 8), max_size=4),
        st.lists(WORDS, max_size=2),
        st.integers(0, 6),
    ),
    max_size=5,
)


@given(STEPS)
def test_no_sequence_of_drafts_and_edits_loses_or_resurrects_a_line(
    steps: list[tuple[tuple[RecordLine, ...], list[int], list[str], int]],
) -> None:
    automatic: tuple[RecordLine, ...] = ()
    edits: list[FieldEdited] = []
    deleted: set[Identity] = set()
    for new, removals, additions, place in steps:
        automatic = drafts((*automatic, *new))
        current = merge_edits(automatic, edits)
        rows = [line.text for number, line in enumerate(current) if number not in removals]
        rows[place:place] = [f"記入{text}" for text in additions]
        edit = edit_from_text(field(*current), "\n".join(rows), by="佐藤")
        if edit is not None:
            edits.append(edit)
            deleted |= {identity(line) for line in current if line not in edit.after}
        merged = merge_edits(automatic, edits)
        clerks = [line for line in merged if line.kind is LineKind.CLERK]
        assert [row.strip() for row in rows if row.strip()] == [line.text.strip() for line in merged]
        assert not {identity(line) for line in merged if line.kind is not LineKind.CLERK} & deleted
        assert all(any(text.strip() in line.text for line in clerks) for text in additions if text.strip())


@given(st.lists(AUTOMATIC | st.builds(typed, WORDS), max_size=6))
def test_the_editor_s_text_leads_back_to_the_same_lines(lines: list[RecordLine]) -> None:
    current = field(*(line for line in lines if line.text.strip()))

    assert edit_from_text(current, text_from_field(current), by="佐藤") is None
