"""What an amount is for: the words around it, what is done with it, what was asked."""

import re

from consult_assist.japanese.people import FORMER, SPOUSE, SUFFIX
from consult_assist.nlp.facts.money_words import (
    PAID_MONTHLY,
    REPAID_MONTHLY,
    last_topic,
    names_two_bills,
    topic_around,
)
from consult_assist.nlp.facts.passage import Passage, PassageClause

ROUGHLY = r"(?:くらい|ぐらい|ほど|程度|前後|ちょっと|ちょい|弱|強|近く|ちかく)?"
_WORKS = re.compile(
    r"""
      働い | 勤め | パート | バイト | 派遣 | 社員 | 仕事 | 日雇い | 日払い | 内職 | 歩合 | 自営
    | 商売 | 取り分 | 稼ぎ | シルバー
    | (?:店|食堂|美容室|床屋|農家|畑|大工)を?(?:やって|やっと|して)
    """,
    re.VERBOSE,
)
_PAY_OF = re.compile(
    rf"""
      {PAID_MONTHLY.pattern}
    | (?:先|今)月(?:は|が|も|の分[はが])?、?(?:トータルで?|全部で|合計で?|合わせて|まあ|だいたい|、)*$
    """,
    re.VERBOSE,
)
_SENT = re.compile(r"(?:円)?(?:を|が|は)?、?(?:ずつ)?(?:送って|仕送り)")
_ONLY = re.compile(r"(?:くらい|ぐらい|ほど)?(?:しか|だけ)")
_RENTED = re.compile(
    r"""
    の
    (?:
      お?部屋 | アパート | マンション | 借家 | 家 | ところ | とこ
    )
    (?:を|に)、?(?:今|ずっと)?、?(?:借りて(?!く|も)|住んで)
    """,
    re.VERBOSE,
)
_LEFT = re.compile(r"残っ(?:て(?:い)?|と)る(?:の|お金|金|分)[はが]、?[^、。0-9]{0,6}$")
_GOODS = re.compile(
    r"""
      おむつ | オムツ | 紙パンツ | 尿[取と]り | ミルク | 灯油 | ガソリン | プロパン
    | 電気(?!屋) | ガス(?!代) | 水道 | 携帯 | スマホ | ネット | ヘルパー
    | (?:保育|幼稚)園 | コンタクト | 酸素 | リース | タクシー
    """,
    re.VERBOSE,
)
"""What people buy month by month and name without the word for its price."""
_EACH_MONTH = re.compile(
    r"""
    (?:が|も|は|に|で|と)[^。]{0,8}?
    (?:
      毎月 | 月々 | 月に | ひと月(?:で|に)? | 1か月(?:で|に)?
    )
    、?(?:だいたい|大体|もう|合わせて)?、?$
    """,
    re.VERBOSE,
)
_ROUGHLY = re.compile(rf"^{ROUGHLY}")
_PAYS = re.compile(
    r"""
    (?:は|も|を|、)*
    (?:
        払って(?!くれ|もら|い?な|い?ませ)
      | かかって | かかる | かかり | 要[るり]
    )
    """,
    re.VERBOSE,
)
_GOES_OUT = re.compile(
    r"""
    (?:ずつ)?(?:だけ|も)?(?:を|は|が|は)?、?
    (?:
        返(?:し(?!てもら|てくれ)|済) | 仕送りし(?!てもら|てくれ) | 送って(?!くれ|もら|き|来)
      | 取られ | とられ | 引か?れ | 引き落と | 引落 | の引き落と | かか[りるっ] | 要[るり]
      | (?:(?:を|が)?来(?:る|て)[^、。]{0,3}、?)?
        (?:[そこ]れ[がもを]、?)?(?:なかなか|どうしても|とても)?払(?:え|われ)(?:な|ませ|ねえ|ん)
      | 払(?:って(?:い?る|い?ます|ます|まし|て|、)|っとる|っとり|います)
    )
    """,
    re.VERBOSE,
)
_REPAYMENT = re.compile(
    rf"""
    (?:
        {REPAID_MONTHLY}
      | (?:ローン|カード|リボ(?:払い)?|借金|奨学金)の(?:支払い?|払い|返済|引き落とし)
    )
    (?:額|分)?(?:は|が|も|に|で|だけで)?、?(?:月に?|毎月|だいたい|、)*$
    """,
    re.VERBOSE,
)
_SAID_BEHIND = re.compile(
    r"(?:円)?(?:です|でした|だ|や)(?:ね|よ|わ|けど|が)?、(?P<what>[^、。0-9はがもを]{1,8})[はがも](?=[、。]|$)"
)
"""7万円ですね、家賃は: what is told of comes after."""
_UTILITY = re.compile(
    r"""
    (?:^|[、。はもがと])
    (?:
      (?:
          電気 | ガス | 水道 | 灯油 | 携帯(?:電話)? | スマホ | ネット
      )代?
      (?:と|や|、|も)?
    )+
    (?:で|が|は|に)?、?(?:だいたい|合わせて|全部で|月に?|毎月|、)*$
    """,
    re.VERBOSE,
)
"""電気とガスで6千円: such things are paid by the month, also where something else was asked for."""
_BILL_BY_THE_MONTH = re.compile(
    rf"""
    (?:
        [一-龠ァ-ヴー]税 | 税金 | 授業料 | 月謝 | 会費 | 掛け金 | 分割払い? | 分割 | リース
      | (?<![一-龠])保険
      | (?!給料|時代|年代|世代|資料|無料|有料|材料)[一-龠ァ-ヴー]+(?:代|料|費)
    )
    (?:は|が|も|を|で|に|、)*{PAID_MONTHLY.pattern}
    """,
    re.VERBOSE,
)
"""固定資産税が月に4千円, リハビリ代が月に3千円: a bill by the month is a cost, whatever it is for."""
_EACH_MONTHS = re.compile(
    r"毎月の(?![^、。]{0,10}(?:手当|支給|給付|収入|振り?込み?|入金))[^、。0-9]{1,14}(?:で|が|に|と)、?$"
)
_REMAINS = re.compile(
    r"(?:残り|残高|残債|あと|まだ)(?:が|は|の分が|も)?、?(?:まだ|あと|ざっと|もう|だいたい|、)*$"
)
_REMAINING = re.compile(r"(?:円)?(?:が|も|は|、)*(?:残っ|残り(?:が|です|で|、|。|$)|残債)")
_LENDING = re.compile(
    r"""
      ローン | クレジット | 奨学金 | 公庫 | 信金 | 信用金庫 | 貸付 | 借入 | 借り(?:入れ|て|た) | 借金 | カード
    | 元金 | 分割 | 返済 | 返して
    """,
    re.VERBOSE,
)
_OF_A_BILL = re.compile(r"払|返|費|料|代|金|税|家賃")
_ONE_MONTH = re.compile(r"(?:[1一]か月|ひと月)(?:分)?(?:の?家賃)?(?:が|で|は|に)、?$")
_WITH_FEES = re.compile(r"(?:管理|共益)費[^。]{0,10}(?:足して|足すと|合わせて|込みで|合計で?|全部で)、?$")
_RENT_OWED = re.compile(r"家賃|部屋代|大家|管理会社|不動産屋")
_BENEFIT = re.compile(
    rf"""
    (?:
      傷病手当金? | (?:失業|雇用)(?:保険|手当|給付) | 休業補償 | 休業手当 | 生活保護費? | 保護費
      | (?<![一-龠])(?<!子どもの)(?<!子供の)(?<!こどもの)(?<!親の)手当(?=[はがも])
    )
    [^。0-9]{{0,6}}?{PAID_MONTHLY.pattern}
    """,
    re.VERBOSE,
)
_RECEIVED = re.compile(
    r"""
    (?:を|が|は|も|で)?
    (?:
        出て | 出ます | もらって | もらいます | 頂いて | いただいて | 受けて | 受け取って | 入って
      | 振り込まれて
    )
    (?!い?(?:な|ませ))
    """,
    re.VERBOSE,
)
_LIVES_ON = re.compile(
    r"(?:今|いま)は、?(?:傷病手当金?|(?:失業|雇用)(?:保険|手当|給付)|休業(?:補償|手当)|保護費)(?:だけ)?で、?$"
)
_OTHER_BILL = re.compile(
    r"(?!給料|材料|(?:時|年|世)代)[一-龠ァ-ヴー]+(?:代|料|費)[がはもに]、?[^、。0-9]{0,4}$"
)
_IS_SO = re.compile(r"(?:円)?(?:だけ|しか)?(?:です|でし|だ(?!け)|で、|な[んの]|[。、]|$)")
_MADE_A_MONTH = re.compile(r"[^、。]*、?(?:月|ひと月)に(?:なら|均)すと、?(?![^\n])")
_SAID_FIRST = re.compile(r"(?P<number>[0-9一二三四五六七八九十百千万]+)、(?:いや、)?$")
"""四十、いや、四十五万: the figure is for what the one before was for."""
_BY_THE_HOUR = re.compile(r"時給|日給|日当")
_MADE_MONTHLY = re.compile(r"(?:月|ひと月|[1一]か月)(?:だと|にすると|にならすと|に直すと|では|に|で)、?$")
_FROM_FORMER = re.compile(
    rf"""
    (?:{FORMER}{SPOUSE}|子(?:ども|供)?の(?:父親|母親)){SUFFIX}から(?:は|も|の)?、?
    [^。0-9]{{0,8}}(?:毎月|月に?|月々)、?$
    """,
    re.VERBOSE,
)
_FATHER_SENDS = re.compile(
    rf"""
    (?:{FORMER}{SPOUSE}{SUFFIX}|父親になる人|(?:子(?:ども|供)?|この子|上の子|下の子)の父親)[はが][^。]{{0,24}}$
    """,
    re.VERBOSE,
)
_PAYS_IN = re.compile(
    r"""
    (?:円)?(?:ずつ)?
    (?:
        しか(?:入れ|くれ|払|送|振り込)
      | (?:だけ)?[はを]?、?
        (?:送って(?:き|来|くれ)|(?:入れて|払って)くれ|振り込んで(?:き|来|くれ))(?!い?(?:な|ませ))
    )
    """,
    re.VERBOSE,
)
_SENDS = re.compile(
    r"""
    (?:ずつ)?(?:を|が|は|も)?、?(?:もら|もろ|振り込|送って|届|受け取|入っ)
    (?![^、。]{0,8}(?:な[いくか]|ませ|たら|れば|約束))
    """,
    re.VERBOSE,
)
_KEPT = re.compile(r"持って(?:い)?る(?:の|お金|金)?は、?[^、。0-9]{0,4}$")
_KEPT_AT = re.compile(
    r"(?:銀行|郵便局|ゆうちょ|農協|信金|口座|通帳)に?は?、?(?:(?!毎月|月々|月に)[^、。0-9]){0,6}$"
)
_IS_LEFT = re.compile(
    r"""
      (?:が|は|だけ|しか|、)*(?:残っ|あ[りる]|入って(?!き|く))
    | (?:だけ|しか)(?![^、。]{0,4}(?:返|払|送|振))
    """,
    re.VERBOSE,
)
_JOB_PAYS = re.compile(
    r"(?:パート|バイト|派遣|内職|日雇い)(?:の仕事)?(?:が|で|は|の)?、?(?:だいたい|月に?|月々|毎月|、)*$"
)
_JOB_IS = re.compile(r"(?:パート|バイト|派遣|内職|日雇い)(?:の仕事)?[がは]、?(?:だいたい|月に?|毎月)?$")
_IS_PAY = re.compile(
    r"""
    (?:だけ|しか)?(?:を|は|が|も)?
    (?:
        で(?:す|し|、|や|$) | だ(?!け) | や | もら | 稼 | いただ | 頂 | 入[っり]
      | な(?:[りるらく]|い(?!と)|もん|ん[でだ]|ので) | と、 | [、。]?$ | 。
      | 、[^、。0-9一二三四五六七八九十]{1,8}[がはも]、?[0-9一二三四五六七八九十]
    )
    """,
    re.VERBOSE,
)
_SEVERAL_LENDERS = re.compile(r"[0-9一二三四五六七八九十数何](?:社|[か箇ヶカ]所)(?:から|で|に)[^、]{0,6}$")
_BORROWS = re.compile(
    r"""
    (?:も|を)?、?
    (?:
      借り | かり(?=て) | カリ(?=て|ル|る)
    )
    (?!
      た(?:[いくら]|こと) | られ | れば | ない | よう | る(?:と|気) | ても
    )
    """,
    re.VERBOSE,
)
_BORROWED = re.compile(r"(?:から|に|で)、?借り(?:た|て(?:い)?る)(?:お金|分)?(?:が|は|の)?、?$")
_NOT_RETURNED = re.compile(r"(?![^。]{0,14}(?:返しました|返した|返済した|返済しま|完済))")
_NOT_GIVEN = re.compile(r"(?!(?:を|も)?、?(?:もら|いただ|頂|振り込))")
_BY_WORDS: tuple[tuple[str, re.Pattern[str] | None, re.Pattern[str] | None], ...] = (
    ("debt", None, _BORROWS),
    ("debt", _BORROWED, _NOT_RETURNED),
    ("debt", _SEVERAL_LENDERS, _NOT_GIVEN),
    ("support_payment", _FROM_FORMER, _SENDS),
    ("support_payment", _FATHER_SENDS, _PAYS_IN),
    ("cash", _KEPT, None),
    ("cash", _KEPT_AT, _IS_LEFT),
    ("income_monthly", _JOB_PAYS, _IS_PAY),
    ("income_monthly", _JOB_IS, re.compile("、")),
    ("debt", re.compile("奨学金"), re.compile(r"(?:が|も|、)*残っ")),
    ("", None, re.compile(r"(?:で|の)?(?:やりくり|生活して|暮らして)")),
    ("income_monthly", _WORKS, re.compile(r"(?:を|も)?(?:もらっ|受け取っ|稼い)て")),
)
"""What the words before and behind an amount, taken together, make of it; the first that fit count.

None stands for any words.
"""
_FOR_A_HOME = re.compile(r"(?:アパート|マンション|部屋|借家)[、 ]?$")
_IS_PAID = re.compile(r"を?、?払")
_MONEY_LEFT = re.compile(r"お金(?:が|は)?、?(?:もう|あと|今は?)?、?$")


