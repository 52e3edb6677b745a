"""Transcript lines as subtitles."""

import json

import pytest

from consult_assist.domain.speech import Speaker
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.export.subtitles import (
    SUBTITLE_WRITERS,
    json_from_lines,
    srt_from_lines,
    txt_from_lines,
    vtt_from_lines,
)


def line(
    number: int,
    start_s: float,
    end_s: float,
    text: str,
    speaker: Speaker | None = None,
    failure: str | None = None,
) -> TranscriptLine:
    return TranscriptLine(
        id=f"u{number}",
        channel=0,
        speaker=speaker,
        start_s=start_s,
        end_s=end_s,
        heard=text,
        text=text,
        failure=failure,
    )


LINES = [
    line(1, 0.0, 1.9995, "こんにちは。", Speaker.CLERK),
    line(2, 3599.9996, 3599.9997, "a --> <b> & 二行\n目", Speaker.RESIDENT),
    line(3, 3700.0, 3701.0, "  "),
    line(4, 3702.0, 3704.5, "", failure="認識できませんでした。"),
]


def test_srt() -> None:
    assert srt_from_lines(LINES) == (
        "1\n00:00:00,000 --> 00:00:02,000\n職員：こんにちは。\n\n"
        "2\n01:00:00,000 --> 01:00:00,500\n相談者：a → <b> & 二行 目\n\n"
        "3\n01:01:42,000 --> 01:01:44,500\n（音声を文字にできませんでした）\n"
    )


def test_vtt() -> None:
    assert vtt_from_lines(LINES) == (
        "WEBVTT\n\n"
        "00:00:00.000 --> 00:00:02.000\n<v 職員>こんにちは。\n\n"
        "01:00:00.000 --> 01:00:00.500\n<v 相談者>a --&gt; &lt;b&gt; &amp; 二行 目\n\n"
        "01:01:42.000 --> 01:01:44.500\n（音声を文字にできませんでした）\n"
    )


def test_txt() -> None:
    assert txt_from_lines(LINES) == (
        "[0:00] 職員：こんにちは。\n"
        "[59:59] 相談者：a → <b> & 二行 目\n"
        "[1:01:42] （音声を文字にできませんでした）\n"
    )


def test_json_keeps_every_line_and_its_words_as_they_are() -> None:
    values = json.loads(json_from_lines(LINES))

    assert [value["text"] for value in values] == [item.text for item in LINES]
    assert values[0] == {
        "id": "u1",
        "channel": 0,
        "speaker": "clerk",
        "start_s": 0.0,
        "end_s": 1.9995,
        "heard": "こんにちは。",
        "text": "こんにちは。",
        "revision": 0,
        "failure": None,
    }


@pytest.mark.parametrize("name", SUBTITLE_WRITERS)
def test_silence_is_no_error(name: str) -> None:
    assert SUBTITLE_WRITERS[name]([]).strip() in {"", "WEBVTT", "[]"}
