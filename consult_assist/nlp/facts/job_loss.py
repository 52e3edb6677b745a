"""When work was lost, and whether there is other work now."""

import re
from collections.abc import Iterator

from consult_assist.counter.mishearings import MISHEARD, heard, misheard
from consult_assist.japanese.numerals import parse_number
from consult_assist.nlp.facts.dates import DATE, MONTH_AND_DAY, MONTHS_AHEAD, WHEN, iso_date, months_until
from consult_assist.nlp.facts.jobs import JOB, JOB_WORDS, is_past
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause

_BY_CALENDAR = (
    r"(?:(?:去年|昨年|今年|おととし|一昨年)の)?"
    r"(?:年末|年始|年明け|お?盆明け|お盆|(?:大型)?連休明け|年度末)"
)
_TIME = re.compile(rf"(?:{_BY_CALENDAR}|先々週(?:の[月火水木金土日]曜日?)?|{WHEN.pattern})", re.VERBOSE)
"""When work ends, as people say it: 年末, 先々週, and what else they say of days."""
_QUIT = r"(?:(?:辞め|やめ)さ(?:せら|さ)れ|辞め|やめ)"
_LOST = re.compile(
    rf"""
      # 仕事が急になくなって; 会社を去年の暮れで辞めました; 店を畳みました
      (?:
          仕事 | 会社 | 工場 | (?<![アデ])パート | 勤め先 | 勤めていた会社 | 職場 | バイト
        | アルバイト | 派遣 | 店 | 契約
      )
      (?:
        が | を | も | に | 、 | は | の(?:ほう|契約)[がを] | 先[がを] | から
      )?
      (?:
          急に | 突然 | もう | 先月 | 去年 | 昨年 | コロナで
        | [0-9一二三四五六七八九十]+年前に?
        | [0-9一二三四五六七八九十]+月[^、。]{{0,4}}
      ){{0,3}}
      (?:[^、。]{{0,4}}で)?
      (?:
          (?:辞め|やめ)さ(?:せら|さ)れ
        | 辞め(?:て(?!も|い?な)|(?:まし)?た(?!い|ら|く|ほう|方))
        | (?:辞め|やめ)ちゃ(?:って|った(?!ら)|いまし)
        | やめ(?:て(?!も|い?な)|(?:まし)?た(?!い|ら|く|ほう|方))
        | クビ | くび | 首に | 解雇 | 切られ
        | なくな(?:っ|り)(?!そう|たら)
        | 失っ | 失い | 倒産し(?!そう) | つぶれ(?:て|た|まし) | 潰れ(?:て|た|まし)
        | 雇い止め | 閉め(?:まし|た(?!い|ら))
        | (?:畳|たた)(?:みまし|んだ(?!ら))
        | 打ち切ら | 退職し | 満了
      )
    # told without the word for work
    | {misheard("店")}を{heard("閉め")}まし
    | 失業し(?:て|(?:まし)?た(?!ら))
    | 解雇(?:され|を(?:言い渡|通告|通知)され|になっ|になり)
      (?:て|(?:まし)?た(?!ら)|まし)
    | リストラ(?:され|にあ|で) | 雇い止めに(?:な|あ) | 派遣切り(?:に|で)
    | 退職し(?:て|(?:まし)?た(?!ら|い))
    | 定年(?:退職|で(?:辞|やめ)) | 失職し
    | クビにな(?:って|りまし|った(?!ら))
    | (?:仕事|会社)(?:が|を)?切られ
    """,
    re.VERBOSE,
)
_AT_WORK = re.compile(
    r"""
      仕事 | 勤め | 働[いきくか] | パート | バイト | 派遣 | 契約 | 社員 | 会社 | 職場
    | 工場 | スーパー | 店員 | 現場 | シフト | 時給 | 給料 | 上司 | 社長 | 店長 | 介護職
    | 試用期間 | 内定 | 離職 | 退職 | 失業 | 再雇用 | 事業 | [^、。がはをも]屋[をは]
    | 清掃 | 総菜 | 惣菜 | レジ | 厨房 | 運転手 | 警備
    """,
    re.VERBOSE,
)
_AS_WORK_ENDS = re.compile(
    rf".*(?:{heard('いっぱい')}で(?:辞め|やめ)|辞め|解雇|クビ|雇い止め|契約切れ|契約終了|退職|倒産|廃業)"
)
"""6月いっぱいでやめました, 4月に辞めて: so people speak of work without naming it."""
_WHAT = re.compile(r"(?P<what>[^、。がはをもので]{1,8})[がはをも]")
_SELF = re.compile(r"それ|これ|もう|私|僕|俺|自分|わし|今|期間|任期|更新")
_OTHER_ENDS = re.compile(
    r"""
    (?:
        学校 | 高校 | 大学 | 中学 | 塾 | 部活 | たばこ | タバコ | 煙草 | 酒 | ギャンブル
      | パチンコ | 運転 | 習い事 | デイ | サービス | 薬 | 治療 | 手当 | 保険 | 支給 | 年金
      | 給付 | 受給 | 付き合い | 電気 | ガス | 水道 | 電話 | 携帯 | スマホ | 部屋 | 家賃 | 賃貸
    )
    [^。]{0,12}$
    """,
    re.VERBOSE,
)
_NOT_RENEWED = re.compile(
    r"""
    更新(?:は|を|も)?、?
    (?:
        しない(?:と|って|から) | され(?:な|ませ|ず)
      | してもら(?:えな|えませ|えず)
      | でき(?:なかっ|ませんでし)
      | (?:は)?(?:なし|ない)(?:と|って)
    )
    """,
    re.VERBOSE,
)
_CONTRACT = re.compile(r"契約|派遣|嘱託|パート|期間(?:社員|工|雇用)|任期|臨時|会計年度")
_STILL = re.compile(r"週に?、?[1-5一二三四五](?:日|回)|シフト|仕事が減|半分(?:に|だけ)")
"""仕事がなくなって、週に3日だけ: less work is not lost work."""
_NOT_YET = re.compile(
    r"""
      (?:
        辞め | やめ | 退職し | クビにな | 解雇され | 失業し | なくな
      )
      (?:
          たい | よう | そう | るか | るつもり | なきゃ | なければ | たら | れば | ないで
        | っても | りそう | り?たく | ざるを | ろと | るよう | ることに | る予定
      )
    | 辞めさせられそう | (?:もし|仮に)
    """,
    re.VERBOSE,
)
_ONLY_AWAY = re.compile(r"行けなくな|通えなくな|できなくな|出られなくな")
_N = r"[0-9〇一二三四五六七八九十]+"
_MONTH = re.compile(rf"({_N})月")
_NEXT = re.compile(r"来[年月週春]の?$")
_NOW_OR_LATER = re.compile("[来再]月|来年|今月|今週")
_YEARS_BACK = re.compile("[去昨]年|おととし")
_OVER = re.compile("でし|だった|なっ")
"""でした, だった, になった: it is over already."""
_UNTIL = re.compile(r"から|まで")
_ENDED = re.compile(
    rf"""
    (?P<when>{_TIME.pattern})(?:付け?)?
    (?:
        (?:で|に|を最後に|をもって)、?[^、。]{{0,6}}?
      | 、?(?=辞め|やめ|退職|クビ|つぶれ|潰れ|閉ま|倒産|終わ|切られ)
    )
    (?:
        (?:
            (?:辞め|やめ)さ(?:せら|さ)れ | 辞め | やめ | 切られ | 退職し | 退社し | 離職し
          | 終わっ | 終わり | 終了し | 切れ | つぶれ
          | 潰れ | 畳ん | 畳み | たたん | たたみ | 閉まっ | 閉まり | 倒産し | 満了し | クビにな(?:っ|り)
        )
        (?:まし)?
        (?:
          [ただ](?!い|ら|く|ほう|方) | [てで](?!も|い?な|ほし|くれ)
        )
      | (?P<plain>
          (?:終わり|おしまい|満了|退職|解雇|雇い止め|契約切れ|契約終了|倒産|閉店|廃業|更新なし|クビ|くび)
          (?:
            です | でし[たて] | だっ?た? | で、 | になって | になりまし
          | ばい | たい | や[。、でっ] | や$ | じゃ[。、] | よ[。、] | 。 | $
          )
        )
    )
    """,
    re.VERBOSE,
)
"""6月いっぱいで辞めました: what was left is told by the question or by other words."""
_ANSWERED_WHEN = re.compile(
    rf"[、。 ]*(?:はい|えー?っ?と|ええと|たしか|確か|あの)?[、。 ]*(?P<when>{_TIME.pattern})",
    re.VERBOSE,
)
_LOST_WHEN = re.compile(
    rf"""
    (?:
        (?P<surely>
            {_QUIT} | クビになっ | 解雇され | 退職し | 退社し | 離職し | 失業し | 切られ | 雇い止めになっ
        )
      | 契約が切れ | 満了し | 終わっ | つぶれ | 潰れ
    )
    (?:まし)?た[のん][はが]、?(?:たしか|確か)?、?(?P<when>{_TIME.pattern})
    """,
    re.VERBOSE,
)
"""辞めたのが、3月の末です."""
_WORKED_UNTIL = re.compile(
    rf"""
    (?P<when>{_TIME.pattern})まで、?[^。]{{0,16}}?
    (?:
        (?:{JOB_WORDS}|社員|工場|店員|警備|運転手)
        (?:でし[たて]|だった|として働いて(?:い)?まし|。)
      | (?:働いて|勤めて|雇われて)(?:い)?(?:た|まし)
    )
    """,
    re.VERBOSE,
)
"""先月まで工場で働いてました."""
_TIME_AFTER = re.compile(
    rf"[^、。]{{0,6}}[、。](?P<when>{_TIME.pattern})(?:です|に(?=[。]|$))?(?:[。、]|$)", re.VERBOSE
)
"""会社がつぶれました、10月の5日."""
_YEAR_AFTER = re.compile(r"[^。]{0,10}、(?P<era>令和|平成)(?P<year>[0-9元]{1,2})年の?(?:[。、]|$)")
"""6月30日で解雇です、令和8年の."""
_IN_A_DATE = ("月", "末", "いっぱい")
"""What of a time is mended in the value: 8つきの添え → 8月の末."""


