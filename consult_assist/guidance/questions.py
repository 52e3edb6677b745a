"""Which questions still stand open, judged by the words they share with what was asked and told."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

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


class Interview:
    """What was asked and what is known, held against the questions of the knowledge base line by line.

    Only counts are kept per question, so that the hundredth minute costs no more than the first.
    """

    def __init__(self, knowledge: KnowledgeBase) -> None:
        """Begin with nothing asked and nothing known."""
        self._knowledge = knowledge
        texts = {text for programme in knowledge.programmes.values() for text in programme.questions}
        self._words = {text: content_words(text) for text in texts}
        self._most_chars = max((len(word) for words in self._words.values() for word in words), default=0)
        self._asking: dict[str, list[str]] = {}
        self._within: dict[str, set[str]] = {}
        for text, words in self._words.items():
            for word in words:
                self._asking.setdefault(word, []).append(text)
                for piece in _pieces(word, self._most_chars):
                    self._within.setdefault(piece, set()).add(word)
        self._said: dict[str, Counter[frozenset[str]]] = {text: Counter() for text in texts}
        self._facts: Counter[str] = Counter()

    def shared(self, words: Iterable[str]) -> frozenset[str]:
        """Return the words of any question that these words hold or are part of (家賃額 and 家賃)."""
        found: set[str] = set()
        for word in words:
            found |= self._within.get(word, set())
            found |= self._asking.keys() & _pieces(word, self._most_chars)
        return frozenset(found)

    def say(self, shared: frozenset[str]) -> None:
        """Take in a line by the clerk or a question by an unknown speaker, as `shared` gave it."""
        for text, part in self._parts(shared):
            self._said[text][part] += 1

    def unsay(self, shared: frozenset[str]) -> None:
        """Take such a line back."""
        for text, part in self._parts(shared):
            self._said[text][part] -= 1

    def learn(self, facts: Iterable[Fact]) -> None:
        """Take in what a line states."""
        self._facts.update(fact.name for fact in facts)

    def unlearn(self, facts: Iterable[Fact]) -> None:
        """Take back what a line states."""
        self._facts.subtract(fact.name for fact in facts)

    def is_asked(self, question: str) -> bool:
        """Tell whether one line, together with the known facts, covers most of a question's words."""
        words = self._words[question]
        if not words:
            return False
        known = {
            word for name, times in self._facts.items() if times > 0 for word in _FACT_WORDS.get(name, ())
        } & words
        said = (part for part, times in self._said[question].items() if times > 0)
        return any(len(known | part) >= _ASKED_SHARE * len(words) for part in (frozenset[str](), *said))

    def open_questions(self, programmes: Sequence[str], shown: Sequence[Question]) -> tuple[Question, ...]:
        """Return at most three questions: those on screen keep their place, new ones fill up."""
        waiting = [
            Question(programme=programme, text=text)
            for rank in range(MOST_SHOWN)
            for programme in programmes[:MOST_SHOWN]
            for text in self._knowledge.programmes[programme].questions[rank : rank + 1]
        ]
        kept = [question for question in shown if question.programme in programmes]
        chosen: list[Question] = []
        for question in (*kept, *waiting):
            known = any(other.text == question.text for other in chosen)
            if len(chosen) < MOST_SHOWN and not known and not self.is_asked(question.text):
                chosen.append(question)
        return tuple(chosen)

    def _parts(self, shared: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
        for text in {text for word in shared for text in self._asking[word]}:
            yield text, shared & self._words[text]


def _pieces(word: str, most_chars: int) -> set[str]:
    """Return every stretch of a word that may be a word itself, up to a length."""
    return {
        word[start:end]
        for start in range(len(word))
        for end in range(start + 2, min(len(word), start + most_chars) + 1)
    }
