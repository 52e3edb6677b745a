"""Facts that are money: what an amount is for, and whether it is stated to be so."""

import re
from collections.abc import Iterator

from consult_assist.japanese.numerals import parse_number
from consult_assist.nlp.corrections import is_taken_back
from consult_assist.nlp.passage import FoundFact, Part, Passage
from consult_assist.nlp.persons import kin_owes

NUMBER = r"[0-9〇零一二三四五六七八九十百千万億][0-9〇零一二三四五六七八九十百千万億,.]*"
MONEY = re.compile(rf"(?P<number>{NUMBER})(?P<half>半)?(?P<yen>円)?")
_TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("rent_monthly", re.compile(
        r"家賃|部屋代|アパート代|マンション代|賃料|やちん"
        r"|(?:アパート|マンション|借家|貸家|団地|市営(?:住宅)?|県営(?:住宅)?|公団)(?:の(?:ほう|方))?[がはも]"
        r"(?:、|月に?|毎月|月々|今|だいたい|大体|管理費込みで|ひと月)*$"
    )),
    ("", re.compile(
        r"年収|集金|積立|積み立て|支給日|掛け金|給料日|引っ?越|越す|の支給|年間|年額|一年で|1年で|所得|時給|日給|日当"
        r"|ボーナス|賞与|退職金|慰謝料|滞納|敷金|礼金"
        r"|手当|給付|一時金|入学金|返済|返し"
        r"|初期費用|引っ越し|手術|入院|差額|上限|限度|税金?|罰金|保証金|授業料|修学旅行|制服"
        r"|ランドセル|請求|督促|見積|工事|葬儀|火葬"
        r"|控除|基準|弁護士|香典|祝い|お祝い|生活保護(?:費)?|保護費|分割|車検|修理|買っ|プレゼント"
        r"|計算|奪わ|盗ま|取られ|だまし|振り込め|寄付"
    )),
    ("income_monthly", re.compile(
        r"手取り|月収|給料(?!日)|給与|収入|パート代|バイト代|稼[ぎい]|月給|年金|売り?上げ|吸料|(?<!夫から)(?<!養育費[でをはが])(?<!として)もら(?:う|って(?:い)?る)(?:の|分|額)は")),
    ("debt", re.compile(
        r"借金|借り入れ|借入|カード|ローン|カードロン|リボ|債務|サラ金|消費者金融|キャッシング"
        r"|借りて(?:い|る)|奨学金の残|負債|シャッキン"
    )),
    ("cash", re.compile(
        r"貯金|貯蓄|所持金|手持ち|現金|財布|サイフ|残高|預金|全財産|手元|有り金|通帳に|口座に|蓄え|たくわえ"
        r"|へそくり")),
    ("support_payment", re.compile(r"養育費")),
    ("cost_monthly", re.compile(
        r"光熱費|電気代|ガス代|水道代|食費|保育料|学費|携帯代|スマホ代|通信費|医療費|通院費|通院"
        r"|薬代|お?薬|診察|給食費|駐車場代|管理費(?!込)|学童|塾|習い事"
        r"|おむつ代|オムツ代|ミルク代|交通費|利用料|保険料|施設の?(?:費|お金)|デイ(?:サービス)?の"
        r"|生活費|仕送り|病院代"
    )),
)  # fmt: skip
_PAID_MONTHLY = re.compile(r"(?:毎月|月々|月に|ひと月(?:に|で)?|[1一]か月(?:に|で)?)、?(?:だいたい|大体)?$")
_LOAN = re.compile(r"ローン(?!会社)")
"""What goes off a loan month by month is a cost, not what is owed."""
_NO_INCOME = re.compile(
    r"年金(?:の)?(?:保険料|を払|が払|も払|払|(?:を|も|は)?、?(?:自分で)?(?:納め|おさめ|むり|無理|高くて(?:払|納)))"
)
_CONTRIBUTING = re.compile(r"年金(?:の?保険料)?(?:は|を|も|の)?、?(?:納め|払|支払|免除|未納)")
_PAID_OUT = re.compile(
    r"(?:円)?(?:くらい|ぐらい|ほど|しか|だけ|ずつ)?(?:を|は|も|とか)?、?(?:[^、。0-9]{1,6}に)?(?:払[いうえっ]|支払|渡[しすさ]|納め|おさめ)"
)
_AFTER = r"(?:くらい|ぐらい|ほど|程度|前後|ちょっと|弱|強|近く|ちかく)?"
_UNREAL = re.compile(
    rf"{_AFTER}(?:未満|以[下内]|まで|までの|を超え|なら|だったら|だとしたら|だとすると|の場合|とした"
    rf"|として|を切|ずつ|台|いくら|も(?:な[いくかし]|残|入れ|くれ|もらっていな)|でも、?(?:大丈夫|いい|良い"
    rf"|借り|使え"
    rf"|もら|受け|平気|対象)|に(?:なれば|なったら|上が(?:れば|ったら|るか)))"
)
_RATHER = re.compile(
    rf"{_AFTER}(?:から|が|だったのが|だった(?:んです|の)が)[^、。]{{0,10}}(?:に|へ)(?:上が|下が|減"
    rf"|な[りっ]|増|値上)"
)
_AT_LEAST = re.compile(r"以上")
_HYPOTHETICAL = re.compile(
    r"例えば|たとえば|仮に|もし(?!かし)|最大|最高|平均|ふつう|普通は|相場|(?:友達|知り合い)(?!に"
    r"|から)|ニュース|テレビ|ネットで|チラシ"
)
_ROUGH = re.compile(r"[0-9一二三四五六七八九][、,〜~]$")
"""4、5万円: which of the two is not said."""
_OR, _OR_ELSE = re.compile(r"[円万千]か、?$"), re.compile(r"か、?[0-9一二三四五六七八九十]")
"""4万円か5万円かな."""
_EACH = re.compile(
    r"(?:毎回|そのたび)[^、。0-9]{0,4}$|(?:1|一)(?:回|日|時間|食|泊|人)(?:に)?(?:つき|あたり|で|当たり)?[、]?[^、。]{0,12}$"
)
_PAST = re.compile(
    r"以前は|前は|前の(?:会社|職場|仕事)|昔は|働いて(?:い)?た(?:時|とき|ころ|頃)|のころは|の頃は"
    r"|コロナ(?:の)?前|去年までは?|先月までは?|元々は|もともとは"
)
_WANTED = re.compile(
    r"(?:借り|貸し|ほし|欲し|もらい)(?:たい|て(?:ほし|いただ|くれ|もら)|られ)|必要|かかる(?:みたい"
    r"|そう|らし|と言)|くれ(?:な|ませ)|渡[しさ]"
)
_LEAST_YEN = 10
"""「一円も」 and 「一円たりとも」 are no amounts."""
_WORKS = re.compile(r"働い|勤め|パート|バイト|派遣|社員|仕事")
_ONLY = re.compile(r"(?:くらい|ぐらい|ほど)?(?:しか|だけ)")
_SEVERAL_MONTHS = re.compile(r"(?:月|年)分(?:で|の|が|、|くらい|全部で|合計で?)*[^、。]{0,4}$")
_EVERY_OTHER = re.compile(
    r"(?:2|二|ふた|3|三|半)(?:[かヶカヵケ]?月|年)(?:に一度|に1回|に一回|で|分|ごと)[^、。]{0,6}$"
)


