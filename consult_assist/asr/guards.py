"""Guards against text that nobody said. All pure; `None` means: show nothing."""

import re
import unicodedata
import zlib
from dataclasses import dataclass

INVENTED_PHRASES = frozenset(
    {
        "ご視聴ありがとうございました",
        "ご視聴ありがとうございます",
        "ご清聴ありがとうございました",
        "最後までご視聴いただきありがとうございました",
        "チャンネル登録お願いします",
        "チャンネル登録よろしくお願いします",
        "次の動画でお会いしましょう",
        "おやすみなさい",
    }
)
"""What Whisper writes into silence and noise: closing words of the videos it was trained on.

「ありがとうございました」 is invented too, but people at a counter really say it.

Source: SYSTRAN/faster-whisper issue 850, amicalhq/amical issue 71, Vexa-ai/vexa issue 617.
"""

MOST_CHARS_PER_S = 16.0
"""Japanese is spoken at 7–10 morae a second, fast speech at 12; kanji carry two morae each."""
_NON_SPEECH = re.compile(r"[\[(（【♪].*?[\])）】♪]")
_PUNCTUATION = re.compile(r"[\s\W_]+")
_REPEAT = re.compile(r"(.{2,20}?)\1{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """What the model returned for one stretch of sound.

    Attributes:
        text: as decoded.
        duration_s: length of the speech, without padding.
        average_log_probability: mean over the tokens.
        no_speech_probability: Whisper's own doubt that there was speech.
    """

    text: str
    duration_s: float
    average_log_probability: float
    no_speech_probability: float


def believable_text(decoding: Decoding) -> str | None:
    """Return the text cleaned of invented parts, or None when it cannot have been said."""
    text = _NON_SPEECH.sub("", unicodedata.normalize("NFC", decoding.text)).strip()
    text = collapse_repeats(text)
    bare = _PUNCTUATION.sub("", text)
    if not bare or bare in INVENTED_PHRASES:
        return None
    if len(bare) > MOST_CHARS_PER_S * max(decoding.duration_s, 0.5):
        return None
    if decoding.no_speech_probability > 0.6 and decoding.average_log_probability < -1.0:  # Whisper's own rule
        return None
    return text


def collapse_repeats(text: str) -> str:
    """Return the text with a phrase said three times or more in a row written once."""
    return _REPEAT.sub(r"\1", text)


def is_looping(text: str) -> bool:
    """Say whether the text repeats itself so much that the decoder has lost the sound.

    Source: Whisper's compression ratio limit of 2.4, taken on UTF-8 bytes.
    """
    data = text.encode()
    return len(data) > 60 and len(data) / len(zlib.compress(data)) > 2.4
