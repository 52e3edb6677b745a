"""What heard words may be: a person, a figure, or remains of other words."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import Postfix, Prefix

from consult_assist.nlp.repair.lattice import is_doubtful
from consult_assist.nlp.tokens import PARTICLES, SIGNS, Token

SAME_READING_COST = 15
"""Up to here the heard characters can be read just like the word."""
MARKS = SIGNS | {"記号"}
INFLECTED = frozenset({"動詞", "形容詞"})
_ATTACHED = frozenset({"接頭辞", "接尾辞"})
_FRAME = frozenset({"副詞", "代名詞", "連体詞", "接続詞", "感動詞"})
_NAMED = frozenset({"人名", "地名"})
_TITLES = frozenset({"さん", "ちゃん", "くん", "君", "様", "さま", "氏", "殿"})
HIRAGANA = re.compile("[ぁ-ゖー]+")
_KANJI = re.compile("[一-龠々]")
_COUNTED = re.compile(
    "(?:イチ|イッ|ニ|サン|ヨン|ヨ|ゴ|ロク|ロッ|シチ|ナナ|ハチ|ハッ|キュウ|ク|ジュウ|ジュッ|ジッ|ヒャク|ビャク|ピャク|セン|ゼン|マン)+"
    "(?:ジ|ジハン|サイ|ニン|ネン|ガツ|ニチ|エン|カイ|フン|プン|トシ)"
)
"""How a number and what it counts is read: 急事 is rather 9時 than 急死, ご都市 rather 5歳 than 今年."""


def is_person(token: Token) -> bool:
    """Return whether a token is somebody's name."""
    return token.known and token.pos[2] == "人名" and len(token.surface) > 1


def holds_name(span: Sequence[Token]) -> bool:
    """Return whether a person or a place is named; one kanji among others is rather the rest of a word."""
    return any(
        token.known and token.pos[2] in _NAMED and (len(span) == 1 or len(token.surface) > 1)
        for token in span
    )


def is_named_person(span: Sequence[Token]) -> bool:
    """Return whether nothing but somebody's name was heard, with さん or without."""
    return is_person(span[0]) and all(token.surface in _TITLES for token in span[1:])


def is_called(span: Sequence[Token], word: str) -> bool:
    """Return whether heard words call somebody so (神様, 東さん), as the word does not."""
    return span[-1].surface in _TITLES and not word.endswith(span[-1].surface)


def odd_places(tokens: Sequence[Token]) -> frozenset[int]:
    """Return where tokens begin that can hardly be meant as they are written.

    A single kanji between particles, or behind a word of time (昨日蘭を見て), is a word; beside other kanji
    it is what is left of one (理 of 理婚).
    """
    around = ["", *("" if token.pos[2] == "副詞可能" else token.surface for token in tokens), ""]
    return frozenset(
        token.start
        for before, token, after in zip(around, tokens, around[2:], strict=False)
        if _can_be_odd(token) and (not token.known or _KANJI.match(before[-1:]) or _KANJI.match(after[:1]))
    )


def _can_be_odd(token: Token) -> bool:
    if token.kind in MARKS | PARTICLES | _ATTACHED or token.pos[1] == "数詞":
        return False
    return not token.known or (len(token.surface) == 1 and _KANJI.fullmatch(token.surface) is not None)


def may_be_figure(span: Sequence[Token], start: int, end: int) -> bool:
    """Return whether a place reads like a figure, which stays as it was heard."""
    whole = span[0].start == start and span[-1].end == end
    return whole and _COUNTED.fullmatch("".join(token.reading for token in span)) is not None


def holds_edges(span: Sequence[Token], start: int, end: int, edges: frozenset[int]) -> bool:
    """Return whether a place begins and ends between words, or within one that is doubtful itself."""
    return (start in edges or is_doubtful(span[0])) and (end in edges or is_doubtful(span[-1]))


def holds_number(span: Sequence[Token]) -> bool:
    """Return whether a numeral is among the words."""
    return any(token.pos[1] == "数詞" for token in span)


def is_plain(span: Sequence[Token], odd: frozenset[int]) -> bool:
    """Return whether words of the dictionary were heard, and no remains of others among them."""
    several = sum(token.kind not in _ATTACHED for token in span) > 1
    return all(token.known and not (several and token.start in odd) for token in span)


def holds_frame(span: Sequence[Token]) -> bool:
    """Return whether some of several words only hold a sentence together, which is hardly misheard."""
    return any(
        token.kind in PARTICLES
        or (len(span) > 1 and token.kind in _FRAME and HIRAGANA.fullmatch(token.surface))
        for token in span
    )


def in_common(one: str, other: str) -> tuple[int, int]:
    """Return with how many characters two words begin and end alike."""
    tail = Postfix.similarity(one, other)
    return Prefix.similarity(one[: len(one) - tail], other[: len(other) - tail]), tail