def find_amounts(passage: Passage) -> Iterator[FoundFact]:
    """Yield every amount that is stated."""
    found: list[FoundFact] = []
    for part in passage.parts:
        if part.stated and passage.own(part) and not _HYPOTHETICAL.search(part.text):
            found += _in_part(passage, part, found)
    yield from found


def _in_part(passage: Passage, part: Part, earlier: list[FoundFact]) -> Iterator[FoundFact]:
    previous: FoundFact | None = earlier[-1] if earlier else None
    for match in MONEY.finditer(part.text):
        yen = yen_of(match)
        after = part.text[match.end() :]
        start, end = part.start + match.start(), part.start + match.end()
        if (
            yen is None
            or end <= passage.since
            or _is_denied(after)
            or _UNREAL.match(after)
            or _RATHER.match(after)
        ):
            continue
        name = _topic(passage, part, match)
        if not name and previous is not None and _follows(passage.text[previous.end : start]):
            name = previous.name
        if not name or _is_other(name, part, match):
            continue
        if name == "debt" and kin_owes(passage.text[passage.since : start]):
            continue
        previous = FoundFact(name, yen, start, end)
        yield previous


_SUM = re.compile(r"(?:足す|足し|合わせ|あわせ|合計|全部で|ぜんぶで|総額|トータル)[^。0-9]{0,6}$")


def _follows(between: str) -> bool:
    """Tell whether an amount is for the same as the one before it, which it corrects or sums up."""
    return is_taken_back(between) or _SUM.search(between) is not None


