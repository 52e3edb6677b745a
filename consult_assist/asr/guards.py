"""Guards against text that nobody said. All pure; `None` means: show nothing.

Whisper always writes something, also where nobody speaks. What it writes is judged by its words (`invented`,
loops, foreign letters, speaking rate) and by how well it fits the sound: the model's own certainty, how much
the sound is like Japanese and like a voice. Measured in docs/decisions/0007-nothing-invented.md.
"""

import math
import re
import unicodedata
import zlib
from dataclasses import dataclass, field

from consult_assist.asr.hallucinations import (
    is_common_hallucination,
    is_from_videos,
    is_plain_answer,
    without_video_endings,
)

_MAX_CHARS_PER_S = 14.0
"""Japanese is spoken at 7–10 morae a second, fast speech at 12.

Source: our samples have at most 8.4 characters a second; openai/whisper pull request 1838 takes impossible
word lengths as the sign of invented text.
"""
_SHORTEST_S = 0.5
"""A shorter sound counts as this long for `_MAX_CHARS_PER_S`."""
_MIN_CHARS_PER_S = 0.8
"""Long sound that gives hardly a word is talk from afar or noise. Source: our samples have at least 1.9."""
_LONG_S = 5.0
"""What counts as long for `_MIN_CHARS_PER_S`."""

