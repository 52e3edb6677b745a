"""Whose age, money or school it is: the person that the words before a value name last."""

import re

CHILD = re.compile(
    r"子ども|子供|こども|お子さん|息子|娘|長男|長女|次男|次女|二男|二女|三男|三女"
    r"|(?<!母)(?<!親)(?<!父)(?<!菓)(?<!調)(?<!様)[の、]子[がはもと]"
    r"|うちの子|(?:^|[のは、。 ])(?:上|下|真ん中)(?:の子)?[がはも]|上の子|下の子|赤ちゃん|末っ子"
    r"|双子|男の子|女の子|小学生|中学生|高校生"
)  # fmt: skip
SELF = re.compile(r"私|自分|わたし|わたくし|あたし|僕|俺|本人|(?<!の)(?<!のお)(?:名前|氏名)")
OTHER = re.compile(
    r"(?<!養)母(?!子|校|国|語)|(?<!祖)父(?!子)|夫(?!婦)|妻|旦那|主人|祖母|祖父|おばあ|おじい|ばあ(?:さ|ち)|じい(?:さ|ち)|女房|家内"
    r"|奥さ|奥様|兄(?!弟)|姉|弟|妹|叔[父母]|伯[父母]|両親|嫁|彼[氏女]?"
    r"|孫|親(?!子|族|戚|切)|友達|知り合い|同僚|隣の人|大家|義理"
)
_KINDS = (("child", CHILD), ("self", SELF), ("other", OTHER))


def nearest_person(text: str) -> str | None:
    """Return `child`, `self` or `other` for whom a text speaks of last, None where it names nobody."""
    hits = [(hit.start(), name) for name, pattern in _KINDS for hit in pattern.finditer(text)]
    return max(hits)[1] if hits else None


_KIN = (
    r"(?:夫(?!婦)|妻|旦那|主人|女房|家内|嫁|息子|娘|[長次三][男女]|父親?|母親?|兄(?!弟)|姉|弟|妹|両親|祖[父母]|孫(?!の手)"
    r"|おやじ|おふくろ|彼[氏女]?|アニ|アネ|ハハ|チチ|オット|ツマ)(?:さん|ちゃん)?"
)
_KIN_TOPIC = re.compile(rf"{_KIN}(?P<by>は|も|が)(?!い(?:な|ませ)|欲し|ほし)")
_ELSE = re.compile(
    r"私|自分|わたし|わたくし|あたし|僕|俺|わし|うち[はもの]|こっち|亡くな|なくなっ|他界|死(?:ん|に|別)|離婚|別れ|出て[いっ行]|逃げ"
    r"|殴|暴力|介護|認知症|寝たきり|世話|面倒|看病|看て|見て|預け|倒れ|入退?院|一緒に|単身赴任|家を出|うるさ|何も"
    r"|(?:[0-9一二三四五六七八九]人|ひとり|ふたり)(?!者|もん|で暮)|いて(?!も)|おり|い(?:る|ます)(?:ん|の|が|けど|し|。)"
)
"""After these (母は認知症で、仕事を辞めて; 娘がひとりで) the one who speaks goes on of oneself."""
_YOUNG = re.compile(
    r"保育|幼稚|不?登校|発達|小学|中学|[小中][1-6一二三四五六]|年[少中長]|赤ちゃん|生まれ|(?<![0-9一二三四五六七八九十])(?:1[0-4]|[0-9一二三四五六七八九])(?:[歳才]|か月)"
)
_NEXT = re.compile(r"。|(?:[てでし]|から|ので|けど)、")
_LOSES = re.compile(r"(?:会社|仕事|勤め|工場|店)[^、。]{0,6}(?:辞め|やめ|クビ|失|なくな|倒産)")
_OWES = re.compile(
    rf"{_KIN}[のがはも]、?[^、。のがはを]{{0,6}}(?:借金|借り入れ|借入|カード|ローン|負債)[^。]*$"
)


def kin_owes(before: str) -> bool:
    """Tell whether the debt that these words lead to is that of a member of the family (兄の借金が)."""
    debt = _OWES.search(before)
    return debt is not None and SELF.search(debt.group()) is None


def goes_on_of_kin(before: str) -> bool:
    """Tell whether what follows these words in a line is still told of a grown member of the family.

    兄は48で、去年仕事を辞めて: は rules until another is named, が only in its own clause (母が骨折して、…)
    unless that tells of lost work.
    """
    topic = max(_KIN_TOPIC.finditer(before), key=lambda hit: hit.end(), default=None)
    if topic is None:
        return False
    since = before[topic.end() :]
    if _ELSE.search(since) or _YOUNG.search(since):
        return False
    return (
        topic["by"] == "は" or not _NEXT.search(since) or ("。" not in since and bool(_LOSES.search(since)))
    )
