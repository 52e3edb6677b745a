"""What people call the work they have, and whether it goes on."""

import re

from consult_assist.nlp.facts.passage import PassageClause

JOBS = {
    "パート": "パート", "アルバイト": "アルバイト", "バイト": "アルバイト", "派遣": "派遣", "はけん": "派遣",
    "派遣社員": "派遣",
    "正社員": "正社員", "契約社員": "契約社員", "嘱託": "嘱託", "自営業": "自営", "自営": "自営",
    "自営業者": "自営",
    "フリーランス": "自営", "個人事業主": "自営", "個人事業": "自営", "日雇い": "日雇い", "日払い": "日雇い",
    "会社員": "会社員",
    "非常勤": "非常勤", "公務員": "公務員", "内職": "内職", "一人親方": "自営",
}  # fmt: skip
JOB_WORDS = "|".join(sorted(JOBS, key=len, reverse=True))
JOB = re.compile(
    rf"""
    (?<![アデ])
    (?P<job>{JOB_WORDS})
    (?:の仕事|社員|さん)?
    # パートを始めました; 派遣で働いて; バイトの掛け持ち; パートだけなので; バイトが月に6万
    (?:
        を(?:始め|はじめ)(?:まし)?た(?!い)
      | です | でして | として
      | に[^、。]{{0,6}}?(?:出て|行って|行き)
      | [でを][^、。]{{0,10}}?
        (?:
            働い | 働き | はたら | 勤め | つとめ | やっ | して | し(?!たい|よう|ろ) | 続け
          | 行って
        )
      | 勤め | で(?=[、月手週。0-9一二三四五六七八九十]|時給|日給|$)
      | [がはの]?、?(?:月に?|手取りで?|時給)?、?(?=[0-9一二三四五六七八九十]+[万千])
      | (?P<became>に(?:して(?:もら[っい]|いただ)|変わ(?:り|っ)|切り?替え(?:て|まし)|なりまし))
      | (?=、(?:手取り|月給|月収|時給|日当|月に|週に?[1-7]|1か月))
      | [はも]して(?:い)?(?:ます|て|る|$)
      | の掛け持ち | を掛け持ち | だけ(?:で|な) | なん(?:です|で) | な(?:の|もん)で | だ(?:から|し)
      | や[。、でねわ]
      | (?:を)?やって(?:い)?(?:ます|て|る)
      | をしなが | して(?:い)?(?:ます|て|る) | の(?:収入|給料|月給)
    )
    """,
    re.VERBOSE,
)
_FOR_YEARS = re.compile(r"で、?[^、。]{0,6}(?:[0-9一二三四五六七八九十]+年|長年|ずっと)")
_WORKED_FOR_YEARS = re.compile(r"[^、。]{0,6}(?:い|働い|勤め|やって)(?:て(?:い)?)?(?:まし)?た")
_WORKED = re.compile(
    r"""
      でした
    | (?:い|て)*(?:まし)?た(?:が|け|ん|の|時|とき|ころ|頃|会社|。|$)
    | だった | の?(?:とき|時|頃|ころ) | を(?:辞|や)め
    """,
    re.VERBOSE,
)
_FORMERLY = re.compile(
    r"""
    (?:
        前は | 以前は? | 昔は? | 元々は? | (?<![時分半])まで(?:は)?
    )
    [^、。]{0,6}$
    """,
    re.VERBOSE,
)


def is_at_work(part: PassageClause) -> bool:
    """Return whether a clause names work that goes on."""
    job = JOB.search(part.text)
    return job is not None and not is_past(part, job)


def is_past(part: PassageClause, match: re.Match[str]) -> bool:
    """Return whether the work is told of as it once was (前はパートでした, 正社員で9年いました)."""
    if match["became"]:
        return False
    behind = part.text[match.end("job") :]
    years = _FOR_YEARS.match(behind)
    return bool(
        _WORKED.match(part.text, match.end())
        or _FORMERLY.search(part.text[: match.start()])
        or (years and _WORKED_FOR_YEARS.match(behind, years.end()))
    )
