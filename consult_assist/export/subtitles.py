"""Transcript lines → text for `transcribe`: subtitles, plain text, JSON."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping

from consult_assist.counter.labels import clock
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.export import words
from consult_assist.export.json_file import transcript_values

_SHORTEST_CUE_S = 0.5


def srt_from_lines(lines: Iterable[TranscriptLine]) -> str:
    """Return SubRip subtitles."""
    cues = (
        f"{number}\n{_stamp(start_s, ',')} --> {_stamp(end_s, ',')}\n{_said(line)}\n"
        for number, (line, start_s, end_s) in enumerate(_cues(lines), start=1)
    )
    return "\n".join(cues)


def vtt_from_lines(lines: Iterable[TranscriptLine]) -> str:
    """Return WebVTT subtitles; the speaker is the cue's voice."""
    cues = (
        f"{_stamp(start_s, '.')} --> {_stamp(end_s, '.')}\n{_voice(line)}\n"
        for line, start_s, end_s in _cues(lines)
    )
    return "\n".join(("WEBVTT\n", *cues))


def txt_from_lines(lines: Iterable[TranscriptLine]) -> str:
    """Return one row a line: time, speaker where known, words."""
    rows = (f"[{clock(line.start_s)}] {_said(line)}\n" for line, *_ in _cues(lines))
    return "".join(rows)


def json_from_lines(lines: Iterable[TranscriptLine]) -> str:
    """Return a JSON array with the keys of the record's transcript."""
    values = [transcript_values(line) for line in lines]
    return words.valid(json.dumps(values, ensure_ascii=False, indent=2)) + "\n"


SUBTITLE_WRITERS: Mapping[str, Callable[[Iterable[TranscriptLine]], str]] = {
    "srt": srt_from_lines,
    "vtt": vtt_from_lines,
    "txt": txt_from_lines,
    "json": json_from_lines,
}
"""Name of the format, which is its file ending too → function."""


def _cues(lines: Iterable[TranscriptLine]) -> Iterator[tuple[TranscriptLine, float, float]]:
    """Yield lines that say something, with times a player can show."""
    for line in lines:
        if line.failure is not None or line.text.strip():
            yield line, line.start_s, max(line.end_s, line.start_s + _SHORTEST_CUE_S)


def _said(line: TranscriptLine) -> str:
    text = words.words_spoken(line).strip().replace("-->", "→")
    return text if line.speaker is None else f"{words.speaker_word(line.speaker)}：{text}"


def _voice(line: TranscriptLine) -> str:
    text = words.words_spoken(line).strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text if line.speaker is None else f"<v {words.speaker_word(line.speaker)}>{text}"


def _stamp(seconds: float, point: str) -> str:
    thousandths = round(seconds * 1000)
    hours, thousandths = divmod(thousandths, 3_600_000)
    minutes, thousandths = divmod(thousandths, 60_000)
    whole, thousandths = divmod(thousandths, 1000)
    return f"{hours:02}:{minutes:02}:{whole:02}{point}{thousandths:03}"