def topic_of(passage: Passage, part: PassageClause, match: re.Match[str]) -> str | None:
    """Return what an amount is for: the word it belongs to, the nearest before it, then the question."""
    own_start = max(0, passage.since - part.start)
    before, after = part.text[own_start : match.start()], part.text[match.end() :]
    first = _SAID_FIRST.search(before)
    if first and match["number"].startswith(first["number"]):
        before = before[: first.start()]
    if by_the_month := _MADE_A_MONTH.search(passage.text, passage.since, part.start):
        before = by_the_month.group() + before
    rest = _ROUGHLY.sub("", after)
    return _named_beside(before, rest) or _told_of(passage, part, before, after)


def _named_beside(before: str, rest: str) -> str | None:
    """Return what the words directly around an amount say it is for."""
    if _RENTED.match(rest):
        return "rent_monthly"
    if re.match(r"の(.{0,8})", rest) and (name := last_topic(rest[1:9])):
        return name
    if (behind := _SAID_BEHIND.match(rest)) and (name := last_topic(behind["what"])):
        return name
    if _EACH_MONTHS.search(before) and not last_topic(before):
        return "cost_monthly"
    billed = _UTILITY.search(before) or (_BILL_BY_THE_MONTH.search(before) and not last_topic(before))
    return "cost_monthly" if billed or _is_paid_out(before, rest) else None


