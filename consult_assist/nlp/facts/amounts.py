"""Facts that are money: what an amount is for, and whether it is stated to be so."""

import re
from collections.abc import Iterator
from dataclasses import replace

from consult_assist.japanese.numerals import parse_number
from consult_assist.japanese.people import FORMER, SPOUSE, SUFFIX
from consult_assist.nlp.facts.corrections import is_summed_up, is_taken_back, names_another
from consult_assist.nlp.facts.money_topics import LOAN, PAID_MONTHLY, last_topic, topic_around
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause

NUMBER = r"[0-9〇零一二三四五六七八九十百千万億][0-9〇零一二三四五六七八九十百千万億,.]*"
MONEY = re.compile(
    rf"(?P<number>{NUMBER}(?:(?<=万)と、?(?=[1-9一二三四五六七八九]千){NUMBER})?)(?P<half>半)?(?P<yen>円)?"
)
"""6万と5千円 is one amount."""
_PAID_OUT = re.compile(
    r"(?:円)?(?:くらい|ぐらい|ほど|しか|だけ|ずつ)?(?:を|は|も|とか)?、?(?:[^、。0-9]{1,6}に)?(?:払[いうえっ]|支払|渡[しすさ]|納め|おさめ)"
)
_AFTER = r"(?:くらい|ぐらい|ほど|程度|前後|ちょっと|弱|強|近く|ちかく)?"
_UNREAL = re.compile(
    rf"{_AFTER}(?:未満|以[下内]|まで|までの|を超え|なら|だったら|だとしたら|だとすると|の場合|とした"
    rf"|として|を切|ずつ|台|いくら|も(?:な[いくかし]|残|入れ|くれ|もらっていな)|でも、?(?:大丈夫|いい|良い"
    rf"|借り|使え"
    rf"|もら|受け|平気|対象)|札|(?:円)?(?:の|という|って)約束|(?:円)?[とに](?:決め(?:た|て)|約束)|に(?:なれば|なったら|上が(?:れば|ったら|るか)))"
)
_RATHER = re.compile(
    rf"{_AFTER}(?:から|が|だったのが|だった(?:んです|の)が)[^、。]{{0,10}}(?:に|へ)(?:上が|下が|減"
    rf"|な[りっ]|増|値上)"
)
_AT_LEAST = re.compile(r"以上")
_HYPOTHETICAL = re.compile(r"例えば|たとえば|仮に|もし(?!かし)|最大|最高|平均|ふつう|普通は|相場")
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
_MIN_YEN = 10
"""「一円も」 and 「一円たりとも」 are no amounts."""
_WORKS = re.compile(r"働い|勤め|パート|バイト|派遣|社員|仕事")
_ONLY = re.compile(r"(?:くらい|ぐらい|ほど)?(?:しか|だけ)")
_SEVERAL_MONTHS = re.compile(r"(?:月|年)分(?:で|の|が|、|くらい|全部で|合計で?)*[^、。]{0,4}$")
_EVERY_OTHER = re.compile(
    r"(?:2|二|ふた|3|三|半)(?:[かヶカヵケ]?月|年)(?:に一度|に1回|に一回|で|分|ごと)[^。]{0,6}$"
)
_SAID_AGAIN = re.compile(r"[、。 ]*(?:あ[っー]*|いや|いえ|えっ?と|ええと|うーん)[、。]")
_MAX_BETWEEN_CHARS = 12


def find_amounts(passage: Passage) -> Iterator[FoundFact]:
    """Yield every amount that is stated."""
    before = _told_before(passage)
    found: list[FoundFact] = [] if before is None else [before]
    for part in passage.parts:
        if part.stated and passage.own(part) and not _HYPOTHETICAL.search(part.text):
            found += _in_part(passage, part, found)
    for fact in found:
        again = before is not None and fact.name == before.name and fact.value != before.value
        corrects = (
            again
            and before is not None
            and _follows(passage.text[before.end : fact.start])
            and not names_another(passage.text[: before.start], passage.text[before.end : fact.start])
        )
        if fact is not before:
            yield replace(fact, corrects=corrects)


def _told_before(passage: Passage) -> FoundFact | None:
    """Return the amount that ended what was said before, where it is thought over (月に8万・あ、9万円)."""
    if not _SAID_AGAIN.match(passage.text, passage.since):
        return None
    alone = replace(passage, since=0)
    found: list[FoundFact] = []
    for part in passage.parts:
        if part.stated and part.start < passage.since and not _HYPOTHETICAL.search(part.text):
            found += (fact for fact in _in_part(alone, part, found) if fact.end <= passage.since)
    last = found[-1] if found else None
    return last if last and passage.since - last.end <= _MAX_BETWEEN_CHARS else None


