"""Facts about work: what kind one has, and whether it goes on; how it was lost tells `job_loss`."""

import re
from collections.abc import Iterator, Sequence

from consult_assist.nlp.facts.job_loss import find_job_loss, has_another, tells_of_loss
from consult_assist.nlp.facts.jobs import JOB, JOBS, is_at_work, is_past
from consult_assist.nlp.facts.own_business import find_own_business
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause
from consult_assist.nlp.facts.whose import is_of_the_home
from consult_assist.nlp.facts.work_answers import find_answers

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
    | 専業主婦 | 主婦(?=です|なので|なんで)
    | 仕事(?:は|を|も|が)?(?:今は?|まだ)?
      (?:して|され|なさって|やって|ない|あり|就いて|見つ|に就い)
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
_SEEKS = re.compile(
    r"""
        (?P<surely>求職中)(?!の|では|じゃ)
      | (?:(?:仕事|職|働き口|勤め口|次)(?:先|の仕事)?[をは]?、?(?:今|いま|ずっと)?、?|(?<![^、。]))
        (?:探し|さがし)
        (?: て(?:い?[るま]|おり|て) | と[るり] | 中 )
      | (?:ハローワーク|職安)(?:に|へ)?、?[^、。]{0,6}?通
        (?: って(?!た)(?:い?[るま]|て|おり|、|$) | っと[るり] )
    """,
    re.VERBOSE,
)
_AMOUNT = re.compile("[0-9一二三四五六七八九十]+[万千]")
_BACK_THEN = re.compile(r"(?:その|あの)(?:とき|時|頃|ころ)|当時")
_WAS = re.compile(r"で、?[^。]{0,14}だった(?:ん|の)?(?:です)?(?:けど|が)")
"""日雇いで、現場だったんですけど tells of work that is over."""


def find_work(passage: Passage) -> Iterator[FoundFact]:
    """Yield the kind of work, and when the last one was lost."""
    found: list[FoundFact] = []
    lost: list[FoundFact] = []
    for part in passage.stated_clauses():
        then = passage.answers(part) and _BACK_THEN.search(passage.asked.text)
        found += () if then else _employment(passage, part)
        lost += (fact for fact in find_job_loss(passage, part) if not (then and fact.name == "employment"))
    if "employment" in passage.asked.kinds:
        own = [part for part in passage.parts if passage.own(part)]
        goes_on = any(is_at_work(part) for part in own)
        another = any(has_another(passage, part) for part in own[:1])
        found += find_answers(passage, goes_on=goes_on, has_another=another)
    yield from found
    seeking = _seeking(passage, found, lost)
    yield from (fact for fact in lost if not seeking or fact.name != "employment")
    if seeking:
        yield seeking


def _seeking(passage: Passage, found: Sequence[FoundFact], lost: Sequence[FoundFact]) -> FoundFact | None:
    """Return that somebody out of work looks for some; who has work may look for other work as well."""
    out_of_work = not found and (lost or passage.asked.kinds & {"employment", "job_lost"})
    for part in passage.stated_clauses():
        for match in _SEEKS.finditer(part.text, max(0, passage.since - part.start)):
            if match["surely"] or out_of_work:
                return FoundFact("employment", "無職", *part.span(match))
    return None


def _employment(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    for leave in _ON_LEAVE.finditer(part.text):
        if leave["away"] and _FOR_A_DAY.search(part.text):
            continue
        start, end = part.span(leave)
        if start >= passage.since:
            value = _LEAVES.get(leave["leave"], leave["leave"] or "休職")
            yield FoundFact("employment", f"{value}中", start, end)
    for job in JOB.finditer(part.text):
        start, end = part.span(job, last="job")
        if start < passage.since or is_past(part, job) or _is_denied(passage, part, job):
            continue
        if tells_of_loss(part) or _WAS.match(passage.text, end):
            continue
        fact = FoundFact("employment", JOBS[job["job"]], start, end)
        if is_of_the_home(passage, fact):
            yield fact
            return
    if match := find_own_business(part.text):
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
    if said.startswith(("無職", "失業", "専業", "主婦")):
        value = None if denied else "専業主婦" if "主婦" in said else "無職"
    else:
        told = part.text[: match.end()] + part.text[match.end() :].partition("、")[0]
        value = "無職" if denied and not _LITTLE_WORK.search(told) else None
    if value:
        yield FoundFact("employment", value, start, end)


def _is_denied(passage: Passage, part: PassageClause, job: re.Match[str]) -> bool:
    """Return whether the work itself is denied; パートで、昼しか来られない denies something else."""
    told = job.group().endswith("で") and part.text.startswith("、", job.end())
    told = told or _AMOUNT.match(part.text, job.end()) is not None
    return not told and part.negated_after(part.start + job.start(), passage.tokens)
