"""Facts about work: what kind one has, and whether it goes on; how it was lost tells `job_loss`."""

import re
from collections.abc import Iterator

from consult_assist.nlp.facts.job_loss import find_job_loss, has_another, tells_of_loss
from consult_assist.nlp.facts.jobs import JOB, JOBS, is_at_work, is_past
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause
from consult_assist.nlp.facts.whose import is_of_the_home
from consult_assist.nlp.facts.work_answers import find_answers

_OWN_SHOP = re.compile(
    r"""
      # 夫婦で食堂をやっています
      (?:自分で|一人で|夫婦で)?
      (?:
        店 | お店 | 会社 | 商売 | 事業 | 食堂 | 美容室 | 居酒屋 | 工務店 | 農業
      )
      を、?(?:夫婦で|一人で|家族で)?、?
      (?:
          始めた | 始めて
        | やって(?:い)?(?:ます|て|る|おり)
        | 営んで | 経営し | 立ち上げ(?:た|て)
      )
    # うちは農家なんです
    | (?:(?<![^、。 ])|うちは|私は|わたしは)(?:農家|百姓)
      (?:
        なん[でだ] | です | をして(?:い?ま|い?る|おり) | をやって
      )
    # フリーでデザインをやっています; 個人で運送の仕事をしています
    | フリーで[^、。]{0,10}(?:やって|して)(?:い?ま|い?る|い?て|おり)
    | 個人でやって(?:い?ま|い?る|い?て|おり)
    | 個人で[^、。]{0,10}(?:仕事|商売|運送|配達|大工|左官)[^、。]{0,6}
      (?:
        して(?:い?ま|い?る|おり) | やって(?:い?ま|い?る|おり)
      )
    """,
    re.VERBOSE,
)
_ON_LEAVE = re.compile(
    r"""
      # 育休中; 休職しました; 産休に入って
      (?P<leave>休職|育休|育児休業|産休|介護休業)
      (?:
          中 | させてもら(?:って|い) | して(?!い?た)
        | し(?:まし)?た(?!い|ら|ほう|方)
        | に入(?:って|り) | を?取って
      )
      (?!の(?:社員|従業員|職員|方|人|者))
    # 仕事をずっと休んでいます
    | (?<!日は)(?<!曜は)(?<!末は)
      (?P<away>
        (?:仕事|会社)[をは]?、?(?:ずっと|今|今は|もう)?、?休んで
        (?:い?ます|い?る(?!日|とき|時)|いて|おり)
      )
    """,
    re.VERBOSE,
)
_FOR_A_DAY = re.compile(r"今日|きょう|本日|昨日|きのう|明日|あした|今朝|午[前後]|曜|風邪|有[給休]")
"""今日、仕事を休んでいるんです: no leave."""
_LEAVES = {"育児休業": "育休"}
_NO_JOB = re.compile(
    r"""
      無職(?!の方|の人|に(?:な(?:る|った(?:ら|場合)|りそう|りたく)))
    | 失業(?:中|してい?(?:ます|て|る)|し(?:まし)?た(?!ら))
    | 求職中 | 専業主婦 | 主婦(?=です|なので|なんで)
    | 仕事(?:は|を|も|が)?(?:今は?|まだ)?
      (?:して|やって|ない|あり|就いて|見つ|に就い)
    | 働いて
    """,
    re.VERBOSE,
)
_DAY_OFF = re.compile(
    r"""
    (?:です|ん|の)?(?:から|ので|で)?、?
    (?:
      大丈夫 | 平気 | 来(?:られ|れ|ます) | 行け | 行きます | 空い | いつでも
    )
    """,
    re.VERBOSE,
)
"""金曜は仕事ないから、大丈夫 tells of that day."""
_IF_WITHOUT = re.compile(r"でも|の(?:場合|方|人)|なら|だと")
_LITTLE_WORK = re.compile(r"あまり|ほとんど|だけ|しか|ばかり|長くは|まとも")
"""あまり仕事をしていない: there is some."""
_WISHED = re.compile(
    r"""
    [^、。]{0,10}
    (?:
        たい | ようと | 探し | ほし | 欲し | 始めよう | なろう | 面接 | 応募 | 見つけ | なら
      | でも(?:し|い) | とか
    )
    """,
    re.VERBOSE,
)
_SHOP_OVER = re.compile(r"い(?!ま)|(?:い|て)?(?:た(?:い|ん|こ)|ましたが)|けど")
"""店をやっていたんですが: it is over, or only wished for."""
_BACK_THEN = re.compile(r"(?:その|あの)(?:とき|時|頃|ころ)|当時")
_WAS = re.compile(r"で、?[^。]{0,14}だった(?:ん|の)?(?:です)?(?:けど|が)")
"""日雇いで、現場だったんですけど tells of work that is over."""


def find_work(passage: Passage) -> Iterator[FoundFact]:
    """Yield the kind of work, and when the last one was lost."""
    for part in passage.stated_clauses():
        then = passage.answers(part) and _BACK_THEN.search(passage.asked.text)
        for fact in (*_employment(passage, part), *find_job_loss(passage, part)):
            if not (then and fact.name == "employment"):
                yield fact
    if "employment" in passage.asked.kinds:
        own = [part for part in passage.parts if passage.own(part)]
        goes_on = any(is_at_work(part) for part in own)
        yield from find_answers(
            passage, goes_on=goes_on, has_another=any(has_another(passage, p) for p in own[:1])
        )


def _employment(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    for leave in _ON_LEAVE.finditer(part.text):
        if leave["away"] and _FOR_A_DAY.search(part.text):
            continue
        start, end = part.span(leave)
        if start >= passage.since:
            value = f"{_LEAVES.get(leave['leave'], leave['leave'] or '休職')}中"
            yield FoundFact("employment", value, start, end)
    for job in JOB.finditer(part.text):
        start, end = part.span(job, last="job")
        if start < passage.since or is_past(part, job) or _is_denied(passage, part, job):
            continue
        if tells_of_loss(part) or _WAS.match(passage.text, end) or _is_wish(part, job):
            continue
        fact = FoundFact("employment", JOBS[job["job"]], start, end)
        if is_of_the_home(passage, fact):
            yield fact
            return
    match = _OWN_SHOP.search(part.text)
    if match and not _SHOP_OVER.match(part.text, match.end()):
        yield FoundFact("employment", "自営", *part.span(match))
    else:
        yield from _without_work(passage, part)


def _without_work(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    match = _NO_JOB.search(part.text)
    if not match:
        return
    start, end = part.span(match)
    if (
        end <= passage.since
        or _IF_WITHOUT.match(passage.text, end, part.end)
        or _DAY_OFF.match(passage.text, end)
    ):
        return
    said = match.group()
    denied = part.negated_after(start, passage.tokens)
    if said.startswith(("無職", "失業", "求職", "専業", "主婦")):
        value = None if denied else "専業主婦" if "主婦" in said else "無職"
    else:
        value = "無職" if denied and not _LITTLE_WORK.search(part.text) else None
    if value:
        yield FoundFact("employment", value, start, end)


def _is_denied(passage: Passage, part: PassageClause, job: re.Match[str]) -> bool:
    """Return whether the work itself is denied: パートで、昼しか来られない denies something else."""
    told = job.group().endswith("で") and part.text.startswith("、", job.end())
    return not told and part.negated_after(part.start + job.start(), passage.tokens)


def _is_wish(part: PassageClause, match: re.Match[str]) -> bool:
    return _WISHED.match(part.text, match.end("job")) is not None