_LENT = re.compile(
    r"[^、。]{0,8}?(?:貸して|貸せ|借りられ|もらえ(?!て)|もらえた|出る(?:と|って|の)|つき)|(?:で"
    r"|だけ)?いい(?:から|ので)"
)
_MOVING = re.compile(r"[^。0-9]{0,14}(?:移りた|移ろう|移れ|入りたい|入れた[らい]|探し|住みたい|借りたい)")
_PRICE = re.compile(
    r"(?:円)?(?:くらい|ぐらい|ほど)?も?(?:取る|取られる|する|かかる|いる|要る|払う)(?:ん|の)?(?:でしょ|だろ|らし|そう|みたい|って"
    r"|と(?:言|聞|か))"
)
"""塾なんて月に2万円も取るでしょう: what something would cost."""
_WEEKLY = re.compile(r"(?:毎週|週|一週間|[1１]週間)(?:に|で|あたり|ごとに)?、?[^、。0-9]{0,4}$")
_DAILY = re.compile(r"(?:毎[日朝晩]|[1一]日に|日に)、?[^。0-9月]{0,8}$")
_SOLD = re.compile(
    r"(?:くらい|ぐらい|ほど)?(?:で|に)(?:売|買|落札|空い|出て|見つか|あるら|ある(?:と|って))|の(?:物件|部屋(?:を|が|に)|ところ(?:を|が))"
)
_REST = re.compile(r"残り(?:は|が|の|、)*$")
_SENT_HERE = re.compile(
    r"(?:円)?(?:くらい|ぐらい|ほど)?(?:が|も|を)?(?:あ[りっる]|もら|届|入|来|送って(?:くれ|もら)|して(?:くれ|もら))"
)
"""父から仕送りが3万円あります: no cost."""
_LEFT = re.compile(r"残っ(?:て(?:い)?|と)る(?:の|お金|金|分)[はが]、?[^、。0-9]{0,6}$")
_GOODS = re.compile(
    r"おむつ|オムツ|紙パンツ|尿[取と]り|ミルク|灯油|ガソリン|プロパン|電気(?!屋)|ガス(?!代)|水道|携帯|スマホ|ネット|ヘルパー"
    r"|(?:保育|幼稚)園|コンタクト|酸素|リース|タクシー"
)
"""What people buy month by month and name without the word for its price."""
_EACH_MONTH = re.compile(
    r"(?:が|も|は|に|で|と)[^。]{0,8}?(?:毎月|月々|月に|ひと月(?:で|に)?|1か月(?:で|に)?)、?"
    r"(?:だいたい|大体|もう|合わせて)?、?$"
)
_ONCE = re.compile(r"[^、。]{0,6}(?:払いました|払った|取られ|かかりました|かかった|しか残|くれ|渡)")

_WAS_ONCE = re.compile(
    r"(?:円)?(?:くらい|ぐらい|ほど)?は?(?:あった|もらって(?:い)?た|だった)(?:の|ん(?:です|だ)?)?(?:が|けど)"
)
"""手取りが31万あったのが: what it is now comes after."""
_A_MONTH = frozenset({"rent_monthly", "income_monthly", "cost_monthly", "support_payment"})


def _is_other(name: str, part: Part, match: re.Match[str]) -> bool:
    """Tell whether an amount under a topic is not the figure itself: for months, of the past, wished for."""
    before, after = part.text[: match.start()], part.text[match.end() :]
    if (
        _ROUGH.search(before)
        or _OR.search(before)
        or _OR_ELSE.match(after)
        or _EACH.search(before)
        or (name in _A_MONTH and (_WEEKLY.search(before) or _DAILY.search(before)))
        or _LENT.match(after)
        or (name in _A_MONTH and _REST.search(before))
        or (_AT_LEAST.match(after) and name != "debt")
    ):
        return True
    if name in _A_MONTH and (_SEVERAL_MONTHS.search(before) or _EVERY_OTHER.search(before)):
        return True
    past = _PAST.search(before) is not None and not re.search(r"(?:今|現在)は", before)
    match name:
        case "rent_monthly":
            return past or bool(_MOVING.match(after) or _SOLD.match(after))
        case "income_monthly":
            return past or bool(_WAS_ONCE.match(after) or _PAID_OUT.match(after))
        case "cost_monthly":
            sent_here = "仕送り" in before and _SENT_HERE.match(after)
            return "渡" in before or bool(sent_here or _ONCE.match(after) or _PRICE.match(after))
        case _:
            return name == "debt" and _WANTED.search(after) is not None


def yen_of(match: re.Match[str]) -> int | None:
    """Return the yen an amount names; without 円 it needs 万 or 千."""
    number = match["number"].rstrip(",.")
    if match["yen"] is None and not re.search("万|[0-9一二三四五六七八九]千$", number):
        return None
    value = parse_number(number)
    if value is None or value < _LEAST_YEN:
        return None
    if match["half"]:
        return value + (5000 if number.endswith("万") else 500)
    if re.search(r"万[1-9一二三四五六七八九]$", number) and match["yen"] is None:
        return value - value % 10 + value % 10 * 1000
    return value


