"""Events in, lines out."""

import pytest

from consult_assist.domain.speech import Revision, SegmentFailed, Speaker, SpeakerAssigned, Utterance
from consult_assist.domain.transcript import Transcript


def said(
    number: int, start_s: float, text: str, *, channel: int = 0, speaker: Speaker | None = None
) -> Utterance:
    return Utterance(
        id=f"u{number:04d}",
        channel=channel,
        speaker=speaker,
        start_s=start_s,
        end_s=start_s + 1,
        heard=text,
        text=text,
    )


def test_the_latest_text_and_speaker_count() -> None:
    transcript = Transcript(
        [
            said(1, 0, "自動扶養手当"),
            Revision(utterance_id="u0001", revision=1, text="児童扶養手当", by="terms"),
            SpeakerAssigned(utterance_id="u0001", speaker=Speaker.CLERK, by="clerk"),
        ]
    )
    (line,) = transcript
    assert (line.heard, line.text, line.revision, line.speaker) == (
        "自動扶養手当",
        "児童扶養手当",
        1,
        Speaker.CLERK,
    )


def test_lines_stand_in_the_order_of_their_start_and_a_retry_takes_its_place() -> None:
    failed = SegmentFailed(id="u0001", channel=0, start_s=0, end_s=1, reason="だめ")
    assert [line.text for line in Transcript([said(2, 5, "後"), failed, said(1, 0, "前")])] == ["前", "後"]


@pytest.mark.parametrize(
    ("first", "then", "before"),
    [
        (said(1, 0, "家賃が"), said(2, 1.5, "払えない"), "家賃が"),
        (said(1, 0, "家賃が"), said(2, 9, "払えない"), ""),
        (said(1, 0, "家賃が", channel=1), said(2, 1.5, "払えない"), ""),
        (said(1, 0, "家賃が", speaker=Speaker.CLERK), said(2, 1.5, "払えない", speaker=Speaker.RESIDENT), ""),
        (said(1, 0, "家賃が", speaker=Speaker.RESIDENT), said(2, 1.5, "払えない"), "家賃が"),
    ],
)
def test_what_the_same_voice_said_a_breath_before(first: Utterance, then: Utterance, before: str) -> None:
    assert Transcript([first, then]).before("u0002") == before


@pytest.mark.parametrize(
    ("first", "then", "asked"),
    [
        (said(1, 0, "家賃はいくらですか", channel=1), said(2, 1.5, "5万円です"), "家賃はいくらですか。"),
        (said(1, 0, "家賃は？", speaker=Speaker.CLERK), said(2, 3, "5万円です"), "家賃は？"),
        (said(1, 0, "家賃が"), said(2, 1.5, "5万円で"), "家賃が"),
        (said(1, 0, "家賃はいくらですか"), said(2, 60, "5万円です"), ""),
    ],
)
def test_what_anyone_said_just_before(first: Utterance, then: Utterance, asked: str) -> None:
    assert Transcript([first, then]).asked("u0002") == asked


def test_a_line_that_fails_again_keeps_its_speaker() -> None:
    failed = SegmentFailed(id="u0001", channel=0, start_s=0, end_s=1, reason="だめ")
    set_by_clerk = SpeakerAssigned(utterance_id="u0001", speaker=Speaker.CLERK, by="clerk")
    (line,) = Transcript([failed, set_by_clerk, failed])
    assert line.speaker is Speaker.CLERK


def test_the_lines_around_a_moment() -> None:
    transcript = Transcript([said(n, n, str(n), channel=n % 2) for n in (5, 1, 2, 4, 3)])
    assert [line.text for line in transcript.preceding(1, 5.0)] == ["3", "1"]
    assert [line.text for line in transcript.following(1, 1.0)] == ["3", "5"]


class Moment(float):
    """A time that knows how often it was compared."""

    n_compared = 0

    def __lt__(self, other: float) -> bool:
        Moment.n_compared += 1
        return float(self) < float(other)


def test_lines_are_put_in_order_once_and_not_on_each_pass() -> None:
    transcript = Transcript([said(n, Moment(99 - n), "") for n in range(99)])
    Moment.n_compared = 0
    assert [line.start_s for line in transcript] == [n + 1 for n in range(99)]
    assert Moment.n_compared == 0
