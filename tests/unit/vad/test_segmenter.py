"""Speech probabilities in, segments out."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from consult_assist.domain.audio import SpeechSegment
from consult_assist.vad.base import WINDOW_SAMPLES
from consult_assist.vad.segmenter import LONGEST_SPEECH_S, WINDOW_S, Segmenter


def push(segmenter: Segmenter, speech: list[float]) -> list[SpeechSegment]:
    """Push one window per probability and return the segments they ended."""
    window = np.zeros(WINDOW_SAMPLES, dtype=np.float32)
    return [s for probability in speech if (s := segmenter.push(window, probability)) is not None]


def feed(segmenter: Segmenter, speech: list[float]) -> list[tuple[float, float]]:
    """Push one window per probability and return the segments' start and end in windows."""
    segments = [s for s in (*push(segmenter, speech), segmenter.flush()) if s is not None]
    return [(s.start_sample / WINDOW_SAMPLES, len(s.samples) / WINDOW_SAMPLES) for s in segments]


def windows(seconds: float) -> int:
    return round(seconds / WINDOW_S)


def test_speech_ends_at_the_pause_and_keeps_a_margin_on_both_sides() -> None:
    (segment,) = feed(Segmenter(0), [0.0] * 30 + [0.9] * 40 + [0.0] * 30)
    start, length = segment
    assert 30 - windows(0.3) <= start < 30
    assert 70 < start + length <= 70 + windows(0.3)


def test_a_short_gap_does_not_cut() -> None:
    gap = [0.0] * windows(0.3)
    assert len(feed(Segmenter(0), [0.9] * 20 + gap + [0.9] * 20 + [0.0] * 30)) == 1


def test_a_click_is_no_speech() -> None:
    assert feed(Segmenter(0), [0.0] * 20 + [0.9] * 2 + [0.0] * 40) == []


def test_the_clock_starts_where_it_is_told() -> None:
    segmenter = Segmenter(0, start_sample=160_000)
    push(segmenter, [0.9] * 30)
    segment = segmenter.flush()
    assert segment is not None
    assert segment.start_sample == 160_000


def test_a_monologue_is_cut_at_its_quietest_moment() -> None:
    speech = [0.95] * windows(LONGEST_SPEECH_S + 4)
    dip = windows(LONGEST_SPEECH_S * 0.7)
    speech[dip : dip + 2] = [0.4, 0.4]
    first, second = feed(Segmenter(0), speech)
    assert abs(first[0] + first[1] - dip) <= 3
    assert second[0] == first[0] + first[1]


def test_a_long_even_sentence_is_cut_at_its_dip_and_not_in_the_middle() -> None:
    speech = [0.97] * windows(LONGEST_SPEECH_S + 2)
    dip = windows(LONGEST_SPEECH_S * 0.85)
    speech[dip] = 0.7
    first, _ = feed(Segmenter(0), speech)
    assert abs(first[0] + first[1] - dip) <= 2


def test_a_last_syllable_after_a_forced_cut_is_kept() -> None:
    speech = [0.97] * (windows(LONGEST_SPEECH_S) + 1)
    speech[-4] = 0.4
    segments = feed(Segmenter(0), [*speech, *[0.0] * 30])
    assert len(segments) == 2


def test_open_speech_is_there_while_someone_talks() -> None:
    segmenter = Segmenter(1)
    push(segmenter, [0.9] * 20)
    speech = segmenter.open_speech
    assert speech is not None
    assert (speech.channel, len(speech.samples)) == (1, 20 * WINDOW_SAMPLES)


@given(st.lists(st.floats(0, 1, width=32), max_size=900))
def test_segments_never_overlap(speech: list[float]) -> None:
    for (start, length), (later, _) in pairwise(feed(Segmenter(0), speech)):
        assert start + length <= later


def test_a_segment_knows_how_much_it_was_like_a_voice() -> None:
    segmenter = Segmenter(0)
    for probability in [0.0] * 30 + [0.6] * 20 + [0.8] * 5 + [0.6] * 15:
        segmenter.push(np.zeros(WINDOW_SAMPLES, dtype=np.float32), probability)
    segment = segmenter.flush()
    assert segment is not None
    assert segment.voice_probability == 0.8


def test_a_click_is_not_yet_speech() -> None:
    segmenter = Segmenter(0)
    for _ in range(3):
        segmenter.push(np.zeros(WINDOW_SAMPLES, dtype=np.float32), 0.9)
    assert (segmenter.is_open, segmenter.open_speech) == (False, None)
    for _ in range(10):
        segmenter.push(np.zeros(WINDOW_SAMPLES, dtype=np.float32), 0.9)
    assert segmenter.is_open
    assert segmenter.open_speech is not None


def test_a_syllable_right_after_an_early_end_is_kept_and_a_click_is_not() -> None:
    def after_the_sentence(gap: int, n_windows: int) -> int:
        """Return how many segments come of so much speech, so long after a sentence was ended."""
        segmenter = Segmenter(0)
        push(segmenter, [0.9] * 40 + [0.0] * windows(0.2))
        assert segmenter.flush() is not None
        return len(push(segmenter, [0.0] * gap + [0.9] * n_windows + [0.0] * 40))

    assert after_the_sentence(3, 4) == 1
    assert after_the_sentence(3, 2) == 0
    assert after_the_sentence(windows(0.4), 4) == 0  # the pause was over
