"""A 個人番号 that is read out: drafts, earlier lines, the sound, and a store that cannot write once."""

from collections.abc import Mapping

import pytest

from consult_assist.app.journal import Journal
from consult_assist.app.live.redaction import Redactor
from consult_assist.app.live.transcript_writer import TranscriptWriter
from consult_assist.domain.consultation import RecordingOpened, Redacted
from consult_assist.domain.events import Event, StampedEvent
from consult_assist.domain.speech import Draft, Utterance
from consult_assist.errors import StoreError
from consult_assist.storage.memory import MemoryStore
from tests.contract.test_store import started
from tests.unit.app.no_sound import NoSound

FIRST, SECOND = "8392 0571", "6498です"


class Stubborn(MemoryStore):
    """A store that erases only when it is asked again."""

    asked = 0

    def redact_events(
        self, consultation_id: str, covered: Mapping[int, Event | None], **how: object
    ) -> StampedEvent:
        self.asked += 1
        if self.asked == 1:
            raise StoreError("空きがありません。")
        return super().redact_events(consultation_id, covered, **how)  # type: ignore[arg-type]


class Room:
    """A transcript writer with everything around them in view."""

    def __init__(self, store: MemoryStore) -> None:
        self.store = store
        self.journal = Journal("a", store)
        self.journal.emit(started("a"))
        self.journal.emit(RecordingOpened(name="a-01.flac", start_s=10.0, channels=1))
        self.sound = NoSound()
        self.writer = TranscriptWriter(self.journal, Redactor(self.journal, self.sound))
        self.told: list[Event] = []
        self.journal.subscribe(lambda stamped: self.told.append(stamped.event))

    def say(self, number: int, text: str) -> None:
        start_s = 10.0 + 3 * number
        self.writer.take(
            Utterance(
                id=f"u{number}",
                channel=0,
                speaker=None,
                start_s=start_s,
                end_s=start_s + 2,
                heard=text,
                text=text,
            )
        )

    def kept(self) -> str:
        """Everything in the store."""
        return "".join(str(sealed.payload) for sealed in self.store.sealed)


def test_a_draft_that_completes_a_number_never_shows_it() -> None:
    room = Room(MemoryStore())
    room.say(1, FIRST)
    shown = room.writer.take(Draft(channel=0, start_s=16.0, text="6498で"))
    assert isinstance(shown, Draft)
    assert shown.text == "〓〓〓〓で"


def test_both_halves_go_from_the_store_the_screen_and_the_sound() -> None:
    room = Room(MemoryStore())
    room.say(1, FIRST)
    room.say(2, SECOND)
    room.say(3, "家賃の話です")
    assert not any(half in room.kept() for half in ("8392", "0571", "6498"))
    assert [line.text for line in room.writer.transcript] == [
        "〓〓〓〓 〓〓〓〓",
        "〓〓〓〓です",
        "家賃の話です",
    ]
    told = [event.text for event in room.told if isinstance(event, Utterance) and event.id == "u1"]
    assert told == [FIRST, "〓〓〓〓 〓〓〓〓"]
    assert room.sound.asked == [("mark", "a-01.flac", (3.0, 8.0)), ("silence", "a-01.flac")]
    (redacted,) = (event for event in room.journal.events() if isinstance(event, Redacted))
    assert (redacted.reason, redacted.silenced) == ("personal_number", ((13.0, 18.0),))
    assert room.store.verify() == []


def test_another_voice_between_the_halves_keeps_its_sound() -> None:
    room = Room(MemoryStore())
    room.say(1, FIRST)
    room.say(2, "はい")
    room.say(3, SECOND)
    assert room.sound.asked[0] == ("mark", "a-01.flac", (3.0, 5.0), (9.0, 11.0))


@pytest.mark.parametrize("later", ["家賃の話です", "1234 5678 9018"])
def test_what_could_not_be_erased_is_covered_and_erased_with_the_next_number(later: str) -> None:
    store = Stubborn()
    room = Room(store)
    room.say(1, FIRST)
    room.say(2, SECOND)
    assert [line.text for line in room.writer.transcript] == ["〓〓〓〓 〓〓〓〓", "〓〓〓〓です"]
    assert ("silence", "a-01.flac") in room.sound.asked
    assert "8392" in room.kept()
    room.say(3, later)
    assert "8392" not in room.kept()
    assert store.verify() == []


def test_what_could_not_be_erased_is_erased_in_the_end() -> None:
    room = Room(Stubborn())
    room.say(1, FIRST)
    room.say(2, SECOND)
    room.writer.erase_pending()
    assert "8392" not in room.kept()


def test_sound_that_could_not_be_marked_is_silenced_later() -> None:
    room = Room(MemoryStore())
    room.sound.unmarkable = True
    room.say(1, f"{FIRST} {SECOND}")
    assert not room.sound.asked
    room.sound.unmarkable = False
    room.say(2, "家賃の話です")
    assert room.sound.asked[0][:2] == ("mark", "a-01.flac")
    assert ("silence", "a-01.flac") in room.sound.asked


@pytest.mark.parametrize("zero", ["ゼロ", "ぜろ"])
def test_a_number_read_out_with_zero_in_letters_goes_from_what_was_heard_and_from_the_sound(
    zero: str,
) -> None:
    room = Room(MemoryStore())
    room.say(1, f"8392 {zero}571")
    room.say(2, SECOND)
    assert not any(part in room.kept() for part in ("8392", "571", "6498", zero))
    assert room.sound.asked == [("mark", "a-01.flac", (3.0, 8.0)), ("silence", "a-01.flac")]
