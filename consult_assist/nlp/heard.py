"""What heard words may be: a person, a figure, or a mishearing, and how sure one has to be of that."""

import re
from collections.abc import Sequence

from consult_assist.nlp.tokens import Token

SAME_READING_COST = 15
"""Up to here the heard characters can be read just like the word."""
LONG_MORAE = 5
PARTICLES = frozenset({"助詞", "助動詞"})
SIGNS = frozenset({"補助記号", "空白", "記号"})
INFLECTED = frozenset({"動詞", "形容詞"})
_ATTACHED = frozenset({"接頭辞", "接尾辞"})
HIRAGANA = re.compile("[ぁ-ゖー]+")
_KANJI = re.compile("[一-龠々]")
_COUNTED = re.compile(
    "(?:イチ|イッ|ニ|サン|ヨン|ヨ|ゴ|ロク|ロッ|シチ|ナナ|ハチ|ハッ|キュウ|ク|ジュウ|ジュッ|ジッ|ヒャク|ビャク|ピャク|セン|ゼン|マン)+"
    "(?:ジ|ジハン|サイ|ニン|ネン|ガツ|ニチ|エン|カイ|フン|プン|トシ)"
)
"""How a number and what it counts is read: 急事 is rather 9時 than 急死, ご都市 rather 5歳 than 今年."""
_READ_SO, _IN_NO_WORD, _IN_A_WORD, _IN_KANA = 10.0, 14.0, 16.0, 18.0
"""Bits by which the phrasing has to carry a word, by what was heard in its place.

Source: our own measurement, docs/decisions/0033-phrasing.md.
"""
_MOST_COST_IN_WORD = 9
"""Hundredths of a mora, for each mora, by which a word that the dictionary knows may differ."""


def is_person(token: Token) -> bool:
    """Tell whether a token is somebody's name."""
    return token.known and token.pos[2] == "人名" and len(token.surface) > 1


def is_odd(token: Token) -> bool:
    """Tell whether a token can hardly be meant as it is written."""
    if token.kind in SIGNS | PARTICLES | _ATTACHED or token.pos[1] == "数詞":
        return False
    return not token.known or (len(token.surface) == 1 and _KANJI.fullmatch(token.surface) is not None)


def may_be_figure(span: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether a place reads like a figure, which stays as it was heard."""
    whole = span[0].start == start and span[-1].end == end
    return whole and _COUNTED.fullmatch("".join(token.reading for token in span)) is not None


def least_bits(
    said: str, span: Sequence[Token], n_morae: int, cost: int, *, settled: bool = False
) -> float | None:
    """Return how many bits of likelier phrasing it takes to write a word in a place.

    Args:
        said: the characters that differ from the word.
        span: the tokens they lie in.
        n_morae: length of the word.
        cost: difference in sound.
        settled: what was heard is a word of the counter itself.

    Returns:
        None where nothing can carry it: a plain word or several of them are hardly misheard.
    """
    same = cost <= SAME_READING_COST
    known = all(token.known for token in span)
    odd = sum(token.kind not in _ATTACHED for token in span) > 1 and any(is_odd(token) for token in span)
    kana = HIRAGANA.fullmatch(said) is not None
    plain = known and not odd
    if (
        not span
        or any(token.pos[1] == "数詞" for token in span)
        or {span[0].kind, span[-1].kind} & SIGNS
        or ((n_morae < LONG_MORAE or not same) and any(token.kind in PARTICLES for token in span))
        or (plain and len(span) > 1 and (kana or not same))
        or (known and len(span) == 1 and not kana and span[0].kind in INFLECTED)
        or (known and kana and not same)
        or (plain and not same and (len(said) == 1 or cost > _MOST_COST_IN_WORD * n_morae))
    ):
        return None
    if not same:
        return _IN_A_WORD if plain else _IN_NO_WORD
    if kana:
        return _IN_KANA
    return _IN_NO_WORD if settled else _READ_SO


def in_common(one: str, other: str) -> tuple[int, int]:
    """Return with how many characters two words begin and end alike."""
    tail = _n_alike(one[::-1], other[::-1])
    return _n_alike(one[: len(one) - tail], other[: len(other) - tail]), tail


def _n_alike(one: str, other: str) -> int:
    shorter = min(len(one), len(other))
    return next((place for place in range(shorter) if one[place] != other[place]), shorter)
