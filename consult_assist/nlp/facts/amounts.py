"""Facts that are money: amounts that are stated; what one is for tells `amount_topics`."""

import re
from collections.abc import Iterator
from dataclasses import replace

from consult_assist.japanese.numerals import parse_number
from consult_assist.nlp.facts.amount_topics import ROUGHLY, topic_of
from consult_assist.nlp.facts.corrections import is_summed_up, is_taken_back, names_another
from consult_assist.nlp.facts.money_words import PAID_MONTHLY, topic_asked
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause

NUMBER = r"[0-9〇零一二三四五六七八九十百千万億][0-9〇零一二三四五六七八九十百千万億,.]*"
MONEY = re.compile(
    rf"""
    (?P<number>
      {NUMBER}(?:(?<=万)と、?(?=[1-9一二三四五六七八九]千){NUMBER})?
    )
    (?P<half>半)?(?P<yen>円)?
    """,
    re.VERBOSE,
)
"""6万と5千円 is one amount."""
_PAID_OUT = re.compile(
    r"""
    (?:円)?(?:くらい|ぐらい|ほど|しか|だけ|ずつ)?(?:を|は|も|とか)?、?
    (?:[^、。0-9]{1,6}に)?(?:払[いうえっ]|支払|渡[しすさ]|納め|おさめ)
    """,
    re.VERBOSE,
)
_LARGE = re.compile("万|[0-9一二三四五六七八九]千$")
_SHORT_THOUSANDS = re.compile(r"万[1-9一二三四五六七八九]$")
"""6万5 is 65,000 yen."""
_NOT_SO_MUCH = re.compile(r"(?:で|じゃ)(?:は|も)?(?:ない|ありません|なく|なかっ)")
_UNREAL = re.compile(
    rf"""
    {ROUGHLY}
    (?:
        未満 | 以[下内] | まで(?!減|下が|落ち|増え?) | を超え | なら | だったら | だとしたら
      | だとすると | の場合 | とした | として | を?切(?:[りっれ]そう|る|れ) | 台 | いくら
      | な(?:い(?!と)|かっ) | も(?:な[いくかし]|残|入れ|くれ|もらっていな)
      | でも、?(?:大丈夫|いい|良い|借り|使え|もら|受け|平気|対象)
      | 札
      | (?:円)?の?はず
      | (?:が)?あ(?:れば|ったら) | (?:を)?借りたら | (?:は)?くれる | で(?:済|す)む
      | ずつ(?:なら|だったら)
      | に(?:なれば|なったら|上が(?:れば|ったら|るか))
    )
    """,
    re.VERBOSE,
)
_APIECE = re.compile(rf"{ROUGHLY}ずつ")
_COMES_APIECE = re.compile(rf"{ROUGHLY}ずつ(?:を|が|は)?、?(?:もら|もろ|入って|振り込|送って|受け取)")
"""1万円ずつ is for each of several, unless it comes, or goes out, each month."""
_RATHER = re.compile(
    rf"""
    {ROUGHLY}(?:から|が|だったのが|だった(?:んです|の)が)[^、。]{{0,10}}(?:に|へ)
    (?:上が|下が|減|な[りっ]|増|値上|落ち|落と|切り|削|カット)
    """,
    re.VERBOSE,
)
_IF_NOT = re.compile(r"(?:なけりゃ|なければ|ないと|なかったら)、?[^、。0-9]{0,4}$")
_SUPPOSED = re.compile(r"もし(?!かし)|もしも")
_PROMISED = re.compile(
    rf"{ROUGHLY}(?:円)?(?:の約束|(?:という|って|いう)(?:約束|取り決め)|(?:と|に|って|で)[^、。はがを0-9]{{0,5}}(?:決め(?:まし)?[たて]|決ま|約束|言われ))"
)
_PROMISES = re.compile(r"(?:約束|取り決め)(?:で)?[はが]、?[^、。0-9]{0,6}$")
_KEPT = re.compile(
    r"""
    [^。]{0,30}[、。][^、。]{0,6}(?:それ|その額|ちゃんと|毎月|今も|先月も)[^、。]{0,8}
    (?:来て|来と|来ます|来ました|来た|入って|入りました|払って(?:くれ|もら|き)|届いて|振り込まれて)
    (?!い?(?:な[いく]|ませ))
    """,
    re.VERBOSE,
)
"""月3万円と決めて、それはちゃんと来ています: a promise that is kept is what comes."""
_BELOW = re.compile(rf"{ROUGHLY}を?切(?:っ|り)")
_AT_LEAST = re.compile(r"以上")
_HYPOTHETICAL = re.compile(r"例えば|たとえば|仮に|もし(?!かし)|最大|最高|平均|ふつう|普通は|相場|目安")
_ROUGH = re.compile(r"[0-9一二三四五六七八九][、,〜~]$")
"""4、5万円: which of the two is not said."""
_OR, _OR_ELSE = (
    re.compile(r"[円万千]か、?$"),
    re.compile(rf"{ROUGHLY}か(?:な[あー]?)?、?[0-9一二三四五六七八九十]"),
)
"""4万円か5万円かな. Of 9万かな、8万9千円です the later one counts."""
_FROM, _UP_TO = re.compile(r"[円万千]から、?$"), re.compile(rf"{ROUGHLY}(?:[にへ]|くらいに)")
_FROM_TO = re.compile(rf"{ROUGHLY}から、?(?:[0-9一二三四五六七八九十]+[万千]?)+円?(?!{ROUGHLY}[にへ])")
"""14万から15万です; of 27万から21万に the later one counts."""
_EACH = re.compile(
    r"""
      (?:毎回|そのたび)[^、。0-9]{0,4}$
    | (?:1|一)(?:回|日|時間|食|泊|人)(?:に)?(?:つき|あたり|で|当たり)?[、]?
      [^、。]{0,12}$
    """,
    re.VERBOSE,
)
_PAST = re.compile(
    r"""
      以前は | 前は | 前の(?:会社|職場|仕事|部屋|アパート|家|住まい|とこ(?:ろ)?)[はがで] | 昔は
    | 働いて(?:い)?た(?:時|とき|ころ|頃)
    | のころは | の頃は | コロナ(?:の)?前 | 去年までは? | 先月までは? | 元々は
    | もともとは
    """,
    re.VERBOSE,
)
_WANTED = re.compile(
    r"""
      (?:借り|貸し|ほし|欲し|もらい)(?:たい|て(?:ほし|いただ|くれ|もら)|られ)
    | 必要
    | かかる(?:みたい|そう|らし|と言)
    | くれ(?:な|ませ) | 渡[しさ]
    """,
    re.VERBOSE,
)
_SETTLED = re.compile(
    r"""
    [^。]{0,24}
    (?:
        返し(?:まし)?た | 返し終 | 返済し(?:まし)?た | 完済 | 払い終
      | 自己破産(?:しました|した|して(?!も)) | 免責(?:に|され)
      | なくなりました
    )
    """,
    re.VERBOSE,
)
_MIN_YEN = 10
"""「一円も」 and 「一円たりとも」 are no amounts."""
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
    for part in passage.stated_clauses():
        if not _HYPOTHETICAL.search(part.text):
            found += _in_part(passage, part, found)
    for fact in found:
        if fact is not before:
            yield replace(fact, corrects=before is not None and _corrects(passage, before, fact))


