"""Words as the recogniser writes them where it takes them for others of the same sound.

Rules name the word they mean and take its other spellings from here, so that a rule reads as a rule. An entry
says only that the spelling occurs; whether a rule accepts it everywhere (養育費) or only beside words that
make it sure (音 for 夫) is for the rule to say.

Source: our own reading of what Whisper base wrote for these words.
"""

from collections.abc import Mapping

MISHEARD: Mapping[str, tuple[str, ...]] = {
    "いっぱい": ("1杯", "一杯"),
    "おいくつ": ("多い靴",),
    "カードローン": ("カードロン",),
    "保険": ("保健",),
    "保険証": ("保険省", "保険章"),
    "借金": ("シャッキン",),
    "出張": ("市長",),
    "口座": ("講座",),
    "夫": ("音",),
    "店": ("見せ", "みせ"),
    "弟": ("お父と",),
    "日": ("火",),
    "月": ("つき", "がつ"),
    "末": ("添え", "すえ"),
    "籍": ("席",),
    "給料": ("吸料",),
    "閉め": ("締め", "しめ"),
    "養育費": ("用意区域",),
}
"""The word that was said → what stands for it in the text, folded."""


def heard(word: str) -> str:
    """Return an expression for a word, written as it should be or misheard.

    Raises:
        KeyError: the word is not in the table.
    """
    return f"(?:{'|'.join((word, *MISHEARD[word]))})"


def misheard(word: str) -> str:
    """Return an expression for what stands in place of a word alone, where a rule treats it apart.

    Raises:
        KeyError: the word is not in the table.
    """
    return f"(?:{'|'.join(MISHEARD[word])})"
