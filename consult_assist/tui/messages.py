"""What widgets tell their screen."""

from dataclasses import dataclass

from textual.message import Message


@dataclass
class LineChosen(Message):
    """Another line of the transcript is selected, or none."""

    line_id: str | None


@dataclass
class ProgrammeOpened(Message):
    """The clerk wants to see a programme in full."""

    programme: str


@dataclass
class FieldEntered(Message):
    """The clerk began to edit a field of the record."""

    field: str


@dataclass
class FieldLeft(Message):
    """The clerk left a field of the record."""

    field: str


@dataclass
class StepWanted(Message):
    """The clerk wants back what stood in a field before, or `forward` again what was taken back."""

    field: str
    forward: bool


@dataclass
class Said(Message):
    """A part of the screen has something to tell the person."""

    sentence: str
