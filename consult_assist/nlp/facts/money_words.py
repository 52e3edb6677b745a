"""Words about money, and which fact an amount beside them is."""

import re

from consult_assist.counter.mishearings import misheard
from consult_assist.nlp.facts.passage import Passage, PassageClause

_TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("rent_monthly", re.compile(
        r"""
          家賃(?!(?:を|も|は)?、?払(?:ったら|うと|えば))
        | 寮(?:費|代) | 間代 | 部屋代 | アパート代 | マンション代 | 賃料 | やちん
        | (?:
              アパート | マンション | 社宅 | 寮 | 借家 | 貸家 | 団地 | 市営(?:住宅)? | 県営(?:住宅)? | 公団
            | 長屋 | ワンルーム
          )
          (?:の(?:ほう|方))?(?:[がはも]|で(?=、))
          (?:
            、 | 月に? | 毎月 | 月々 | 今 | だいたい | 大体 | 管理費込みで | ひと月
          )*
          $
        """,
        re.VERBOSE,
    )),
    ("", re.compile(
        r"""
          家賃(?=(?:を|も|は)?、?払(?:ったら|うと|えば))
        | 家賃の?(?:更新|補助|助成|保証|控除)
        | 年収 | 集金 | 積立 | 積み立て | 支給日 | 掛け金 | 給料日(?!まで|前)
        | 引っ?越 | 越す | の支給
        | 年間 | 年額 | 一年で | 1年で | 所得 | 時給 | 日給 | 日当 | ボーナス | 賞与
        | 退職金 | 慰謝料 | 滞納 | 敷金 | 礼金 | 手当 | 給付 | 一時金 | 入学金 | 返済 | 返し
        | 初期費用 | 引っ越し | 手術 | 入院 | 差額 | 上限 | 限度 | 罰金
        | 税金?(?!金?(?:を|が|も|とか)?、?(?:取ら|とら|とる|取る|引[かい])) | 保証金
        | 授業料 | 修学旅行 | 制服 | ランドセル | 請求 | 督促 | 見積 | 工事 | 葬儀 | 火葬
        | 控除 | 基準
        | 弁護士(?!さん?(?:に|が|から|と|は)|に(?:相談|頼|言))
        | 香典 | 祝い | お祝い | 生活保護(?:費)? | 保護費 | 分割
        | 車検 | 修理 | 買っ | プレゼント | 計算 | 奪わ | 盗ま | 取られ | だまし | 振り込め
        | 寄付 | 納付書 | 払込 | 納めて(?:くだ|下)
        | (?:紙|通知|はがき|ハガキ|葉書|封筒|封書)が(?:来|届)
        """,
        re.VERBOSE,
    )),
    ("income_monthly", re.compile(
        rf"""
          手取り | 月収 | 給料(?!日) | 給与 | 収入 | パート代 | バイト代 | 稼[ぎい] | 月給
        | 工賃 | 年金 | 売り?上げ | {misheard("給料")}
        | (?<!夫から)(?<!養育費[でをはが])(?<!として)もら(?:う|って(?:い)?る)
          (?:の|分|額)は
        """,
        re.VERBOSE,
    )),
    ("debt", re.compile(
        rf"""
          借金 | 元金 | 借り入れ | 借入
        | (?<!キャッシュ)(?<!図書)(?<!ポイント)(?<!プリペイド)カード
          (?!で[^、。]{0,12}(?:買|お?ろし|下ろ|引き出))
        | (?<![クド])ローン | {misheard("カードローン")} | リボ(?!ン) | 債務 | サラ金
        | 消費者金融 | キャッシング
        | (?<![代昔前年頃時]から)借りて(?:い|る) | 奨学金の残 | 負債 | {misheard("借金")}
        """,
        re.VERBOSE,
    )),
    ("cash", re.compile(
        r"""
          貯金 | 貯蓄 | 所持金 | 手持ち | 現金 | 持ち金 | 財布 | サイフ | 残高 | 預金 | 全財産 | 手元
        | 有り金
        | (?:通帳|口座)に(?!は?、?(?:毎月|月々))
        | 通帳の残 | [蓄貯]え | たくわえ | へそくり
        """,
        re.VERBOSE,
    )),
    ("support_payment", re.compile(r"養育費|婚姻費用|婚費")),
    ("cost_monthly", re.compile(
        r"""
          光熱費 | 電気代 | ガス代 | 水道代 | 食費 | 保育料 | 学費 | 携帯代 | スマホ代
        | 通信費 | 医療費 | 通院費 | 通院 | 薬代 | お?薬 | 診察 | 給食費 | 駐車場[代が]
        | (?:管理|共益)費(?!込|も込|入れ|を?含)
        | 学童 | 塾 | 習い事 | おむつ代 | オムツ代 | ミルク代 | 交通費 | 利用料 | 保険料
        | 施設の?(?:費|お金|代) | デイ(?:サービス)?の | 生活費 | 仕送り | 病院代 | 自己負担
        """,
        re.VERBOSE,
    )),
)  # fmt: skip
PAID_MONTHLY = re.compile(
    r"""
    (?:
        毎月の? | 月々 | (?<![先今来再正0-9一二三四五六七八九十かヶカヵケ箇])月(?:に|割りで)?
      | ひと月(?:に|で)? | [1一]か月(?:に|で)?
      | (?:月|ひと月)(?:に|で)(?:なら|均)(?:すと|して)
    )
    (?:
      、 | だいたい | 大体 | およそ | ざっと | まあ | 平均(?:して|で)?
    )*
    $
    """,
    re.VERBOSE,
)
REPAID_MONTHLY = r"(?:毎月|月々|月)の?(?:返済|ご?返金|返し|お?支払い?)"
_REPAID_ASKED = re.compile(REPAID_MONTHLY)
_REPAYS = re.compile(r"返済|返し|返金")
_NO_INCOME = re.compile(
    r"""
    年金(?:の)?
    (?:
        保険料 | を払 | が払 | も払 | 払
      | (?:と(?:国保|健康保険|保険))(?:を|も|まで)?、?払
      | (?:を|も|は|まで)?、?(?:自分で)?(?:納め|おさめ|むり|無理|高くて(?:払|納))
    )
    """,
    re.VERBOSE,
)
_CONTRIBUTING = re.compile(r"年金(?:の?保険料)?(?:は|を|も|の)?、?(?:納め|払|支払|免除|未納)")
_REMINDED = re.compile(r"督促|請求|滞納|納付書|(?:紙|通知|はがき|ハガキ|葉書|封筒|封書)が(?:来|届)")
"""What one was reminded of is by the month what it was before."""
_TOGETHER = re.compile(
    r"(?P<one>[^、。0-9はがをも]{1,8})と、?(?P<other>[^、。0-9はがをも]{1,8}?)"
    r"(?:で|(?:を|、)*(?:足し|合わせ)て)[^。0-9]{0,6}$"
)
"""スマホ代と家賃で: neither of the two."""
_FOR_REASONS = re.compile(r"(?:から|ので|んで)、?$")
_CASH_ASKED = re.compile(
    r"(?:いくら|お金)[^。]{0,8}(?:お持ち|持って|手元)|(?:お持ち|持って)[^。]{0,8}(?:お金|いくら)"
)
_HOME = re.compile(r"お?住まい|お?住い|賃貸|お部屋|おうち")


