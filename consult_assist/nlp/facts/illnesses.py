"""Illnesses: by the way their names are built, by a list, and by sound where the talk is of doctors."""

import re
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from consult_assist.japanese.people import KIN
from consult_assist.nlp.facts.kana_text import KanaText
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause, overlap

_ENDINGS = (
    r"病|症候群|症|炎|癌|[気水]腫|[筋肉腺]腫|腫瘍|潰瘍|梗塞|狭窄|不全|硬変|脈瘤|リンパ腫"
    r"|(?:性|調節|機能|パーソナリティ)障害"
)
_BUILT = re.compile(rf"[a-c一-龠ァ-ヴー]{{1,12}}(?:{_ENDINGS})(?![院気棟床室人状])")
_BUILT_SO = re.compile(rf"[a-c一-龠ァ-ヴー](?:{_ENDINGS})")
_AHEAD = re.compile(rf"(?:{KIN}|去年|昨年|今年|先月|今月|先週|現在|最近|当時|昔|以前)(?=..)")
"""What is no part of a name though no particle stands between: 父認知症, 去年肺炎."""
_ORGAN = (
    r"(?:[胃肺肝腎乳舌喉脳]|大腸|直腸|結腸|小腸|子宮[頸体]?|卵巣|前立腺|すい臓|膵臓?|肝臓|腎臓|食道"
    r"|[咽喉]頭|甲状腺|膀胱|皮膚|胆[管嚢のう])"
)
_BONE = r"(?:[一-龠]*[骨椎盤]|[一-龠]*(?:頸部|関節)|[手足]首|[手足腕膝肩腰肘指])"
_LISTED = re.compile(
    rf"""
      [一-龠ァ-ヴー]+[型性]の認知症
    | うつ病 | 鬱病 | 双極性障害 | 適応障害 | パニック障害 | 発達障害 | 知的障害
    | 学習障害 | 摂食障害 | 不安障害 | 強迫性障害 | 睡眠障害
    | 自閉(?:症)?スペクトラム症? | ぜんそく | ゼンソク | 喘息
    | (?:(?:{_BONE}の?)?(?:圧迫|複雑|疲労|剥離)|{_BONE}の|[一-龠]+[骨椎盤]を|[一-龠]*[骨椎盤部])?骨折
    | {_ORGAN}の?(?:がん|癌)(?!検[診査]|保険|かも)
    | がん(?=で|と|が見|の治療|の手術|の末期|を?やっ|になっ|を患|や(?:ねん|って?言))
    | 脳梗塞 | 脳卒中 | 脳出血 | 心筋梗塞 | 心不全 | 腎不全 | 高血圧
    | 糖尿(?=で|が|の|[はもや]|だ|と言|って言) | 血圧(?=と、?(?:あと、?|それと、?)?糖尿)
    | (?:椎間板)?ヘルニア | てんかん | リウマチ | 貧血 | アルツハイマー | メニエール | 不整脈
    | 胃潰瘍 | 十二指腸潰瘍 | 肝硬変 | くも膜下出血 | 緑内障 | 白内障 | 難聴
    | 骨粗(?:しょう|鬆)症 | 腰痛 | 神経痛 | 関節痛 | [偏片]頭痛 | 五十肩 | 心房細動 | 動脈硬化
    | 認知症 | 熱中症 | [一-龠]{{1,3}}損傷 | [一-龠]{{1,2}}断裂
    | 半身(?:不随|麻痺|まひ) | 結核 | 帯状疱疹 | 痛風(?=で|が|の|と)
    | (?:アルコール|ギャンブル|薬物|買い物|ゲーム)依存症?
    | むち打ち | ぎっくり腰 | adhd | ptsd | アトピー
    | パーキンソン(?:病|(?=で|が|と|だ|や|の薬|になっ|[。、]))
    | ダウン症
    | うつ(?=で(?!も)|や?[とて]?言われ|と診|の薬|にな[っりる]|がひど|が[出あ]|状態)
    | 鬱(?=で|と診|の薬|にな[っり]) | 人工透析 | 透析(?=を|に|して|だ(?!と)|の(?:病院|日))
    """,
    re.VERBOSE,
)
_TOLD_SO = (
    (
        re.compile(r"骨[をが]?折(?:り(?!そう|た[いく])|れ(?!そう)|っ(?!て(?:くれ|くだ|下さ|いただ|もら)))"),
        "骨折",
    ),
    (
        re.compile(
            r"""
            血圧[がもは]、?(?:とても|すごく|かなり)?高
            (?:
                い(?!ほう|方|わけ|ん?じゃ|ん?では|と(?:は|か))
              | く(?!な[いか]|ありま|[はも]な|[はも]ありま|なる)
              | う | め
            )
            """,
            re.VERBOSE,
        ),
        "高血圧",
    ),
    (
        re.compile(
            r"""
            腰
            (?:
                [をも]?(?:痛め|いわし(?!そう)|悪く?し(?!そう))
              | [がも]、?(?:とても|すごく|ずっと)?(?:悪|わる|痛|いた)
                (?:い(?!ほう|方|わけ|ん?じゃ|ん?では|と(?:は|か))|く(?!な[いか]|ありま|[はも]な|なる)|う|め)
            )
            """,
            re.VERBOSE,
        ),
        "腰痛",
    ),
)
"""What people tell in a sentence where the record has a word."""
_NOT_ILL = frozenset(
    {
        "看病", "仮病", "臆病", "疾病", "急病", "持病", "難病", "重症", "軽症", "後遺症", "感染症",
        "診断症", "指定難病", "無症", "発症",
        "精神病", "闘病", "万病", "心の病", "病", "症", "炎", "性病", "何病", "中症", "炎症", "合併症",
        "依存症", "既往症", "奇病", "傷病", "発病", "大病", "重病", "罹病",
    }
)  # fmt: skip
_SPELLINGS = (
    ("喘息", "ぜんそく"), ("ゼンソク", "ぜんそく"), ("癌", "がん"), ("鬱", "うつ"),
    ("型の認知症", "型認知症"), ("性の認知症", "性認知症"), ("鬆", "しょう"), ("を骨折", "の骨折"),
)  # fmt: skip
"""An illness has one name, however it was heard and repaired."""
_IN_SHORT = {"糖尿": "糖尿病", "血圧": "高血圧", "パーキンソン": "パーキンソン病"}
_SPECTRUM = re.compile("自閉症?スペクトラム症?")
_BY_SOUND = {
    "ウツビョウ": "うつ病", "ゼンソク": "ぜんそく", "トウニョウビョウ": "糖尿病",
    "ニンチショウ": "認知症", "ノウコウソク": "脳梗塞",
    "トウゴウシッチョウショウ": "統合失調症", "テキオウショウガイ": "適応障害",
    "ハッタツショウガイ": "発達障害", "チテキショウガイ": "知的障害",
    "カイヨウセイダイチョウエン": "潰瘍性大腸炎", "パニックショウガイ": "パニック障害",
    "ソウキョクセイショウガイ": "双極性障害",
    "ジヘイスペクトラムショウ": "自閉スペクトラム症", "シンキンコウソク": "心筋梗塞",
    "ジンフゼン": "腎不全", "ハッケツビョウ": "白血病",
    "パーキンソンビョウ": "パーキンソン病", "ヨウツウショウ": "腰痛症",
    "コツソショウショウ": "骨粗しょう症", "タハツセイコウカショウ": "多発性硬化症",
}  # fmt: skip
_AT_THE_DOCTORS = re.compile(
    r"病院|医者|先生|診断|薬|治療|通院|入院|発作|病気|手術|検査|精神科|仕事に行け|働け|退院|飲ん"
)
_NO_ILLNESS = re.compile(
    r"""
      (?:では|じゃ)(?:ない|ありません|なく)
    | (?:は|も|とか)(?:ない|ありません)
    | か(?:も|な|どうか)
    | に(?:なりそう|なったら|なるか)
    | の(?:疑い|検査|可能性|友|気)
    | でも、?[^、。]{0,8}(?:もらえ|受け|使え|取れ|入れ|働け)[^。]*か(?:[ね。]|$)
    | (?:[はがも]|(?:だった|でした)(?:ん|の)?(?:です)?(?:が|けど))?、?(?:今は、?)?(?:もう|すっかり)?、?
      (?:治って(?!い?(?:な|ませ))|治った|治りまし|完治し)
    | (?:に|と)?[^、。]{0,8}(?:かかっていません|診断されていません|言われていません)
    """,
    re.VERBOSE,
)
"""うつ病ではない, がんかもしれない, 喘息は治った."""
_MIN_FUZZY_MORAE = 9
_MIN_SIMILARITY = 80
"""Percent of the letters of a long name that must be heard.

Source: our own reading of what Whisper base wrote for 潰瘍性大腸炎 (会洋制大長縁: 84).
"""


