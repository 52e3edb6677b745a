"""Whether a predicate is affirmed or denied, and in which voice, from the auxiliaries behind it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consult_assist.nlp.tokens import Token

NEGATIONS = frozenset({"ない", "ぬ", "ん", "ず", "まい", "へん", "ねえ", "ねぇ", "ねー"})
_LIGHT_VERBS = frozenset(
    {
        "いる",
        "しまう",
        "くれる",
        "もらう",
        "もらえる",
        "いただく",
        "いただける",
        "くださる",
        "下さる",
        "くる",
        "来る",
        "いく",
        "行く",
        "いける",
        "行ける",
        "なる",
        "ある",
        "する",
        "おく",
        "みる",
        "できる",
        "出来る",
        "やる",
        "あげる",
        "れる",
        "なさる",
        "いたす",
        "ござる",
        "おる",
    }
)
_PASSED_PARTICLES = frozenset({"は", "も", "たり", "だり", "なんか", "とか", "など", "なんて"})
_BELITTLING = frozenset({"なんて", "なんか", "など"})
_DENIED_BEHIND = frozenset({"て", "で", "は", "も", "じゃ", "なく", "が", "ちゃ", *_BELITTLING})
_FORMAL_NOUNS = frozenset({"こと", "わけ", "訳", "つもり", "はず", "経験", "覚え", "事"})
_BELIEFS = frozenset({"思う", "考える", "感じる", "思える"})
_DUTY = re.compile(
    r"(?:な(?:ければ|きゃ|くては|くちゃ|いと)|ねば|ないと)、?(?:なら|なり|いけ|だめ|ダメ|駄目|まず|と思|って|$)"
)
_GUESS = re.compile(r"(?:ない|なかった|ありません|ん)(?:です|でしょう)?か")
_COUNTING = frozenset({"副詞可能", "数詞", "助数詞可能"})
"""殴られたことは一度もない denies as 殴られたことはない does."""
_COUNTED_BEHIND = frozenset({"は", "が", "も", *_BELITTLING})
_DOUBT = re.compile(r"(?:ない|なかった|ありません)(?:です|でしょう)?か(?:と|って|な[^い]|も)")
_MAX_TOKENS = 14
_VOICES = {
    "れる": "passive", "られる": "passive", "せる": "causative", "させる": "causative", "たい": "wanting",
    "いける": "able", "行ける": "able", "できる": "able", "出来る": "able", "そう": "seeming",
}  # fmt: skip
_ABLE_ENDINGS = {f"{e}る": u for e, u in zip("えけげせてねべめれ", "うくぐすつぬぶむる", strict=True)}
"""払える from 払う: what the ending of the ability verb was before."""


@dataclass(frozen=True, slots=True)
class Polarity:
    """What stands behind a predicate.

    Attributes:
        negated: denied in the end (払わないことはない is not).
        by: token of the last negation, or None.
        voice: `passive`, `causative`, `able`, `wanting`, `intending`, `seeming`, `becoming`;
            empty for the plain verb.
        end: token just after the predicate with all its auxiliaries.
    """

    negated: bool
    by: int | None
    voice: frozenset[str]
    end: int


def read_polarity(tokens: Sequence[Token], head: int) -> Polarity:
    """Follow the auxiliaries behind the predicate at `head`."""
    voice = set(_own_voice(tokens[head], tokens[head + 1] if head + 1 < len(tokens) else None))
    negations: list[int] = []
    position = head + 1
    while position < min(len(tokens), head + _MAX_TOKENS):
        token = tokens[position]
        if _is_negation(tokens, position):
            if _DUTY.match(_rest(tokens, position)) or _is_guess(tokens, position):
                break
            negations.append(position)
        elif belief := _belief(tokens, position):
            matrix = read_polarity(tokens, belief)
            if matrix.negated and matrix.by is not None:
                negations.append(matrix.by)
            position = matrix.end
            break
        elif not _continues(tokens, position):
            break
        elif mark := _VOICES.get(token.lemma):
            voice.add(mark)
        elif token.lemma == "なる" and negations:
            voice.add("becoming")
        position += 1
    return Polarity(len(negations) % 2 == 1, negations[-1] if negations else None, frozenset(voice), position)


def _own_voice(token: Token, follower: Token | None) -> frozenset[str]:
    """Return `able` for 払える, and for the 払え of 払えてない; 食べれる counts as 食べられる."""
    if token.kind != "動詞":
        return frozenset()
    if token.pos[-1].startswith("意志推量形"):
        return frozenset({"intending"})
    if token.lemma.endswith("れる") and token.normalized == token.lemma[:-2] + "る":
        return frozenset({"passive"})
    row = _ABLE_ENDINGS.get(token.lemma[-2:])
    able = (
        row is not None and token.normalized.endswith(row) and not token.normalized.endswith(token.lemma[-2:])
    )
    imperative = "命令形" in token.pos[-1] and follower is not None and follower.lemma in ("てる", "て")
    return frozenset({"able"}) if able or imperative else frozenset()


def _is_negation(tokens: Sequence[Token], position: int) -> bool:
    token = tokens[position]
    if token.kind == "助動詞":
        return token.lemma in NEGATIONS
    if token.kind == "形容詞" and token.lemma in ("ない", "無い"):
        before = tokens[position - 1]
        return (
            (before.lemma, before.surface) == ("たい", "たく")
            or before.surface in _DENIED_BEHIND
            or before.kind == "副詞"
            or _belittles(tokens, position - 1)
        )
    return False


def _belittles(tokens: Sequence[Token], position: int) -> bool:
    """Return whether an adverb as in 殴るなんて絶対に・ない ends here."""
    if tokens[position].surface == "に" and position:
        position -= 1
    return (
        position > 0
        and not _COUNTING.isdisjoint(tokens[position].pos)
        and tokens[position - 1].surface in _COUNTED_BEHIND
    )


def _is_guess(tokens: Sequence[Token], position: int) -> bool:
    """Tell 殺されるんじゃないかと怖い, 虐待ではないかと思う and 知られてしまいませんか from a denial."""
    before = "".join(token.surface for token in tokens[max(0, position - 3) : position])
    if before.endswith(("じゃ", "では")) and _DOUBT.match(_rest(tokens, position)):
        return True
    worry = before.endswith(("しまいませ", "しまわ"))
    return (worry or before.endswith(("んじゃ", "のじゃ", "んでは", "のでは"))) and bool(
        _GUESS.match(_rest(tokens, position))
    )


def _rest(tokens: Sequence[Token], position: int) -> str:
    return "".join(token.surface for token in tokens[position : position + 6])


def _links(tokens: Sequence[Token], position: int) -> bool:
    """Return whether で or て here leads to more auxiliaries rather than to another clause."""
    if position + 1 >= len(tokens):
        return False
    follower = tokens[position + 1]
    return (
        follower.surface in ("は", "も", "ない", "なく")
        or follower.lemma in ("ない", "無い")
        or (follower.kind == "動詞" and follower.pos[1] == "非自立可能" and follower.lemma in _LIGHT_VERBS)
    )


def _belief(tokens: Sequence[Token], position: int) -> int | None:
    """Return the verb of thinking in 死にたい・とは・思っていない."""
    if tokens[position].surface not in ("と", "とか", "なんて"):
        return None
    for ahead in range(position + 1, min(position + 4, len(tokens))):
        if tokens[ahead].lemma in _BELIEFS:
            return ahead
        if tokens[ahead].kind != "助詞" and tokens[ahead].kind != "副詞":
            return None
    return None


def _continues(tokens: Sequence[Token], position: int) -> bool:
    token, before = tokens[position], tokens[position - 1]
    match token.kind:
        case "助動詞":
            return token.surface != "で" or _links(tokens, position)
        case "助詞":
            return _particle_continues(tokens, position)
        case "動詞":
            return _is_light(token) or (token.lemma in ("いう", "言う") and before.surface in ("と", "って"))
        case "名詞" | "形状詞":
            counted = before.surface in _COUNTED_BEHIND and not _COUNTING.isdisjoint(token.pos)
            return counted or token.lemma in _FORMAL_NOUNS or token.pos[1] == "助動詞語幹"
        case kind:
            return kind == "副詞" or (token.surface == "、" and before.surface in ("は", "も", "が"))


def _particle_continues(tokens: Sequence[Token], position: int) -> bool:
    token, before = tokens[position], tokens[position - 1]
    follower = tokens[position + 1] if position + 1 < len(tokens) else None
    match token.surface:
        case "て" | "で" | "ちゃ" | "じゃ" | "ては" | "では":
            return _links(tokens, position)
        case "が":
            return before.lemma in _FORMAL_NOUNS
        case "に" if _belittles(tokens, position):
            return True
        case "に" | "と" | "って" if follower is not None:
            reported = follower.surface in ("いう", "言う") and _rest(tokens, position + 2)[:2] in (
                "こと",
                "わけ",
            )
            return _is_light(follower) or (reported and token.surface != "に")
        case surface:
            nominal = token.pos[1] == "準体助詞" and follower is not None and follower.kind == "助動詞"
            return nominal or surface in _PASSED_PARTICLES


def _is_light(token: Token | None) -> bool:
    return token is not None and token.pos[1] == "非自立可能" and token.lemma in _LIGHT_VERBS
