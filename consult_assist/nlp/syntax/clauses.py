"""Tokens → sentences and clauses, with which of them are asked or only offered."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from consult_assist.japanese.sentences import SENTENCE_ENDS
from consult_assist.nlp.tokens import Token

_LINKS = frozenset({"が", "けど", "けれど", "けれども", "から", "し", "のに"})
_CONDITIONS = frozenset({"ば", "と"})
_CASES = frozenset({"場合", "とき", "時", "際", "方", "かた", "人", "世帯", "家庭"})
_QUESTION_TAIL = re.compile(
    r"(?:(?<!何度)(?<!何回)(?<!何人)(?<!いくつ)(?<!と)か|かね|かな|かしら|かい|っけ)$"
)
_MUSING = re.compile(r"(?:かな[あぁー]?|かしら|だろうか|んでしょうね)[。．\s]*$")
_TO_YOU = re.compile(
    r"お[^か金酒米母父兄姉昼茶]|ご(?!飯)|さん|あなた|そちら|ありま|こと(?:は|が|って)?(?:ある|あった)"
)
"""Signs that a musing question is put to the listener (お辞めになったのかな)."""
_INDIRECT = re.compile(r"か(?:どうか|否か)?[、]?(?:を)?(?:教え|確認|お?聞か|お?伺|知り)")
_HELP = re.compile(
    r"どう(?:した|すれ|やった|やって|いう(?:手続|制度|支援))|どこ[にへで]|"
    r"(?:何か|なにか|なんか|どんな|どういう|こういう)[^。]{0,8}"
    r"(?:手当|制度|支援|補助|助成|方法|手立て|助け|使え|もらえ|受け)|"
    r"(?:借り|受け)(?:ら)?れ(?:ます|る|ない|ません)|"
    r"(?:もらえ|使え|入れ|相談でき|申請でき|利用でき|頂け|いただけ)(?:る|ます|ない|ません)|"
    r"しま(?:いません|わない)(?:です|でしょう)?か|"
    r"(?:いい|良い|よろしい|いける|平気|大丈夫)(?:の|ん)?(?:です|でしょう|の)"
)
_RECKONED = re.compile(
    r"(?<![円歳才月年万千]か)[0-9一二三四五六七八九十千万](?:円|歳|才|[かヶ]月|年|万|千)か[。．\s]*$"
)
"""ええと、ひと月6万8千円か: who reckons aloud asks nobody; to another, one says ですか."""
_IN_DOUBT = re.compile(r"(?:かどうか|るかないか)[。．\s]*$")
"""月に5万円残るかどうか tells how much it is at most; to another, one adds です or what one would know."""
_OF_THOSE = re.compile(r"[のなたるい](?:方|かた)(?:です?と|だと|でしたら|だったら|なら)、?$")
"""要介護2の方ですと: so one explains a rule, whatever it offers."""
_SERVICE = re.compile(
    r"いただけ|頂け|ください|下さい|ございま|でき(?:ます|る)|受けられ|もらえ|使え(?:ます|る)|対象|支給|お申し?出|"
    r"ご(?:相談|利用|案内|申請|連絡)|あります|なります|られます|減免|免除され|しましょう|いたします"
)
_AFTER_CASE = frozenset({"は", "が", "に", "も", "、", "には", "へ"})
_TE_AFTER = frozenset({"は", "も", "から", "ない", "なく"})


Ending = Literal["link", "te", "if", "end"]
"""How a clause ends: けど・ので, て, たら・場合は, or with the sentence."""


@dataclass(frozen=True, slots=True, repr=False)
class Clause:
    """Tokens `start` … `end` of one sentence, which state one thing.

    Attributes:
        sentence: number of the sentence.
        number: number of the clause in the whole text.
        text: its characters.
    """

    sentence: int
    number: int
    start: int
    end: int
    ending: Ending
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Clauses:
    """For each token its clause; and the clauses that are asked or only offered, not stated."""

    of_token: tuple[Clause, ...]
    asked: frozenset[int]
    offered: frozenset[int]


def read_clauses(tokens: Sequence[Token]) -> Clauses:
    """Cut tokens into sentences and clauses and mark what is not stated."""
    clauses = list(_cut(tokens))
    sentences: dict[int, list[Clause]] = {}
    for clause in clauses:
        sentences.setdefault(clause.sentence, []).append(clause)
    return Clauses(
        of_token=tuple(clause for clause in clauses for _ in range(clause.start, clause.end)),
        asked=frozenset(number for group in sentences.values() for number in _asked(group)),
        offered=frozenset(number for group in sentences.values() for number in _offered(group, tokens)),
    )


def _cut(tokens: Sequence[Token]) -> Iterator[Clause]:
    sentence = number = start = 0
    for position in range(len(tokens)):
        over = _ends_sentence(tokens, position) or position == len(tokens) - 1
        ending: Ending | None = "end" if over else _clause_end(tokens, position)
        if ending:
            text = "".join(token.surface for token in tokens[start : position + 1])
            yield Clause(sentence, number, start, position + 1, ending, text)
            sentence, number, start = sentence + over, number + 1, position + 1


def _ends_sentence(tokens: Sequence[Token], position: int) -> bool:
    """Return whether a sentence ends after this token, also where the recogniser wrote no punctuation."""
    token = tokens[position]
    follower = tokens[position + 1] if position + 1 < len(tokens) else None
    if token.surface[-1] in SENTENCE_ENDS:
        return follower is None or follower.surface[0] not in SENTENCE_ENDS
    if follower is None or follower.kind in ("助詞", "助動詞", "補助記号"):
        return False
    if token.kind == "助詞" and token.pos[1] == "終助詞":
        return position > 0 and tokens[position - 1].kind in ("助動詞", "助詞")
    polite = token.lemma in ("ます", "です") or (
        position > 0 and token.lemma in ("た", "ぬ") and tokens[position - 1].lemma in ("ます", "です")
    )
    return token.kind == "助動詞" and polite and token.pos[-1].startswith("終止形")


def _clause_end(tokens: Sequence[Token], position: int) -> Ending | None:
    if position + 1 >= len(tokens):
        return None
    before, token, follower = (
        tokens[position - 1] if position else None,
        tokens[position],
        tokens[position + 1],
    )
    nominal = before is not None and before.pos[1] == "準体助詞"
    if (token.pos[1] == "接続助詞" and token.surface in _LINKS) or (token.surface == "で" and nominal):
        return "link"
    if _is_condition(before, token, follower):
        return "if"
    te = token.surface in ("て", "で") and (token.pos[1] == "接続助詞" or token.kind == "助動詞")
    return "te" if te and _leaves(follower) else None


def _is_condition(before: Token | None, token: Token, follower: Token) -> bool:
    if token.pos[1] == "接続助詞":
        return token.surface in _CONDITIONS and follower.lemma not in ("いける", "なる", "だめ")
    if token.lemma in ("た", "だ", "です") and token.pos[-1].startswith("仮定形"):
        return follower.surface != "ば"
    after_verb = before is not None and (
        before.kind in ("動詞", "助動詞", "形容詞") or before.surface in ("の", "な")
    )
    return token.lemma in _CASES and after_verb and follower.surface in _AFTER_CASE


def _leaves(follower: Token) -> bool:
    light = follower.kind == "動詞" and follower.pos[1] == "非自立可能"
    spoken = follower.kind == "助動詞"  # して・ます, of して・い・ます
    return not light and not spoken and follower.surface not in _TE_AFTER and follower.lemma != "ない"


def is_question(text: str) -> bool:
    """Return whether a sentence ends as a question, whoever asks it."""
    return text.rstrip("\n 　").endswith(("？", "?")) or bool(
        _QUESTION_TAIL.search(text.rstrip("。．！!\n 　"))
    )


def _asked(clauses: Sequence[Clause]) -> Iterator[int]:
    """Yield the last clause of a question and those tied to it by て; a plea for help asks about none."""
    yield from (clause.number for clause in clauses if _INDIRECT.search(clause.text))
    last = clauses[-1].text
    if not is_question(last) or _RECKONED.search(last) or _IN_DOUBT.search(last):
        return
    plea = last
    if _MUSING.search(plea) and not _TO_YOU.search("".join(clause.text for clause in clauses)):
        return
    if len(clauses) > 1 and clauses[-2].ending == "if":
        plea = clauses[-2].text + plea
    if _HELP.search(plea):
        return
    yield clauses[-1].number
    for clause in reversed(clauses[:-1]):
        if clause.ending == "link":
            break
        yield clause.number


def _offered(clauses: Sequence[Clause], tokens: Sequence[Token]) -> Iterator[int]:
    """Yield conditions under which something is offered (お困りでしたら、家賃が払えない方は…使えます)."""
    for place, clause in enumerate(clauses):
        if clause.ending != "if":
            continue
        tail = "".join(later.text for later in clauses[place + 1 :])
        of_others = _OF_THOSE.search(clause.text) or _is_polite(clause, tokens)
        if of_others or (_SERVICE.search(tail) and not is_question(tail)):
            yield from (earlier.number for earlier in clauses[: place + 1])


def _is_polite(clause: Clause, tokens: Sequence[Token]) -> bool:
    """Return whether the speaker honours the listener's act (お困り, ご失業), as only a clerk does."""
    own = tokens[clause.start : clause.end]
    return any(
        prefix.surface in ("お", "ご", "御")
        and prefix.kind == "接頭辞"
        and (token.kind == "動詞" or "サ変可能" in token.pos)
        for prefix, token in pairwise(own)
    )
