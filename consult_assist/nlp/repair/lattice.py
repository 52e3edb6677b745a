"""Tokens → the readings a stretch of text may have, for the search by sound."""

from collections.abc import Iterator

from consult_assist.japanese.kana import is_kana, split_morae
from consult_assist.japanese.kanji_readings import KANJI_READINGS
from consult_assist.japanese.numerals import parse_number
from consult_assist.japanese.phonetics import UNREADABLE, Edge
from consult_assist.nlp.tokens import PARTICLES, SIGNS, SudachiTokenizer, Token
from consult_assist.text_cache import text_cache

_COMMA_PENALTY = 20
_GUESS_PENALTY = 5
_TEXTS_KEPT = 4
"""A sentence is searched for names and for misheard words."""
_DIGITS = ("", "イチ", "ニ", "サン", "ヨン", "ゴ", "ロク", "ナナ", "ハチ", "キュウ")
_NOT_WORDS = PARTICLES | SIGNS | {"記号", "代名詞"}


@text_cache(_TEXTS_KEPT)
def build_lattice(text: str, tokenizer: SudachiTokenizer) -> tuple[Edge, ...]:
    """Return every way to read the text: whole words, short words, and misheard characters one by one."""
    edges: dict[tuple[int, int, tuple[str, ...]], Edge] = {}
    for token in (*tokenizer.names(text), *tokenizer.words(text)):
        for edge in _token_edges(token, tokenizer):
            key = (edge.start, edge.end, edge.morae)
            if key not in edges or edges[key].penalty > edge.penalty:
                edges[key] = edge
    return tuple(edges.values())


def _token_edges(token: Token, tokenizer: SudachiTokenizer) -> Iterator[Edge]:
    if token.kind in SIGNS or (token.kind == "記号" and not token.reading):
        yield Edge(token.start, token.end, (), 0 if token.kind == "空白" else _COMMA_PENALTY)
        return
    if token.reading:
        yield Edge(token.start, token.end, split_morae(token.reading))
    if token.pos[1] == "数詞" and (value := parse_number(token.surface)) is not None and value < 100:
        yield Edge(token.start, token.end, split_morae(_number_reading(value)))
    if is_doubtful(token):
        for offset, char in enumerate(token.surface):
            start = token.start + offset
            for reading in _character_readings(char, tokenizer):
                morae = split_morae(reading) or (UNREADABLE,)
                yield Edge(start, start + 1, morae, _GUESS_PENALTY if token.reading else 0)


def _number_reading(value: int) -> str:
    tens, ones = divmod(value, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("ジュウ" if tens else "") + _DIGITS[ones]


def _character_readings(char: str, tokenizer: SudachiTokenizer) -> tuple[str, ...]:
    """Return all on and kun readings of one character."""
    if is_kana(char):
        return (char,)
    return (*tokenizer.readings(char), *KANJI_READINGS.get(char, ())) or ("",)


def is_doubtful(token: Token) -> bool:
    """Return whether a token looks like misheard speech: unknown, a proper noun, or a lone kanji."""
    if token.kind in _NOT_WORDS or is_kana(token.surface):
        return False
    if token.known and token.pos[2] == "地名" and len(token.surface) > 1:
        return False
    return not token.known or token.is_name or len(token.surface) == 1