def find_illnesses(passage: Passage) -> Iterator[FoundFact]:
    """Yield illnesses that someone of the family is said to have."""
    found = [hit for part in passage.stated_clauses() for hit in _written(passage, part)]
    yield from found
    if not found and _AT_THE_DOCTORS.search(passage.text):
        yield from _heard(passage)


def _written(passage: Passage, part: PassageClause) -> Iterator[FoundFact]:
    taken: list[tuple[int, int]] = []
    for start, end in _longest_first(part):
        if any(overlap((start, end), other) for other in taken):
            continue
        name = illness_name(passage.text[start:end])
        if name not in _NOT_ILL and not denies(passage, end):
            taken.append((start, end))
            yield FoundFact("illness", name, start, end)
    for pattern, name in _TOLD_SO:
        for match in pattern.finditer(part.text):
            start, end = part.span(match)
            if not part.negated_after(start, passage.tokens) and not denies(passage, end):
                yield FoundFact("illness", name, start, end)


def _longest_first(part: PassageClause) -> list[tuple[int, int]]:
    """Return where illnesses may be named, アルツハイマー型認知症 before アルツハイマー."""
    found = [part.span(match) for match in _LISTED.finditer(part.text)]
    for match in _BUILT.finditer(part.text):
        ahead = _AHEAD.match(match.group())
        start, end = part.span(match)
        found.append((start + (ahead.end() if ahead else 0), end))
    return sorted(found, key=lambda span: (span[0] - span[1], span))


