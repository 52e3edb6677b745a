"""RealtimeSTT, tuned for short pauses and fed by hand: `realtimestt_adapter.py MODEL [--partials]`.

It reloads this file in its worker processes, so everything stands under the guard.
"""

import sys
import threading
import time
from typing import Any

PAUSE_S = 0.5
LAST_TEXT_WITHIN_S = 5.0


def transcribe(recorder: Any, display: Any) -> None:
    """Show every finished turn, for as long as the recorder runs."""
    while recorder.is_running:
        if text := recorder.text():
            display.add(text)


def main() -> None:
    """Run one recorder."""
    from adapter_protocol import Display, Sound, leave  # type: ignore[import-not-found]  # noqa: PLC0415
    from RealtimeSTT import AudioToTextRecorder  # type: ignore[import-not-found]  # noqa: PLC0415

    display = Display()
    recorder = AudioToTextRecorder(
        model=sys.argv[1],
        realtime_model_type=sys.argv[1],
        language="ja",
        device="cpu",
        compute_type="int8",
        use_microphone=False,
        spinner=False,
        no_log_file=True,
        post_speech_silence_duration=PAUSE_S,
        silero_deactivity_detection=True,
        deactivity_silence_confirmation_duration=0.0,
        ensure_sentence_ends_with_period=False,
        enable_realtime_transcription="--partials" in sys.argv,
        on_realtime_transcription_update=display.draft,
    )
    threading.Thread(target=transcribe, args=(recorder, display), daemon=True).start()
    display.ready()
    for chunk in Sound().chunks():
        recorder.feed_audio(chunk)
    deadline = time.monotonic() + LAST_TEXT_WITHIN_S
    while recorder.state in {"recording", "transcribing"} and time.monotonic() < deadline:
        time.sleep(0.1)
    recorder.shutdown()
    leave()


if __name__ == "__main__":
    main()
