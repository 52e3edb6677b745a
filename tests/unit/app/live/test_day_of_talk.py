"""今年 and 先月 are told from the day of the talk, whenever its words are read."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from consult_assist.app.journal import Journal
from consult_assist.app.live.redaction import Redactor
from consult_assist.app.live.transcript_writer import TranscriptWriter
from consult_assist.app.training.hints import Hints
from consult_assist.domain.consultation import Consent, Started
from consult_assist.domain.guidance import Fact, Term
from consult_assist.domain.speech import Revision
from consult_assist.guidance.advisor import Advisor
from consult_assist.nlp.sudachi import SudachiAnalyzer
from consult_assist.storage.memory import MemoryStore
from tests.unit.app.live.desk import KNOWLEDGE, STARTED, Desk, RentAnalyzer, utterance
from tests.unit.app.no_sound import NoSound

SAID = utterance("u0001", "おととしの九月に離婚しました。先月の四日に退院しました。")
NOON = datetime(2021, 6, 1, 12, tzinfo=UTC)


def test_a_talk_that_is_read_years_later_keeps_its_dates() -> None:
    journal = Journal("c1", MemoryStore())
    journal.emit(Started(id="c1", started_at=NOON, operator="", source="none", consent=Consent.RECORDED))
    writer = TranscriptWriter(journal, Redactor(journal, NoSound()))
    writer.take(SAID)
    writer.read_anew()
    writer.understand("u0001", SudachiAnalyzer({}, {}, ()))
    dates = [e.value for e in journal.events() if isinstance(e, Fact) and e.name == "event_date"]
    assert dates == ["おととしの九月", "2021-05-04"]


def test_a_talk_that_goes_on_is_read_as_of_the_day_it_began() -> None:
    days: list[date | None] = []

    class Noting(RentAnalyzer):
        def analyze(
            self, utterance_id: str, revision: int, text: str, *, held_on: date | None = None, **rest: object
        ) -> Sequence[Revision | Term | Fact]:
            days.append(held_on)
            return super().analyze(utterance_id, revision, text)

    Desk("先月離婚しました", load_analyzer=Noting).run()
    assert days == [STARTED.held_on]


def test_an_exercise_is_read_as_of_its_own_day() -> None:
    hints = Hints(SudachiAnalyzer({}, {}, ()), Advisor(KNOWLEDGE), date(2021, 6, 1))
    found = [e.value for e in hints.understand(SAID) if isinstance(e, Fact) and e.name == "event_date"]
    assert found == ["おととしの九月", "2021-05-04"]
