"""Situations that are told without a name: the cue language on dictionary forms."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import product

from consult_assist.counter.cue import AMOUNT, PARTICLES, Cue, CueSyntaxError, parse_cue
from consult_assist.domain.knowledge import CueWords
from consult_assist.japanese.endings import standard_endings
from consult_assist.japanese.folding import fold
from consult_assist.nlp.facts.amounts import MONEY, yen_of
from consult_assist.nlp.syntax.content_words import ContentWord, read_content_words
from consult_assist.nlp.tokens import SudachiTokenizer, Token

_MAX_WORDS_BETWEEN = 4
"""So many words may stand inside a phrase, and mean little there."""
_MAX_APART_TOKENS = 60
_MAX_OCCURRENCES = 5
"""Of a word that is said over and over the last ones count, or trying all together would take long."""
_MAX_CLAUSES_BACK = 2
"""What was said before counts with what is said now only if it is of the same breath."""
_TITLES = frozenset({"さん", "様", "さま", "ちゃん", "君", "くん", "たち", "達"})


@dataclass(frozen=True, slots=True)
class CueOwner:
    """What a cue points to; exactly one of the two is set."""

    programme: str | None = None
    protocol: str | None = None


@dataclass(frozen=True, slots=True)
class FoundCue:
    """A cue whose words were all said, from the first to the last matched character."""

    cue: str
    owner: CueOwner
    start: int
    end: int


@dataclass(frozen=True, slots=True, repr=False)
class _Phrase:
    """One alternative as content words; `literal` where it has none (だけ).

    Attributes:
        particle: what must stand behind it; empty where anything may.
    """

    items: tuple[ContentWord, ...]
    literal: tuple[str, ...] = ()
    particle: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class _Occurrence:
    """A phrase found in the utterance."""

    items: tuple[ContentWord, ...]
    first: int
    last: int

    @property
    def clauses(self) -> set[int]:
        return {item.clause.number for item in self.items}

    @property
    def vague(self) -> bool:
        return all(item.vague for item in self.items)


NO_CUE_WORDS = CueWords()


class CueMatcher:
    """Compiled cues of the whole knowledge base. For use by one thread at a time."""

    def __init__(
        self,
        cues: Iterable[tuple[str, CueOwner]],
        tokenizer: SudachiTokenizer,
        words: CueWords = NO_CUE_WORDS,
    ) -> None:
        """Compile the cues; one that breaks the rules is left out (the linter reports it).

        Args:
            cues: lines of the cue language.
            tokenizer: what cuts them, and later the talk.
            words: groups that the cues name, and frames in which talk raises no protocol.
        """
        self._tokenizer = tokenizer
        self._phrases: dict[str, _Phrase] = {}
        self._cues: list[tuple[str, CueOwner, Cue]] = []
        for text, owner in cues:
            if parsed := self._parse(text, words):
                self._cues.append((text, owner, parsed))
        frames = (self._parse(text, words) for text in words.frames)
        self._frames = [frame for frame in frames if frame]
        self._exact = {word: word[1:-1] for word in self._phrases if _is_exact(word)}
        self._amounts = [word for word in self._phrases if AMOUNT.fullmatch(word)]
        self._cues_with: dict[str, list[int]] = {}
        for number, (_, _, cue) in enumerate(self._cues):
            for alternative in min(cue.words, key=len):
                self._cues_with.setdefault(alternative, []).append(number)
        self._by_key: dict[str, list[str]] = {}
        for alternative, phrase in self._phrases.items():
            for key in phrase.items[0].keys if phrase.items else phrase.literal[:1]:
                self._by_key.setdefault(key, []).append(alternative)

    def find(self, text: str, since: int = 0) -> list[FoundCue]:
        """Return every cue that the text fulfils, at its first place, in reading order.

        Args:
            text: what was said.
            since: only cues whose last word ends after this character; what is before helps to fulfil them.
        """
        standard = standard_endings(text)
        since = standard.position(since)
        tokens, occurrences = self._read(standard.text)
        serious = self._outside_frames(occurrences)
        first_token = next((i for i, token in enumerate(tokens) if token.end > since), len(tokens))
        found: list[FoundCue] = []
        for number in sorted({number for word in occurrences for number in self._cues_with.get(word, ())}):
            cue, owner, parsed = self._cues[number]
            said = occurrences if owner.protocol is None else serious
            if all(not said.keys().isdisjoint(group) for group in parsed.words) and (
                place := _fulfilled(parsed, said, first_token)
            ):
                span = standard.span(tokens[place[0]].start, tokens[place[1]].end)
                found.append(FoundCue(cue, owner, *span))
        return sorted(found, key=lambda hit: hit.start)

    def is_framed(self, text: str) -> bool:
        """Return whether a sentence tells of a film, of long ago or the like, and so of no danger now."""
        _, occurrences = self._read(standard_endings(text).text)
        return any(_sentences_with(frame, occurrences) for frame in self._frames)

    def _read(self, text: str) -> tuple[Sequence[Token], dict[str, list[_Occurrence]]]:
        """Return the tokens of a text, and where each word of any cue stands in it."""
        tokens = self._tokenizer.words(text)
        items = read_content_words(tokens, self._tokenizer)
        occurrences = self._occurrences(tokens, items)
        if items:
            self._look_at_characters(text, tokens, items, occurrences)
        return tokens, occurrences

    def _look_at_characters(
        self,
        text: str,
        tokens: Sequence[Token],
        items: Sequence[ContentWord],
        occurrences: dict[str, list[_Occurrence]],
    ) -> None:
        """Add where exact words and amounts of money stand."""
        for word, characters in self._exact.items():
            if characters in text:
                places = _places(characters, text)
                occurrences[word] = [_at(start, start + len(characters), tokens, items) for start in places]
        folded = fold(text)
        named = [(hit.span(), yen) for hit in MONEY.finditer(folded.text) if (yen := yen_of(hit)) is not None]
        for word in self._amounts if named else ():
            if held := [_at(*folded.span(*at), tokens, items) for at, yen in named if _is_within(yen, word)]:
                occurrences[word] = held

    def _parse(self, text: str, words: CueWords) -> Cue | None:
        try:
            parsed = parse_cue(text, words.groups)
        except CueSyntaxError:
            return None
        for alternative in (*(word for group in parsed.words for word in group), *parsed.without):
            if alternative not in self._phrases:
                self._phrases[alternative] = self._compile(alternative)
        return parsed

    def _outside_frames(self, occurrences: dict[str, list[_Occurrence]]) -> dict[str, list[_Occurrence]]:
        """Return what stands in sentences that tell of real things near at hand: no film, no long ago."""
        framed = {number for frame in self._frames for number in _sentences_with(frame, occurrences)}
        if not framed:
            return occurrences
        kept = {
            word: [hit for hit in hits if not framed & {item.clause.sentence for item in hit.items}]
            for word, hits in occurrences.items()
        }
        return {word: hits for word, hits in kept.items() if hits}

    def _compile(self, alternative: str) -> _Phrase:
        if _is_exact(alternative) or AMOUNT.fullmatch(alternative):
            return _Phrase(())
        tokens = self._tokenizer.words(standard_endings(alternative).text)
        items = [_as_wanted(item) for item in read_content_words(tokens, self._tokenizer, every_reading=True)]
        solid = [item for item in items if tokens[item.first].surface not in _TITLES]
        if not items:
            return _Phrase((), literal=tuple(token.normalized for token in tokens) or (alternative,))
        return _Phrase(tuple(solid or items), particle=_demanded_particle(tokens))

    def _occurrences(
        self, tokens: Sequence[Token], items: Sequence[ContentWord]
    ) -> dict[str, list[_Occurrence]]:
        found: dict[str, list[_Occurrence]] = {}
        for place, item in enumerate(items):
            for alternative in {name for key in item.keys for name in self._by_key.get(key, ())}:
                if self._phrases[alternative].items and (
                    hit := _match(self._phrases[alternative], items, place)
                ):
                    found.setdefault(alternative, []).append(hit)
        for position, token in enumerate(tokens):
            for alternative in self._by_key.get(token.normalized, ()):
                literal = self._phrases[alternative].literal
                stretch = tokens[position : position + len(literal)]
                if literal and tuple(word.normalized for word in stretch) == literal:
                    nearest = min(items, key=lambda item: abs(item.first - position), default=None)
                    if nearest:
                        last = position + len(literal) - 1
                        found.setdefault(alternative, []).append(_Occurrence((nearest,), position, last))
        return found


def _as_wanted(item: ContentWord) -> ContentWord:
    """Return a word of a cue without the keys that would make it mean more than is written."""
    keys = item.keys - {"無い"} if "なくなる" in item.keys else item.keys
    return replace(item, keys=keys - _DOING or keys)


def _demanded_particle(tokens: Sequence[Token]) -> str:
    """Return the particle that a word of a cue ends in; empty where it ends in none."""
    ending = tokens[-1]
    demands = len(tokens) > 1 and ending.pos[1] == "格助詞" and ending.surface in PARTICLES
    return ending.surface if demands else ""


def _is_exact(word: str) -> bool:
    return word.startswith("「") and word.endswith("」")


def _is_within(yen: int, word: str) -> bool:
    """Return whether an amount is what `3000円以下` or `10000円以上` stands for."""
    limit = AMOUNT.fullmatch(word)
    assert limit is not None
    return yen >= int(limit["yen"]) if limit["side"] == "以上" else yen <= int(limit["yen"])


def _places(characters: str, text: str) -> Iterator[int]:
    start = text.find(characters)
    while start >= 0:
        yield start
        start = text.find(characters, start + 1)


def _at(start: int, end: int, tokens: Sequence[Token], items: Sequence[ContentWord]) -> _Occurrence:
    """Return these very characters as an occurrence; how they are meant is not looked at."""
    touched = [i for i, token in enumerate(tokens) if token.start < end and token.end > start]
    nearest = min(items, key=lambda item: abs(item.first - touched[0]))
    item = replace(nearest, asked=False, offered=False, denied_by=None, predicate=False, vague=False)
    return _Occurrence((item,), touched[0], touched[-1])


def _match(phrase: _Phrase, items: Sequence[ContentWord], place: int) -> _Occurrence | None:
    """Return where the phrase stands when its first word is the item at `place`."""
    matched: list[ContentWord] = []
    position = place
    for wanted in phrase.items:
        while not _same(wanted, items[position]):
            if (
                not matched
                or not items[position].passing
                or position - place > _MAX_WORDS_BETWEEN + len(matched)
            ):
                return None
            position += 1
            if position >= len(items):
                return None
        matched.append(items[position])
        position += 1
        if position >= len(items) and len(matched) < len(phrase.items):
            return None
    if phrase.particle and not _plays(phrase.particle, matched[-1]):
        return None
    return _Occurrence(tuple(matched), matched[0].first, max(item.last for item in matched))


def _plays(role: str, said: ContentWord) -> bool:
    """Return whether what stands behind a word allows this role: は and も hide both が and を."""
    return said.particle in _ROLES[role] if role in _ROLES else said.particle.startswith(role)


_HIDING = frozenset({"", "は", "も", "って", "なんか", "まで", "だけ", "ばかり", "とか"})
_ROLES = {
    "が": _HIDING | {"が", "の"},
    "を": _HIDING | {"を", "をも"},
    "に": frozenset({"に", "には", "にも", "にまで", "から", "からも", "にだけ", "にばかり", "へ"}),
    "から": frozenset({"から", "からは", "からも", "に"}),
}
"""Which particles may stand where a cue demands one; others stand as they are written."""


def _sentences_with(frame: Cue, occurrences: dict[str, list[_Occurrence]]) -> set[int]:
    """Return the sentences that hold every word of the frame and none that it forbids."""
    groups = [_sentences(group, occurrences) for group in frame.words]
    return set.intersection(*groups) - _sentences(frame.without, occurrences)


def _sentences(words: Iterable[str], occurrences: dict[str, list[_Occurrence]]) -> set[int]:
    hits = (hit for word in words for hit in occurrences.get(word, ()))
    return {item.clause.sentence for hit in hits for item in hit.items}


def _same(wanted: ContentWord, said: ContentWord) -> bool:
    if not wanted.keys & said.keys:
        return False
    if not wanted.predicate and not said.predicate:
        return True
    if wanted.predicate and not said.predicate:
        return not wanted.negated and not wanted.voice
    return wanted.negated == said.negated and (not wanted.predicate or _same_voice(wanted, said))


def _same_voice(wanted: ContentWord, said: ContentWord) -> bool:
    """Return whether the roles agree; 死にたい needs the wish, while 辞める holds for 辞めたい too."""
    if not wanted.voice & _MOODS <= said.voice:
        return "becoming" in wanted.voice and not wanted.keys & _BEING and not said.voice & _MOODS
    roles, told = wanted.voice - _MOODS, said.voice - _MOODS
    able = {"able", "passive"} if said.keys & _HAD_BY_ASKING else {"able"}
    return roles == told or (not roles and not wanted.negated and told <= able)


_DOING = frozenset({"為る", "する"})
"""監視する is no 束縛する."""
_MOODS = frozenset({"wanting", "seeming", "becoming", "intending"})
_BEING = frozenset({"居る", "有る"})
"""いなくなる is no いない, while 払えなくなる is as good as 払えない."""
_HAD_BY_ASKING = frozenset({"借りる", "受ける", "預ける"})
"""借りられますか asks for a loan; 殴られますか is another voice."""


def _fulfilled(
    cue: Cue, occurrences: dict[str, list[_Occurrence]], first_token: int
) -> tuple[int, int] | None:
    """Return first and last token of a place where all words are stated and no forbidden one stands."""
    groups = [
        [hit for word in group for hit in occurrences.get(word, ())][-_MAX_OCCURRENCES:]
        for group in cue.words
    ]
    forbidden = _sentences(cue.without, occurrences)
    for chosen in product(*groups):
        first, last = min(hit.first for hit in chosen), max(hit.last for hit in chosen)
        if last < first_token or last - first > _MAX_APART_TOKENS:
            continue
        if _is_one_breath(chosen, forbidden, begun_before=first < first_token) and _is_stated(chosen):
            return first, last
    return None


def _is_one_breath(chosen: Sequence[_Occurrence], forbidden: Set[int], *, begun_before: bool) -> bool:
    """Return whether words stand in one sentence or two neighbouring ones, without a forbidden word.

    Args:
        chosen: one occurrence of each word.
        forbidden: sentences that hold a forbidden word.
        begun_before: some were said before; then all must belong to one sentence, and nearly to one clause.
    """
    sentences = sorted(item.clause.sentence for item in _items_of(chosen))
    if not forbidden.isdisjoint(range(sentences[0], sentences[-1] + 1)):
        return False
    if begun_before:
        clauses = sorted(number for hit in chosen for number in hit.clauses)
        return sentences[0] == sentences[-1] and clauses[-1] - clauses[0] <= _MAX_CLAUSES_BACK
    return sentences[-1] - sentences[0] <= 1


def _is_stated(chosen: Sequence[_Occurrence]) -> bool:
    """Return whether the words together are said to be so: not asked, not offered, not denied."""
    items = list(_items_of(chosen))
    predicates = [item for item in items if item.predicate] or items
    if any(item.asked or item.offered for item in predicates):
        return False
    heads = {item.first for item in items}
    if any(item.denied_by is not None for item in items if item.denied_by not in heads):
        return False
    if any(item.vague and item.about and heads.isdisjoint(item.about) for item in items):
        return False
    return _speak_of_each_other(chosen)


def _speak_of_each_other(chosen: Sequence[_Occurrence]) -> bool:
    """Return whether each word of little meaning (ない, なる) shares a clause with one of more."""
    solid = {number for hit in chosen if not hit.vague for number in hit.clauses}
    return not solid or all(hit.clauses & solid for hit in chosen if hit.vague)


def _items_of(chosen: Sequence[_Occurrence]) -> Iterator[ContentWord]:
    return (item for hit in chosen for item in hit.items)
