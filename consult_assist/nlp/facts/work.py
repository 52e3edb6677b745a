"""Facts about work: what kind one has, and when it was lost."""

import re
from collections.abc import Iterator

from consult_assist.japanese.numerals import parse_number
from consult_assist.nlp.facts.dates import DATE, WHEN, iso_date
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause
from consult_assist.nlp.facts.work_answers import find_answers

_JOBS = {
    "パート": "パート", "アルバイト": "アルバイト", "バイト": "アルバイト", "派遣": "派遣",
    "はけん": "派遣",
    "正社員": "正社員", "契約社員": "契約社員", "嘱託": "嘱託", "自営業": "自営", "自営": "自営",
    "自営業者": "自営",
    "フリーランス": "自営", "個人事業主": "自営", "個人事業": "自営", "日雇い": "日雇い",
    "会社員": "会社員",
    "非常勤": "非常勤", "公務員": "公務員", "内職": "内職", "一人親方": "自営",
}  # fmt: skip
_JOB = re.compile(
    rf"(?<![アデ])(?P<job>{'|'.join(sorted(_JOBS, key=len, reverse=True))})(?:の仕事|社員|さん)?"
    r"(?:を(?:始め|はじめ)(?:まし)?た(?!い)|です|でして|として|に[^、。]{0,6}?(?:出て"
    r"|行って|行き)|[でを][^、。]{0,10}?(?:働い|働き|はたら|勤め|つとめ|やっ|して"
    r"|し(?!たい|よう|ろ)|続け|行って)"
    r"|勤め|で(?=[、月手。]|$)|[はも]し(?:て(?:い)?(?:ます|て|る|$)|とる)|の掛け持ち|を掛け持ち|だけ(?:で|な)|なん(?:です|で)|なので|だから"
    r"|(?:を)?やって(?:い)?(?:ます|て|る)|をしなが|して(?:い)?(?:ます|て|る)|の(?:収入|給料|月給))"
)
_OWN_SHOP = re.compile(
    r"(?:自分で|一人で|夫婦で)?(?:店|お店|会社|商売|事業|食堂|美容室|居酒屋|工務店|農業)を、?(?:夫婦で|一人で|家族で)?、?(?:始めた"
    r"|始めて|やって(?:い)?(?:ます|て|る|おり)|営んで|経営し"
    r"|立ち上げ(?:た|て))"
    r"|(?:(?<![^、。 ])|うちは|私は|わたしは)(?:農家|百姓)"
    r"(?:なん[でだ]|です|をして(?:い?ま|い?る|おり)|をやって)"
    r"|フリーで[^、。]{0,10}(?:やって|して)(?:い?ま|い?る|い?て|おり)"
    r"|個人でやって(?:い?ま|い?る|い?て|おり)"
    r"|個人で[^、。]{0,10}(?:仕事|商売|運送|配達|大工|左官)[^、。]{0,6}(?:して(?:い?ま|い?る|おり)|やって(?:い?ま|い?る|おり))"
)
_ON_LEAVE = re.compile(
    r"(?P<leave>休職|育休|育児休業|産休|介護休業)(?:中|させてもら(?:って|い)|して(?!い?た)"
    r"|し(?:まし)?た(?!い|ら|ほう|方)|に入(?:って|り)|を?取って)(?!の(?:社員|従業員|職員|方|人|者))"
    r"|(?<!日は)(?<!曜は)(?<!末は)(?P<away>(?:仕事|会社)[をは]?、?(?:ずっと|今|今は|もう)?、?休んで(?:い?ます|い?る(?!日|とき|時)|いて|おり))"
)
_FOR_A_DAY = re.compile(r"今日|きょう|本日|昨日|きのう|明日|あした|今朝|午[前後]|曜|風邪|有[給休]")
"""今日、仕事を休んでいるんです: no leave."""
_LEAVES = {"育児休業": "育休"}

