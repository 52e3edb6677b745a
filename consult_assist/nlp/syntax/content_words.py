"""Tokens → the content words of an utterance, each with its polarity, voice and clause."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from consult_assist.japanese.kana import is_kana, katakana, split_morae
from consult_assist.nlp.syntax.clauses import Clause, Clauses, read_clauses
from consult_assist.nlp.syntax.polarity import Polarity, read_polarity
from consult_assist.nlp.tokens import SudachiTokenizer, Token

_WORDS = frozenset({"名詞", "代名詞", "動詞", "形容詞", "形状詞", "副詞", "連体詞", "接尾辞"})
_PASSING = frozenset({"副詞", "連体詞", "接尾辞"})
_VAGUE = frozenset({"無い", "有る", "居る", "為る", "成る", "言う", "行く", "来る", "いう", "遣る"})
_DENYING = frozenset({"無い", "有る", "居る", "為る", "受ける", "持つ", "思う", "考える", "感じる", "抱える"})
_TOPIC_PARTICLES = frozenset({"は", "が", "も", "を", "とか", "など", "なんか", "って", "なんて", "と", "や"})
_OBJECT_PARTICLES = frozenset({"は", "も", "を", "とか", "なんか", "など"})
_MIN_MORAE = 3


@dataclass(frozen=True, slots=True, repr=False)
class ContentWord:
    """One content word.

    Attributes:
        keys: dictionary forms, and `読み:…` where it may be compared by reading.
        voice: `passive`, `causative`, `able`, `wanting`, `intending`, `seeming`, `becoming`.
        negated: the predicate itself is denied.
        denied_by: for a noun, the token that says it is not there (借金は・ない); else None.
        first: its first token.
        last: its last token, with the auxiliaries that negate it.
        predicate: it states something by itself.
        passing: it may stand between two words of a phrase (adverbs, numbers).
        vague: it means little alone (ない, なる).
        about: first tokens of the nouns it says are there or not, and of a verb that describes them.
        asked: its clause is a question.
        offered: its clause names a condition of something offered.
        particle: what stands behind it (夫に, 夫さんには); empty where nothing does.
    """

    keys: frozenset[str]
    voice: frozenset[str]
    negated: bool
    denied_by: int | None
    first: int
    last: int
    clause: Clause
    predicate: bool
    passing: bool
    vague: bool
    about: frozenset[int]
    asked: bool
    offered: bool
    particle: str = ""


def read_content_words(
    tokens: Sequence[Token], tokenizer: SudachiTokenizer, *, every_reading: bool = False
) -> list[ContentWord]:
    """Return the content words in reading order.

    Args:
        tokens: words of one text.
        tokenizer: where readings come from.
        every_reading: give each word its reading as a key, not only those written in kana.
    """
    clauses = read_clauses(tokens)
    items: list[ContentWord] = []
    position = 0
    while position < len(tokens):
        if tokens[position].kind in _WORDS and tokens[position].pos[1] != "助動詞語幹":
            item, position = _read_item(tokens, position, clauses)
            items.append(
                replace(item, keys=item.keys | set(_reading_keys(tokens, item, tokenizer, every_reading)))
            )
        else:
            position += 1
    return list(_with_topics(list(_with_denials(items, tokens)), tokens))


def _read_item(tokens: Sequence[Token], head: int, clauses: Clauses) -> tuple[ContentWord, int]:
    """Return the item at `head` and the token where the next may begin."""
    token = tokens[head]
    polarity, verb = _predicate(tokens, head)
    keys = {_unify(token.lemma), _unify(token.normalized)}
    negated, last = False, head
    if verb != head:
        keys.add("為る")
    if polarity is not None:
        negated = polarity.negated
        last = polarity.by if polarity.by is not None else verb
        if negated and keys & {"有る", "無い"}:
            keys, negated = {"無い"} if "有る" in keys else {"有る"}, False
        elif "なくなる" in keys and not negated:
            keys.add("無い")
    clause = clauses.of_token[head]
    item = ContentWord(
        keys=frozenset(keys),
        voice=polarity.voice if polarity else frozenset(),
        negated=negated,
        denied_by=None,
        first=head,
        last=last,
        clause=clause,
        predicate=polarity is not None,
        passing=token.kind in _PASSING or not {"数詞", "助数詞可能", "副詞可能"}.isdisjoint(token.pos),
        vague=bool(keys & _VAGUE) and verb == head,
        about=frozenset(),
        asked=clause.number in clauses.asked,
        offered=clause.number in clauses.offered,
        particle=_particle(tokens, head + 1),
    )
    return item, max(head + 1, polarity.end if polarity else 0)


def _particle(tokens: Sequence[Token], position: int) -> str:
    """Return the particles from here on, past さん and たち."""
    while position < len(tokens) and tokens[position].kind == "接尾辞":
        position += 1
    behind = takewhile(lambda token: token.kind == "助詞", tokens[position : position + 2])
    return "".join(token.surface for token in behind)


def _predicate(tokens: Sequence[Token], head: int) -> tuple[Polarity | None, int]:
    """Return the polarity of a predicate and its last head token; None for a plain noun."""
    token = tokens[head]
    if token.kind in ("動詞", "形容詞"):
        return read_polarity(tokens, head), head
    if token.kind not in ("名詞", "形状詞"):
        return None, head
    position = head + 1
    while position < len(tokens) and position <= head + 2 and tokens[position].surface in _OBJECT_PARTICLES:
        position += 1
    if position < len(tokens) and "サ変可能" in token.pos and tokens[position].lemma in _DOING:
        return read_polarity(tokens, position), position
    follower = tokens[head + 1] if head + 1 < len(tokens) else None
    if follower is None or not (follower.kind == "助動詞" or follower.surface in ("で", "じゃ")):
        return None, head
    polarity = read_polarity(tokens, head)
    return (polarity, head) if polarity.negated or follower.kind == "助動詞" else (None, head)


_DOING = frozenset({"する", "できる", "出来る", "なさる", "いたす", "致す"})


def _reading_keys(
    tokens: Sequence[Token], item: ContentWord, tokenizer: SudachiTokenizer, every_reading: bool
) -> Iterator[str]:
    token = tokens[item.first]
    if every_reading or is_kana(token.surface):
        lemma = token.lemma
        reading = katakana(lemma) if is_kana(lemma) else tokenizer.lemma_reading(lemma)
        if len(split_morae(reading)) >= _MIN_MORAE:
            yield f"読み:{reading}"


def _with_denials(items: Sequence[ContentWord], tokens: Sequence[Token]) -> Iterator[ContentWord]:
    """Give each noun the predicate of its clause that says it is not there (一回分しかない says it is)."""
    for place, item in enumerate(items):
        if item.predicate or item.passing:
            yield item
            continue
        governor = next((other for other in items[place + 1 :] if other.predicate), None)
        topical = governor is not None and _is_topic(tokens, item.last + 1, governor.first)
        denies = (
            governor is not None
            and governor.clause.number == item.clause.number
            and bool(governor.keys & _DENYING)
            and (governor.negated or "無い" in governor.keys)
            and tokens[governor.first - 1].surface != "しか"
        )
        yield replace(item, denied_by=governor.first) if topical and denies and governor else item


def _is_topic(tokens: Sequence[Token], position: int, governor: int) -> bool:
    """Return whether the particles behind a noun make it what the predicate is about (借金は, not 病気で)."""
    particles = [token.surface for token in takewhile(lambda token: token.kind == "助詞", tokens[position:])]
    return particles[0] in _TOPIC_PARTICLES if particles else position == governor


def _with_topics(items: Sequence[ContentWord], tokens: Sequence[Token]) -> Iterator[ContentWord]:
    """Tell each ない, ある and いる what it speaks about: 泊まる所がない is about 所 and 泊まる."""
    for place, item in enumerate(items):
        if not item.keys & _EXISTENCE:
            yield item
            continue
        about = {other.first for other in items[:place] if other.denied_by == item.first}
        nouns = [
            (index, other)
            for index, other in enumerate(items[:place])
            if other.clause.number == item.clause.number and not other.predicate and not other.passing
        ]
        if nouns:
            index, noun = nouns[-1]
            about.add(noun.first)
            before = items[index - 1] if index else None
            if before is not None and before.predicate and tokens[noun.first - 1].surface != "の":
                about.add(before.first)
        yield replace(item, about=frozenset(about))


_EXISTENCE = frozenset({"無い", "有る", "居る"})


def _unify(key: str) -> str:
    """Return one spelling for 無くなる and なくなる, which the dictionary keeps apart."""
    return "無い" if key == "ない" else key.replace("無く", "なく")
