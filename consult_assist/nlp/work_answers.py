"""Answers to what somebody does, in which no word for work stands."""

import re
from collections.abc import Iterator

from consult_assist.nlp.passage import FoundFact, Passage

_ANSWER_NONE = re.compile(
    r"(?:いいえ|いえ|いや|今は)?[、。 ]*(?:今は|まだ|何も|もう|特に)*(?P<said>して(?:い)?(?:ません"
    r"|ない)|やって(?:い)?(?:ません|ない)"
    r"|無職|働[いけ]て(?:い)?(?:ません|ない)|ありません|ないです)"
)
_ANSWER_ON_LEAVE = re.compile(
    r"(?:(?!曜|土日|週末|[今昨]日|午[前後])[^。0-9]){0,12}?(?P<said>(?:お休みし|休ん)(?:で(?:い?ます|い?る|おり)|て(?:い?ます|い?る|おり)|どる|でんねん))"
)
"""お仕事は。休んでます: who only stays away still has it."""
_ANSWER_NOTHING = re.compile(r"(?:いいえ|いえ|いや|今は|今|もう|特に|、|。)*(?P<said>何も)(?:[。、]|$)")
_ANSWER_QUIT = re.compile(
    r"(?:いいえ|いえ|いや|実は|あの|もう|、|。)*(?P<said>(?:辞め|やめ)(?:ちゃい|させられ)?(?:まし)?た(?![いらくほ])|クビになり)"
)
_ANSWER_NO = re.compile(r"(?P<said>いいえ|いえ)[、。]")
_ASKS_WHETHER = re.compile(r"(?:仕事|働い|勤め)[^。]{0,10}(?:いますか|おられ|いらっしゃ|されて|ますか)")


def find_answers(passage: Passage, *, goes_on: bool, has_another: bool) -> Iterator[FoundFact]:
    """Yield what an answer states: 休んでます, 辞めました, いいえ.

    Args:
        passage: answers a question for the speaker's own work.
        goes_on: work that goes on is named in it.
        has_another: … and behind its first clause.
    """
    for answer, value in ((_ANSWER_NONE, "無職"), (_ANSWER_NOTHING, "無職"), (_ANSWER_ON_LEAVE, "休職中")):
        if hit := answer.match(passage.text, passage.since):
            yield FoundFact("employment", value, *hit.span("said"))
    hit = _ANSWER_QUIT.match(passage.text, passage.since)
    if hit and has_another:
        return
    if not hit and not goes_on and _ASKS_WHETHER.search(passage.asked.text):
        hit = _ANSWER_NO.match(passage.text, passage.since)
    if hit:
        yield FoundFact("employment", "無職", *hit.span("said"))
