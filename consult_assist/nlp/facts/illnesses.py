"""Illnesses: by the way their names are built, by a list, and by sound where the talk is of doctors."""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from consult_assist.nlp.facts.kana_text import KanaText, read_kana
from consult_assist.nlp.facts.passage import FoundFact, Passage, PassageClause, overlap

_BUILT = re.compile(r"[a-c一-龠ァ-ヴー]{1,12}(?:病|症|炎|癌)(?![院気棟床室人状])")
_BUILT_SO = re.compile("[a-c一-龠ァ-ヴー][病症炎癌]")
_LISTED = re.compile(
    r"""
      うつ病 | 鬱病 | 双極性障害 | 適応障害 | パニック障害 | 発達障害 | 知的障害
    | 学習障害 | 摂食障害 | 不安障害 | 強迫性障害 | 睡眠障害
    | 自閉(?:症)?スペクトラム症? | ぜんそく | ゼンソク | 喘息 | 骨折
    | (?:[胃肺肝乳]|大腸|子宮|前立腺|すい臓)?がん
      (?=で|と|が見|の治療|の手術|になっ|を患)
    | 脳梗塞 | 脳卒中 | 脳出血 | 心筋梗塞 | 心不全 | 腎不全 | 高血圧 | 糖尿(?=で|が|の)
    | ヘルニア | てんかん | リウマチ | 貧血 | アルツハイマー | メニエール | 不整脈
    | 胃潰瘍 | 十二指腸潰瘍 | 肝硬変 | くも膜下出血 | 緑内障 | 白内障 | 難聴
    | 半身(?:不随|麻痺|まひ) | 結核 | 帯状疱疹 | 痛風(?=で|が|の|と) | アルコール依存
    | ギャンブル依存 | むち打ち | ぎっくり腰 | adhd | ptsd | アトピー | パーキンソン病
    | ダウン症
    | うつ(?=で|や?[とて]?言われ|と診|の薬|になっ|がひど|状態)
    | 鬱(?=で|と診|の薬|になっ) | 人工透析 | 透析(?=を|に|して)
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
)
"""What people tell in a sentence where the record has a word."""
_NOT_ILL = frozenset(
    {
        "看病", "仮病", "臆病", "疾病", "急病", "持病", "難病", "重症", "軽症", "後遺症", "感染症",
        "診断症", "指定難病", "無症", "発症",
        "精神病", "闘病", "万病", "心の病", "病", "症", "炎", "性病", "何病", "中症", "炎症", "合併症",
        "依存症", "既往症", "奇病", "傷病",
    }
)  # fmt: skip
_SPELLINGS = (("喘息", "ぜんそく"), ("ゼンソク", "ぜんそく"), ("癌", "がん"), ("鬱", "うつ"))
"""An illness has one name, however it was heard and repaired."""
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
    | の(?:疑い|検査|可能性|友)
    | [がはも]?、?(?:もう|すっかり)?(?:治って(?!い?な)|治った|治りまし|完治し)
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
    for match in (*_LISTED.finditer(part.text), *_BUILT.finditer(part.text)):
        start, end = part.span(match)
        if any(overlap((start, end), other) for other in taken):
            continue
        name = illness_name(match.group())
        if name not in _NOT_ILL and not denies(passage, part, end):
            taken.append((start, end))
            yield FoundFact("illness", name, start, end)
    for pattern, name in _TOLD_SO:
        for match in pattern.finditer(part.text):
            start, end = part.span(match)
            if not part.negated_after(start, passage.tokens) and not denies(passage, part, end):
                yield FoundFact("illness", name, start, end)


def denies(passage: Passage, part: PassageClause, position: int) -> bool:
    """Return whether the words right behind an illness say it is none, or only feared."""
    return _NO_ILLNESS.match(passage.text, position, part.end) is not None


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
    said = "糖尿病" if said == "糖尿" else said
    return _SPECTRUM.sub("自閉スペクトラム症", said).upper()


def _heard(passage: Passage) -> Iterator[FoundFact]:
    """Yield the first illness that the text sounds like, or else the first long one that it nearly does."""
    spoken = read_kana(passage.tokens)
    for places in (_exactly, _nearly):
        for sound, name in _BY_SOUND.items():
            for start, end in places(sound, spoken):
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
