"""Speech probabilities in, segments out."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from consult_assist.vad.base import WINDOW_SAMPLES
from consult_assist.vad.segmenter import WINDOW_S, Segmenter, SegmenterOptions


def feed(segmenter: Segmenter, speech: list[float]) -> list[tuple[float, float]]:
    """Push one window per probability and return the segments' start and end in windows."""
    windows = np.zeros((len(speech), WINDOW_SAMPLES), dtype=np.float32)
    segments = segmenter.push(windows, np.array(speech, dtype=np.float32)) + segmenter.flush()
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
    segmenter.push(np.zeros((30, WINDOW_SAMPLES), dtype=np.float32), np.full(30, 0.9, dtype=np.float32))
    (segment,) = segmenter.flush()
    assert segment.start_sample == 160_000


def test_a_monologue_is_cut_at_its_quietest_moment() -> None:
    options = SegmenterOptions()
    speech = [0.95] * windows(options.longest_speech_s + 4)
    dip = windows(options.longest_speech_s * 0.7)
    speech[dip : dip + 2] = [0.4, 0.4]
    first, second = feed(Segmenter(0, options=options), speech)
    assert abs(first[0] + first[1] - dip) <= 3
    assert second[0] == first[0] + first[1]


def test_a_long_even_sentence_is_cut_at_its_dip_and_not_in_the_middle() -> None:
    speech = [0.97] * windows(SegmenterOptions().longest_speech_s + 2)
    dip = windows(SegmenterOptions().longest_speech_s * 0.85)
    speech[dip] = 0.7
    first, _ = feed(Segmenter(0), speech)
    assert abs(first[0] + first[1] - dip) <= 2


def test_a_last_syllable_after_a_forced_cut_is_kept() -> None:
    speech = [0.97] * (windows(SegmenterOptions().longest_speech_s) + 1)
    speech[-4] = 0.4
    segments = feed(Segmenter(0), [*speech, *[0.0] * 30])
    assert len(segments) == 2


def test_open_speech_is_there_while_someone_talks() -> None:
    segmenter = Segmenter(1)
    segmenter.push(np.zeros((20, WINDOW_SAMPLES), dtype=np.float32), np.full(20, 0.9, dtype=np.float32))
    speech = segmenter.open_speech
    assert speech is not None
    assert (speech.channel, len(speech.samples)) == (1, 20 * WINDOW_SAMPLES)


@given(st.lists(st.floats(0, 1, width=32), max_size=900), st.lists(st.integers(1, 40), max_size=20))
def test_segments_never_overlap_and_do_not_depend_on_how_sound_arrives(
    speech: list[float], cuts: list[int]
) -> None:
    whole = feed(Segmenter(0), speech)
    pieces = Segmenter(0)
    found = []
    rest = speech
    for cut in cuts:
        part, rest = rest[:cut], rest[cut:]
        found += pieces.push(
            np.zeros((len(part), WINDOW_SAMPLES), dtype=np.float32), np.array(part, dtype=np.float32)
        )
    found += pieces.push(
        np.zeros((len(rest), WINDOW_SAMPLES), dtype=np.float32), np.array(rest, dtype=np.float32)
    )
    found += pieces.flush()
    assert [(s.start_sample / WINDOW_SAMPLES, len(s.samples) / WINDOW_SAMPLES) for s in found] == whole
    for (start, length), (later, _) in pairwise(whole):
        assert start + length <= later
