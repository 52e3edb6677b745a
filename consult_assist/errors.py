"""Everything this program raises on purpose.

    ConsultAssistError          one Japanese sentence for the user: what happened and what to do
    ├── SoundError              a file or device that gives no usable sound
    │   ├── SoundFileError      a file that is not sound, is empty or is broken
    │   └── MicrophoneError     no PortAudio, no such device, device busy, device gone
    ├── RecordingError          sound could not be written (disk full, read-only folder)
    ├── ModelError              weights missing, incomplete or with a wrong digest
    ├── RecognitionError        one segment could not be recognised; the consultation goes on
    ├── TranscriptChangedError  a line was rewritten or erased while somebody was about to correct it
    ├── RecordChangedError      a saved record was changed in another window while somebody wrote into it
    ├── KnowledgeError          a knowledge folder that cannot be used at all
    ├── ExerciseError           an exercise that cannot be used, made or found
    ├── StoreError              the database cannot be opened, read or written
    │   ├── StoreTooNewError    written by a newer version of the program
    │   └── StoreBusyError      another window of the program is at work on this data folder
    ├── ExportError             a record cannot be made into a file
    ├── FormError               the office's own form cannot be filled
    ├── RecordNotFoundError     no consultation with that id
    ├── SignOffError            a record cannot be handed in, returned, approved or written into now
    ├── CaseError               a case number that cannot be used, or that no consultation has
    ├── SettingsError           a settings file that cannot be read or holds a wrong value
    └── TerminalError           the screen interface cannot run here

The message is written for the user, in Japanese, and never holds a citizen's words.
"""


class ConsultAssistError(Exception):
    """Root of the tree; `str(error)` is the one sentence that the user reads."""


class SoundError(ConsultAssistError):
    """A file or device gives no usable sound."""


class SoundFileError(SoundError):
    """A file is not sound, is empty or is broken."""


class MicrophoneError(SoundError):
    """The microphone cannot be opened or has gone."""


class RecordingError(ConsultAssistError):
    """Sound could not be written to disk."""


class ModelError(ConsultAssistError):
    """Model weights are missing, incomplete or do not match their digest."""


class RecognitionError(ConsultAssistError):
    """One speech segment could not be recognised."""


class TranscriptChangedError(ConsultAssistError):
    """A line was rewritten or erased while somebody was about to correct it."""


class RecordChangedError(ConsultAssistError):
    """A saved record was changed in another window since it was read."""


class KnowledgeError(ConsultAssistError):
    """The knowledge folder cannot be used at all."""


class ExerciseError(ConsultAssistError):
    """An exercise cannot be read, made or found."""


class StoreError(ConsultAssistError):
    """The database cannot be opened, read or written."""


class StoreTooNewError(StoreError):
    """The database was written by a newer version of the program."""


class StoreBusyError(StoreError):
    """Another process is capturing on this data folder, or has records open that are to be replaced."""


class ExportError(ConsultAssistError):
    """A record cannot be made into a file."""


class FormError(ConsultAssistError):
    """The office's own form is no Word document, or asks for what no record holds."""


class RecordNotFoundError(ConsultAssistError):
    """No consultation has this id."""


class SignOffError(ConsultAssistError):
    """A record cannot be handed in, returned, approved or written into as it stands."""


class CaseError(ConsultAssistError):
    """A case number cannot be used, or no consultation has it."""


class SettingsError(ConsultAssistError):
    """The settings file cannot be read or holds a wrong value."""


class TerminalError(ConsultAssistError):
    """The screen interface cannot run in this terminal."""
