"""Phrases that Whisper writes into silence and noise: the closing words of the videos it learned from.

Two kinds. What nobody says at a counter is never written, alone or after a real sentence. What people do say
there too (ありがとうございました) is written when the sound carries it.

Source: SYSTRAN/faster-whisper 850, amicalhq/amical 71, Vexa-ai/vexa 617, thewh1teagle/vibe 620,
saurabhav88/EnviousWispr 603, openai/whisper discussions 928 and 1873. That such phrases are few and frequent:
Barański et al., “Investigation of Whisper ASR hallucinations induced by non-speech audio”, arXiv 2501.11378.
"""

import re

from consult_assist.japanese.sentences import SENTENCE_ENDS, split_sentences

_THANKS = r"(?:ありがとう|有難う|有り難う)(?:ございました|ございます|御座いました|御座います)?"
_REQUEST = (
    r"(?:を|も|も是非|をぜひ|ぜひ|と高評価|と高評価を)?(?:よろしく|宜しく)?"
    r"(?:お願い(?:し|いたし|致し)ます|してね|してください)?(?:よろしくね)?"
)
_VIDEO_PHRASES = (
    r"(?:最後まで|本日も|今日も)?(?:動画を|字幕)?ご?視聴(?:(?:して)?(?:いただ|頂)き(?:まして)?|くださり|を)?"
    rf"(?:誠に|本当に)?{_THANKS}",
    r"(?:最後まで|動画を|この動画を)(?:ご覧(?:いただ|頂)き(?:まして)?|見て(?:いただ|頂)き|見てくれて)"
    rf"(?:誠に|本当に)?{_THANKS}",
    rf"ご(?:清聴|静聴){_THANKS}",
    rf"(?:高評価(?:と|や|・)?)?チャンネル登録{_REQUEST}",
    r"(?:グッドボタン|高評価|いいねボタン)(?:を|も)?(?:よろしく)?(?:お願い(?:し|いたし)ます|してね|してください)",
    r"(?:それでは|では|じゃあ)?(?:また)?(?:次|次回|今度)の(?:動画|ビデオ|配信)"
    r"(?:で(?:お会いしましょう|会いましょう|お会いできる.*)|もお楽しみに|をお楽しみに)",
    r"(?:また)?次回(?:も|を)お楽しみに|次回予告|エンディング(?:曲|テーマ)?",
    r"(?:この動画の|日本語の?)?字幕(?:は|を|の)?(?:ai)?(?:自動|機械)?(?:生成|作成|提供|翻訳).*",
    r"(?:提供|字幕|翻訳)by.*|.*amaraorg.*|[请請]不[吝]?[点點][赞贊].*|(?:感谢|謝謝|谢谢)(?:观看|收看|收听).*",
    r"おやすみなさい",
)
_VIDEO = re.compile("|".join(f"(?:{phrase})" for phrase in _VIDEO_PHRASES), re.IGNORECASE)
_OFTEN = re.compile(
    rf"(?:どうも|本当に|はい)?{_THANKS}|ご覧(?:いただ|頂)き{_THANKS}|お(?:疲|つか)れ(?:様|さま)(?:です|でした)|"
    r"バイバイ|ばいばい|またね|では?また|おはよう(?:ございます)?|こんにちは|こんばんは|さようなら|おわり|終わり|"
    r"以上(?:です)?|ごちそうさまでした|いただきます|お願い(?:し|いたし)ます|よろしくお願い(?:し|いたし)ます|"
    r"失礼(?:し|いたし)ます|すみません|ごめんなさい|はい|うん|ええ|え|あ|ああ|お|おお|ん|よし|さあ|ねえ|おい|\d{1,2}"
)
_ANSWER = re.compile(
    r"(?:はい|ハイ|うん|ええ|えっと|えーと|あの|いえ|いいえ|いや|ううん){1,3}|(?:はい|ええ|いえ|いいえ)?そう(?:です|ですね|ですか)|"
    r"ないです|無いです|ありません|あります|わかりました|分かりました|大丈夫です|お願いします|すみません"
)
_LETTERS = re.compile(r"[\s\W_]+")


def is_from_videos(bare: str) -> bool:
    """Return whether a text without punctuation is only what is said at the end of videos."""
    return _VIDEO.fullmatch(bare) is not None


def is_common_hallucination(bare: str) -> bool:
    """Return whether a text without punctuation is something people say and Whisper invents too."""
    return _OFTEN.fullmatch(bare) is not None


def is_plain_answer(bare: str) -> bool:
    """Return whether a text without punctuation is a plain answer, which may take less than a second."""
    return _ANSWER.fullmatch(bare) is not None


def without_video_endings(text: str) -> str:
    """Return the text without the sentences from videos at its beginning and end."""
    sentences = [sentence for sentence in split_sentences(text) if sentence.strip(SENTENCE_ENDS)]
    while sentences and _is_video_sentence(sentences[-1]):
        sentences.pop()
    while sentences and _is_video_sentence(sentences[0]):
        sentences.pop(0)
    return "".join(sentences)


def _is_video_sentence(sentence: str) -> bool:
    return is_from_videos(_LETTERS.sub("", sentence))
