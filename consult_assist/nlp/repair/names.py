"""Names said in an utterance: written just so, by reading, or by sound."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import ahocorasick
import numpy as np

from consult_assist.domain.guidance import Match
from consult_assist.domain.knowledge import Name, Programme
from consult_assist.japanese.folding import fold
from consult_assist.japanese.kana import is_kana, split_morae
from consult_assist.japanese.phonetics import UNIT, Alignment, PhoneticIndex, similarity
from consult_assist.nlp.repair.candidate_filters import SAME_READING_COST, is_named_person
from consult_assist.nlp.repair.lattice import build_lattice, is_doubtful
from consult_assist.nlp.repair.lattice_cost import DictionaryCost
from consult_assist.nlp.tokens import PARTICLES, SIGNS, SudachiTokenizer, Token, chunks

_SURE_BY_READING = 0.95
_SHORT_CHARS = 3
_MIN_MORAE = 3
_SHORT_MORAE = 4
_SURE_MORAE = 6
_KANJI = re.compile("[一-龠々]")
_KATAKANA = re.compile("[ァ-ヴー]")
_SENTENCE_START = re.compile(r"(?:^|です|ます|した|[。、！？!?\s])$")
_MIN_COST_BY_SOUND = 5
_PER_MORA = 13
_FIXED = 25
"""A name of n morae may differ by 13 n − 25 hundredths of a mora where the sentence reads as well with it."""
_PER_FALL = 4
_FALL = 1000
_FALLS = (-5, 12)
"""… and by 4 more for each thousand by which the dictionary finds the sentence likelier with it."""
_MAX_COST_SHARE = 0.155
"""Source: our own measurement, docs/decisions/0018-names-by-sound.md."""
_SHORT_BY_SOUND = 8
"""Up to here no particle is taken for a part of a name."""
_LONG_MORAE = 10
"""From here on a name may hold figures and begin with a particle."""
_FIGURE = re.compile("[0-9０-９一二三四五六七八九十百千万]")
_NEVER_AT_THE_EDGE = PARTICLES | SIGNS
_DONE = re.compile("し[てたまな]|する|され")
"""What is done is nobody's name, so that 大能して may be 滞納して; 井上 is never 以上."""