def _told_of(passage: Passage, part: PassageClause, before: str, after: str) -> str | None:
    """Return what the talk is of where an amount is told: the nearest word, what is done, the question."""
    rest = _ROUGHLY.sub("", after)
    if name := _by_remainder(passage, part, before, rest) or _by_the_month(passage, part, before):
        return name
    if names_two_bills(before):
        return "cost_monthly"
    if (name := last_topic(before)) == "debt" and PAID_MONTHLY.search(before):
        return "cost_monthly"
    if name is None:
        name = _by_verb(passage, part, before, after, rest)
        name = _by_use(passage, part, before, rest) if name is None else name
    if not name and _is_benefit(passage, part, before, rest):
        return "income_monthly"
    if name is None:
        name = topic_around(passage, part, before)
        name = "" if name == "income_monthly" and _OTHER_BILL.search(before) else name
    so_far = passage.text[passage.since : part.start] + before
    if not name and _MADE_MONTHLY.search(so_far) and _BY_THE_HOUR.search(passage.text, passage.since):
        return "income_monthly"
    return "cost_monthly" if name is None and PAID_MONTHLY.search(before) and _PAYS.match(rest) else name


def _is_paid_out(before: str, rest: str) -> bool:
    """Return whether an amount goes out month by month, whatever for; a rent or child support is named."""
    if _REPAYMENT.search(before):
        return True
    monthly, named = PAID_MONTHLY.search(before), last_topic(before)
    goes_out = monthly is not None and _GOES_OUT.match(rest) is not None
    return goes_out and named not in ("rent_monthly", "support_payment")


