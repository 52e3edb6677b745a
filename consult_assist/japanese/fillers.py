"""Words that only fill a pause in speech (えーと, あの), and a text without them."""

import re

from consult_assist.japanese.folding import FoldedText

_FILLERS = (
    r"(?:えー?っと|ええと|えーと|あのー+|そのー+|うーん|んー|えー|…+"
    r"|(?:あの[ねな]?|その|まあ|なんか|なんていうか|こう|ほら)(?=[、 ]))"
)
_STARTS = r"(?:[あえ]ー?|ああ|いやあ)(?=[、 ])"
"""Fillers where a sentence begins; inside it they go with a correction (5万4千、あ、5万6千)."""
_FILLER = re.compile(rf"(?:(?:^|(?<=[、。！？!? ])){_FILLERS}|^{_STARTS})[、 ]*")
_FILLERS_BEFORE = re.compile(rf"^(?:(?:{_FILLERS}|{_STARTS})[、 ]*)+")
_FILLERS_AFTER = re.compile(
    r"(?:[、 …](?:えー?っと|ええと|えーと|あのー*|そのー*|まあ|なんか|うーん|んー|えー)?)+$"
)
_BROKEN = re.compile(
    r"""
      (?<=[0-9一-龠々]の)、?(?:えー?っと|ええと|えーと|うーん|んー|えー)、?
    | (?<=[年月]の)、(?=[0-9一二三四五六七八九十])
    | (?<=[一-龠々ァ-ヴー])、(?=(?:し(?:まし)?た|して(?:い?ます|い?ません|い?ない)|ない|ありません)(?!人|方))
    """,
    re.VERBOSE,
)
"""昭和の、ええと、29年 and 離婚、しました: a pause where the sentence has not ended."""
_OPENING = re.compile(r"^あの(?![ねなー、。日人子時頃方件話後]|とき|ころ|かた|あと|へん)")


def trim_fillers(text: str, *, opens: bool = False) -> str:
    """Return a text without the fillers it begins and ends with; all of it where it is nothing else.

    Args:
        text: what was said.
        opens: nothing was spoken of before, so that あの at its beginning is no pointing word.
    """
    end = "。" if text.endswith("。") else ""
    words = _FILLERS_AFTER.sub("", _FILLERS_BEFORE.sub("", text.removesuffix(end)))
    words = _OPENING.sub("", words) if opens else words
    return words + end if words else text


def without_fillers(text: str) -> str:
    """Return a text without its fillers, wherever they stand."""
    return _FILLER.sub("", text)


def without_pauses(folded: FoldedText) -> FoldedText:
    """Return a text without the pauses inside a phrase; every character keeps its origin."""
    kept: list[int] = []
    end = 0
    for match in _BROKEN.finditer(folded.text):
        kept += range(end, match.start())
        end = match.end()
    if not end:
        return folded
    kept += range(end, len(folded.text))
    return FoldedText(
        "".join(folded.text[place] for place in kept),
        tuple(folded.starts[place] for place in kept),
        tuple(folded.ends[place] for place in kept),
    )
