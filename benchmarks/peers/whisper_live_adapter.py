"""WhisperLive's session of one client, voice activity on, no socket: `whisper_live_adapter.py MODEL`.

Options are those its server takes when the client names none.
"""

import json
import sys
from typing import Any

from adapter_protocol import (  # type: ignore[import-not-found]
    Display,
    Sound,
    leave,
    samples_from,
)
from whisper_live.backend.faster_whisper_backend import (  # type: ignore[import-not-found]
    ServeClientFasterWhisper,
)

SAME_OUTPUT_THRESHOLD = 10
"""Source: WhisperLive 0.10.0, server.py, what stands in for a missing `same_output_threshold`."""


class Socket:
    """Stands where the client's connection would: shows what the session sends."""

    def __init__(self, display: Display) -> None:
        self.session: Any = None
        self._display = display

    def send(self, message: str) -> None:
        """Show the segments of a message; the session keeps all finished ones."""
        segments = json.loads(message).get("segments")
        if segments is None:
            return
        final = "".join(segment["text"] for segment in self.session.transcript)
        draft = "".join(segment["text"] for segment in segments if not segment.get("completed"))
        self._display.show(final, draft)

    def close(self) -> None:
        """Take the place of closing a connection."""


def main() -> None:
    """Run one session."""
    display = Display()
    socket = Socket(display)
    session = ServeClientFasterWhisper(
        socket,
        task="transcribe",
        language="ja",
        client_uid="benchmark",
        model=sys.argv[1],
        use_vad=True,
        same_output_threshold=SAME_OUTPUT_THRESHOLD,
    )
    socket.session = session
    display.ready()
    for chunk in Sound().chunks():
        session.add_frames(samples_from(chunk))
    session.cleanup()
    leave()


if __name__ == "__main__":
    main()
