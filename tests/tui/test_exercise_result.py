"""The score of an attempt in words."""

from dataclasses import replace

from rich.cells import cell_len

from consult_assist.app.training.session import Way
from consult_assist.domain.exercise import Try
from consult_assist.tui.presentation.exercise import acts_piece, counts, fitting_questions
from consult_assist.tui.presentation.exercise_result import ResultRow, record_paragraphs, result_rows
from consult_assist.tui.presentation.prose import prose
from tests.tui.exercise_facts import EXERCISE, Attempt
from tests.tui.facts import NOON, knowledge


def finished(*programmes: str, until_s: float = 30.0) -> Attempt:
    """An attempt in which these programmes were brought up at its end."""
    attempt = Attempt(Way(trainee="研修"))
    attempt.session.start()
    attempt.hear_until(until_s)
    for programme in programmes:
        attempt.session.raise_programme(programme)
    attempt.session.edit_field("choshu", "収入 月9万円")
    attempt.session.finish()
    return attempt


def rows_of(attempt: Attempt, *before: Attempt) -> tuple[ResultRow, ...]:
    """Its score, compared with earlier ones."""
    assert attempt.session.scored is not None
    tries = [
        Try(
            id=item.id,
            begun_at=NOON,
            trainee="研修",
            scored=item.session.scored,
            record=item.session.record(),
        )
        for item in before
        if item.session.scored is not None
    ]
    return result_rows(EXERCISE, attempt.session.scored, knowledge(), tries, 78)


def text(row: ResultRow) -> str:
    """A row as it stands in the list."""
    return " ".join("".join(piece for piece, _ in row.pieces).split())


def details(row: ResultRow) -> str:
    """What is shown when it is chosen."""
    return prose(row.details, 200).plain


def test_each_cue_has_its_words_its_reason_and_its_moment() -> None:
    rows = rows_of(finished())
    missed = next(row for row in rows if text(row).endswith("児童扶養手当"))
    assert text(missed) == "× 見のがし 0:05 児童扶養手当"
    assert missed.moment == (5.0, 15.0)
    assert "先月離婚して、五歳の娘と" in details(missed)
    assert "挙げませんでした" in details(missed)
    written = next(row for row in rows if "収入" in text(row))
    assert text(written) == "○ 書いた 0:05 収入 月9万円"


def test_wrong_advice_is_named_and_danger_comes_first() -> None:
    rows = rows_of(finished("shugaku-enjo"))
    wrong = next(row for row in rows if "就学援助" in text(row))
    assert text(wrong).startswith("× ちがう案内")
    assert wrong.moment is None
    assert text(rows[0]) == "危険のサイン"
    assert not rows[0].details


def test_what_was_not_heard_is_neither_told_nor_counted() -> None:
    attempt = finished("jidou-fuyou-teate", until_s=16.0)
    scored = attempt.session.scored
    assert scored is not None
    assert counts(scored).startswith("制度 1/1")
    assert "危険" not in counts(scored)
    shown = "\n".join(text(row) for row in rows_of(attempt))
    assert "住居確保給付金" not in shown
    assert "0:16 から先は、聞いてから出ます" in shown


def test_the_last_try_stands_beside_the_new_one() -> None:
    rows = rows_of(finished("jidou-fuyou-teate"), finished())
    noticed = next(row for row in rows if text(row).endswith("児童扶養手当"))
    assert "前回 × 見のがし" in " ".join(details(noticed).split())
    assert "制度 0/2" in text(rows[-1])


def test_both_records_stand_field_by_field() -> None:
    shown = prose(record_paragraphs(EXERCISE, finished().session.record()), 200).plain
    assert shown.index("あなたの記録") < shown.index("・収入 月9万円") < shown.index("お手本の記録")
    assert "・離婚　五歳の娘と二人" in shown


def test_a_row_of_acts_keeps_the_latest_and_counts_the_rest() -> None:
    attempt = Attempt()
    assert "F2 案内" in acts_piece(attempt.session, knowledge(), 78)[0]
    for programme in knowledge().programmes:
        attempt.session.raise_programme(programme)
    attempt.session.call_danger("dv")
    row, _ = acts_piece(attempt.session, knowledge(), 70)
    assert "ほか" in row
    assert "危険 配偶者からの暴力" in row
    assert cell_len(row) <= 70


def test_a_long_name_of_a_danger_does_not_take_the_count_of_questions_off_the_row() -> None:
    attempt = Attempt()
    known = knowledge()
    protocols = {"dv": replace(known.protocols["dv"], title="今日の食べ物・住まい・お金がない")}
    attempt.session.raise_programme(next(iter(known.programmes)))
    attempt.session.put_question("お子さんは何歳ですか")
    attempt.session.call_danger("dv")
    row, _ = acts_piece(attempt.session, replace(known, protocols=protocols), 62)
    assert "質問 1" in row
    assert "危険 今日の食べ物" in row
    assert cell_len(row) <= 62


def test_questions_are_found_by_every_word_and_none_is_proposed() -> None:
    known = ("家賃の滞納は何か月分ですか。", "家賃はいくらですか。")
    assert fitting_questions(known, "", 5) == ()
    assert fitting_questions(known, "家賃 滞納", 5) == [known[0]]