_NO_JOB = re.compile(
    r"無職(?!の方|の人|に(?:な(?:る|った(?:ら|場合)|りそう|りたく)))|失業(?:中|してい?(?:ます|て|る)"
    r"|し(?:まし)?た(?!ら))|求職中|専業主婦"
    r"|主婦(?=です|なので|なんで)|仕事(?:は|を|も|が)?(?:今は?|まだ)?(?:して|やって|ない|あり|就いて"
    r"|見つ|に就い)"
    r"|働いて"
)
_DAY_OFF = re.compile(
    r"(?:です|ん|の)?(?:から|ので|で)?、?(?:大丈夫|平気|来(?:られ|れ|ます)|行け|行きます|空い|いつでも)"
)
"""金曜は仕事ないから、大丈夫 tells of that day."""
_BACK_THEN = re.compile(r"(?:その|あの)(?:とき|時|頃|ころ)|当時")
_LOST = re.compile(
    r"(?:仕事|会社|工場|(?<![アデ])パート|勤め先|勤めていた会社|職場|バイト|アルバイト|派遣|店|契約)(?:が"
    r"|を|も|に|、"
    r"|は|の(?:ほう|契約)[がを]|先[がを]|から)?(?:急に|突然"
    r"|もう|先月|去年|昨年|コロナで|[0-9一二三四五六七八九十]+年前に?|[0-9一二三四五六七八九十]+月[^、。]{0,4}){0,3}(?:[^、。]{0,4}で)?"
    r"(?:辞めさせられ|やめさせられ|辞め(?:て(?!も|い?な)|(?:まし)?た(?!い|ら|く|ほう|方))|(?:辞め|やめ)ちゃ(?:って|った(?!ら)|いまし)|やめ(?:て(?!も|い?な)"
    r"|(?:まし)?た(?!い|ら|く|ほう|方))|クビ"
    r"|くび|首に|解雇|切られ|なくな(?:っ|り)(?!そう|たら)|失っ|失い|倒産し(?!そう)|つぶれ(?:て|た"
    r"|まし)|潰れ(?:て|た|まし)|雇い止め|閉め(?:まし|た(?!い|ら))|(?:畳|たた)(?:みまし|んだ(?!ら))|打ち切ら|退職し|満了)"
    r"|(?:見せ|みせ)を(?:閉め|締め|しめ)まし|失業し(?:て|(?:まし)?た(?!ら))|解雇(?:され"
    r"|を(?:言い渡|通告|通知)され|になっ|になり)(?:て|(?:まし)?た(?!ら)|まし)|リストラ(?:され|にあ|で)"
    r"|雇い止めに(?:な|あ)|派遣切り(?:に|で)"
    r"|退職し(?:て|(?:まし)?た(?!ら|い))|定年(?:退職|で(?:辞|やめ))|失職し|クビにな(?:って|りまし"
    r"|った(?!ら))|(?:仕事|会社)(?:が|を)?切られ"
)
_AT_WORK = re.compile(
    r"仕事|勤め|働[いきくか]|パート|バイト|派遣|契約|社員|会社|職場|工場|スーパー|店員|現場|シフト|時給|給料|上司|社長|店長|介護職"
    r"|清掃|総菜|惣菜|レジ|厨房|運転手|警備"
)
_AS_WORK_ENDS = re.compile(r".*(?:いっぱい|[1一]杯)で(?:辞め|やめ)")
"""6月いっぱいで辞めました: so people speak of work without naming it."""
_WHAT = re.compile(r"(?P<what>[^、。がはをもので]{1,8})[がはをも]")
_SELF = re.compile(r"それ|これ|もう|私|僕|俺|自分|わし|今|期間|任期|更新")
_OTHER_ENDS = re.compile(
    r"(?:学校|高校|大学|中学|塾|部活|たばこ|タバコ|煙草|酒|ギャンブル|パチンコ|運転|習い事|デイ|サービス|薬|治療|手当|保険|支給|年金"
    r"|給付|受給|付き合い)[^。]{0,12}$"
)
_NOT_RENEWED = re.compile(
    r"更新(?:は|を|も)?、?(?:しない(?:と|って|から)|され(?:な|ませ|ず)|してもら(?:えな|えませ|えず)|でき(?:なかっ|ませんでし)"
    r"|(?:は)?(?:なし|ない)(?:と|って))"
)
_CONTRACT = re.compile(r"契約|派遣|嘱託|パート|期間(?:社員|工|雇用)|任期|臨時|会計年度")
_STILL = re.compile(r"週に?、?[1-5一二三四五](?:日|回)|シフト|仕事が減|半分(?:に|だけ)")
"""仕事がなくなって、週に3日だけ: less work is not lost work."""
_NOT_YET = re.compile(
    r"(?:辞め|やめ|退職し|クビにな|解雇され|失業し|なくな)(?:たい|よう|そう|るか|るつもり|なきゃ"
    r"|なければ|たら|れば|ないで|っても|りそう|り?たく|ざるを|ろと"
    r"|るよう|ることに|る予定)|辞めさせられそう|(?:もし|仮に)"
)
_ONLY_AWAY = re.compile(r"行けなくな|通えなくな|できなくな|出られなくな")
_N = r"[0-9〇一二三四五六七八九十]+"
_ENDED = re.compile(
    rf"(?P<when>{WHEN.pattern})(?:付け?)?(?:(?:で|に|を最後に|をもって)、?[^、。]{{0,6}}?|、?(?=辞め|やめ|退職|クビ|つぶれ|潰れ|閉ま|倒産))"
    rf"(?:(?:辞め|やめ|退職し|退社し|離職し|終わっ"
    r"|終わり|終了し|切れ|つぶれ|潰れ|閉まっ|閉まり|倒産し|満了し|クビにな(?:っ|り))(?:まし)?(?:た(?!い|ら|く|ほう|方)|て(?!も|い?な|ほし|くれ))"
    r"|(?P<plain>(?:終わり|おしまい|満了|退職|雇い止め|契約切れ)(?:です|でし[たて]|だっ?た?|で、|になって|になりまし)))"
)
"""6月いっぱいで辞めました: what was left is told by the question or by other words."""
_ANSWERED_WHEN = re.compile(
    rf"[、。 ]*(?:はい|えっと|ええと|たしか|確か|あの)?[、。 ]*(?P<when>{WHEN.pattern})"
)
_LOST_WHEN = re.compile(
    rf"(?:辞めさせられ|辞め|やめ|クビになっ|解雇され|退職し"
    rf"|失業し)(?:まし)?たのは[、]?(?P<when>{WHEN.pattern})"
)
_BY_SOUND = (
    ("つき", "月"),
    ("がつ", "月"),
    ("添え", "末"),
    ("すえ", "末"),
    ("1杯", "いっぱい"),
    ("一杯", "いっぱい"),
)
_WAS = re.compile(r"で、?[^。]{0,14}だった(?:ん|の)?(?:です)?(?:けど|が)")
"""日雇いで、現場だったんですけど tells of work that is over."""