@dataclass(frozen=True, slots=True)
class KnownName:
    """One name with what it stands for; `programmes` is empty for a word of the vocabulary."""

    text: str
    morae: tuple[str, ...]
    canonical: tuple[str, ...]
    programmes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name at a place in the text."""

    name: KnownName
    start: int
    end: int
    how: Match
    cost: int = 0

    @property
    def confidence(self) -> float:
        """Return how close what was heard is to the name, 0 … 1; certain only where it is written just so."""
        if self.how is Match.EXACT:
            return 1.0
        return _SURE_BY_READING * similarity(self.cost, len(self.name.morae))

    def overlaps(self, other: "FoundName") -> bool:
        """Return whether both stand in some of the same characters."""
        return self.start < other.end and other.start < self.end


class NameMatcher:
    """Finds the names of programmes and the words of the vocabulary. For use by one thread at a time."""

    def __init__(
        self, programmes: Sequence[Programme], vocabulary: Sequence[Name], tokenizer: SudachiTokenizer
    ) -> None:
        """Prepare the search for all names; readings come from the dictionary unless given."""
        self._tokenizer = tokenizer
        self._language = DictionaryCost()
        self._names = list(_collect(programmes, vocabulary, tokenizer))
        self._automaton = ahocorasick.Automaton()
        for name in self._names:
            if key := fold(name.text).text:
                self._automaton.add_word(key, (len(key), name))
        if len(self._automaton):
            self._automaton.make_automaton()
        self._by_sound = [name for name in self._names if len(name.morae) >= _MIN_MORAE]
        self._index = PhoneticIndex([name.morae for name in self._by_sound])
        self._limits = np.array(
            [
                max(SAME_READING_COST, _dearest(len(name.morae)) if name.programmes else 0)
                for name in self._by_sound
            ],
            dtype=np.int32,
        )

    def find(self, text: str) -> list[FoundName]:
        """Return what was said, in reading order and without overlaps; no name runs over a sentence's end."""
        return [
            replace(found, start=found.start + offset, end=found.end + offset)
            for offset, sentence in chunks(text)
            for found in self._find(sentence)
        ]

    def _find(self, sentence: str) -> list[FoundName]:
        long = self._tokenizer.names(sentence)
        exact = self._exact(sentence, long)
        return sorted(self._with_sounds(sentence, long, exact), key=lambda found: found.start)

    def _exact(self, text: str, tokens: Sequence[Token]) -> list[FoundName]:
        if not len(self._automaton):
            return []
        folded = fold(text)
        edges = {position for token in tokens for position in (token.start, token.end)}
        edges |= {position for token in self._tokenizer.words(text) for position in (token.start, token.end)}
        hits: list[FoundName] = []
        for last, (n_chars, name) in self._automaton.iter(folded.text):
            start, end = folded.span(last + 1 - n_chars, last + 1)
            if n_chars > _SHORT_CHARS or (start in edges and end in edges):
                hits.append(FoundName(name, start, end, Match.EXACT))
        return _without_overlaps(hits, key=lambda hit: (hit.start - hit.end, hit.start))

    def _with_sounds(self, text: str, tokens: Sequence[Token], exact: list[FoundName]) -> list[FoundName]:
        lattice = build_lattice(text, self._tokenizer)
        judged = (
            self._judge(alignment, text, tokens, exact)
            for alignment in self._index.search(lattice, self._limits)
        )
        heard = [found for found in judged if found is not None]
        best = _without_overlaps(
            heard, key=lambda hit: (hit.cost * 4 - len(hit.name.morae) * UNIT, hit.start)
        )
        return best + [hit for hit in exact if not any(map(hit.overlaps, best))]

    def _judge(
        self, alignment: Alignment, text: str, tokens: Sequence[Token], exact: list[FoundName]
    ) -> FoundName | None:
        """Return the name when it may count as said: the surer the heard words, the closer it must be.

        A word of its own that is a part of the name is no mishearing of it: 国民健康保険, 国民健康保険料.
        """
        name = self._by_sound[alignment.name]
        start, end, cost = alignment.start, alignment.end, alignment.cost
        n_morae = len(name.morae)
        if any(_outdoes(hit, start, end, n_morae) for hit in exact):
            return None
        said = text[start:end]
        span = [token for token in tokens if token.start < end and start < token.end]
        if self._same_spelling(said, name.text):
            return FoundName(name, start, end, Match.EXACT)
        if not name.programmes and is_named_person(span) and not _DONE.match(text, end):
            return None
        if cost <= SAME_READING_COST:
            sure = self._is_sure(name, text, start, end, span)
            return FoundName(name, start, end, Match.READING, cost) if sure else None
        opens = self._opens_sentence(span[0], text)
        shorter = len(span) == 1 and span[0].known and said == span[0].surface and said in name.text
        if shorter or not name.programmes or not _may_sound(n_morae, span, start, end, opens=opens):
            return None
        likelier = self._language.cost_drop(text, start, end, name.text)
        return FoundName(name, start, end, Match.SOUND, cost) if cost <= _dearest(n_morae, likelier) else None

    def _is_sure(self, name: KnownName, text: str, start: int, end: int, span: Sequence[Token]) -> bool:
        """Return whether the same reading is enough: always for long names, else only for no real word."""
        n_morae, said = len(name.morae), text[start:end]
        if n_morae >= _SURE_MORAE and name.programmes:
            return True
        words = span[1:] if self._opens_sentence(span[0], text) else span
        if any(token.kind in _NEVER_AT_THE_EDGE for token in words) or self._cuts_word(text, start, end):
            return False
        if is_kana(said):
            return n_morae >= _SHORT_MORAE or len(span) > 1 or not span[0].known
        odd = [_is_no_word(token, alone=len(span) == 1) for token in span]
        return any(odd) if name.programmes else all(odd)

    @staticmethod
    def _opens_sentence(token: Token, text: str) -> bool:
        """Return whether a token stands where no particle can, so that や of やちん is none."""
        return _SENTENCE_START.search(text[: token.start]) is not None

    @staticmethod
    def _cuts_word(text: str, start: int, end: int) -> bool:
        """Return whether a run of kanji, or of katakana, goes on beyond the span (残高 in 山高子)."""
        inside, outside = text[start:end], text[max(0, start - 1) : start] + text[end : end + 1]
        return any(pattern.search(inside) and pattern.search(outside) for pattern in (_KANJI, _KATAKANA))

    def _same_spelling(self, said: str, name: str) -> bool:
        """Return whether the dictionary holds both for the same words (子供手当, 子ども手当)."""
        return self._normalized(said) == self._normalized(name)

    def _normalized(self, text: str) -> str:
        return "".join(token.normalized for token in self._tokenizer.words(text) if token.kind != "空白")