def _by_remainder(passage: Passage, part: PassageClause, before: str, rest: str) -> str | None:
    """Return what is left of: of a loan where one was spoken of, of one's money where nothing else was."""
    if not (_REMAINS.search(before) or _REMAINING.match(rest)):
        return None
    so_far = passage.text[passage.since : part.start] + before
    if last_topic(before) not in (None, ""):
        return None
    if _LENDING.search(passage.asked.text + so_far):
        return "debt"
    alone = _REMAINS.search(before) and last_topic(passage.asked.text + so_far) is None
    return "cash" if alone and not _OF_A_BILL.search(passage.asked.text + so_far) else None


def _by_the_month(passage: Passage, part: PassageClause, before: str) -> str | None:
    """Return that one month of what is owed, or the sum with the fees, is the rent where it was spoken of."""
    said = passage.asked.text + passage.text[passage.since : part.start]
    month = _ONE_MONTH.search(before) or _WITH_FEES.search(passage.text[passage.since : part.start] + before)
    return "rent_monthly" if month and _RENT_OWED.search(said) else None


def _by_verb(passage: Passage, part: PassageClause, before: str, after: str, rest: str) -> str | None:
    """Return what an amount is for by what is done with it (借りている, もらっている)."""
    at_work = passage.asked.text + _last_sentence(passage) + passage.text[passage.since : part.end]
    if _PAY_OF.search(before) and _WORKS.search(at_work) and not _SENT.match(rest):
        return "income_monthly"
    if _MONEY_LEFT.search(before) and _ONLY.match(after):
        return "cash"
    fitting = (
        name
        for name, lead, tail in _BY_WORDS
        if (lead is None or lead.search(before)) and (tail is None or tail.match(rest))
    )
    return next(fitting, None)


