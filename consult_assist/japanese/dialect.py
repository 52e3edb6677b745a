"""What is said in Kansai, or among the young, in the standard language, character for character."""

import re
from dataclasses import replace

from consult_assist.japanese.folding import FoldedText

_POLITE = re.compile(r"(?<=ま)へん")
_PLAIN = re.compile(
    r"(?<=[てでれえけせねめらわかきさばべげみな来])(?<![そこどあ]こら)[へひ]ん(?![ァ-ヴー一-龠]|な[人こもの]|にな)"
)
"""払えてへん, 行かへん, できひん; not このへん, そこらへん and たいへん, nor 様子がへん."""
_SOUNDS = (
    (re.compile(r"(?<=[払買言思使])うて"), "って"),
    (re.compile(r"(?:(?<=[一-龠ァ-ヴー0-9])|(?<=[一-龠]い))や(?=けど|けん|から|ねん|った|さかい)"), "だ"),
    (re.compile(r"(?<=[っいしきちりえけせてねめれべげ出見来])とらん"), "てない"),
    (re.compile(r"(?<=ん)どらん"), "でない"),
    (re.compile(r"(?<=きつ|苦し|厳し|ひど|つら|少な)か(?=[。、]|けん|と|たい|ばい|$)"), "い"),
    (re.compile(r"っす(?=[。、？?かけねよわ]|$)"), "です"),
)
"""払うて, 6万円やけど, 入っとらん, バイトっす."""


def in_standard_speech(folded: FoldedText) -> FoldedText:
    """Return a text that speaks as the rules know it: 払えてへん is 払えてない, おりまへん is おりません.

    Every word stays as long as it was, so that all places keep their origin.
    """
    text = _PLAIN.sub("ない", _POLITE.sub("せん", folded.text))
    for pattern, usual in _SOUNDS:
        text = pattern.sub(usual, text)
    return replace(folded, text=text)
