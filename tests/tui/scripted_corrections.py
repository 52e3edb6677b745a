"""What a scripted session and a scripted desk do when a transcript, a form or an edit is changed."""

from consult_assist.domain.document import RecordDocument
from consult_assist.domain.events import Event
from consult_assist.domain.record import ReadbackItem, ReadbackState, RecordLine
from consult_assist.domain.speech import Revision
from consult_assist.errors import RecordChangedError
from consult_assist.tui.desk import Desk


class CorrectedSession:
    """The part of a scripted session that takes corrections."""

    asked: list[tuple[str, ...]]
    typed: dict[str, list[RecordLine]]
    done: list[tuple[str, list[RecordLine]]]
    undone: list[tuple[str, list[RecordLine]]]
    template = "madoguchi"

    def emit(self, *events: Event) -> None:
        raise NotImplementedError

    def step_edit(self, field: str, *, forward: bool) -> bool:
        self.asked.append(("step", field, "redo" if forward else "undo"))
        steps = self.undone if forward else self.done
        if not steps:
            return False
        (self.done if forward else self.undone).append((field, self.typed.get(field, [])))
        self.typed[field] = steps.pop()[1]
        return True

    def correct_line(self, utterance_id: str, revision: int, text: str) -> None:
        self.asked.append(("correct", utterance_id, str(revision), text))
        self.emit(Revision(utterance_id=utterance_id, revision=revision + 1, text=text, by="clerk"))

    def choose_template(self, template: str) -> None:
        self.asked.append(("form", template))
        self.template = template


class ScriptedCorrections(Desk):
    """The part of a scripted desk that takes corrections of saved records."""

    edited: dict[str, str]

    @property
    def head(self) -> str:
        """Chain head of every record: another one after each edit."""
        return "-".join(["abcdef", *map(repr, sorted(self.edited.items()))])

    def _ask(self, name: str, *values: str) -> None:
        raise NotImplementedError

    def edit_record_field(self, consultation_id: str, field: str, text: str, seen: str) -> RecordDocument:
        if seen != self.head:
            raise RecordChangedError("別の画面で書きかえられました。")
        self._ask("edit", consultation_id, field, text)
        self.edited[field] = text
        return self.open_record(consultation_id)

    def decide_readback(
        self, consultation_id: str, item: ReadbackItem, state: ReadbackState, words: str | None
    ) -> RecordDocument:
        self._ask("readback", consultation_id, str(item.value), state.value, words or "")
        return self.open_record(consultation_id)

    def correct_line(self, consultation_id: str, line_id: str, revision: int, text: str) -> RecordDocument:
        self._ask("correct", consultation_id, line_id, str(revision), text)
        return self.open_record(consultation_id)

    def step_edit(
        self, consultation_id: str, field: str, seen: str, *, forward: bool
    ) -> RecordDocument | None:
        self._ask("step", consultation_id, field, "redo" if forward else "undo")
        return None
