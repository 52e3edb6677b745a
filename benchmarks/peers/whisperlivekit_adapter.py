"""WhisperLiveKit with local agreement, its own defaults otherwise: `whisperlivekit_adapter.py MODEL`."""

import asyncio
import sys
from collections.abc import AsyncIterator
from typing import Any

from adapter_protocol import Display, Sound, leave  # type: ignore[import-not-found]
from whisperlivekit import AudioProcessor, TranscriptionEngine  # type: ignore[import-not-found]


async def show(results: AsyncIterator[Any], display: Display) -> None:
    """Show every state of the screen."""
    async for state in results:
        display.show("".join(line.text or "" for line in state.lines), state.buffer_transcription)


async def main() -> None:
    """Run one session."""
    display = Display()
    engine = TranscriptionEngine(
        backend_policy="localagreement",
        backend="faster-whisper",
        model_path=sys.argv[1],
        lan="ja",
        pcm_input=True,
        warmup_file="",
        log_level="ERROR",
    )
    processor = AudioProcessor(transcription_engine=engine)
    showing = asyncio.create_task(show(await processor.create_tasks(), display))
    display.ready()
    chunks = Sound().chunks()
    while (chunk := await asyncio.to_thread(next, chunks, None)) is not None:
        await processor.process_audio(chunk)
    await processor.process_audio(b"")
    await showing


if __name__ == "__main__":
    asyncio.run(main())
    leave()
