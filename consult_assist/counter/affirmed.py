"""A question and its short answer → what the resident says by both."""

import re

_YES = re.compile(
    r"[…、。 ]*(?:はい|うん(?!う)|ええ|まあ|そう(?:です|なん)|ある|あります|あった|ありました|よく|"
    r"しょっちゅう|いつも|毎|ずっと|"
    r"とき[どた]|時[々折]|たま|何[度回]も?|何遍|一[度回]だけ|先[週月日]|昨[日夜]|つい|(?:取ら|叩か|殴ら)れ|されて|され[るま]|持って)"
)
_NO = re.compile(
    r"[…、。 ]*(?:いいえ|いえ|いや|ううん|ない|ありません|全然|ぜんぜん|全く|何も|もう|昨日から|水)"
)
_DENIES = re.compile(r"ない|なか[っろ]|ません|いいえ|いえ|ううん|違|大丈夫|今は")
_ALL_WELL = re.compile(r"ます|ちゃんと|届|大丈夫|から(?:です)?$")
_NEEDED = re.compile(r"もらえ|くれ|取れて|ご?飯|食べ|召し上が|泊まる|お?米")
"""What is asked after because it may be lacking."""
_POLITE = (
    (re.compile(r"[おご](子)(?:さん|さま)"), r"\1ども"),
    (re.compile(r"[おご](母|父|兄|姉|主人|自分|嫁)(?:さん|さま|様)?"), r"\1"),
    (re.compile(r"(旦那|息子|娘|職員)(?:さん|様)"), r"\1"),
)
_AFFIRMED = (
    (re.compile(r"(?<=[ただ])り(?:は|し.*|という.*)?$"), ""),
    (
        re.compile(r"(?:という)?(こと|気持ち)[はが]?(?:あり(?:ます|ません|ました)か|あるの)?$"),
        r"\1があります",
    ),
    (re.compile(r"ませんか$"), "ます"),
    (re.compile(r"(?<=[すたん])か$"), ""),
)
_LACKED = (
    (re.compile(r"(?<=[いり])ますか"), "ません"),
    (re.compile(r"ましたか"), "ませんでした"),
    (re.compile(r"(?<=くれ)るの|(?<=もらえ)るの"), "ない"),
)
_ENDS = re.compile(r"[。？?]+")


def affirmed(asked: str, answer: str) -> str:
    """Return what an answer says of what was asked, as a statement; empty where it says nothing bad.

    Yes to 叩かれることはありますか is 叩かれることがあります;
    no to 食べるものはありますか is 食べるものはありません.
    A no to what would be bad says nothing, and so does a yes to what is needed.
    """
    questions = [part for part in _ENDS.split(asked) if part]
    if not questions:
        return ""
    question = questions[-1]
    for pattern, plain in _POLITE:
        question = pattern.sub(plain, question)
    if _NEEDED.search(question):
        lacked = _NO.match(answer) and not _ALL_WELL.search(answer)
        return _changed(question, _LACKED) if lacked else ""
    return _changed(question, _AFFIRMED) if _YES.match(answer) and not _DENIES.search(answer) else ""


def _changed(question: str, endings: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    """Return a question as a statement, empty where it is none."""
    for pattern, ending in endings:
        if pattern.search(question):
            return pattern.sub(ending, question)
    return ""