def find_work(passage: Passage) -> Iterator[FoundFact]:
    """Yield the kind of work, and when the last one was lost."""
    for part in passage.parts:
        if part.stated and passage.own(part):
            then = passage.answers(part) and _BACK_THEN.search(passage.asked.text)
            for fact in (*_employment(passage, part), *_job_lost(passage, part)):
                if not (then and fact.name == "employment"):
                    yield fact
    if "employment" in passage.asked.kinds:
        own = [part for part in passage.parts if passage.own(part)]
        goes_on = any(_is_at_work(part) for part in own)
        yield from find_answers(
            passage, goes_on=goes_on, has_another=any(_has_another(passage, p) for p in own[:1])
        )


def _is_at_work(part: PassageClause) -> bool:
    """Return whether a clause names work that goes on."""
    job = _JOB.search(part.text)
    return job is not None and not _is_past(part, job)


def _employment(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    for leave in _ON_LEAVE.finditer(part.text):
        if leave["away"] and _FOR_A_DAY.search(part.text):
            continue
        if part.start + leave.start() >= passage.since:
            value = f"{_LEAVES.get(leave['leave'], leave['leave'] or '休職')}中"
            yield FoundFact("employment", value, part.start + leave.start(), part.start + leave.end())
    for job in _JOB.finditer(part.text):
        start = part.start + job.start()
        if start < passage.since or _is_past(part, job) or _is_denied(passage, part, job):
            continue
        behind = passage.text[part.start + job.end("job") :]
        if _lost(part) or _NOT_RENEWED.search(part.text) or _WAS.match(behind) or _is_wish(part, job):
            continue
        yield FoundFact("employment", _JOBS[job["job"]], start, part.start + job.end("job"))
        return
    match = _OWN_SHOP.search(part.text)
    over = match and re.match(
        r"い(?!ま)|(?:い|て)?(?:た(?:い|ん|こ)|ましたが)|けど", part.text[match.end() :]
    )
    if match and not over:
        yield FoundFact("employment", "自営", part.start + match.start(), part.start + match.end())
    else:
        yield from _without_work(passage, part)


def _without_work(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    match = _NO_JOB.search(part.text)
    if not match or part.start + match.end() <= passage.since:
        return
    word = match.group()
    bare = word.startswith(("無職", "失業", "求職", "専業", "主婦"))
    denied = part.negated_after(part.start + match.start(), passage.tokens)
    if re.match(r"でも|の(?:場合|方|人)|なら|だと", part.text[match.end() :]) or _DAY_OFF.match(
        passage.text, part.start + match.end()
    ):
        return
    if bare and not denied:
        value = "専業主婦" if "主婦" in word else "無職"
        yield FoundFact("employment", value, part.start + match.start(), part.start + match.end())
    elif not bare and denied and not re.search(r"あまり|ほとんど|だけ|しか|ばかり|長くは|まとも", part.text):
        yield FoundFact("employment", "無職", part.start + match.start(), part.start + match.end())


def _is_past(part: PassageClause, match: re.Match[str]) -> bool:
    after = part.text[match.end() :]
    before = part.text[: match.start()]
    if re.match(
        r"でした|(?:い|て)*(?:まし)?た(?:が|け|ん|の|時|とき|ころ|頃|会社|。|$)|だった|の?(?:とき|時"
        r"|頃|ころ)|を(?:辞|や)め",
        after,
    ):
        return True
    return bool(
        re.search(r"(?:前は|以前は?|昔は?|元々は?|去年まで|先月まで|まで(?:は)?)[^、。]{0,6}$", before)
    )


def _is_denied(passage: Passage, part: PassageClause, job: re.Match[str]) -> bool:
    """Return whether the work itself is denied: パートで、昼しか来られない denies something else."""
    told = job.group().endswith("で") and part.text.startswith("、", job.end())
    return not told and part.negated_after(part.start + job.start(), passage.tokens)


def _is_wish(part: PassageClause, match: re.Match[str]) -> bool:
    after = part.text[match.end("job") :]
    return (
        re.match(
            r"[^、。]{0,10}(?:たい|ようと|探し|ほし|欲し|始めよう|なろう|面接|応募|見つけ|なら"
            r"|でも(?:し|い)|とか)",
            after,
        )
        is not None
    )


def _lost(part: PassageClause) -> re.Match[str] | None:
    match = _LOST.search(part.text)
    if match is None or _NOT_YET.search(part.text) or _ONLY_AWAY.search(part.text):
        return None
    return match


def _is_less(passage: Passage, part: PassageClause) -> bool:
    """Return whether the sentence tells of less work, which is not lost."""
    last = re.split("。", passage.text[part.end :], maxsplit=1)[0]
    return _STILL.search(part.text + last[:20]) is not None


def _job_lost(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    """Yield when work was lost, and that there is none now unless another is told of."""
    own = max(part.start, passage.since), part.end
    is_asked = "job_lost" in passage.asked.kinds and passage.answers(part)
    if is_asked and (answer := _ANSWERED_WHEN.match(passage.text, *own)):
        yield _lost_at(answer)
    elif hit := _LOST_WHEN.search(passage.text, *own):
        yield _lost_at(hit)
        yield FoundFact("employment", "無職", hit.start(), hit.end("when"))
    elif (match := _lost(part)) and part.start + match.end() > passage.since:
        if "なくな" in match.group() and _is_less(passage, part):
            return
        denied = part.negated_after(part.start + match.end() - 1, passage.tokens)
        if not denied or "なくな" in match.group():
            yield from _loss_told(passage, part, match)
    else:
        yield from _ended(passage, part)


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
        start, end = part.start + match.start("when"), part.start + match.end()
        yield FoundFact("job_lost", _as_said(match["when"]), start, end)
        if not _has_another(passage, part):
            yield FoundFact("employment", "無職", start, end)
        return
    match = _NOT_RENEWED.search(part.text)
    if not match or not _CONTRACT.search(own):
        return
    if not _has_another(passage, part):
        yield FoundFact("employment", "無職", part.start + match.start(), part.start + match.end())


def _is_open(passage: Passage, part: PassageClause, match: re.Match[str]) -> bool:
    """Return whether it is another's end, that of something else, or one that is yet to come."""
    before = part.text[: match.start()]
    what = _WHAT.search(before)
    if (
        _OTHER_ENDS.search(before)
        or _NOT_YET.search(part.text)
        or re.search(r"来[年月週春]の?$", before)
        or (what is not None and not _AT_WORK.search(what["what"]) and not _SELF.search(what["what"]))
    ):
        return True
    if re.search("[来再]月|来年|今月|今週", match["when"]):
        return match["plain"] is not None
    ahead = None if re.search("[去昨]年|おととし", match["when"]) else re.search(rf"({_N})月", match["when"])
    month = parse_number(ahead[1]) if ahead else None
    if match["plain"] and not re.search("でし|だった|なっ", match["plain"]) and month and passage.held_on:
        return (month - passage.held_on.month) % _MONTHS <= _MONTHS_AHEAD
    return False


_MONTHS = 12
_MONTHS_AHEAD = 3
"""12月で終わりです, said in autumn, is a plan."""


def _has_another(passage: Passage, part: PassageClause) -> bool:
    """Return whether work that goes on is told of later (今はパートです)."""
    return any(
        (job := _JOB.search(other.text))
        and other.stated
        and not (_LOST.search(other.text) or _is_past(other, job))
        for other in passage.parts
        if passage.own(other) and other.end > part.end
    )


def _lost_at(found: re.Match[str]) -> FoundFact:
    return FoundFact("job_lost", _as_said(found["when"]), *found.span("when"))


def _loss_told(passage: Passage, part: PassageClause, match: re.Match[str]) -> Iterator[FoundFact]:
    """Yield what a sentence that tells of the loss itself states."""
    start, end = part.start + match.start(), part.start + match.end()
    whole = DATE.search(part.text[: match.end()])
    if whole and (value := iso_date(whole, passage.held_on)):
        yield FoundFact("job_lost", value, part.start + whole.start(), part.start + whole.end())
    elif when := _when(part, match):
        yield FoundFact("job_lost", _as_said(when.group()), min(part.start + when.start(), start), end)
    if not _has_another(passage, part):
        yield FoundFact("employment", "無職", start, end)


def _when(part: PassageClause, match: re.Match[str]) -> re.Match[str] | None:
    times = [
        hit
        for hit in WHEN.finditer(part.text[: match.end()])
        if not re.match(r"から|まで", part.text[hit.end() :])
    ]
    return times[-1] if times else None


def _as_said(when: str) -> str:
    for sound, sign in _BY_SOUND:
        when = when.replace(sound, sign)
    return when
