"""What was said so far, and what of it belongs together."""

from collections.abc import Iterable

import pytest

from consult_assist.domain.speech import Speaker
from consult_assist.guidance.dialogue import AnalyzedLine, DialogueHistory
from tests.unit.guidance.said import said, term


def _numbers(lines: Iterable[AnalyzedLine]) -> list[str]:
    return [line.line.id for line in lines]


@pytest.fixture
def history() -> DialogueHistory:
    history = DialogueHistory()
    for number, start_s in enumerate((0.0, 30.0, 40.0, 80.0)):
        history.put(said(number, start_s))
    return history


def test_a_line_stands_with_those_shortly_before_it_the_latest_first(history: DialogueHistory) -> None:
    line = history.get("u2")
    assert line is not None
    assert _numbers(history.up_to(line, within_s=10.0)) == ["u2", "u1"]
    assert _numbers(history.up_to(line, within_s=60.0)) == ["u2", "u1", "u0"]


def test_lines_shortly_after_come_without_the_line_itself(history: DialogueHistory) -> None:
    line = history.get("u1")
    assert line is not None
    assert _numbers(history.after(line, within_s=10.0)) == ["u2"]
    assert _numbers(history.after(line, within_s=60.0)) == ["u3", "u2"]


def test_a_line_that_is_put_again_takes_its_old_place_and_its_length_back(history: DialogueHistory) -> None:
    before = history.n_chars
    replaced = history.put(said(1, 30.0, speaker=Speaker.CLERK))
    assert replaced is not None
    assert replaced.by_clerk is False
    assert _numbers(history) == ["u0", "u1", "u2", "u3"]
    assert history.n_chars == pytest.approx(before - replaced.n_chars)
    assert history.now_s == 84.0


def test_a_line_that_is_heard_late_stands_where_it_was_said(history: DialogueHistory) -> None:
    history.put(said(4, 50.0, term(programme="late")))
    assert _numbers(history) == ["u0", "u1", "u2", "u4", "u3"]
    assert history.answered_s() == 84.0
    assert history.thread() == {"late": pytest.approx(0.125)}
    late, last = history.get("u4"), history.get("u3")
    assert late is not None
    assert last is not None
    assert _numbers(history.after(late, within_s=60.0)) == ["u3"]
    assert _numbers(history.up_to(last, within_s=60.0)) == ["u3", "u4", "u2", "u1"]


def test_the_last_answer_is_the_last_line_that_is_not_the_clerks(history: DialogueHistory) -> None:
    history.put(said(4, 90.0, speaker=Speaker.CLERK))
    assert history.answered_s() == 84.0
    assert DialogueHistory().answered_s() == 0.0


def test_the_thread_is_what_was_told_last_half_as_much_after_ten_seconds() -> None:
    history = DialogueHistory()
    history.put(said(1, 0.0, term(programme="old")))
    history.put(said(2, 50.0, term(programme="rent", confidence=0.8)))
    history.put(said(3, 60.0, term(programme="asked"), asks=True))
    history.put(said(4, 60.0))
    assert history.thread() == {"rent": pytest.approx(0.4)}
