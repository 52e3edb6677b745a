"""Questions whose answers were not understood → what to confirm all the same, as it was heard.

A name, an amount or a number that the recogniser wrote as other words hurts most where nobody notices.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from consult_assist.counter.asking import is_asking, kinds_asked
from consult_assist.domain.record import ReadbackItem, ReadbackKind
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.japanese.numerals import digits_of
from consult_assist.record.evidence import Evidence
from consult_assist.record.wording import one_line

_KIND_OF_ASKED: dict[str, ReadbackKind] = {
    "name": "name",
    "age": "age",
    "phone": "phone",
    "amount": "money",
    "birth_date": "date",
    "job_lost": "date",
}
_MIN_SPOKEN_DIGITS = 4
_SPOKEN_DIGIT = re.compile(r"[0-9〇零〓]|ゼロ|まる|いち|さん|よん|ごー?|ろく|なな|はち|きゅう")
_NAME = re.compile(
    r"^(?:はい|ハイ|ええ|えっと|あの)?[、。 ]*(?:名前は|私は)?(?P<name>[^、。0-9\s]{2,10}?)"
    r"(?:です(?!か|が|けど|ね)|でございます|と申し|といい|と言い|[0-9]+[歳才年]|$)"
)
_NO_NAME = re.compile(
    r"^(?:はい|ええ|いいえ|いえ|そう|それ|これ|お願い|わかり|分かり|電話|すみ|あの|でも|夜|平日|今"
    r"|大丈夫|ありがと|番号)|(?:ます|ました|ません)$"
)
_AGE = re.compile(r"年|才|歳|さい|娘|息子|子|上|下|[0-9]")
_MONEY = re.compile(r"円|年|万|千|線|[0-9]")
_DATE = re.compile(r"月|つき|日|[0-9]")
_PATTERNS: Mapping[ReadbackKind, re.Pattern[str]] = {"age": _AGE, "money": _MONEY, "date": _DATE}
_NOTHING = re.compile(
    r"ありません|ない(?:です|ん|と)|わからな|分からな|わかりません|覚えて|言いたくな|もらっていな"
    r"|して(?:い)?な"
)


def unclear_answers(
    evidence: Evidence, found: Mapping[str, Sequence[ReadbackItem]]
) -> Iterator[ReadbackItem]:
    """Yield one item for each thing that was asked and whose answer holds no such value.

    Args:
        evidence: of the consultation.
        found: utterance id → what is on the list already.
    """
    for asked, answers in _turns(evidence):
        known = {item.kind for line in answers for item in found.get(line.id, ())}
        for kind in asked:
            if kind not in known and (item := _as_heard(kind, answers)) is not None:
                yield item


def _turns(evidence: Evidence) -> Iterator[tuple[list[ReadbackKind], list[TranscriptLine]]]:
    """Yield each turn of the clerk that asks for something, with the resident's turn after it."""
    question: list[TranscriptLine] = []
    answers: list[TranscriptLine] = []
    for line in evidence.lines:
        if line.id in evidence.residents:
            answers.append(line)
        else:
            if answers:
                yield _asked_kinds(question), answers
                question, answers = [], []
            question.append(line)
    yield _asked_kinds(question), answers


def _asked_kinds(question: Sequence[TranscriptLine]) -> list[ReadbackKind]:
    text = "".join(line.text for line in question[-2:])
    kinds = kinds_asked(text) if question and is_asking(question[-1].text) else frozenset()
    return list(dict.fromkeys(kind for name, kind in _KIND_OF_ASKED.items() if name in kinds))


def item_at(
    kind: ReadbackKind, value: int | str, span: tuple[int, int], line: TranscriptLine, text: str
) -> ReadbackItem:
    """Return an item about a stretch of a line, with the clause around it."""
    return ReadbackItem(
        kind=kind,
        value=value,
        text=one_line(text).strip(),
        utterance_id=line.id,
        revision=line.revision,
        start_char=span[0],
        end_char=span[1],
    )


def _as_heard(kind: ReadbackKind, answers: Sequence[TranscriptLine]) -> ReadbackItem | None:
    for line in answers:
        span = (0, len(line.text))
        if kind == "name":
            name = _NAME.match(line.text)
            value = name["name"] if name and not _NO_NAME.search(name["name"]) else None
            span = name.span("name") if name else span
        elif kind == "phone":
            value = _spoken_number(line.text)
        else:
            value = _words(kind, line.text)
        if value:
            return item_at(kind, value, span, line, line.text)
    return None


def _spoken_number(text: str) -> str | None:
    if len(_SPOKEN_DIGIT.findall(text)) < _MIN_SPOKEN_DIGITS:
        return None
    return digits_of(text.replace("ゼロ", "0")) or one_line(text).strip("。 ")


def _words(kind: ReadbackKind, text: str) -> str | None:
    first = re.split(r"(?<=.)[、。]", one_line(text).strip(), maxsplit=1)[0]
    if _NOTHING.search(text) or not _PATTERNS[kind].search(first):
        return None
    return first.strip("。 ")
