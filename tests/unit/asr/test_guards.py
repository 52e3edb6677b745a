"""Text that nobody said, from real reports."""

import pytest

from consult_assist.asr.guards import Decoding, believable_text, collapse_repeats, is_looping


def decoding(text: str, *, duration_s: float = 4.0, score: float = -0.3, silence: float = 0.1) -> Decoding:
    return Decoding(
        text=text, duration_s=duration_s, average_log_probability=score, no_speech_probability=silence
    )


@pytest.mark.parametrize(
    "text",
    [
        "ご視聴ありがとうございました",  # SYSTRAN/faster-whisper issue 850
        "ご視聴ありがとうございました。",
        "おやすみなさい",  # amicalhq/amical issue 71
        "次の動画でお会いしましょう。",  # Vexa-ai/vexa issue 617
        "(音楽)",
        "♪♪♪",
        "。",
    ],
)
def test_words_from_videos_are_not_shown(text: str) -> None:
    assert believable_text(decoding(text)) is None


@pytest.mark.parametrize("text", ["ありがとうございました。", "はい。", "視聴覚室は三階です。", "2人です。"])
def test_what_people_say_stays(text: str) -> None:
    assert believable_text(decoding(text)) == text


def test_nobody_speaks_thirty_characters_in_half_a_second() -> None:
    assert (
        believable_text(
            decoding("児童扶養手当の現況届を八月中に出していただく必要があります", duration_s=0.5)
        )
        is None
    )


def test_a_doubtful_decoding_of_no_speech_is_dropped() -> None:
    assert believable_text(decoding("そうですね", score=-1.3, silence=0.8)) is None
    assert believable_text(decoding("そうですね", score=-0.2, silence=0.8)) == "そうですね"


def test_a_phrase_said_over_and_over_is_written_once() -> None:
    assert collapse_repeats("家賃が払えない家賃が払えない家賃が払えない") == "家賃が払えない"
    assert collapse_repeats("はい、はい、わかりました") == "はい、はい、わかりました"


def test_a_decoder_that_lost_the_sound_is_noticed() -> None:
    assert is_looping("お母さんと一緒に" * 12)
    assert not is_looping(
        "離婚してから三年になりますが、養育費は一度も払ってもらっていません。家賃も遅れています。"
    )
