"""What the question before an answer wants to know."""

import re
from dataclasses import dataclass, field

from consult_assist.nlp.persons import nearest_person

_SENTENCE = re.compile(r"[^。．！？!?\n]*[。．！？!?\n]*")
_ASKS = re.compile(
    r"か[ね。？?、 ]*$|[?？]|(?:お願い|教えて|聞かせ|伺|うかが|いただけ|頂け|どのくらい"
    r"|どれ(?:くらい|ぐらい)|いくら|おいくつ"
    r"|何[歳人か年月日名]|いつ|どちら|どこ|どなた|どんな)|(?:は|って)[。、？?]*$"
)
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("name", re.compile(r"お?名前|氏名|名字|苗字|フルネーム")),
    ("age", re.compile(
        r"おいくつ|お幾つ|何[歳才]|(?<!定)年齢|お?年は|歳は|いくつ(?:です|でしょう|に)|多い靴")),
    ("children", re.compile(
        r"(?:お子|子ども|子供|ご?兄弟|きょうだい)[^。]{0,8}何人|何人[^。]{0,6}(?:お子|子ども|子供)")),
    ("phone", re.compile(r"電話|連絡先|携帯")),
    ("address", re.compile(r"住所|お住まい")),
    ("birth_date", re.compile(r"生年月日|誕生日|生まれ")),
    ("school_year", re.compile(r"何年生|学年|何年")),
    ("arrears_months", re.compile(
        r"滞納|たまっ|溜まっ|ためて|遅れ|未納|払えて?いな|何[かヶカヵケ]月分|何ヶ月分")),
    ("job_lost", re.compile(
        r"いつ[^。]{0,8}(?:辞め|やめ|退職|離職|失業|解雇|なくな|切れ)|(?:辞め|やめ|退職|離職|失業"
        r"|解雇)[^。]{0,10}いつ|離職日|退職日"
    )),
    ("employment", re.compile(r"(?:お?仕事|勤め|働き方|職業|雇用)(?!を?(?:辞め|やめ|探|は?いつ))")),
    ("insurance", re.compile(r"保険(?!料|金)|保健[はがにの]")),
    ("support_payment", re.compile(r"養育費")),
    ("handbook", re.compile(r"手帳")),
    ("care_level", re.compile(r"介護(?:度|認定)|要介護|認定")),
    ("marital", re.compile(r"離婚|結婚|婚姻|別居|籍")),
    ("illness", re.compile(r"病名|診断|ご?病気|持病")),
)  # fmt: skip
_SENTENCES_BACK = 3


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """A question as the rules see it.

    Attributes:
        text: its last sentences; empty where nothing was asked.
        kinds: names of the facts it asks for.
        person: whom it speaks of: `child`, `self`, `other`, or None.
    """

    text: str = ""
    kinds: frozenset[str] = field(default_factory=frozenset)
    person: str | None = None


NOTHING_ASKED = Asked()


def read_asked(lead: str) -> Asked:
    """Read what was said just before an utterance: its last question and what followed it."""
    sentences = [match.group() for match in _SENTENCE.finditer(lead) if match.group().strip("。．、 \n")]
    last = sentences[-_SENTENCES_BACK:]
    asking = [place for place, sentence in enumerate(last) if _ASKS.search(sentence.rstrip("。．\n "))]
    if not asking:
        return NOTHING_ASKED
    place = asking[-1]
    text = "".join(last[max(0, place - 1) : place + 1])
    kinds = frozenset(kind for kind, pattern in _KINDS if pattern.search(text))
    return Asked(text, kinds, nearest_person(text))