def _corrects(passage: Passage, before: FoundFact, fact: FoundFact) -> bool:
    """Return whether an amount takes the place of the one that was told before."""
    if fact.name != before.name or fact.value == before.value:
        return False
    between = passage.text[before.end : fact.start]
    return _follows(between) and not names_another(passage.text[: before.start], between)


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
        yen = yen_of(match) or _ten_thousands(passage, part, match)
        start, end = part.span(match)
        if yen is None or end <= passage.since or _is_unreal(passage, part, match):
            continue
        name = topic_of(passage, part, match)
        if not name and previous is not None and _follows(passage.text[previous.end : start]):
            name = previous.name
        if not name or _is_other(name, passage, part, match):
            continue
        previous = FoundFact(name, yen, start, end)
        yield previous


def _is_unreal(passage: Passage, part: PassageClause, match: re.Match[str]) -> bool:
    """Return whether an amount is denied, a bound, or was replaced by the one that follows."""
    after = part.text[match.end() :]
    more_exact = rf"、(?:いや、)?{match['number'].rstrip(',')}[0-9一二三四五六七八九十千万]"
    if any(re.match(said, after) for said in (_NOT_SO_MUCH, _UNREAL, _RATHER, more_exact)):
        return True
    before = part.text[: match.start()]
    of_which = _OF_WHICH.search(passage.text[: part.start + match.start()])
    if of_which or _IF_NOT.search(before) or _is_supposed(passage, part):
        return True
    promised = _PROMISED.match(after)
    known = part.start + match.end() + (promised.end() if promised else 0)
    if (promised or _PROMISES.search(before)) and not _KEPT.match(passage.text, known):
        return True
    if _APIECE.match(after) and not (PAID_MONTHLY.search(before) or _COMES_APIECE.match(after)):
        return True
    last_month = _LAST_MONTH.search(before)
    return last_month is not None and _THIS_MONTH.match(passage.text, part.span(match)[1]) is not None