def whole_illnesses(found: Iterable[FoundFact]) -> Iterator[FoundFact]:
    """Yield the facts without illnesses that are but a part of one named in the same place (統合失調症)."""
    facts = list(found)
    named = [fact for fact in facts if fact.name == "illness"]
    for fact in facts:
        longer = (other for other in named if other.end - other.start > fact.end - fact.start)
        if fact.name != "illness" or not any(overlap(fact.span, other.span) for other in longer):
            yield fact


def denies(passage: Passage, position: int) -> bool:
    """Return whether the words right behind an illness say it is none, or only feared."""
    return _NO_ILLNESS.match(passage.text, position) is not None


def is_illness(name: str) -> bool:
    """Return whether what a trained model calls a disease is built like one."""
    return name not in _NOT_ILL and bool(_BUILT.fullmatch(name) or _LISTED.fullmatch(name))


def may_hold_illness(text: str) -> bool:
    """Return whether characters stand in a text of which `is_illness` may be true."""
    return bool(_BUILT_SO.search(text) or _LISTED.search(text))


def illness_name(said: str) -> str:
    """Return how an illness is written in a record, from its folded words: 鬱 → うつ, adhd → ADHD."""
    for spelling, usual in _SPELLINGS:
        said = said.replace(spelling, usual)
    said = _IN_SHORT.get(said, said)
    return _SPECTRUM.sub("自閉スペクトラム症", said).upper()


def _heard(passage: Passage) -> Iterator[FoundFact]:
    """Yield the first illness that the text sounds like, or else the first long one that it nearly does."""
    for places in (_exactly, _nearly):
        for sound, name in _BY_SOUND.items():
            for start, end in places(sound, passage.kana):
                if end > passage.since:
                    yield FoundFact("illness", name, start, end)
                    return


def _exactly(sound: str, spoken: KanaText) -> Iterator[tuple[int, int]]:
    return ((start, end) for _, start, end in spoken.find(re.compile(sound)))


def _nearly(sound: str, spoken: KanaText) -> Iterator[tuple[int, int]]:
    if len(sound) < _MIN_FUZZY_MORAE:
        return
    best = fuzz.partial_ratio_alignment(sound, spoken.kana, score_cutoff=_MIN_SIMILARITY)
    if best is None:
        return
    starts = [start for at, start in spoken.starts.items() if abs(at - best.dest_start) <= 1]
    ends = [end for at, end in spoken.ends.items() if abs(at - best.dest_end) <= 1]
    if starts and ends:
        yield min(starts), max(ends)