_CERTAIN_JAPANESE = 0.5
"""Probability that the sound is Japanese from which a decoding with fair certainty is believed.

Source: 0007. Speech of 1.6 s or more had 0.62 or more, also 10 dB above noise or 20 dB below normal; crying,
sneezing and foreign talk stayed below 0.4. alesaccoia/VoiceStreamAI issue 9 uses the same sign.
"""
_POSSIBLE_JAPANESE = 0.1
"""… with good certainty. Foreign talk had 0.05 at most (0007)."""
_MIN_JAPANESE_OF_DRAFT = 0.4
"""A draft below this needs good certainty, or it is rarely right (0007, 0038)."""
_FAIR_LOG_PROBABILITY = -1.3
_GOOD_LOG_PROBABILITY = -1.0
"""Mean log-probability of the decoded tokens. Alone at −1 it would lose 7 of 300 sentences (0007)."""
_CERTAIN_VOICE = 0.93
"""Highest voice probability of a long segment that is certainly a voice.

Source: 0007. Sentences had 0.92 or more, sneezing, crying and coughing at most 0.92.
"""
_USUAL_VOICE = 0.9
"""Taken for the voice probability of a short sound where that is not known."""
_DOUBTFUL_NO_SPEECH = 0.6
"""Whisper's own limit, which counts together with a mean log-probability below −1.

Source: openai/whisper `transcribe`; why both: SYSTRAN/faster-whisper issue 621, Blaizzy/mlx-audio pull
request 919.
"""
_MAX_NO_SPEECH_OF_HALLUCINATION = 0.4
"""A phrase that is often invented needs a sound that is more certainly speech.

Source: 0007; zachlatta/freeflow pull request 81 separates said and invented thanks in the same way.
"""
_SHORT_S = 1.6
"""Below this the model cannot tell the language: 「はい」 (0.8 s with its margins) had 0.01 to 0.9 (0007)."""
_MAX_COMPRESSION = 2.4
"""Source: Whisper's `compression_ratio_threshold`, here on UTF-8 bytes."""
_SHORT_BYTES = 60
"""So short a text, twenty characters of Japanese, is never taken for a loop."""
_NON_SPEECH = re.compile(
    r"[\[(（【][^\])）】]*[\])）】]|\*[^*]*\*|[♪♫♬♩🎵🎶]+|[\[(（【]\s*(?:音楽|拍手|笑|BGM|music).*$",
    re.IGNORECASE,
)
_PUNCTUATION = re.compile(r"[\s\W_]+")
_LONG_REPEAT = re.compile(r"(?P<unit>[^\W\d_][^\d]{3,23}?)(?:[\s、。・,.!！?？…]*(?P=unit)){2,}")
_SHORT_REPEAT = re.compile(r"(?P<unit>[^\W\d_ー]{1,3}?ー?)(?:[\s、。・,.!！?？…]*(?P=unit)){4,}")
_CRY = re.compile(
    r"(?P<vowel>[あアいイうウえエおオ])(?:(?P=vowel)|[ぁァぃィぅゥぇェぉォーっッ]){2,}|ん[んーっッ]+"
    r"|(?:[はハひヒふフへヘほホ][ぁァっッー]*){3,}"
)
_JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff々〆]")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1fff\uac00-\ud7af]")
_ABBREVIATION = re.compile(r"[A-Z0-9Ａ-Ｚ０-９]{1,8}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """What the model returned for one stretch of sound, and what is known of the sound.

    Attributes:
        text: as decoded.
        duration_s: length of the speech, without padding.
        average_log_probability: mean over the tokens.
        no_speech_probability: Whisper's own doubt that there was speech.
        japanese_probability: how certain the model is that just this sound is Japanese; None when not asked.
        voice_probability: highest voice probability of its windows; None when unknown.
    """

    text: str = field(repr=False)
    duration_s: float
    average_log_probability: float
    no_speech_probability: float
    japanese_probability: float | None = None
    voice_probability: float | None = None


def believable_text(decoding: Decoding) -> str | None:
    """Return the text cleaned of invented parts, or None when it cannot have been said."""
    said = _NON_SPEECH.sub("", unicodedata.normalize("NFC", decoding.text)).strip()
    text = without_video_endings(collapse_repeats(said)).strip()
    bare = _PUNCTUATION.sub("", text)
    if not bare or is_from_videos(bare) or _CRY.fullmatch(_PUNCTUATION.sub("", said)) or _is_foreign(bare):
        return None
    if not _is_possible_rate(bare, decoding) or not _fits_sound(text, bare, decoding):
        return None
    if is_common_hallucination(bare) and not _is_surely_said(decoding):
        return None
    return text


def believable_draft(decoding: Decoding) -> str | None:
    """Return the text of unfinished speech, or None while it is too doubtful to be shown."""
    japanese, certainty = decoding.japanese_probability, decoding.average_log_probability
    if japanese is not None:
        minimum = _POSSIBLE_JAPANESE if certainty >= _GOOD_LOG_PROBABILITY else _MIN_JAPANESE_OF_DRAFT
        if japanese < minimum:
            return None
    return None if is_looping(decoding.text) else believable_text(decoding)


def collapse_repeats(text: str) -> str:
    """Return the text with what a lost decoder repeats written once.

    Digits stay (1000000円), and so do the three or four times that people really say a short word
    (はいはいはい; tinyhumansai/openhuman pull request 556).
    """
    return _LONG_REPEAT.sub(r"\g<unit>", _SHORT_REPEAT.sub(r"\g<unit>", text))


def is_looping(text: str) -> bool:
    """Return whether the text repeats itself so much that the decoder has lost the sound."""
    data = text.encode()
    return len(data) > _SHORT_BYTES and len(data) / len(zlib.compress(data)) > _MAX_COMPRESSION


def _is_foreign(bare: str) -> bool:
    """Return whether a text without punctuation is in another language; DV and ADHD are Japanese here."""
    if len(_OTHER_SCRIPT.findall(bare)) * 2 > len(bare):
        return True
    return not _JAPANESE.search(bare) and not bare.isdigit() and not _ABBREVIATION.fullmatch(bare)


def _is_possible_rate(bare: str, decoding: Decoding) -> bool:
    chars, duration_s = len(bare), decoding.duration_s
    if chars > _MAX_CHARS_PER_S * max(duration_s, _SHORTEST_S):
        return False
    return duration_s < _LONG_S or chars >= _MIN_CHARS_PER_S * duration_s


def _fits_sound(text: str, bare: str, decoding: Decoding) -> bool:
    """Return whether the sound is one in which something like this may have been said."""
    certainty, japanese = decoding.average_log_probability, decoding.japanese_probability
    if decoding.no_speech_probability > _DOUBTFUL_NO_SPEECH and certainty < _GOOD_LOG_PROBABILITY:
        return False
    if japanese is None:
        return decoding.duration_s < _SHORT_S or certainty >= _FAIR_LOG_PROBABILITY
    certain = japanese >= _CERTAIN_JAPANESE and certainty >= _FAIR_LOG_PROBABILITY
    if decoding.duration_s >= _SHORT_S:
        return certain or _may_be_japanese(decoding, japanese)
    if certain and is_plain_answer(bare):
        return True
    return _fits_short_sound(text, bare, decoding, japanese)


def _fits_short_sound(text: str, bare: str, decoding: Decoding, japanese: float) -> bool:
    """Return whether enough speaks for a short sound having been said as it was decoded.

    Source: a logistic regression on the short sounds of docs/decisions/0007-nothing-invented.md, its weights
    (log odds) rounded by hand. はい, いえ, あの cut from the samples, clean, 20 dB lower and in noise, had
    −0.1 or more when they were understood; sneezes and cries at most 0.8, and −3 where they were taken for an
    answer. Whisper ends bursts with 「!」, as subtitles do: 14 of 24 sneezes, none of 405 times in speech.
    """
    evidence = (
        5.0 * (_USUAL_VOICE if decoding.voice_probability is None else decoding.voice_probability)
        + 1.5 * decoding.average_log_probability
        + math.log10(max(japanese, 0.001))
        - 3.0 * decoding.no_speech_probability
    )
    if is_plain_answer(bare):  # what short sounds usually are
        return evidence >= -0.5
    if "!" in text or "！" in text:
        evidence -= 2.0
    return evidence >= 1.5


def _may_be_japanese(decoding: Decoding, japanese: float) -> bool:
    """Return whether a long sound of doubtful language is a voice, well understood and possibly Japanese."""
    voice = decoding.voice_probability
    is_voice = voice is None or voice >= _CERTAIN_VOICE
    certainty = decoding.average_log_probability
    return is_voice and japanese >= _POSSIBLE_JAPANESE and certainty >= _GOOD_LOG_PROBABILITY


def _is_surely_said(decoding: Decoding) -> bool:
    """Return whether the sound carries even a phrase that Whisper likes to invent."""
    if decoding.no_speech_probability > _MAX_NO_SPEECH_OF_HALLUCINATION:
        return False
    japanese = decoding.japanese_probability
    if decoding.duration_s < _SHORT_S and japanese is not None and japanese < _CERTAIN_JAPANESE:
        return True  # judged by `_fits_short_sound`
    return decoding.average_log_probability >= _GOOD_LOG_PROBABILITY