def last_topic(text: str) -> str | None:
    """Return the fact that the last word about money in a text stands for; empty for one that is no fact."""
    text = _NO_INCOME.sub(lambda hit: "保険料".ljust(len(hit.group()), "　"), text)
    hits = [(found.end(), name) for name, pattern in _TOPICS for found in pattern.finditer(text)]
    return max(hits, key=lambda hit: hit[0])[1] if hits else None


def names_two_bills(before: str) -> bool:
    """Return whether the amount behind a text is the sum of two things that are paid."""
    together = _TOGETHER.search(before)
    names = {last_topic(together["one"]), last_topic(together["other"])} if together else set()
    return len(names) > 1 and names <= {"rent_monthly", "cost_monthly", "debt"}


def topic_asked(passage: Passage) -> str | None:
    """Return what an amount that answers a question is for; who is asked for the home tells its rent."""
    if _CASH_ASKED.search(passage.asked.text):
        return "cash"
    if _REPAID_ASKED.search(passage.asked.text):
        return "cost_monthly"
    topic = last_topic(passage.asked.text)
    if "support_payment" in passage.asked.kinds and topic in (None, "", "cost_monthly"):
        return "support_payment"
    if topic in (None, "debt") and _HOME.search(passage.asked.text):
        return "rent_monthly"
    return "income_monthly" if topic is None and "employment" in passage.asked.kinds else topic


def topic_around(passage: Passage, part: PassageClause, before: str) -> str | None:
    """Return what an amount is for by the clauses before it, or by the question it answers."""
    parts = [
        other for other in passage.parts if other.end <= part.start and other.sentence >= part.sentence - 1
    ]
    own = "".join(other.text for other in parts[-2:] if passage.own(other))
    if PAID_MONTHLY.search(before):
        own = _REMINDED.sub("", own)
    if (name := last_topic(own)) == "debt" and PAID_MONTHLY.search(before):
        return "cost_monthly"
    if name == "income_monthly" and _CONTRIBUTING.search(passage.asked.text) and passage.answers(part):
        return name if re.search("給料|収入|手取り", own) else "cost_monthly"
    aside = name == "" and _FOR_REASONS.search(own) and passage.asked.text and passage.answers(part)
    if name is not None and not (aside and topic_asked(passage)):
        return name
    lead = passage.text[max(0, passage.since - 60) : passage.since]
    if passage.asked.text and passage.answers(part):
        name = topic_asked(passage)
        repaid = name == "debt" or (name == "" and _REPAYS.search(passage.asked.text))
        return "cost_monthly" if repaid and PAID_MONTHLY.search(before) else name
    if lead.rstrip("。、 ").endswith(("が", "は", "も", "の", "で", "を", "て")):
        return last_topic(re.split(r"[。！？!?]", lead.rstrip("。、 "))[-1])
    return None