def _lost(part: PassageClause) -> re.Match[str] | None:
    match = _LOST.search(part.text)
    if match is None or _NOT_YET.search(part.text) or _ONLY_AWAY.search(part.text):
        return None
    return match


def tells_of_loss(part: PassageClause) -> bool:
    """Return whether a clause says that work is lost, or will not go on."""
    return _lost(part) is not None or _NOT_RENEWED.search(part.text) is not None


def _is_less(passage: Passage, part: PassageClause) -> bool:
    """Return whether the sentence tells of less work, which is not lost."""
    rest = passage.text[part.end : part.end + 20].partition("。")[0]
    return _STILL.search(part.text + rest) is not None


def find_job_loss(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    """Yield when work was lost, and that there is none now unless another is told of."""
    own = max(part.start, passage.since), part.end
    is_asked = "job_lost" in passage.asked.kinds and passage.answers(part)
    if is_asked and (answer := _ANSWERED_WHEN.match(passage.text, *own)):
        yield _lost_at(passage, answer)
    elif hit := _told_by_its_time(passage, part):
        yield _lost_at(passage, hit)
        if not (JOB.search(passage.text, hit.end(), part.end) or has_another(passage, part)):
            yield FoundFact("employment", "無職", hit.start(), hit.end("when"))
    elif (match := _lost(part)) and part.start + match.end() > passage.since:
        if "なくな" in match.group() and _is_less(passage, part):
            return
        denied = part.negated_after(part.start + match.end() - 1, passage.tokens)
        if not denied or "なくな" in match.group():
            yield from _loss_told(passage, part, match)
    else:
        yield from _ended(passage, part)


def _told_by_its_time(passage: Passage, part: PassageClause) -> re.Match[str] | None:
    """Return where the time of the loss is told after it (辞めたのが3月末), or as the end of the work."""
    own = max(part.start, passage.since), part.end
    of_work = _AT_WORK.search(passage.text, passage.since)
    hit = _LOST_WHEN.search(passage.text, *own)
    if hit and (hit["surely"] or of_work) and not _OTHER_ENDS.search(passage.text[own[0] : hit.start()]):
        return hit
    until = _WORKED_UNTIL.search(passage.text, own[0], passage.full_stop(part))
    return until if until and until.start() < own[1] else None


def _ended(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    """Yield the end of work that is told without its word, where the talk is of work."""
    is_asked = passage.asked.kinds & {"employment", "job_lost"} and passage.answers(part)
    own = passage.text[passage.since :]
    match = _ENDED.search(part.text, max(0, passage.since - part.start))
    if (
        match
        and (is_asked or _AT_WORK.search(own) or _AS_WORK_ENDS.match(match.group()))
        and not _is_open(passage, part, match)
    ):
        start, end = part.span(match, "when", "when")
        value = _whole_date(passage, start, end) or _as_said(match["when"])
        yield FoundFact("job_lost", value, start, end)
        if not has_another(passage, part):
            yield FoundFact("employment", "無職", start, end)
        return
    match = _NOT_RENEWED.search(part.text)
    if not match or not _CONTRACT.search(own):
        return
    if not has_another(passage, part):
        yield FoundFact("employment", "無職", *part.span(match))


def _is_open(passage: Passage, part: PassageClause, match: re.Match[str]) -> bool:
    """Return whether it is another's end, that of something else, or one that is yet to come."""
    before = part.text[: match.start()]
    what = _WHAT.search(before)
    of_else = what is not None and not (_AT_WORK.search(what["what"]) or _SELF.search(what["what"]))
    if of_else or _OTHER_ENDS.search(before) or _NOT_YET.search(part.text) or _NEXT.search(before):
        return True
    if _NOW_OR_LATER.search(match["when"]):
        return match["plain"] is not None
    return _is_plan(passage, match)


def _is_plan(passage: Passage, match: re.Match[str]) -> bool:
    """Return whether a bare month may be one to come (12月で終わりです, said in autumn)."""
    if not match["plain"] or _OVER.search(match["plain"]) or _YEARS_BACK.search(match["when"]):
        return False
    named = _MONTH.search(match["when"])
    month = parse_number(named[1]) if named else None
    if not month or not passage.held_on:
        return False
    return months_until(month, passage.held_on) <= MONTHS_AHEAD


def has_another(passage: Passage, part: PassageClause) -> bool:
    """Return whether work that goes on is told of later (今はパートです)."""
    return any(
        (job := JOB.search(other.text))
        and other.stated
        and not (_LOST.search(other.text) or is_past(other, job))
        for other in passage.parts
        if passage.own(other) and other.end > part.end
    )


def _lost_at(passage: Passage, found: re.Match[str]) -> FoundFact:
    start, end = found.span("when")
    return FoundFact("job_lost", _whole_date(passage, start, end) or _as_said(found["when"]), start, end)


def _whole_date(passage: Passage, start: int, end: int) -> str | None:
    """Return the day in ISO form where its year is told with it, right behind it, or when it is repeated."""
    said = MONTH_AND_DAY.search(passage.text, start, end + 4)
    if said is None:
        return None
    whole = [
        value
        for hit in DATE.finditer(passage.text, passage.since)
        if hit["day"] and (value := iso_date(hit.groupdict(), passage.held_on)) and _same_day(value, said)
    ]
    if whole:
        return whole[0]
    year = _YEAR_AFTER.match(passage.text, said.end())
    text = f"{year['era']}{year['year']}年{said.group()}" if year else ""
    told = DATE.match(text)
    return iso_date(told.groupdict(), passage.held_on) if told else None


def _same_day(value: str, said: re.Match[str]) -> bool:
    month, day = map(parse_number, said.groups())
    return month is not None and day is not None and value[5:] == f"{month:02}-{day:02}"


def _loss_told(passage: Passage, part: PassageClause, match: re.Match[str]) -> Iterator[FoundFact]:
    """Yield what a sentence that tells of the loss itself states."""
    start, end = part.span(match)
    whole = DATE.search(part.text[: match.end()])
    if whole and (value := iso_date(whole.groupdict(), passage.held_on)):
        yield FoundFact("job_lost", value, *part.span(whole))
    elif when := _when(part, match):
        value_of = _whole_date(passage, *part.span(when)) or _as_said(when.group())
        yield FoundFact("job_lost", value_of, min(part.span(when)[0], start), end)
    elif after := _TIME_AFTER.match(passage.text, end):
        yield _lost_at(passage, after)
    if not has_another(passage, part):
        yield FoundFact("employment", "無職", start, end)


def _when(part: PassageClause, match: re.Match[str]) -> re.Match[str] | None:
    times = [
        hit for hit in _TIME.finditer(part.text[: match.end()]) if not _UNTIL.match(part.text, hit.end())
    ]
    return times[-1] if times else None


def _as_said(when: str) -> str:
    for word in _IN_A_DATE:
        for misheard_word in MISHEARD[word]:
            when = when.replace(misheard_word, word)
    return when