def _in_part(passage: Passage, part: PassageClause, earlier: list[FoundFact]) -> Iterator[FoundFact]:
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
            or (_LAST_MONTH.search(part.text[: match.start()]) and _THIS_MONTH.match(passage.text, end))
        ):
            continue
        name = _topic(passage, part, match)
        if not name and previous is not None and _follows(passage.text[previous.end : start]):
            name = previous.name
        if not name or _is_other(name, part, match):
            continue
        previous = FoundFact(name, yen, start, end)
        yield previous


def _follows(between: str) -> bool:
    """Return whether an amount is for the same as the one before it, which it corrects or sums up."""
    return is_taken_back(between) or is_summed_up(between)


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
_RENTED = re.compile(
    r"の(?:お?部屋|アパート|マンション|借家|家|ところ|とこ)(?:を|に)、?(?:今|ずっと)?、?(?:借りて(?!く|も)|借りとる|住んで)"
)
_SOLD = re.compile(
    r"(?:くらい|ぐらい|ほど)?(?:で|に)(?:売|買|落札|空い|出て|見つか|あるら|ある(?:と|って))|の(?:物件|部屋(?:を|が|に)(?!、?借りて|、?住んで)|ところ(?:を|が)(?!、?借りて))"
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
_ONCE = re.compile(
    r"[^、。]{0,6}(?:払いました|払った|取られ|かかりました|かかった|しか残|くれ|渡)|(?:くらい|ぐらい|ほど)?も?(?:き|来)(?:まし)?た"
)
_LAST_MONTH = re.compile(r"先月は[^、。0-9]{0,6}$")
_THIS_MONTH = re.compile(r"[^。0-9]{0,8}(?:今月|今)(?:は|が|、)")
"""先月は11万、今月は9万円でした: the later one is how things are."""

_WAS_ONCE = re.compile(
    r"(?:円)?(?:くらい|ぐらい|ほど)?は?(?:あった|もらって(?:い)?た|だった)(?:の|ん(?:です|だ)?)?(?:が|けど)"
)
"""手取りが31万あったのが: what it is now comes after."""
_A_MONTH = frozenset({"rent_monthly", "income_monthly", "cost_monthly", "support_payment"})


def _is_other(name: str, part: PassageClause, match: re.Match[str]) -> bool:
    """Return whether an amount under a topic is not the figure itself.

    For months, of the past, wished for.
    """
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
    number = re.sub("と、?", "", match["number"]).rstrip(",.")
    if match["yen"] is None and not re.search("万|[0-9一二三四五六七八九]千$", number):
        return None
    value = parse_number(number)
    if value is None or value < _MIN_YEN:
        return None
    if match["half"]:
        return value + (5000 if number.endswith("万") else 500)
    if re.search(r"万[1-9一二三四五六七八九]$", number) and match["yen"] is None:
        return value - value % 10 + value % 10 * 1000
    return value


def _is_denied(after: str) -> bool:
    return re.match(r"(?:で|じゃ)(?:は|も)?(?:ない|ありません|なく|なかっ)", after) is not None


def _topic(passage: Passage, part: PassageClause, match: re.Match[str]) -> str | None:
    """Return what an amount is for: the word it belongs to, the nearest before it, then the question."""
    own_start = max(0, passage.since - part.start)
    before, after = part.text[own_start : match.start()], part.text[match.end() :]
    rest = re.sub(rf"^{_AFTER}", "", after)
    if _RENTED.match(rest):
        return "rent_monthly"
    if re.match(r"の(.{0,8})", rest) and (name := last_topic(rest[1:9])):
        return name
    if (name := last_topic(before)) == "debt" and PAID_MONTHLY.search(before):
        return "cost_monthly" if LOAN.search(before) else ""
    if name is None:
        name = _by_verb(passage, part, before, after, rest)
        name = _by_use(passage, part, before, rest) if name is None else name
    elif not name and _BENEFIT.search(before) and (_RECEIVED.match(rest) or _is_asked_income(passage, part)):
        return "income_monthly"
    name = topic_around(passage, part, before) if name is None else name
    if not name and _MADE_MONTHLY.search(before) and _BY_THE_HOUR.search(passage.text, passage.since):
        return "income_monthly"
    return "cost_monthly" if name is None and PAID_MONTHLY.search(before) and _PAYS.match(rest) else name


_PAYS = re.compile(
    r"(?:は|も|を|、)*(?:払って(?!くれ|もら|い?な|い?ませ)|払っとる|払っと|かかって|かかる|かかり|要[るり])"
)
_BENEFIT = re.compile(
    r"(?:傷病手当金?|失業(?:保険|手当|給付)|休業補償|休業手当|生活保護費?|保護費)[^。0-9]{0,6}?(?:毎月|月に?|月々|ひと月に?)、?(?:だいたい)?$"
)
_RECEIVED = re.compile(
    r"(?:を|が|は|も|で)?(?:出て|もらって|頂いて|いただいて|受けて|受け取って|入って|振り込まれて)(?!い?(?:な|ませ))"
)
_BY_THE_HOUR = re.compile(r"時給|日給|日当")
_MADE_MONTHLY = re.compile(r"(?:月|ひと月|[1一]か月)(?:だと|にすると|にならすと|に直すと|では|で)、?$")


_FROM_FORMER = re.compile(
    rf"(?:{FORMER}{SPOUSE}|子(?:ども|供)?の(?:父親|母親)){SUFFIX}から(?:は|も|の)?、?"
    r"[^。0-9]{0,8}(?:毎月|月に?|月々)、?$"
)
_SENDS = re.compile(
    r"(?:ずつ)?(?:を|が|は|も)?、?(?:もら|振り込|送って|届|受け取|入っ)(?![^、。]{0,8}(?:な[いくか]|ませ|たら|れば|約束))"
)
_KEPT = re.compile(r"(?:持って(?:い)?る|持っとる)(?:の|お金|金)?は、?[^、。0-9]{0,4}$")
_KEPT_AT = re.compile(r"(?:銀行|郵便局|ゆうちょ|口座|通帳)に?は?、?(?:(?!毎月|月々|月に)[^、。0-9]){0,6}$")
_IS_LEFT = re.compile(
    r"(?:が|は|だけ|しか|、)*(?:残っ|あ[りる]|入って(?!き|く))|(?:だけ|しか)(?![^、。]{0,4}(?:返|払|送|振))"
)
_JOB_PAYS = re.compile(
    r"(?:パート|バイト|派遣|内職|日雇い)(?:の仕事)?(?:が|で|は)、?(?:だいたい|月に?|月々|毎月|、)*$"
)
_JOB_IS = re.compile(r"(?:パート|バイト|派遣|内職|日雇い)(?:の仕事)?[がは]、?(?:だいたい|月に?|毎月)?$")
_IS_PAY = re.compile(
    r"(?:だけ|しか)?(?:を|は|が|も)?(?:で(?:す|し|、|や|$)|だ(?!け)|や|もら|稼|いただ|頂|入[っり]|な(?:[りるらく]|い(?!と))|[、。]?$|。"
    r"|、[^、。0-9一二三四五六七八九十]{1,8}[がはも]、?[0-9一二三四五六七八九十])"
)
_SEVERAL_LENDERS = re.compile(r"[0-9一二三四五六七八九十数何](?:社|[か箇ヶカ]所)(?:から|で|に)[^、]{0,6}$")
_ANY = re.compile("")
_NOT_GIVEN = re.compile(r"(?!(?:を|も)?、?(?:もら|いただ|頂|振り込))")
_BY_WORDS = (
    ("debt", _ANY, re.compile(r"(?:も|を)?、?(?:借り|かり(?=て)|カリ(?=て|ル|る))(?!たい|られ|ないと)")),
    ("debt", _SEVERAL_LENDERS, _NOT_GIVEN),
    ("support_payment", _FROM_FORMER, _SENDS),
    ("cash", _KEPT, _ANY),
    ("cash", _KEPT_AT, _IS_LEFT),
    ("income_monthly", _JOB_PAYS, _IS_PAY),
    ("income_monthly", _JOB_IS, re.compile("、")),
    ("debt", re.compile("奨学金"), re.compile(r"(?:が|も|、)*残っ")),
    ("", _ANY, re.compile(r"(?:で|の)?(?:やりくり|生活して|暮らして)")),
    ("income_monthly", _WORKS, re.compile(r"(?:を|も)?(?:もらっ|受け取っ|稼い)て")),
)
"""What the words before and behind an amount, taken together, make of it; the first that fit count."""
_MONEY_LEFT = re.compile(r"お金(?:が|は)?、?(?:もう|あと|今は?)?、?$")


def _by_verb(passage: Passage, part: PassageClause, before: str, after: str, rest: str) -> str | None:
    """Return what an amount is for by what is done with it (借りている, もらっている)."""
    at_work = passage.asked.text + _last_sentence(passage) + passage.text[passage.since : part.end]
    if before.endswith(("月", "月に", "月々", "毎月")) and _WORKS.search(at_work):
        return "income_monthly"
    if _MONEY_LEFT.search(before) and _ONLY.match(after):
        return "cash"
    return next((name for name, lead, tail in _BY_WORDS if lead.search(before) and tail.match(rest)), None)


def _is_asked_income(passage: Passage, part: PassageClause) -> bool:
    """Return whether an amount answers what comes in."""
    return passage.answers(part) and last_topic(passage.asked.text) == "income_monthly"


def _last_sentence(passage: Passage) -> str:
    """Return the sentence that was said just before."""
    return re.split("[。？?！!]", passage.text[: passage.since].rstrip("。、 "))[-1]


def _by_use(passage: Passage, part: PassageClause, before: str, rest: str) -> str | None:
    """Return what an amount is for by what is left, or what is bought with it or paid for a home."""
    if re.search(r"(?:アパート|マンション|部屋|借家)[、 ]?$", before) and re.match(r"を?、?払", rest):
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