def _collect(
    programmes: Sequence[Programme], vocabulary: Sequence[Name], tokenizer: SudachiTokenizer
) -> Iterator[KnownName]:
    spoken: dict[str, tuple[Name, list[Programme]]] = {}
    for programme in programmes:
        for name in (Name(text=programme.name), *programme.names):
            known = spoken.setdefault(fold(name.text).text, (name, []))
            if name.reading and not known[0].reading:
                spoken[fold(name.text).text] = known = (name, known[1])
            if programme not in known[1]:
                known[1].append(programme)
    for name in vocabulary:
        spoken.setdefault(fold(name.text).text, (name, []))
    for name, owners in spoken.values():
        morae = split_morae(name.reading) if name.reading else _read(name.text, tokenizer)
        yield KnownName(
            text=name.text,
            morae=morae,
            canonical=tuple(owner.name for owner in owners) or (name.text,),
            programmes=tuple(owner.id for owner in owners),
        )


def _read(text: str, tokenizer: SudachiTokenizer) -> tuple[str, ...]:
    return tuple(mora for token in tokenizer.names(text) for mora in split_morae(token.reading))


def _dearest(n_morae: int, likelier: int | None = None) -> int:
    """Return what the difference in sound may cost at most, given how much likelier the sentence becomes."""
    if n_morae < _MIN_COST_BY_SOUND:
        return 0
    falls = _FALLS[1] if likelier is None else min(_FALLS[1], max(_FALLS[0], likelier / _FALL))
    allowed = _PER_MORA * n_morae - _FIXED + _PER_FALL * falls
    return int(min(allowed, _MAX_COST_SHARE * UNIT * n_morae))


def _may_sound(n_morae: int, span: Sequence[Token], start: int, end: int, *, opens: bool) -> bool:
    """Return whether whole words stand there that can be a name at all.

    Args:
        n_morae: length of the name.
        span: what was heard.
        start: first character.
        end: just after the last character.
        opens: a sentence begins with them, so that the first is no particle (よ of よいく日).
    """
    if span[0].start != start or span[-1].end != end or span[-1].kind in _NEVER_AT_THE_EDGE:
        return False
    if n_morae >= _LONG_MORAE:
        return True
    words = span[1:] if opens else span
    if any(_FIGURE.search(token.surface) for token in span):
        return False
    if n_morae >= _SHORT_BY_SOUND:
        return not words or words[0].kind not in _NEVER_AT_THE_EDGE
    return not any(token.kind in _NEVER_AT_THE_EDGE for token in words)


def _is_no_word(token: Token, *, alone: bool) -> bool:
    """Return whether a token cannot be meant as it is written; 関西 and a lone 蚕 can."""
    if not is_doubtful(token) or token.pos[1] == "数詞":
        return False
    return token.pos[2] == "人名" if token.is_name else not (token.known and alone)


def _outdoes(hit: FoundName, start: int, end: int, n_morae: int) -> bool:
    """Return whether what is written so reaches beyond a place, or is as long as the name sought there."""
    overlaps = hit.start < end and start < hit.end
    return overlaps and (hit.start < start or hit.end > end or len(hit.name.morae) >= n_morae)


def _without_overlaps(hits: list[FoundName], key: Callable[[FoundName], tuple[int, int]]) -> list[FoundName]:
    """Return the hits that overlap no better one; the smallest key is the best."""
    chosen: list[FoundName] = []
    for hit in sorted(hits, key=key):
        if not any(map(hit.overlaps, chosen)):
            chosen.append(hit)
    return chosen
