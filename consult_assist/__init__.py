"""Local speech-to-text assistant for welfare consultations.

The flow, one folder a stage:

    microphone | file → AudioFrame → (sound on disk) → SpeechSegment → Draft … Utterance
        → Term, Fact → Suggestions, Questions, Alert, LedgerEntry → ConsultationRecord → store | export

Everything that happens is an event (`domain.events`). The pipeline emits events, the store keeps them in one
append-only chain, and screens, the event stream and the record are projections of that same list.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""Read when numpy is first imported. A second thread spins through every small product, which costs more.

Source: docs/decisions/0031-start-up.md.
"""

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
"""Read when onnxruntime is first imported. Official builds report to their maker otherwise, over the network.

To forbid that by a function of the library comes too late: it has connected by then.
"""

__version__ = "0.1.0"
