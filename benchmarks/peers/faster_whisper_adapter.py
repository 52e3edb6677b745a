"""faster-whisper on the whole file at once, not live: `faster_whisper_adapter.py MODEL`."""

import sys

from adapter_protocol import Display, Sound, samples_from  # type: ignore[import-not-found]
from faster_whisper import WhisperModel

display = Display()
model = WhisperModel(sys.argv[1], device="cpu", compute_type="int8", local_files_only=True)
display.ready()
whole = samples_from(b"".join(Sound().chunks()))
segments, _ = model.transcribe(whole, language="ja", beam_size=5)
for segment in segments:
    display.add(segment.text)
