"""whisper-streaming (local agreement), a second of new sound at a time: `whisper_streaming_adapter.py MODEL`.

Of its two ways to trim the buffer only the one by time works in this version.
"""

import sys
import threading
import time
from typing import Any

import numpy as np
from adapter_protocol import (  # type: ignore[import-not-found]
    CHUNK_S,
    SAMPLE_RATE_HZ,
    Display,
    Sound,
    leave,
    samples_from,
)
from whisper_streaming import (  # type: ignore[import-not-found]
    ASRProcessor,
    AudioReceiver,
    Backend,
    OutputSender,
    TimeTrimming,
)
from whisper_streaming.backend import (  # type: ignore[import-not-found]
    FasterWhisperFeatureExtractorConfig,
    FasterWhisperModelConfig,
    FasterWhisperTranscribeConfig,
)

STEP_S = 1.0
BUFFER_S = 15.0
"""Source: whisper_streaming, README: `--min-chunk-size 1`, `--buffer_trimming_sec 15`."""
NO_MORE_SOUND_AFTER_S = 5.0


class Receiver(AudioReceiver):  # type: ignore[misc]
    """Hands over all new sound as soon as the last was worked through, at least a step of it."""

    def __init__(self) -> None:
        super().__init__()
        self._pending: list[bytes] = []
        threading.Thread(target=self._take_in, daemon=True).start()

    def _take_in(self) -> None:
        for chunk in Sound().chunks():
            self._pending.append(chunk)
        self.stopped.set()

    def _do_receive(self) -> Any:
        while not self.stopped.is_set() and (not self.queue.empty() or len(self._pending) * CHUNK_S < STEP_S):
            time.sleep(CHUNK_S / 10)
        pending, self._pending = self._pending, []
        return np.concatenate([samples_from(chunk) for chunk in pending]) if pending else None

    def _do_close(self) -> None:
        pass


class Sender(OutputSender):  # type: ignore[misc]
    """Shows what was committed; what is not yet agreed on is never handed out."""

    def __init__(self, display: Display) -> None:
        super().__init__()
        self._display = display

    def _do_output(self, data: Any) -> None:
        self._display.add(data.word)

    def _do_close(self) -> None:
        pass


def main() -> None:
    """Run one processor."""
    display = Display()
    processor = ASRProcessor(
        ASRProcessor.ProcessorConfig(
            sampling_rate=SAMPLE_RATE_HZ,
            prompt_size=200,
            audio_receiver_timeout=NO_MORE_SOUND_AFTER_S,
            audio_trimming=TimeTrimming(BUFFER_S),
            language="ja",
        ),
        Receiver(),
        Sender(display),
        Backend.FASTER_WHISPER,
        FasterWhisperModelConfig(sys.argv[1], device="cpu", compute_type="int8", local_files_only=True),
        FasterWhisperTranscribeConfig(vad_filter=True),
        FasterWhisperFeatureExtractorConfig(),
    )
    display.ready()
    processor.run()
    leave()


if __name__ == "__main__":
    main()
