"""Local speech-to-text assistant for welfare consultations.

The flow, one folder a stage:

    microphone | file → AudioFrame → (sound on disk) → SpeechSegment → Draft … Utterance
        → Term, Fact → Suggestions, Questions, Alert, LedgerEntry → ConsultationRecord → store | export

Everything that happens is an event (`domain.events`). The pipeline emits events, the store keeps them in one
append-only chain, and screens, the event stream and the record are projections of that same list.
"""

__version__ = "0.1.0"
