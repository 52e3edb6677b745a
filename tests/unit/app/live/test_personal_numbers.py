"""Where a 個人番号 was said, and what waits until it can be erased."""

from collections.abc import Mapping, Sequence

import pytest

from consult_assist.app.journal import Journal
from consult_assist.app.live.personal_numbers import PersonalNumberGuard, covered_with_lines_around
from consult_assist.app.live.redaction import Redactor, Stretch
from consult_assist.domain.transcript import Transcript, TranscriptLine
from consult_assist.errors import ConsultAssistError, RecordingError, StoreError
from consult_assist.storage.memory import MemoryStore
from tests.unit.app.no_sound import NoSound


class Counted(Redactor):
    """Erases nothing, but tells what it was asked for, and fails as it was told to."""

    def __init__(self, *failures: ConsultAssistError | None) -> None:
        super().__init__(Journal("a", MemoryStore()), NoSound())
        self.failures = list(failures)
        self.asked: list[tuple[dict[str, tuple[str, str]], list[Stretch]]] = []

    def erase_number(self, texts: Mapping[str, tuple[str, str]], stretches: Sequence[Stretch]) -> None:
        self.asked.append((dict(texts), list(stretches)))
        if self.failures and (failure := self.failures.pop(0)) is not None:
            raise failure


def _line(number: int, text: str, channel: int = 0) -> TranscriptLine:
    start_s = 3.0 * number
    return TranscriptLine(
        id=f"u{number}",
        channel=channel,
        speaker=None,
        start_s=start_s,
        end_s=start_s + 2,
        heard=text,
        text=text,
    )


FIRST, LAST = _line(1, "8392 0571"), _line(2, "6498です")
HALVES = Transcript.of([FIRST, LAST])
TEXTS = {"u1": ("8392 0571", "〓〓〓〓 〓〓〓〓")}
COVERED = {"u1": "〓〓〓〓 〓〓〓〓"}


def test_a_number_is_covered_across_the_lines_of_one_voice() -> None:
    transcript = Transcript.of([FIRST])
    text, around = covered_with_lines_around(transcript, 0, 6.0, "6498です")
    assert (text, around) == ("〓〓〓〓です", COVERED)
    assert covered_with_lines_around(transcript, 1, 6.0, "6498です") == ("6498です", {})


def test_what_was_erased_waits_no_longer() -> None:
    redactor = Counted()
    guard = PersonalNumberGuard(redactor)
    assert guard.erase(HALVES, COVERED, [FIRST, LAST])
    assert redactor.asked == [(TEXTS, [(3.0, 8.0)])]
    assert not guard.is_waiting


def test_where_the_store_fails_only_the_words_wait() -> None:
    redactor = Counted(StoreError("空きがありません。"))
    guard = PersonalNumberGuard(redactor)
    assert not guard.erase(HALVES, COVERED, [FIRST])
    assert guard.is_waiting
    assert guard.erase_waiting()
    assert redactor.asked[1] == (TEXTS, [])
    assert not guard.is_waiting


def test_where_nothing_could_be_noted_words_and_sound_wait() -> None:
    redactor = Counted(RecordingError("書けません。"))
    guard = PersonalNumberGuard(redactor)
    assert not guard.erase(HALVES, COVERED, [FIRST])
    later = _line(5, "1234 5678 9018")
    assert guard.erase(HALVES, {}, [later])
    assert redactor.asked[1] == (TEXTS, [(3.0, 5.0), (15.0, 17.0)])


def test_a_line_that_is_gone_is_waited_for_no_longer() -> None:
    guard = PersonalNumberGuard(Counted(StoreError("空きがありません。")))
    guard.erase(HALVES, COVERED, [FIRST])
    guard.drop_missing(Transcript.of([LAST]))
    assert not guard.is_waiting


@pytest.mark.parametrize(
    ("between", "stretches"), [([], [(3.0, 11.0)]), ([_line(2, "はい", 1)], [(3.0, 5.0), (9.0, 11.0)])]
)
def test_another_voice_between_the_halves_keeps_its_sound(
    between: list[TranscriptLine], stretches: list[Stretch]
) -> None:
    redactor = Counted()
    last = _line(3, "6498です")
    PersonalNumberGuard(redactor).erase(Transcript.of([FIRST, *between]), COVERED, [FIRST, last])
    assert redactor.asked[0][1] == stretches
