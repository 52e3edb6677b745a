"""Two voices are told apart, and named only beyond doubt."""

import numpy as np
import pytest

from consult_assist.diarization.base import SpeakerEmbedding
from consult_assist.diarization.two_speakers import Piece, VoicedUtterance, tell_apart
from consult_assist.domain.speech import Speaker

SIZE = 64
CLERK, RESIDENT, VISITOR = 0, 1, 2


def voice(person: int, seed: int, *, spread: float = 0.3) -> SpeakerEmbedding:
    """Return a voice near the person's own: all people share half of what a voice is."""
    values = np.full(SIZE, 1.0)
    values[person * 8 : person * 8 + 8] += 6.0
    values += np.random.default_rng(seed).normal(0.0, spread, SIZE)
    return np.asarray(values / np.linalg.norm(values), dtype=np.float32)


def said(
    person: int, seed: int, evidence: float = 0.0, *, speech_s: float = 3.0, **fixed: Speaker
) -> VoicedUtterance:
    return VoicedUtterance((Piece(0, round(speech_s * 16_000), voice(person, seed)),), evidence, **fixed)


def dialogue(turns: int, *, evidence: float) -> list[VoicedUtterance]:
    """Return clerk and resident in turn, each with as much evidence in its words."""
    return [said(turn % 2, turn, evidence if turn % 2 == 0 else -evidence) for turn in range(turns)]


def test_words_of_all_utterances_name_the_voices() -> None:
    logits = tell_apart(dialogue(8, evidence=1.0)).logits
    assert (logits[::2] > 3.0).all()
    assert (logits[1::2] < -3.0).all()


def test_a_wordless_answer_is_known_by_its_voice() -> None:
    logits = tell_apart([*dialogue(6, evidence=1.5), said(RESIDENT, 99)]).logits
    assert logits[-1] < -3.0


def test_voices_without_telling_words_stay_unnamed() -> None:
    verdict = tell_apart(dialogue(8, evidence=0.0))
    assert verdict.voices is not None
    assert (abs(verdict.logits) < 3.0).all()


def test_one_voice_is_not_made_two() -> None:
    verdict = tell_apart([said(CLERK, seed, 1.0) for seed in range(8)])
    assert verdict.voices is None
    assert verdict.logits == pytest.approx(np.ones(8))


def test_words_that_contradict_the_voices_name_nobody() -> None:
    heard = [said(CLERK, seed, 2.0 if seed % 2 else -1.5) for seed in range(8)]
    heard += [said(VISITOR, seed, -1.0) for seed in range(10, 13)]
    logits = tell_apart(heard).logits
    assert (abs(logits) < 3.0).all()


def test_a_third_voice_unlike_both_stays_unknown() -> None:
    heard = [*dialogue(8, evidence=1.5), said(VISITOR, 50, speech_s=2.0)]
    logits = tell_apart(heard).logits
    assert abs(logits[-1]) < 3.0
    assert (logits[:8:2] > 3.0).all()


def test_a_correction_outweighs_words() -> None:
    heard = [said(turn % 2, turn, 0.5 if turn % 2 == 0 else -0.5) for turn in range(6)]
    heard[0] = said(CLERK, 0, 0.5, fixed=Speaker.RESIDENT)
    heard[1] = said(RESIDENT, 1, -0.5, fixed=Speaker.CLERK)
    logits = tell_apart(heard).logits
    assert (logits[::2] < -3.0).all()
    assert (logits[1::2] > 3.0).all()


def test_half_a_second_says_less_than_two_seconds() -> None:
    heard = dialogue(8, evidence=1.5)
    short = tell_apart([*heard, said(CLERK, 60, speech_s=0.3)]).logits[-1]
    long = tell_apart([*heard, said(CLERK, 60, speech_s=2.0)]).logits[-1]
    assert 0 < short < long


def test_one_sentence_alone_names_nobody_however_it_sounds() -> None:
    heard = [said(CLERK, 0, 4.0), said(CLERK, 1, -4.0)]
    assert (abs(tell_apart(heard).logits) < 3.0).all()


def test_no_voice_is_printed() -> None:
    utterances = dialogue(2, evidence=3.0)
    verdict = tell_apart(utterances)
    printed = repr([utterances, utterances[0].pieces, verdict])
    assert "array" not in printed
    assert "0." not in printed
