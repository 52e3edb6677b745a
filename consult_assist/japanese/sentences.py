"""Where the sentences of a text end, and where a spoken sentence has ended."""

import re
import unicodedata

SENTENCE_ENDS = "。．！？!?\n"
"""What a recogniser, a typist or a file ends a sentence with."""
_SENTENCE = re.compile(rf"[^{SENTENCE_ENDS}]*[{SENTENCE_ENDS}]+\s*|[^{SENTENCE_ENDS}]+")
_NOT_SPOKEN = re.compile(r"[\s\W_]+")
_POLITE = "です|ます|でした|ました|ません|でしょう|ましょう|ください|下さい|なさい|ませ"
_PLAIN = "だ|た|る|い|う|く|す|つ|む"
_ANSWER = "はい|ええ|うん|いいえ|いえ|そうそう"
_END = re.compile(
    rf"(?:{_POLITE})(?:か|かね|かしら|ね|よ|よね|わ|な|の)?$|(?:{_PLAIN})(?:よ|よね|わよ|わね|かな|かしら|もん)$|^(?:{_ANSWER})+$"
)


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text, each with its marks and the spaces behind it; together they are it."""
    return _SENTENCE.findall(text)


def ends_sentence(text: str) -> bool:
    """Return whether a text ends as only a finished sentence does.

    A polite predicate, a plain one with a final particle, or a bare answer. Everything else may go on: a
    plain predicate can still become a relative clause, and 「〜ので」 mostly does. Punctuation says nothing:
    the recogniser puts a full stop wherever the sound ends.
    """
    return _END.search(_NOT_SPOKEN.sub("", unicodedata.normalize("NFKC", text))) is not None