def _is_supposed(passage: Passage, part: PassageClause) -> bool:
    """Return whether a sentence supposes what it goes on to tell (もし働けたら、月に7万円くらい)."""
    so_far = (other for other in passage.sentence_of(part) if other.start <= part.start)
    return any(_SUPPOSED.search(other.text) for other in so_far)


def _follows(between: str) -> bool:
    """Return whether an amount is for the same as the one before it, which it corrects or sums up."""
    return is_taken_back(between) or is_summed_up(between)


_LENT = re.compile(
    r"""
      [^、。]{0,8}?
      (?:
        貸して | 貸せ | 借りられ | もらえ(?!て|れ?り?[ばゃ]、?いい) | もらえた | 出る(?:と|って|の) | つき
      )
    | (?:で|だけ)?いい(?:から|ので)
    """,
    re.VERBOSE,
)
_APPLIED = r"申し込|申込|申請|借りたい|借りよう|貸し?付|融資|貸して|希望"
_APPLIED_FOR = re.compile(
    rf"{ROUGHLY}(?:だけ|ずつ|分)?[をはもの]?、?[^、。0-9がはをもで]{{0,4}}(?:{_APPLIED})"
)
_CLAIMED = re.compile(rf"{ROUGHLY}(?:円)?[のをも]?、?(?:請求|督促)")
_OF_WHICH = re.compile(r"(?:[万千円]の?|その)うち、?の?$")
_DEDUCTED = re.compile(rf"{ROUGHLY}(?:円)?(?:ずつ|だけ)?[をがも]?、?(?:天?引か?[れき]|差し引|取られ|とられ)")
_BORROWED = re.compile(rf"{ROUGHLY}(?:円)?(?:ずつ|だけ)?[をも]?、?借り")
"""生活費に月3万円ずつ借りて is no cost."""
_APPLIES_FOR = re.compile(
    rf"(?:{_APPLIED})(?:[^、。はが0-9]{{0,4}}の|の?額|金額)[はが]、?[^、。はが0-9]{{0,6}}$"
)
"""生活費を15万円申し込みます, 借りたいのは生活費15万円です; 家賃6万円で申請しました tells the rent."""
_PRICE = re.compile(
    r"""
    (?:円)?(?:くらい|ぐらい|ほど)?も?(?:取る|取られる|する|かかる|いる|要る|払う)
    (?:ん|の)?
    (?:
      でしょ | だろ | らし | そう | みたい | って | と(?:言|聞|か)
    )
    """,
    re.VERBOSE,
)
"""塾なんて月に2万円も取るでしょう: what something would cost."""
_WEEKLY = re.compile(r"(?:毎週|週|一週間|[1１]週間)(?:に|で|あたり|ごとに)?、?[^、。0-9]{0,4}$")
_DAILY = re.compile(r"(?:毎[日朝晩]|[1一]日に|日に|日(?:払い|当|給)[でがは]?)、?[^。0-9月]{0,8}$")
_SOLD = re.compile(
    r"""
      (?:くらい|ぐらい|ほど)?(?:で|に)
      (?:
        売 | 買 | 落札 | 空い | 出て | 見つか | あるら | ある(?:と|って)
      )
    | の
      (?:
          物件
        | 部屋(?:を|が|に)(?!、?借りて|、?住んで)
        | ところ(?:を|が)(?!、?借りて)
      )
    """,
    re.VERBOSE,
)
_REST = re.compile(r"残り(?:は|が|の|、)*$")
_SENT_HERE = re.compile(
    r"""
    (?:円)?(?:くらい|ぐらい|ほど)?(?:が|も|を)?
    (?:
      あ[りっる] | もら | 届 | 入 | 来 | 送って(?:くれ|もら) | して(?:くれ|もら)
    )
    """,
    re.VERBOSE,
)
"""父から仕送りが3万円あります: no cost."""
_ONCE = re.compile(
    r"""
      [^、。]{0,6}(?:払いました|払った|取られ|かかりました|かかった|しか残|くれ|渡)
    | (?:くらい|ぐらい|ほど)?も?(?:き|来)(?:まし)?た
    """,
    re.VERBOSE,
)
_LAST_MONTH = re.compile(r"先月は[^、。0-9]{0,6}$")
_THIS_MONTH = re.compile(r"[^。0-9]{0,8}(?:今月|今)(?:は|が|、)")
"""先月は11万、今月は9万円でした: the later one is how things are."""
_WAS_ONCE = re.compile(
    r"""
    (?:円)?(?:くらい|ぐらい|ほど)?は?(?:あった|もらって(?:い)?た|だった)
    (?:の|ん(?:です|だ)?)?(?:が|けど)
    """,
    re.VERBOSE,
)
"""手取りが31万あったのが: what it is now comes after."""
_NOWADAYS = re.compile(r"(?:今|現在)は")
_OTHER_BEFORE = (_ROUGH, _OR, _EACH, _APPLIES_FOR)
_OTHER_BEHIND = (_OR_ELSE, _LENT, _APPLIED_FOR, _CLAIMED)
"""With such words before or behind it, an amount is one of two, for each, lent or applied for."""
_NO_MONTH = (_WEEKLY, _DAILY, _REST, _SEVERAL_MONTHS, _EVERY_OTHER)
"""An amount for something else than one month."""
_MIN_TEN_THOUSANDS, _MAX_TEN_THOUSANDS = 10, 999
_SUM_OF = re.compile(
    r"(?:手取り|月収|月給|借金|カード|ローン|サラ金|消費者金融|リボ)[がはでのも]?、?(?:だいたい|全部で|、)*$"
)
_SUM_ANSWERED = re.compile(r"(?:^|[。、])(?:全部で|合わせて|だいたい|まあ|えっ?と|あと)?、?$")
_COUNTS_ELSE = re.compile(r"いつ|何[日人歳時か回]|いくつ|年齢|お?歳は")
_ONE_OF_TWO = re.compile("、[1-9一二三四五六七八九][万千]")
"""十二、三万: which of the two is not said."""
_UNIT_LEFT_OUT = re.compile(
    r"(?:くらい|ぐらい|ほど|ちょっと|とか|[、。]|です|だ(?!け)|な(?:んで|の?で)|残|あ[りる]|$)"
)
"""What follows a number that is neither counted nor dated."""
_A_MONTH = frozenset({"rent_monthly", "income_monthly", "cost_monthly", "support_payment"})


