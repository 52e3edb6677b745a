"""Which questions still stand open, judged by the words they share with what was asked and told."""

import re
from collections.abc import Iterable, Sequence

from consult_assist.domain.guidance import Fact, Question
from consult_assist.domain.knowledge import KnowledgeBase

MOST_SHOWN = 3
_WORD = re.compile(r"[一-龠々]{2,}|[ァ-ヴー]{2,}|[A-Z]{2,}")
_ASKS = re.compile(r"(?:ます|です|でしょう|ません|ました)か|[？?]|教えて|聞かせて|お聞きし|伺い|お伺い")
_EMPTY_WORDS = frozenset(
    {"確認", "場合", "現在", "本人", "状況", "必要", "予定", "相談", "今日", "今後", "何歳", "何人"}
)
_ASKED_SHARE = 0.6
_FACT_WORDS = {
    "rent_monthly": ("家賃",),
    "income_monthly": ("収入", "給料"),
    "arrears_months": ("滞納",),
    "debt": ("借金", "債務"),
    "cash": ("預貯金", "貯金", "所持金"),
    "employment": ("仕事", "勤務"),
    "job_lost": ("離職", "退職", "仕事"),
    "insurance": ("健康保険", "保険", "保険証"),
    "support_payment": ("養育費",),
    "child_age": ("年齢", "学年"),
    "school_year": ("学年", "年齢"),
    "children": ("人数",),
    "marital": ("離婚", "別居", "婚姻"),
    "care_level": ("要介護", "認定"),
    "handbook": ("手帳",),
    "phone": ("電話番号", "連絡先"),
}


def content_words(text: str) -> frozenset[str]:
    """Return the words that carry a question: runs of kanji, katakana or capitals."""
    return frozenset(_WORD.findall(text)) - _EMPTY_WORDS


def asks(text: str) -> bool:
    """Tell whether an utterance asks something."""
    return _ASKS.search(text) is not None


def is_asked(question: str, said: Iterable[frozenset[str]], facts: Iterable[Fact]) -> bool:
    """Tell whether one line, together with the known facts, covers most of a question's words.

    Args:
        question: as written in the knowledge base.
        said: content words of each line by the clerk, and of each question by an unknown speaker.
        facts: what is known by now.
    """
    words = content_words(question)
    if not words:
        return False
    known = {word for fact in facts for word in _FACT_WORDS.get(fact.name, ())} & words
    return any(
        len(known | _shared(words, line)) >= _ASKED_SHARE * len(words) for line in (frozenset[str](), *said)
    )


def _shared(words: frozenset[str], line: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if any(word in other or other in word for other in line))


def open_questions(
    programmes: Sequence[str],
    knowledge: KnowledgeBase,
    shown: Sequence[Question],
    said: Sequence[frozenset[str]],
    facts: Sequence[Fact],
) -> tuple[Question, ...]:
    """Return at most three questions: those on screen keep their place, new ones fill what became free."""
    waiting = [
        Question(programme=programme, text=text)
        for rank in range(MOST_SHOWN)
        for programme in programmes[:MOST_SHOWN]
        for text in knowledge.programmes[programme].questions[rank : rank + 1]
    ]
    kept = [question for question in shown if question.programme in programmes]
    chosen: list[Question] = []
    for question in (*kept, *waiting):
        known = any(other.text == question.text for other in chosen)
        if len(chosen) < MOST_SHOWN and not known and not is_asked(question.text, said, facts):
            chosen.append(question)
    return tuple(chosen)