def _is_denied(after: str) -> bool:
    return re.match(r"(?:で|じゃ)(?:は|も)?(?:ない|ありません|なく|なかっ)", after) is not None


def _topic(passage: Passage, part: Part, match: re.Match[str]) -> str | None:
    """Return what an amount is for: the word it belongs to, the nearest before it, then the question."""
    own_start = max(0, passage.since - part.start)
    before, after = part.text[own_start : match.start()], part.text[match.end() :]
    rest = re.sub(rf"^{_AFTER}", "", after)
    if re.match(r"の(.{0,8})", rest) and (name := last_topic(rest[1:9])):
        return name
    if (name := last_topic(before)) == "debt" and _PAID_MONTHLY.search(before):
        return "cost_monthly" if _LOAN.search(before) else ""
    if name is None:
        name = _by_verb(passage, part, before, after, rest)
        name = _by_use(passage, part, before, rest) if name is None else name
    return _around(passage, part, before) if name is None else name


def _by_verb(passage: Passage, part: Part, before: str, after: str, rest: str) -> str | None:
    """Return what an amount is for by what is done with it (借りている, もらっている)."""
    if re.match(r"(?:も|を)?(?:借り|かり(?=て)|カリ(?=て|ル|る))(?!たい|られ|ないと)", rest) or re.search(
        r"(?:社|所|箇所)(?:から|で|に)[^、]{0,6}$", before
    ):
        return "debt"
    if before.endswith(("月", "月に", "月々", "毎月")) and _WORKS.search(
        passage.asked.text + passage.text[passage.since : part.end]
    ):
        return "income_monthly"
    if re.search(r"お金(?:が|は)?、?(?:もう|あと|今は?)?、?$", before) and _ONLY.match(after):
        return "cash"
    if re.match(r"(?:で|の)?(?:やりくり|生活して|暮らして)", rest):
        return ""
    if re.match(r"(?:を|も)?(?:もらっ|受け取っ|稼い)て", rest) and _WORKS.search(before):
        return "income_monthly"
    return None


def _by_use(passage: Passage, part: Part, before: str, rest: str) -> str | None:
    """Return what an amount is for by what is left, or what is bought with it or paid for a home."""
    if re.search(r"(?:アパート|マンション|部屋|借家)[、 ]?$", before) and re.match(r"を?、?払", rest):
        return "rent_monthly"
    if _LEFT.search(before) and not _around(passage, part, before):
        return "cash"
    return "cost_monthly" if _is_bought(passage, part, before) else None


def _is_bought(passage: Passage, part: Part, before: str) -> bool:
    """Tell whether the sentence speaks of what is bought month by month (おむつが高くて、毎月…)."""
    first = next(other.start for other in passage.sentence_of(part))
    so_far = passage.text[max(first, passage.since) : max(part.start, passage.since)] + before
    goods = _GOODS.search(so_far)
    return goods is not None and _EACH_MONTH.search(so_far, goods.end()) is not None


def _around(passage: Passage, part: Part, before: str) -> str | None:
    """Return what an amount is for by the clauses before it, or by the question it answers."""
    parts = [
        other for other in passage.parts if other.end <= part.start and other.sentence >= part.sentence - 1
    ]
    own = "".join(other.text for other in parts[-2:] if passage.own(other))
    if (name := last_topic(own)) == "debt" and _PAID_MONTHLY.search(before):
        return "cost_monthly" if _LOAN.search(own) else ""
    if name == "income_monthly" and _CONTRIBUTING.search(passage.asked.text) and passage.answers(part):
        return name if re.search("給料|収入|手取り", own) else "cost_monthly"
    if name is not None:
        return name
    lead = passage.text[max(0, passage.since - 60) : passage.since]
    if passage.asked.text and passage.answers(part):
        return last_topic(passage.asked.text)
    if lead.rstrip("。、 ").endswith(("が", "は", "も", "の", "で", "を", "て")):
        return last_topic(re.split(r"[。！？!?]", lead.rstrip("。、 "))[-1])
    return None


def last_topic(text: str) -> str | None:
    """Return the fact that the last word about money in a text stands for; empty for one that is no fact."""
    text = _NO_INCOME.sub(lambda hit: "保険料".ljust(len(hit.group()), "　"), text)
    hits = [(found.end(), name) for name, pattern in _TOPICS for found in pattern.finditer(text)]
    return max(hits, key=lambda hit: hit[0])[1] if hits else None
