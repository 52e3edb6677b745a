"""Frames in, events out, with scripted engines."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from consult_assist.app.live.pipeline import MAX_FAILED_KEPT, Heard, SpeechPipeline
from consult_assist.asr.scripted import ScriptedRecognizer
from consult_assist.audio.base import AudioBlock
from consult_assist.diarization.base import SpeakerEmbedding
from consult_assist.diarization.scripted import ScriptedVoiceEncoder
from consult_assist.diarization.tracker import SpeakerTracker
from consult_assist.domain.audio import SAMPLE_RATE_HZ, AudioFrame, SpeechSegment
from consult_assist.domain.speech import Draft, SegmentFailed, Speaker, SpeakerAssigned, Utterance
from consult_assist.errors import RecognitionError
from consult_assist.vad.scripted import ScriptedDetector

BLOCK = SAMPLE_RATE_HZ // 10
RNG = np.random.default_rng(7)


def sound(*parts: tuple[float, float]) -> NDArray[np.float32]:
    """Return noise of given loudness for given seconds, one part after the other."""
    return np.concatenate(
        [RNG.normal(0, level, round(seconds * SAMPLE_RATE_HZ)).astype(np.float32) for level, seconds in parts]
    )


def batches(*channels: NDArray[np.float32], start: int = 0) -> Iterator[list[AudioBlock]]:
    for at in range(0, len(channels[0]), BLOCK):
        yield [
            tuple(AudioFrame(i, start + at, samples[at : at + BLOCK]) for i, samples in enumerate(channels))
        ]


def pipeline(
    recognizer: ScriptedRecognizer, speakers: list[Speaker | None] | None = None, *, drafts: bool = False
) -> SpeechPipeline:
    speakers = speakers or [None]
    return SpeechPipeline(
        recognizer, [ScriptedDetector() for _ in speakers], speakers=speakers, drafts=drafts
    )


TWO_SENTENCES = sound((0, 0.5), (0.1, 1.5), (0, 1.0), (0.1, 1.0), (0, 1.0))


def test_each_sentence_becomes_one_utterance_at_its_place() -> None:
    events = list(pipeline(ScriptedRecognizer(["一つ目", "二つ目"])).listen(batches(TWO_SENTENCES)))
    assert [(e.id, e.text) for e in events if isinstance(e, Utterance)] == [
        ("u0001", "一つ目"),
        ("u0002", "二つ目"),
    ]
    first = events[0]
    assert isinstance(first, Utterance)
    assert 0.2 < first.start_s < 0.5
    assert 2.0 < first.end_s < 2.4


def test_of_a_recogniser_that_goes_on_failing_only_the_latest_sound_is_kept() -> None:
    tried = pipeline(ScriptedRecognizer([RecognitionError("だめ")] * (MAX_FAILED_KEPT + 2)))
    segment = SpeechSegment(channel=0, start_sample=0, samples=sound((0.1, 0.1)))
    for number in range(MAX_FAILED_KEPT + 2):
        assert isinstance(tried.recognize(segment, f"u{number}"), SegmentFailed)
    assert list(tried.failed) == [f"u{number}" for number in range(2, MAX_FAILED_KEPT + 2)]


def test_sound_of_a_microphone_that_is_there_no_longer_can_be_tried_again() -> None:
    segment = SpeechSegment(channel=1, start_sample=0, samples=sound((0.1, 1.0)))
    event = pipeline(ScriptedRecognizer(["右の声"]), [Speaker.CLERK]).retry(segment, "u0001")
    assert isinstance(event, Utterance)
    assert (event.channel, event.speaker, event.text) == (1, None, "右の声")


def test_nobody_spoke_gives_nothing() -> None:
    assert list(pipeline(ScriptedRecognizer([""])).listen(batches(TWO_SENTENCES))) == []


def test_drafts_come_while_someone_speaks_and_not_in_silence() -> None:
    events = list(
        pipeline(ScriptedRecognizer(["終わり"], draft="途中"), drafts=True).listen(
            batches(sound((0, 0.5), (0.1, 3.0), (0, 2.0)))
        )
    )
    assert [type(e) for e in events][-1] is Utterance
    assert 3 <= sum(isinstance(e, Draft) for e in events) <= 5


def test_the_final_is_there_as_soon_as_the_pause_is_confirmed() -> None:
    recognizer = ScriptedRecognizer(["一つ目", "余分"])
    events = list(pipeline(recognizer, drafts=True).listen(batches(sound((0, 0.5), (0.1, 1.5), (0, 2.0)))))
    assert [e.text for e in events if isinstance(e, Utterance)] == ["一つ目"]
    assert [e.text for e in events if isinstance(e, Draft)][-1:] == ["一つ目"]


def test_speech_that_goes_on_after_a_guess_is_recognised_whole() -> None:
    recognizer = ScriptedRecognizer(["前半", "前半と後半"])
    heard = sound((0, 0.5), (0.1, 1.0), (0, 0.35), (0.1, 1.0), (0, 0.15))
    events = list(pipeline(recognizer, drafts=True).listen(batches(heard)))
    assert [e.text for e in events if isinstance(e, Utterance)] == ["前半と後半"]


def test_what_was_said_is_recognised_while_it_falls_silent() -> None:
    breath = sound((0, 0.5), (0.1, 1.5), (0, 0.15), (0.1, 1.0), (0, 0.6))
    recognizer = ScriptedRecognizer(["家賃が払えません。", "家賃が払えませんでした。", "余分"])
    events = list(pipeline(recognizer, drafts=True).listen(batches(breath)))
    assert [(type(e), e.text) for e in events if isinstance(e, Draft | Utterance)] == [
        (Draft, "家賃が払えません。"),
        (Draft, "家賃が払えませんでした。"),
        (Utterance, "家賃が払えませんでした。"),
    ]


def test_what_is_said_after_a_breath_is_heard_too_where_the_sound_ends_in_the_middle_of_it() -> None:
    recognizer = ScriptedRecognizer(["家賃が払えません。", "家賃が払えませんでし"])
    events = list(pipeline(recognizer).listen(batches(sound((0, 0.5), (0.1, 1.5), (0, 0.15), (0.1, 1.0)))))
    assert [e.text for e in events if isinstance(e, Utterance)] == ["家賃が払えませんでし"]


def test_the_faint_end_of_a_word_in_a_pause_is_heard_before_the_sentence_ends_there() -> None:
    class FaintDetector(ScriptedDetector):
        def probabilities(self, windows: NDArray[np.float32]) -> NDArray[np.float32]:
            loudness = np.sqrt(np.mean(np.square(windows), axis=1))
            faint = (loudness > 0.002) & (loudness < 0.01)
            return np.where(faint, np.float32(0.45), super().probabilities(windows))

    said = sound((0, 0.5), (0.1, 1.5), (0, 0.11), (0.005, 0.06), (0, 1.0))
    recognizer = ScriptedRecognizer(["払えるんです。", "払えるんですか。", "余分"])
    listening = SpeechPipeline(recognizer, [FaintDetector()], speakers=[None], drafts=False)
    events = list(listening.listen(batches(said)))
    assert [e.text for e in events if isinstance(e, Utterance)] == ["払えるんですか。"]


def test_a_sentence_recognised_at_an_earlier_breath_does_not_end_a_later_one() -> None:
    breaths = sound((0, 0.5), (0.1, 1.0), (0, 0.15), (0.1, 1.0), (0, 0.35), (0.1, 1.0), (0, 0.6))
    recognizer = ScriptedRecognizer(
        ["払えません。", RecognitionError("だめ"), "払えませんと言ったら、叱られて", "余分"]
    )
    events = list(pipeline(recognizer).listen(batches(breaths)))
    assert [e.text for e in events if isinstance(e, Utterance)] == ["払えませんと言ったら、叱られて"]


def test_a_draft_of_what_was_no_speech_is_taken_back() -> None:
    recognizer = ScriptedRecognizer([""], draft="払えません")
    events = list(pipeline(recognizer, drafts=True).listen(batches(sound((0, 0.5), (0.1, 1.5), (0, 2.0)))))
    drafts = [e.text for e in events if isinstance(e, Draft)]
    assert not any(isinstance(e, Utterance) for e in events)
    assert (drafts[0], drafts[-1]) == ("払えません", "")


def test_an_engine_fault_in_a_draft_does_not_end_recognition() -> None:
    class Faulty(ScriptedRecognizer):
        def draft(self, samples: NDArray[np.float32]) -> str:
            raise RecognitionError("だめ")

    events = list(
        pipeline(Faulty(["文"]), drafts=True).listen(batches(sound((0, 0.5), (0.1, 2.0), (0, 2.0))))
    )
    assert [e.text for e in events if isinstance(e, Utterance)] == ["文"]


def test_what_an_earlier_run_heard_in_a_channel_is_not_heard_again() -> None:
    listening = pipeline(ScriptedRecognizer(["二つ目"]))
    (event,) = listening.listen(batches(TWO_SENTENCES), heard_until_s=[2.6])
    assert isinstance(event, Utterance)
    assert event.start_s > 2.6


def test_what_goes_on_where_an_earlier_run_ended_is_heard_from_there() -> None:
    both = [Speaker.CLERK, Speaker.RESIDENT]
    clerk, resident = sound((0, 4.0)), sound((0, 0.5), (0.1, 2.5), (0, 1.0))
    listening = pipeline(ScriptedRecognizer(["後半", "余分"]), list(both))
    (event,) = listening.listen(batches(clerk, resident), heard_until_s=[0.0, 1.536])
    assert isinstance(event, Utterance)
    assert (event.channel, event.speaker) == (1, Speaker.RESIDENT)
    assert 1.3 < event.start_s < 1.6


def test_sound_that_is_left_of_one_microphone_for_all_is_nobodys_where_there_are_two() -> None:
    recognizer = ScriptedRecognizer([*[RecognitionError("だめ")] * 2, "二つ目", "職員の声", "一つ目"])
    listening = pipeline(recognizer, [Speaker.CLERK, Speaker.RESIDENT])
    (failed, second) = listening.listen(batches(TWO_SENTENCES))
    (live,) = listening.listen(batches(sound((0.1, 1.0), (0, 1.0)), sound((0, 2.0)), start=90_000))
    again = listening.retry(listening.failed["u0001"], "u0001")
    assert isinstance(failed, SegmentFailed)
    said = [event for event in (second, live, again) if isinstance(event, Utterance)]
    assert [event.speaker for event in said] == [None, Speaker.CLERK, None]


def test_a_segment_that_fails_is_kept_and_can_be_tried_again() -> None:
    tried = pipeline(
        ScriptedRecognizer([RecognitionError("だめ"), RecognitionError("だめ"), "二つ目", "一つ目"])
    )
    events = list(tried.listen(batches(TWO_SENTENCES)))
    failed, second = events
    assert isinstance(failed, SegmentFailed)
    assert isinstance(second, Utterance)
    again = tried.recognize(tried.failed[failed.id], failed.id)
    assert isinstance(again, Utterance)
    assert (again.id, again.text, again.start_s) == (failed.id, "一つ目", failed.start_s)


def test_each_microphone_has_its_speaker_and_cross_talk_gives_no_second_text() -> None:
    clerk = sound((0, 0.5), (0.1, 1.5), (0, 1.5), (0.01, 1.5), (0, 1.0))
    resident = sound((0, 0.5), (0.01, 1.5), (0, 1.5), (0.1, 1.5), (0, 1.0))
    recognizer = ScriptedRecognizer(["どうされましたか", "家賃が払えません", "余分"])
    listening = SpeechPipeline(
        recognizer,
        [ScriptedDetector(0.005), ScriptedDetector(0.005)],
        speakers=[Speaker.CLERK, Speaker.RESIDENT],
        drafts=False,
    )
    events = list(listening.listen(batches(clerk, resident)))
    assert [(e.channel, e.speaker, e.text) for e in events if isinstance(e, Utterance)] == [
        (0, Speaker.CLERK, "どうされましたか"),
        (1, Speaker.RESIDENT, "家賃が払えません"),
    ]


def test_after_a_pause_the_clock_goes_on() -> None:
    listening = pipeline(ScriptedRecognizer(["前", "後"]))
    before = list(listening.listen(batches(sound((0.1, 1.6)))))
    after = list(listening.listen(batches(sound((0, 0.4), (0.1, 1.2)), start=round(1.6 * SAMPLE_RATE_HZ))))
    assert isinstance(before[0], Utterance)
    assert isinstance(after[0], Utterance)
    assert before[0].end_s <= after[0].start_s
    assert abs(after[0].start_s - 1.8) < 0.25


SHORT_GAP = sound((0, 0.5), (0.1, 1.5), (0, 0.4), (0.1, 1.0), (0, 1.0))


def test_a_finished_sentence_ends_before_the_pause_is_long() -> None:
    events = list(
        pipeline(ScriptedRecognizer(["通帳が必要です。", "分かりました。"])).listen(batches(SHORT_GAP))
    )
    assert [e.text for e in events if isinstance(e, Utterance)] == ["通帳が必要です。", "分かりました。"]


def test_an_unfinished_sentence_goes_on_after_a_short_gap() -> None:
    recognizer = ScriptedRecognizer(["通帳が必要なので", "通帳が必要なので、お持ちください。"])
    events = list(pipeline(recognizer).listen(batches(SHORT_GAP)))
    assert [e.text for e in events if isinstance(e, Utterance)] == ["通帳が必要なので、お持ちください。"]


class Efforts(ScriptedRecognizer):
    """Notes with how much effort each segment was recognised."""

    def __init__(self) -> None:
        super().__init__(["文です。"] * 9)
        self.thorough: list[bool] = []
        self.drafts = 0

    def draft(self, samples: NDArray[np.float32]) -> str:
        self.drafts += 1
        return super().draft(samples)

    def recognize(self, segment: SpeechSegment, *, thorough: bool = True) -> str:
        self.thorough.append(thorough)
        return super().recognize(segment, thorough=thorough)


def late(sound_s: float, *, live: bool) -> Efforts:
    """Listen to three sentences that all arrive at once, followed by silence."""
    blocks = [block for batch in batches(sound(*[(0.1, 1.0), (0, 1.0)] * 3, (0, sound_s))) for block in batch]
    recognizer = Efforts()
    listening = SpeechPipeline(recognizer, [ScriptedDetector()], speakers=[None], live=live)
    assert len([e for e in listening.listen([blocks]) if isinstance(e, Utterance)]) == 3
    return recognizer


def test_far_behind_finals_take_less_effort_but_none_is_dropped() -> None:
    assert late(0.0, live=True).thorough == [False, True, True]
    assert late(60.0, live=True).thorough == [False] * 3


def test_a_file_in_a_hurry_is_never_behind() -> None:
    assert late(60.0, live=False).thorough == [True] * 3


def drafts_while_speaking(block_s: float) -> int:
    samples = sound((0.1, 8.0))
    size = round(block_s * SAMPLE_RATE_HZ)
    recognizer = Efforts()
    listening = SpeechPipeline(recognizer, [ScriptedDetector()], speakers=[None])
    for _ in listening.listen(
        [(AudioFrame(0, at, samples[at : at + size]),)] for at in range(0, len(samples), size)
    ):
        pass
    return recognizer.drafts


def test_drafts_thin_out_when_each_takes_long() -> None:
    assert drafts_while_speaking(0.1) > 2 * drafts_while_speaking(2.0) > 0


def test_what_stays_doubtful_is_tried_again_soon_and_then_ever_more_rarely() -> None:
    lengths: list[float] = []

    class Doubtful(ScriptedRecognizer):
        def draft(self, samples: NDArray[np.float32]) -> str:
            lengths.append(len(samples) / SAMPLE_RATE_HZ)
            return ""

    samples = sound((0.1, 8.0))
    listening = SpeechPipeline(Doubtful([]), [ScriptedDetector()], speakers=[None])
    list(
        listening.listen([(AudioFrame(0, at, samples[at : at + 512]),)] for at in range(0, len(samples), 512))
    )
    steps = [later - earlier for earlier, later in pairwise(lengths)]
    assert lengths[0] < 0.7
    assert steps[0] < 0.3
    assert steps[-1] > 1.0


class LoudnessEncoder(ScriptedVoiceEncoder):
    """Takes loud and soft speech for two voices."""

    def __init__(self) -> None:
        super().__init__([(1.0, 0.0)])

    def embed(self, samples: NDArray[np.float32]) -> SpeakerEmbedding:
        loud = float(np.sqrt(np.mean(np.square(samples)))) > 0.07
        return np.array((1.0, 0.0) if loud else (0.0, 1.0), dtype=np.float32)


def two_voices(texts: list[str], *parts: tuple[float, float]) -> list[Heard]:
    listening = SpeechPipeline(
        ScriptedRecognizer(texts),
        [ScriptedDetector()],
        speakers=[None],
        tracker=SpeakerTracker(LoudnessEncoder()),
        drafts=False,
    )
    return list(listening.listen(batches(sound(*parts))))


def test_another_voice_after_a_short_gap_is_another_utterance() -> None:
    texts = ["家賃が払えないんですけど", "それは住居確保給付金の対象になります。", "余分"]
    events = two_voices(texts, (0, 0.5), (0.1, 2.5), (0, 0.2), (0.04, 2.5), (0, 1.0))
    first, second = (e for e in events if isinstance(e, Utterance))
    assert (first.text, second.text) == tuple(texts[:2])
    assert abs(first.end_s - 3.1) < 0.1
    assert second.start_s == first.end_s


def test_the_speakers_of_one_microphone_are_told_apart_and_earlier_lines_follow() -> None:
    texts = [
        "こんにちは。今日はどのようなご相談でしょうか。",
        "主人と別れて、うちの子どもと二人で暮らしているんです。",
        "ご相談ありがとうございます。お子さんはおいくつでいらっしゃいますか。",
        "うちの子は三歳です。私はパートで働いています。",
        "それでは、児童扶養手当という制度をご案内します。",
    ]
    parts = [part for level in (0.1, 0.04, 0.1, 0.04, 0.1) for part in ((level, 3.0), (0.0, 0.9))]
    events = two_voices(texts, (0, 0.5), *parts)
    speakers: dict[str, Speaker | None] = {}
    for event in events:
        if isinstance(event, Utterance):
            speakers[event.id] = event.speaker
        elif isinstance(event, SpeakerAssigned):
            speakers[event.utterance_id] = event.speaker
    assert list(speakers.values()) == [
        Speaker.CLERK,
        Speaker.RESIDENT,
        Speaker.CLERK,
        Speaker.RESIDENT,
        Speaker.CLERK,
    ]


def test_what_follows_from_a_correction_is_said_with_the_next_sound() -> None:
    tracker = SpeakerTracker(LoudnessEncoder())
    listening = SpeechPipeline(
        ScriptedRecognizer(["ええ", "そう", "うん", "まあ"]),
        [ScriptedDetector()],
        speakers=[None],
        tracker=tracker,
        drafts=False,
    )
    parts = [part for level in (0.1, 0.04, 0.1, 0.04) for part in ((level, 3.0), (0.0, 0.9))]
    heard = list(listening.listen(batches(sound((0, 0.5), *parts))))
    assert all(event.speaker is None for event in heard if isinstance(event, Utterance))
    listening.correct(SpeakerAssigned(utterance_id="u0002", speaker=Speaker.CLERK, by="clerk"))
    later = list(listening.listen(batches(sound((0, 0.5)), start=20 * SAMPLE_RATE_HZ)))
    assert {(e.utterance_id, e.speaker) for e in later if isinstance(e, SpeakerAssigned)} == {
        ("u0001", Speaker.RESIDENT),
        ("u0003", Speaker.RESIDENT),
        ("u0004", Speaker.CLERK),
    }


def test_whose_voice_a_line_holds_is_found_out_when_it_is_recognised_after_all() -> None:
    texts: list[str | RecognitionError] = [
        "こんにちは。今日はどのようなご相談でしょうか。",
        RecognitionError("だめ"),
        RecognitionError("だめ"),
        "ご相談ありがとうございます。お子さんはおいくつでいらっしゃいますか。",
        "うちの子は三歳です。私はパートで働いています。",
        "それでは、児童扶養手当という制度をご案内します。",
        "主人と別れて、うちの子どもと二人で暮らしているんです。",
    ]
    tracker = SpeakerTracker(LoudnessEncoder())
    listening = SpeechPipeline(
        ScriptedRecognizer(texts), [ScriptedDetector()], speakers=[None], tracker=tracker, drafts=False
    )
    parts = [part for level in (0.1, 0.04, 0.1, 0.04, 0.1) for part in ((level, 3.0), (0.0, 0.9))]
    list(listening.listen(batches(sound((0, 0.5), *parts))))
    ((failed, segment),) = listening.failed.items()
    assert listening.retry(segment, failed) is not None
    later = list(listening.listen(batches(sound((0, 0.5)), start=40 * SAMPLE_RATE_HZ)))
    assert later == [SpeakerAssigned(utterance_id=failed, speaker=Speaker.RESIDENT, by="program")]


def test_a_fault_in_hearing_voices_costs_no_word() -> None:
    class Faulty(LoudnessEncoder):
        def embed(self, samples: NDArray[np.float32]) -> SpeakerEmbedding:
            raise RecognitionError("だめ")

    listening = SpeechPipeline(
        ScriptedRecognizer(["一つ目", "二つ目"]),
        [ScriptedDetector()],
        speakers=[None],
        tracker=SpeakerTracker(Faulty()),
    )
    events = list(listening.listen(batches(TWO_SENTENCES)))
    assert [e.text for e in events if isinstance(e, Utterance)] == ["一つ目", "二つ目"]