def _is_other(name: str, passage: Passage, part: PassageClause, match: re.Match[str]) -> bool:
    """Return whether an amount under a topic is another figure: for months, of the past, wished for."""
    before, after = part.text[: match.start()], part.text[match.end() :]
    if (
        any(pattern.search(before) for pattern in _OTHER_BEFORE)
        or any(pattern.match(after) for pattern in _OTHER_BEHIND)
        or _FROM_TO.match(after)
        or (_FROM.search(before) and not _UP_TO.match(after))
        or (name != "debt" and _AT_LEAST.match(after))
        or (name != "debt" and _BORROWED.match(after))
        or (name != "cash" and _BELOW.match(after))
        or (name in _A_MONTH and any(pattern.search(before) for pattern in _NO_MONTH))
    ):
        return True
    past = _PAST.search(before) is not None and not _NOWADAYS.search(before)
    other: object = False
    match name:
        case "rent_monthly":
            other = past or _SOLD.match(after)
        case "income_monthly":
            other = past or any(pattern.match(after) for pattern in (_WAS_ONCE, _PAID_OUT, _DEDUCTED))
        case "cost_monthly":
            sent_here = "仕送り" in before and _SENT_HERE.match(after)
            once = not PAID_MONTHLY.search(before) and _ONCE.match(after)
            other = "渡" in before or sent_here or once or _PRICE.match(after)
        case "support_payment" | "cash":
            other = _WAS_ONCE.match(after)
        case "debt":
            rest = passage.text[part.start + match.end() :]
            other = _WANTED.search(after) or _SETTLED.match(rest)
    return bool(other)


def _ten_thousands(passage: Passage, part: PassageClause, match: re.Match[str]) -> int | None:
    """Return the yen of a bare number where 万 goes without saying (カードで三十, 手取り14とか)."""
    count = parse_number(match["number"]) if match["yen"] is None else None
    if count is None or not _MIN_TEN_THOUSANDS <= count <= _MAX_TEN_THOUSANDS:
        return None
    before, after = part.text[: match.start()], part.text[match.end() :]
    if not _UNIT_LEFT_OUT.match(after) or _ONE_OF_TWO.match(after):
        return None
    asked = (
        passage.answers(part)
        and topic_asked(passage) in ("debt", "income_monthly")
        and not _COUNTS_ELSE.search(passage.asked.text)
    )
    named = _SUM_OF.search(before) or (asked and _SUM_ANSWERED.search(before))
    return count * 10000 if named else None


def yen_of(match: re.Match[str]) -> int | None:
    """Return the yen an amount names; without 円 it needs 万 or 千."""
    number = re.sub("と、?", "", match["number"]).rstrip(",.")
    if match["yen"] is None and not _LARGE.search(number):
        return None
    value = parse_number(number)
    if value is None or value < _MIN_YEN:
        return None
    if match["half"]:
        return value + (5000 if number.endswith("万") else 500)
    if match["yen"] is None and _SHORT_THOUSANDS.search(number):
        return value - value % 10 + value % 10 * 1000
    return value
