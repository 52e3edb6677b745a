"""The words behind a line of the record are found in the sound: with the real model, and without any."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest

from consult_assist.app.journal import Journal
from consult_assist.app.records.playing import find_words, play_line
from consult_assist.app.settings import Settings
from consult_assist.app.wiring import build_workplace
from consult_assist.app.workplace import Workplace
from consult_assist.asr.base import Recognizer
from consult_assist.asr.faster_whisper import FasterWhisperRecognizer
from consult_assist.asr.scripted import ScriptedRecognizer
from consult_assist.domain.audio import SAMPLE_RATE_HZ, AudioFrame, SpeechSegment
from consult_assist.domain.consultation import Consent, RecordingOpened, Started
from consult_assist.domain.record import LineKind, RecordLine
from consult_assist.domain.speech import Utterance
from consult_assist.errors import ModelError, RecognitionError
from tests.integration.random_whisper import Shape, write_random_whisper
from tests.integration.whole_program import SAMPLES, gold

SAMPLE = "01-hitorioya"
GREETING, ANSWER = gold(SAMPLE)["utterances"][:2]
BOTH = GREETING["text"] + ANSWER["text"]
START_S, END_S = GREETING["start_s"] - 0.2, ANSWER["end_s"] + 0.2
SECOND_FILE_AT_S = 100.0
ID = "20261122-010203-abcd"


class SilentPlayer:
    """Notes what it was to play."""

    def __init__(self) -> None:
        self.played: list[tuple[str, float, float]] = []

    def play(self, recording: Path, start_s: float, end_s: float) -> None:
        self.played.append((recording.name, start_s, end_s))

    def play_from(
        self, sound: Path, start_s: float, end_s: float | None = None, *, speed: float = 1.0
    ) -> None:
        raise AssertionError("nothing here plays at another speed")

    def stop(self) -> None:
        self.played.clear()


@pytest.fixture
def player() -> SilentPlayer:
    return SilentPlayer()


@pytest.fixture
def desk(tmp_path: Path, models_folder: Path, player: SilentPlayer) -> Workplace:
    """A consultation with one utterance, of two people, in its second sound file."""
    settings = Settings(data_folder=tmp_path, models_folder=models_folder, threads=1)
    desk = replace(build_workplace(settings), player=player)
    journal = Journal(ID, desk.store)
    now = datetime.now(UTC)
    journal.keep(
        Started(id=ID, started_at=now, operator="職員", source="microphone:test", consent=Consent.RECORDED)
    )
    for number, start_s in enumerate((0.0, SECOND_FILE_AT_S), start=1):
        writer = desk.sound_files.open_writer(f"{ID}-{number}.flac", 1)
        for block in desk.open_file(SAMPLES / f"{SAMPLE}.flac", None).blocks():
            if block[0].start_sample < 20 * SAMPLE_RATE_HZ:
                writer.write((AudioFrame(0, block[0].start_sample, block[0].samples),))
        writer.close()
        journal.keep(RecordingOpened(name=f"{ID}-{number}.flac", start_s=start_s, channels=1))
    hold(journal, "u0001", START_S, END_S, BOTH)
    hold(journal, "u0002", 13.4, 16.4, "そうでしたか。お名前を教えていただけますか。")
    return desk


def hold(journal: Journal, utterance_id: str, start_s: float, end_s: float, text: str) -> None:
    journal.keep(
        Utterance(
            id=utterance_id,
            channel=0,
            speaker=None,
            start_s=SECOND_FILE_AT_S + start_s,
            end_s=SECOND_FILE_AT_S + end_s,
            heard=text,
            text=text,
        )
    )


def quoted(words: str, utterance_id: str = "u0001") -> RecordLine:
    text = f"「{words.removesuffix('。')}」"
    return RecordLine(text=text, kind=LineKind.QUOTED, utterance_ids=(utterance_id,))


def with_recognizer(desk: Workplace, load: Callable[[], Recognizer]) -> Workplace:
    return replace(desk, load_recognizer=load)


def test_what_one_of_two_people_said_is_played_and_nothing_else(
    desk: Workplace, player: SilentPlayer
) -> None:
    for said, start_s, end_s in (
        (GREETING, START_S, GREETING["end_s"] + 0.5),
        (ANSWER, ANSWER["start_s"] - 0.5, END_S),
    ):
        part = find_words(desk, ID, "u0001", quoted(said["text"]))
        assert part is not None
        play_line(desk, ID, "u0001", part)
        (file, from_s, until_s) = player.played.pop()
        assert file == f"{ID}-2.flac"
        assert (from_s, until_s) == pytest.approx((start_s, end_s), abs=0.3)


def test_a_line_of_the_transcript_is_played_whole(desk: Workplace, player: SilentPlayer) -> None:
    play_line(desk, ID, "u0001")
    ((file, start_s, end_s),) = player.played
    assert file == f"{ID}-2.flac"
    assert (start_s, end_s) == pytest.approx((START_S, END_S))


def fail_to_load() -> NoReturn:
    raise ModelError("モデルがありません。")


class Deaf(ScriptedRecognizer):
    """Cannot tell when anything was said."""

    def word_times(self, segment: SpeechSegment, text: str) -> NoReturn:
        raise RecognitionError("調べられませんでした。")


@pytest.mark.parametrize("load", [fail_to_load, lambda: Deaf([])])
def test_words_that_cannot_be_placed_are_heard_with_the_whole_utterance(
    desk: Workplace, load: Callable[[], Recognizer]
) -> None:
    assert find_words(with_recognizer(desk, load), ID, "u0001", quoted(ANSWER["text"])) is None


def test_a_short_utterance_and_one_without_sound_need_no_model(desk: Workplace) -> None:
    desk = with_recognizer(desk, lambda: pytest.fail("the model was loaded"))
    assert find_words(desk, ID, "u0002", quoted("そうでしたか。", "u0002")) is None
    desk.sound_files.remove(f"{ID}-2.flac")
    assert find_words(desk, ID, "u0001", quoted(ANSWER["text"])) is None


def test_a_moment_is_heard_around_the_words(desk: Workplace) -> None:
    desk = with_recognizer(desk, lambda: ScriptedRecognizer([]))
    part = find_words(desk, ID, "u0001", quoted("えっと、先月離婚しまして"))
    assert part is not None
    first = BOTH.index("えっと")
    step_s = (END_S - START_S) / len(BOTH)
    assert part.start_s == pytest.approx(SECOND_FILE_AT_S + START_S + first * step_s - 0.5)
    assert part.end_s == pytest.approx(SECOND_FILE_AT_S + START_S + (first + 12) * step_s + 0.5)


@pytest.mark.parametrize("alignment", [True, False])
def test_models_that_name_no_heads_for_it_fail_politely_or_work(
    tmp_path: Path, models_folder: Path, *, alignment: bool
) -> None:
    shape = Shape(alignment=alignment)
    folder = write_random_whisper(tmp_path / "own", shape, models_folder / "base")
    recognizer = FasterWhisperRecognizer(folder, device="cpu", compute_type="int8", threads=1)
    noise = np.random.default_rng(1).normal(0, 0.1, 5 * SAMPLE_RATE_HZ).astype(np.float32)
    sound = SpeechSegment(channel=0, start_sample=0, samples=noise)
    try:
        times = recognizer.word_times(sound, BOTH)
    except RecognitionError:
        assert not alignment
    else:
        assert times[-1].end_char == len(BOTH)
