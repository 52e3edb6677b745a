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
