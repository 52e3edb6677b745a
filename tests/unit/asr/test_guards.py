"""Text that nobody said, from public reports; and text that people do say, which must stay."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_assist.asr.guards import (
    Decoding,
    believable_draft,
    believable_text,
    collapse_repeats,
    is_looping,
)


def decoding(
    text: str,
    *,
    duration_s: float = 4.0,
    score: float = -0.3,
    silence: float = 0.1,
    japanese: float | None = 0.98,
    voice: float | None = 0.98,
) -> Decoding:
    return Decoding(
        text=text,
        duration_s=duration_s,
        average_log_probability=score,
        no_speech_probability=silence,
        japanese_probability=japanese,
        voice_probability=voice,
    )


@pytest.mark.parametrize(
    "text",
    [
        "ご視聴ありがとうございました",  # SYSTRAN/faster-whisper issue 850
        "ご視聴ありがとうございました。",  # thewh1teagle/vibe issue 620
        "おやすみなさい",  # amicalhq/amical issue 71
        "次の動画でお会いしましょう。",  # Vexa-ai/vexa issue 617
        "最後までご視聴いただき、ありがとうございました。",
        "チャンネル登録よろしくお願いします",
        "Thank you for watching!",  # woheller69/whisperIME issue 57
        "you",  # sandrohanea/whisper.net issue 96
        "시청해주셔서 감사합니다!",  # PocketShell-io/pocketshell issue 452
        "Teksting av Nicolai Winther",  # murtaza-nasir/speakr issue 178
        "Sottotitoli creati dalla comunità Amara.org",  # SYSTRAN/faster-whisper issue 621
        "Продолжение следует…",  # OpenWhispr/openwhispr issue 1458
        "(音楽)",
        "【拍手】",
        "(拍手",
        "(keyboard clicking)",  # goodroot/hyprwhspr pull request 51
        "[BLANK_AUDIO] [BLANK_AUDIO] [BLANK_AUDIO]",  # Macoron/whisper.unity issue 45
        "*clicks*",
        "♪♪♪",
        "。",
        "!!!!!!!!!!!!!!!!!!!!",  # SYSTRAN/faster-whisper issue 1244
    ],
)
def test_words_from_videos_are_never_shown(text: str) -> None:
    assert believable_text(decoding(text)) is None


def test_the_good_morning_that_came_out_as_thanks_for_watching_is_dropped_at_any_certainty() -> None:
    # saurabhav88/EnviousWispr issue 603: 0.85 s of 「おはようございます」 between silences.
    assert believable_text(decoding("ご視聴ありがとうございました。", duration_s=3.5, score=-0.05)) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "家賃が払えません。ご視聴ありがとうございました。",
            "家賃が払えません。",
        ),  # OpenWhispr/openwhispr issue 1458
        ("ご視聴ありがとうございました。お待たせしました。", "お待たせしました。"),
        ("手帳は持っています。(拍手)", "手帳は持っています。"),
        ("月5万円です♪", "月5万円です"),
    ],
)
def test_what_is_invented_after_a_real_sentence_is_cut_off(text: str, said: str) -> None:
    assert believable_text(decoding(text)) == said


@pytest.mark.parametrize(
    "text",
    [
        "ありがとうございました。",
        "はい。",
        "視聴覚室は三階です。",
        "チャンネル登録者が減って、収入がなくなりました。",
        "字幕がないと聞こえないんです。",
        "2人です。",
        "DV",
        "ADHDです。",
        "090",
        "はいはいはい。",
        "ううん。",
        "うんうん。",
        "ええと。",
    ],
)
def test_what_people_say_stays(text: str) -> None:
    assert believable_text(decoding(text)) == text


@pytest.mark.parametrize(
    "text", ["ありがとうございました。", "ありがとうございます", "はい", "お疲れ様でした", "おやすみなさい"]
)
def test_polite_words_need_a_sound_that_carries_them(text: str) -> None:
    # amicalhq/amical issue 71; zachlatta/freeflow pull request 81 tells them apart by no-speech probability.
    doubtful = decoding(text, silence=0.55, score=-0.8)
    assert believable_text(doubtful) is None
    assert believable_text(replace(doubtful, average_log_probability=-1.2, no_speech_probability=0.1)) is None


@pytest.mark.parametrize(
    ("text", "score", "silence", "japanese", "voice"),
    [
        ("はい!", -3.23, 0.35, 0.02, 0.80),
        ("行くよ!", -1.98, 0.25, 0.03, 0.88),
        ("マンティシア!", -1.14, 0.20, 0.01, 0.92),
        ("クレイス!", -1.30, 0.25, 0.16, 0.86),
        ("チュー!", -1.19, 0.19, 0.07, 0.73),
        ("はっはっは", -1.05, 0.50, 0.11, 0.65),
        ("ああああああああ", -1.23, 0.25, 0.07, 0.58),
        ("Thank you.", -0.30, 0.10, 0.10, 0.90),  # saurabhav88/EnviousWispr issue 452: 0.98 s
    ],
)
def test_a_sneeze_or_a_cry_says_nothing(
    text: str, score: float, silence: float, japanese: float, voice: float
) -> None:
    # Our measurement (0007); collabora/WhisperLive issue 185: noise just above the detector's threshold.
    heard = decoding(text, duration_s=0.8, score=score, silence=silence, japanese=japanese, voice=voice)
    assert believable_text(heard) is None


@pytest.mark.parametrize(
    ("text", "score", "silence", "japanese", "voice"),
    [
        ("はい", -0.72, 0.21, 0.06, 0.89),
        ("はい", -0.35, 0.02, 0.91, 0.68),
        ("いえ", -1.58, 0.12, 0.12, 0.76),
        ("あの", -1.43, 0.16, 0.03, 0.92),
        ("すみません。", -0.68, 0.06, 0.75, 0.95),
    ],
)
def test_a_short_answer_is_not_lost(
    text: str, score: float, silence: float, japanese: float, voice: float
) -> None:
    # Zackriya-Solutions/meetily issue 675: short replies dropped by a rule that looked at their length.
    heard = decoding(text, duration_s=0.8, score=score, silence=silence, japanese=japanese, voice=voice)
    assert believable_text(heard) == text


@pytest.mark.parametrize(
    ("text", "duration_s", "score", "japanese"),
    [
        ("私は私の意味を持っていることをしています", 9.0, -1.77, 0.002),
        ("アクリティビタンジムビュリタ", 10.0, -0.47, 0.001),
        ("んんんん", 11.8, -2.15, 0.012),
        ("お前は", 6.5, -3.6, 0.005),
    ],
)
def test_foreign_talk_is_not_turned_into_japanese(
    text: str, duration_s: float, score: float, japanese: float
) -> None:
    # alesaccoia/VoiceStreamAI issue 9, absadiki/pywhispercpp issue 90: the language probability tells.
    assert believable_text(decoding(text, duration_s=duration_s, score=score, japanese=japanese)) is None


def test_a_long_sound_that_is_no_voice_needs_more_than_fair_words() -> None:
    assert believable_text(decoding("そうですね、確かに", score=-0.9, japanese=0.3, voice=0.7)) is None
    assert believable_text(decoding("そうですね、確かに", score=-0.9, japanese=0.3, voice=0.97)) is not None


def test_nobody_speaks_thirty_characters_in_half_a_second() -> None:
    text = "児童扶養手当の現況届を八月中に出していただく必要があります"
    assert believable_text(decoding(text, duration_s=0.5)) is None
    assert believable_text(decoding("ありがとうございました", duration_s=0.7)) is None


def test_ten_seconds_of_sound_are_more_than_one_word() -> None:
    assert believable_text(decoding("お家の方", duration_s=10.0)) is None


def test_a_doubtful_decoding_of_no_speech_is_dropped() -> None:
    # openai/whisper's rule; both conditions are needed: Blaizzy/mlx-audio pull request 919.
    assert believable_text(decoding("そうですね", score=-1.3, silence=0.8)) is None
    assert believable_text(decoding("そうですね", score=-0.2, silence=0.8)) == "そうですね"


def test_without_knowledge_of_the_sound_only_the_decoding_counts() -> None:
    unknown = decoding("そうですね、確かに", japanese=None, voice=None)
    assert believable_text(unknown) is not None
    assert believable_text(replace(unknown, average_log_probability=-1.5)) is None


def test_a_draft_waits_until_it_sounds_japanese() -> None:
    assert believable_draft(decoding("とにかく", duration_s=0.5, score=-2.1, japanese=0.0)) is None
    assert believable_draft(decoding("家賃が", duration_s=0.8, score=-0.9, japanese=0.7)) == "家賃が"
    assert believable_draft(decoding("お母さんと一緒に" * 12, duration_s=30.0)) is None


@pytest.mark.parametrize(
    ("japanese", "score", "shown"), [(0.2, -0.6, True), (0.2, -1.2, False), (0.05, -0.6, False)]
)
def test_a_draft_that_sounds_foreign_needs_good_certainty(
    japanese: float, score: float, *, shown: bool
) -> None:
    text = believable_draft(decoding("いえ、まだ", duration_s=0.8, score=score, japanese=japanese))
    assert text == ("いえ、まだ" if shown else None)


@pytest.mark.parametrize(
    ("text", "once"),
    [
        ("家賃が払えない家賃が払えない家賃が払えない", "家賃が払えない"),
        ("私たちによって 私たちによって 私たちによって 私たちによって", "私たちによって"),
        ("え、" + "あ、" * 40, "え、あ、"),  # jhj0517/Whisper-WebUI issue 238
        ("フ" * 60, "フ"),  # ggml-org/whisper.cpp issue 2801
        ("はーい、産まれました。" * 6, "はーい、産まれました。"),  # jhj0517/Whisper-WebUI issue 238
    ],
)
def test_a_phrase_written_over_and_over_is_written_once(text: str, once: str) -> None:
    assert collapse_repeats(text) == once


@pytest.mark.parametrize(
    "text",
    [
        "はい、はい、わかりました",
        "いえいえいえいえ",  # tinyhumansai/openhuman pull request 556: people do repeat short words
        "1000000円です",
        "090-0000-0000",
        "電話は000000です",
        "まあまあですね",
    ],
)
def test_what_people_repeat_and_every_digit_stays(text: str) -> None:
    assert collapse_repeats(text) == text


def test_a_decoder_that_lost_the_sound_is_noticed() -> None:
    # QuentinFuxa/WhisperLiveKit pull request 339.
    assert is_looping("お母さんと一緒に" * 12)
    assert not is_looping(
        "離婚してから三年になりますが、養育費は一度も払ってもらっていません。家賃も遅れています。"
    )


@given(st.text(max_size=120), st.floats(0.1, 20), st.floats(-6, 0), st.floats(0, 1))
def test_whatever_is_decoded_gives_text_or_nothing(
    text: str, duration_s: float, score: float, silence: float
) -> None:
    said = believable_text(decoding(text, duration_s=duration_s, score=score, silence=silence))
    assert said is None or said.strip()
