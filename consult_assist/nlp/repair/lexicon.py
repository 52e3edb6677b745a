"""Knowledge → the words of this counter, each with its reading and how much it belongs here."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass

from consult_assist.domain.knowledge import DangerProtocol, Name, Programme
from consult_assist.japanese.kana import split_morae
from consult_assist.nlp.array_cache import NO_CACHE, ArrayCache, packed, unpacked
from consult_assist.nlp.tokens import SudachiTokenizer, Token

_CONTENT = frozenset({"名詞", "形状詞", "副詞"})
_KANJI = re.compile("[一-龠々]")
_CUE_SIGNS = re.compile(r"[\s|!]+|@[^\s|]*")
_COUNTS = re.compile("[0-9０-９]|^[一二三四五六七八九十百千万数何]+(?:人|級|年|月|日|か月|回|歳|割)")
"""Figures are never put into a text: what hurts when it is wrong stays as it was heard."""
_NUMERALS = re.compile("[0-9０-９一二三四五六七八九十百千万]")
_MIN_MORAE = 2
_MIN_TIMES_UNLISTED = 3
_MIN_TIMES_SAID = 3
"""Fewer sentences tell too little of how a word is used.

Source: our measurement, docs/decisions/0033-phrasing.md; 2 and 5 do as well.
"""
_SAID = frozenset({*_CONTENT, "動詞", "形容詞"})
_LISTED = 6
"""A word that someone put on a list or named a programme counts as one that the texts mention so often."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the counter.

    Attributes:
        weight: how often the knowledge speaks of it, in bits.
        listed: someone put it on a list, so that its spelling is the office's.
        names: it names a programme, which must not be put into anyone's mouth.
    """

    text: str
    morae: tuple[str, ...]
    weight: float
    listed: bool
    names: bool


def collect_words(
    programmes: Iterable[Programme],
    protocols: Iterable[DangerProtocol],
    vocabulary: Sequence[Name],
    tokenizer: SudachiTokenizer,
    groups: Iterable[Iterable[str]] = (),
    *,
    kept: ArrayCache = NO_CACHE,
) -> list[Word]:
    """Return every word that names, lists or texts of the knowledge hold, the office's own included."""
    read = kept.get(
        "words",
        lambda: {
            "words": packed(
                [astuple(word) for word in _words(programmes, protocols, vocabulary, tokenizer, groups)]
            )
        },
    )
    return [
        Word(text, tuple(morae), weight, listed, names)
        for text, morae, weight, listed, names in unpacked(read["words"])
    ]


def _words(
    programmes: Iterable[Programme],
    protocols: Iterable[DangerProtocol],
    vocabulary: Sequence[Name],
    tokenizer: SudachiTokenizer,
    groups: Iterable[Iterable[str]],
) -> list[Word]:
    programmes = tuple(programmes)
    cue_words = (word for group in groups for word in _cue_words(group))
    readings, counts = _count((*_texts(programmes, protocols), *cue_words), tokenizer, _is_content)
    names = [name for programme in programmes for name in programme.names]
    for name in (*vocabulary, *names):
        readings[name.text] = name.reading or tokenizer.reading(name.text)
        counts[name.text] = max(counts[name.text], _LISTED)
    listed, named = {name.text for name in vocabulary}, {name.text for name in names}
    words = (
        Word(
            text=text,
            morae=split_morae(readings[text]),
            weight=_weight(text, counts, tokenizer),
            listed=text in listed,
            names=text in named,
        )
        for text in counts
        if not _COUNTS.search(text)
    )
    return [word for word in words if len(word.morae) >= (_MIN_MORAE if word.listed else _MIN_TIMES_UNLISTED)]


def collect_said(
    examples: Iterable[str],
    words: Iterable[Word],
    tokenizer: SudachiTokenizer,
    *,
    kept: ArrayCache = NO_CACHE,
) -> list[Word]:
    """Return what people say in several examples, as far as it is no word of the counter itself."""
    read = kept.get("said", lambda: {"words": packed(_said(examples, tokenizer))})
    known = {word.text for word in words}
    return [
        Word(text, split_morae(reading), math.log2(1 + count), listed=False, names=False)
        for text, reading, count in unpacked(read["words"])
        if text not in known
    ]


def _said(examples: Iterable[str], tokenizer: SudachiTokenizer) -> list[tuple[str, str, int]]:
    readings, counts = _count(examples, tokenizer, _is_said)
    return [(text, readings[text], count) for text, count in counts.items() if count >= _MIN_TIMES_SAID]


def _count(
    texts: Iterable[str], tokenizer: SudachiTokenizer, counts_as_word: Callable[[Token], bool]
) -> tuple[dict[str, str], Counter[str]]:
    """Return how each word is read, and how often the texts hold it."""
    readings: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for text in texts:
        for token in tokenizer.names(text):
            if counts_as_word(token):
                readings.setdefault(token.surface, token.reading)
                counts[token.surface] += 1
    return readings, counts


def _is_content(token: Token) -> bool:
    return (
        token.kind in _CONTENT
        and token.known
        and token.pos[1] != "数詞"
        and _KANJI.search(token.surface) is not None
    )


def _is_said(token: Token) -> bool:
    return (
        token.kind in _SAID
        and token.known
        and not token.is_name
        and _KANJI.search(token.surface) is not None
        and not _NUMERALS.search(token.surface)
        and len(split_morae(token.reading)) >= _MIN_MORAE
    )


def _weight(text: str, counts: Mapping[str, int], tokenizer: SudachiTokenizer) -> float:
    own = math.log2(1 + counts[text])
    parts = [token.surface for token in tokenizer.words(text)]
    return own + sum(math.log2(1 + counts[part]) for part in parts if part != text and part in counts)


def _texts(programmes: Iterable[Programme], protocols: Iterable[DangerProtocol]) -> Iterator[str]:
    for programme in programmes:
        yield from (programme.name, programme.summary, *programme.target, *programme.documents)
        yield from (*programme.questions, *programme.laws, *(amount.text for amount in programme.amounts))
        for misconception in programme.misconceptions:
            yield from (misconception.wrong, misconception.right)
        yield from _cue_words(programme.cues)
    for protocol in protocols:
        yield from (protocol.title, *protocol.steps, *protocol.questions, *_cue_words(protocol.cues))


def _cue_words(cues: Iterable[str]) -> Iterator[str]:
    for cue in cues:
        yield from filter(None, _CUE_SIGNS.split(cue))
