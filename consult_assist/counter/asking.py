"""What a question at the counter asks for, read from its words."""

import re

from consult_assist.counter.mishearings import misheard
from consult_assist.japanese.people import FORMER, SPOUSE, SUFFIX
from consult_assist.japanese.sentences import split_sentences

_ASKS = re.compile(
    r"""
      か[ね。？?、 ]*$ | [?？]
    | (?:
          お願い | おっしゃって | 教えて | 聞かせ | 伺 | うかが | いただけ | いただき | 頂け | どのくらい
        | どれ(?:くらい|ぐらい) | いくら | おいくつ | 何[歳人か年月日名] | いつ | どちら
        | どこ | どなた | どんな
      )
    | (?:は|って)今?[。、？?]*$
    | (?:名前|住所|番号|生年月日|誕生日)[がも](?:要り|いり|必要)
    | (?:
          お(?:名前|年|電話|電話番号|誕生日)
        | ご(?:住所|連絡先) | 生年月日
        | (?:名前|年齢|誕生日|住所|電話|番号|連絡先)(?:も|だけ)?を
      )
      [をも]?[。、？?]*$
    """,
    re.VERBOSE,
)
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("name", re.compile(r"(?<!病の)(?<!お薬の)お?名前|氏名|名字|苗字|フルネーム")),
    ("age", re.compile(
        rf"""
          おいくつ | お幾つ | 何[歳才] | (?<!定)年齢 | (?<!学)お?年は
        | お(?:年|とし)(?=[をとも、。]|$)
        | 歳は | いくつ(?:です|でしょう|に) | {misheard("おいくつ")}
        """,
        re.VERBOSE,
    )),
    ("children", re.compile(
        r"""
          (?:お子|子ども|子供|ご?兄弟|きょうだい)[^。]{0,8}何人
        | 何人[^。]{0,6}(?:お子|子ども|子供)
        | お子(?:さん|様)?(?:は|が)、?[^。]{0,6}
          (?:いらっしゃい?ます|おられます|いますか|おいで)
        | お子(?:さん|様)は[。、？?]*$
        | お子(?:さん|様)?[はがも][^。]{0,8}(?:[1-9一二三四五六]人|[1一]人|ひとり|ふたり|だけ)
        """,
        re.VERBOSE,
    )),
    ("phone", re.compile(r"電話番号|連絡先|(?:電話|携帯)[はをも]")),
    ("address", re.compile(
        r"""
          住所 | お住まい | 番地(?:は|を|まで|も) | 送り先
        | (?:郵便|書類)[^。]{0,8}届く(?:所|ところ)
        | (?:物件|建物|アパート|マンション)(?:の(?:お?名前|場所)|は)[^。]{0,8}(?:どちら|どこ|お願い|教え)
        """,
        re.VERBOSE,
    )),
    ("birth_date", re.compile(r"生年月日|誕生日|生まれ")),
    ("school_year", re.compile(r"何年生|学年|何年")),
    ("arrears_months", re.compile(
        r"""
          滞納 | 滞って | 未払い | たまっ | 溜まっ | ためて | 遅れ | 未納 | 払えて?いな
        | 何[かヶカヵケ]月(?:分|ぶん)
        | 家賃[^。]{0,8}払(?:えて|って)
        """,
        re.VERBOSE,
    )),
    ("job_lost", re.compile(
        r"""
          いつ[^。]{0,8}(?:辞め|やめ|退職|離職|失業|解雇|なくな|切れ|失わ)
        | (?:辞め|やめ|退職|離職|失業|解雇)[^。]{0,10}いつ
        | 仕事[^。]{0,6}なくな[^。]{0,8}。?いつ
        | いつまで[^。]{0,8}(?:働|勤め|仕事|在籍)
        | (?:働|勤め|仕事|会社|職場)[^。]{0,8}いつまで
        | (?:辞め|やめ|退職|離職|失業|解雇|失わ|離れ)(?:され|なさっ|られ|れ)?た?(?:日|の|時期)は
        | (?:働|勤め|仕事|会社|職場)[^。]{0,8}(?:失わ|離れら?)れたのは
        | 離職日 | 退職日
        """,
        re.VERBOSE,
    )),
    ("employment", re.compile(
        r"""
          (?:お?仕事|勤め|働き方|職業|雇用|働い(?:て(?:い|お)|とる))(?!を?(?:辞め|やめ|探|は?いつ))
        | 求職活動
        | (?:無職|正社員|契約社員|派遣|パート|アルバイト|自営|日雇い)(?:という(?:こと|形))?
          (?:です|でしょう|でいらっしゃ)
        """,
        re.VERBOSE,
    )),
    ("insurance", re.compile(rf"保険(?!料|金)|{misheard('保険')}[はがにの]|(?:国保|社保)(?!料|税)")),
    ("support_payment", re.compile(
        rf"""
          養育費 | 婚姻費用 | 婚費
        | (?:お父さん | 父親 | {FORMER}[ごお]?(?:お父さん | {SPOUSE}){SUFFIX})
          (?:
              から(?:の|は|も|、)*[^。]{{0,12}}(?:援助|仕送り|送金|お金|支払)
            | からは?[。、？?]*$ | は、?何か[。、？?]*$
            | に、?[^。]{{0,10}}(?:送金|仕送り|お金を送)
          )
        | お子(?:さん|様)の(?:ため)?(?:の|に)?[^。]{{0,6}}(?:送金|仕送り|お金の(?:約束|取り決め))
        """,
        re.VERBOSE,
    )),
    ("handbook", re.compile(r"手帳")),
    ("care_level", re.compile(r"介護(?:度|認定)|要介護|認定")),
    ("marital", re.compile(r"離婚|結婚|婚姻|別居|籍")),
    ("illness", re.compile(r"病名|診断|ご?病気|持病")),
    ("amount", re.compile(
        r"""
          いくら(?!か)
        | (?:家賃|収入|給料|お金|貯金|返済|借金|年金)[^。]{0,10}
          (?:どのくらい|どれ(?:くらい|ぐらい)|教えて)
        """,
        re.VERBOSE,
    )),
)  # fmt: skip


def split_spoken(text: str) -> list[str]:
    """Return the sentences of a text that hold any words."""
    return [sentence for sentence in split_sentences(text) if sentence.strip("。．、 　\n")]


def is_asking(sentence: str) -> bool:
    """Return whether a sentence asks for something, or breaks off before it says what it asks.

    It is the widest of all: what follows may be an answer. Whether a clerk puts a question is told by
    `question_parts.asks`; whether a line of a record ends as one, or asks to be borne out, by
    `record.dialogue_acts.ends_asking`; whether a sentence states nothing by `nlp.syntax.clauses`.
    """
    return _ASKS.search(sentence.rstrip("。．\n 　")) is not None


def kinds_asked(text: str) -> frozenset[str]:
    """Return the names of the facts a question asks for; `amount` for money of any kind."""
    return frozenset(kind for kind, pattern in _KINDS if pattern.search(text))
