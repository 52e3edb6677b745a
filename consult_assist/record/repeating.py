"""Sentences that say no more than the facts read from them: where the facts stand, they need not."""

import re

from consult_assist.counter.stated import fact_label
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.japanese.fillers import without_fillers
from consult_assist.record import dialogue_acts
from consult_assist.record.evidence import Evidence
from consult_assist.record.facts import UNSPOKEN_OF, stated_value

_WORDS = re.compile(r"[一-鿿々〆ァ-ヶーA-Za-z0-9]+")
_WHEN = re.compile(
    r"[0-9一二三四五六七八九十]+(?:年|[かヶ]月|月|週間|日)|去年|一昨年|おととし|今年|先月|今月|先週|今週|昨日|おととい"
    r"|でした|だった"
)
"""When it was: what a fact was read from may hold more than its value (去年亡くなった → 死別)."""
_FUNCTION_WORDS = re.compile(
    r"(?:でございます|と(?:申し|いい|言い)ます|になります|(?:なん|ん|の)?です(?:けれども|けれど|けど|が|ね|よ)?|なので|なんで"
    r"|(?:い|あり|し|おり)?(?:ます|まして|ました)(?:けど|が|ね|よ)?|した|して|ある|いる|で、|くらい|ぐらい|ほど"
    r"|それと|それで|あと|はい|ええ|うん|から|[はがもをにでとのへやよねわだ])*"
)


def repeats_facts(evidence: Evidence, line: TranscriptLine) -> bool:
    """Return whether a sentence holds nothing beside the facts read from it but particles and their labels.

    A fact that the record does not state by itself, and a question, is never repeated.
    """
    facts = [fact for fact in evidence.facts[line.id] if fact.name not in UNSPOKEN_OF]
    if not facts or dialogue_acts.ends_asking(line.text) or dialogue_acts.breaks_off(line.text):
        return False
    rest = without_fillers(line.text)
    for words in sorted((evidence.words.get(fact, "") for fact in facts), key=len, reverse=True):
        rest = rest.replace(words, "、", 1) if words else rest
    stated = "、".join(fact_label(fact.name) + stated_value(evidence, fact) for fact in facts)
    if any(word not in stated for word in (*_WORDS.findall(rest), *_WHEN.findall(line.text))):
        return False
    return all(_FUNCTION_WORDS.fullmatch(part) for part in re.split(r"[\s、。]+", _WORDS.sub("", rest)))