def _is_benefit(passage: Passage, part: PassageClause, before: str, rest: str) -> bool:
    """Return whether an amount is what comes in month by month in place of pay."""
    if _LIVES_ON.search(before):
        return True
    named = _BENEFIT.search(before) is not None
    return named and bool(_RECEIVED.match(rest) or _IS_SO.match(rest) or _is_asked_income(passage, part))


def _is_asked_income(passage: Passage, part: PassageClause) -> bool:
    """Return whether an amount answers what comes in."""
    return passage.answers(part) and last_topic(passage.asked.text) == "income_monthly"


def _last_sentence(passage: Passage) -> str:
    """Return the sentence that was said just before."""
    return re.split("[。？?！!]", passage.text[: passage.since].rstrip("。、 "))[-1]


def _by_use(passage: Passage, part: PassageClause, before: str, rest: str) -> str | None:
    """Return what an amount is for by what is left, or what is bought with it or paid for a home."""
    if _FOR_A_HOME.search(before) and _IS_PAID.match(rest):
        return "rent_monthly"
    if _LEFT.search(before) and not topic_around(passage, part, before):
        return "cash"
    return "cost_monthly" if _is_bought(passage, part, before) else None


def _is_bought(passage: Passage, part: PassageClause, before: str) -> bool:
    """Return whether the sentence speaks of what is bought month by month (おむつが高くて、毎月…)."""
    first = next(other.start for other in passage.sentence_of(part))
    so_far = passage.text[max(first, passage.since) : max(part.start, passage.since)] + before
    goods = _GOODS.search(so_far)
    return goods is not None and _EACH_MONTH.search(so_far, goods.end()) is not None
