"""What was said → a line in the style of a record: it only removes and normalises, it never adds a word."""

import re

from consult_assist.japanese.fillers import without_fillers
from consult_assist.japanese.sentences import split_sentences
from consult_assist.text_cache import text_cache

_TEXTS_KEPT = 4096
"""More than a talk of two hours has: the record is drafted anew with every line."""
_ANSWER = re.compile(r"^(?:(?:はい|ハイ|ええ|うん|じゃあ?|ですので|なので)[、 ]+|(?:それ)?では[、 ]*)")
_LEFT_OVER = re.compile(r"(?:ので|から|が)[、 ]*$")
_REPEATED = re.compile(r"([^、。 ]{2,12})[、 ]+(?=\1)")
_POLITE_CLAUSE = re.compile(
    r"(?:^|(?<=[、。 ]))(?:少々|少し|しばらく|そのまま)?(?:お待ち|お掛け|おかけ)(?:になって)?"
    r"ください(?:ませ|ね)?"
    r"|(?:^|(?<=[、。 ]))(?:どうぞ)?(?:よろしく)?お願い(?:いた)?します(?:ね)?$"
    r"|(?:^|(?<=[、。 ]))(?:どうも)?(?:ありがとうござい(?:ます|ました)|す[みい]ません(?:が)?)"
)
_END = r"(?=[。、？?]|$|か(?:[。、？?]|$)|が[、。]|ので|から|けど|けれど|し、|と)"
_HUMBLE = {
    "お渡し": "渡す", "お送り": "送る", "おつなぎ": "つなぐ", "お繋ぎ": "繋ぐ", "お調べ": "調べる",
    "お伝え": "伝える", "お預かり": "預かる", "お取り": "取る", "お呼び": "呼ぶ",
}  # fmt: skip
_HUMBLE_PAST = {
    "お渡し": "渡した", "お送り": "送った", "おつなぎ": "つないだ", "お繋ぎ": "繋いだ", "お調べ": "調べた",
    "お伝え": "伝えた", "お預かり": "預かった", "お取り": "取った", "お呼び": "呼んだ",
}  # fmt: skip
_HUMBLE_ACT = re.compile(rf"({'|'.join(_HUMBLE)})(?:し|いたし|致し)(ます|ました){_END}")
_OU_VERBS = "思言払使通迷買習追もら"
_RU_VERBS = "なあ困わ分か入残帰溜た切戻ま守送やお取減終止始断折よ"
_PLAIN = "(?<=[うくぐすつぬぶむるたいだ])"
_LEFT_HANGING = (
    (r"(?:です(?:けれども|けれど|けど|が)|なので)$", ""),
    (rf"{_PLAIN}(?:けれども|けれど|けど)$", ""),
    (r"(る|ない|った|てた|でた|いた)ので$", r"\1"),
    (r"(ない|たい|(?<!く)る|った|てた|でた)んで$", r"\1"),
    (r"(?<=[一-鿿ァ-ヶー])なんで$", ""),
    (r"(る|ない|しい|った|てた|でた)し$", r"\1"),
    (r"(?<=[ぁ-ん一-鿿])くて$", "い"),
    (r"(て|で)いて$", r"\1いる"),
    (r"([っしいえけせねめれべげき来見出寝]て|んで)て$", r"\1る"),
    (r"(心配|不安|大変|無理|だめ|まま|みたい|ぎりぎり|いっぱい|苦手|気がかり|だらけ)で$", r"\1"),
)
"""Sentences that end as if another clause would follow, and what they say."""
_REWRITES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), shorter)
    for pattern, shorter in (
        (r"させていただき(?=ます|ました)", "し"),
        (r"ご(?=案内|用意|連絡|紹介|説明|確認|手配|本人|家族|親戚)", ""),
        (r"お(?=電話(?:する|し|を))", ""),
        (rf"(て|で)おります{_END}", r"\1いる"),
        (rf"(て|で)おりません{_END}", r"\1いない"),
        (rf"(て|で)いませんでした{_END}", r"\1いなかった"),
        (rf"(て|で)い(?:ません|ない(?:ん|の)です){_END}", r"\1いない"),
        (rf"(て|で)いました{_END}", r"\1いた"),
        (rf"(て|で)います{_END}", r"\1いる"),
        (rf"(?<![一-鿿ぁ-んァ-ヶー])ありません{_END}|(?<=[はがもで])ありません{_END}", "ない"),
        (rf"([えけせてねへめれげぜでべぺ])ませんでした{_END}", r"\1なかった"),
        (rf"([えけせてねへめれげぜでべぺ])ません{_END}", r"\1ない"),
        (rf"([えけせてねへめれげぜでべぺ])ました{_END}", r"\1た"),
        (rf"([えけせてねへめれげぜでべぺ])ます{_END}", r"\1る"),
        (rf"(?<![んい])できます{_END}", "できる"),
        (rf"(?<![んい])できました{_END}", "できた"),
        (rf"(?<![んい])できません{_END}", "できない"),
        (rf"(?<=[一-鿿ァ-ヶー]{{2}})(?:を)?(?:いたし|致し|し)ます{_END}", "する"),
        (rf"(?<=[一-鿿ァ-ヶー]{{2}})しません{_END}", "しない"),
        (rf"(お[一-鿿ぁ-ん]{{1,4}})(?:いたし|致し|し)ます{_END}", r"\1する"),
        (rf"(?<=[よう]に)(?:いたし|致し|し)ます{_END}", "する"),
        (rf"(?<=[一-鿿ァ-ヶー]{{2}})(?:いたし|致し|し)ました{_END}", "した"),
        (rf"(?<=[一-鿿ァ-ヶー]{{2}})していただき(?:ます){_END}", "していただく"),
        (rf"([{_OU_VERBS}])います{_END}", r"\1う"),
        (rf"([{_OU_VERBS}])いました{_END}", r"\1った"),
        (rf"(?<![かさた])([{_RU_VERBS}])りまして", r"\1って"),
        (rf"(?<![かさた])([{_RU_VERBS}])ります{_END}", r"\1る"),
        (rf"(?<![かさた])([{_RU_VERBS}])りました{_END}", r"\1った"),
        (r"(?<=[一-鿿ァ-ヶー]{2})しまして", "して"),
        (rf"出しました{_END}", "出した"),
        (rf"(て|で)きます{_END}", r"\1くる"),
        (rf"(て|で)きました{_END}", r"\1きた"),
        (rf"(て|で)おきます{_END}", r"\1おく"),
        (rf"(て|で)おきました{_END}", r"\1おいた"),
        (rf"([働届聞続泣])きます{_END}", r"\1く"),
        (rf"([働届聞続泣])きました{_END}", r"\1いた"),
        (rf"([来見])ます{_END}", r"\1る"),
        (rf"([来見])ました{_END}", r"\1た"),
        (rf"死にました{_END}", "死んだ"),
        (rf"(?<=[がもはに人])(、?)います{_END}", r"\1いる"),
        (rf"行きます{_END}", "行く"),
        (rf"行きました{_END}", "行った"),
        (rf"参ります{_END}", "参る"),
        (r"なんです(?:けれども|けれど|けど|が|よね|よ|ね)?(?=[。、 ]|$)", ""),
        (rf"{_PLAIN}(?:ん|の)です(?:よね|よ|ね)?(?=[。]|$)", ""),
        (rf"{_PLAIN}(?:ん|の)です(?:けれども|けれど|けど|が)[。]?$", ""),
        (rf"{_PLAIN}(?:ん|の)です(?:けれども|けれど|けど|が)(?=[、 ])", "が"),
        (rf"{_PLAIN}(?:ん|の)ですか(?:ね)?(?=[。？?]|$)", "のか"),
        (r"(?<=い)です(?:よね|よ|ね)?(?=[。]|$)", ""),
        (r"です(?:よね|よ|ね)?(?=[。]|$)", ""),
        (r"でした(?:よ|ね)?(?=[。]|$)", "だった"),
        (r"ですか(?:ね)?(?=[。？?]|$)", "か"),
        (r"(?<=[るたういく])(?:よね|よ|ね)(?=[。]|$)", ""),
        (r"っす(?:よね|よ|ね)?$", ""),
        *_LEFT_HANGING,
    )
)  # fmt: skip
_SPACES = re.compile(r"[ 　]{2,}")


@text_cache(_TEXTS_KEPT)
def condense(text: str) -> str:
    """Return a text without fillers, repeats and polite padding, in the plain style of a record.

    What no rule knows for certain stays as it was said. The result is empty where nothing but padding was
    said.
    """
    sentences = [_condense_sentence(sentence.strip()) for sentence in split_sentences(text)]
    return "。".join(sentence for sentence in sentences if sentence)


def _condense_sentence(sentence: str) -> str:
    text = without_fillers(sentence.rstrip("。 "))
    text = _ANSWER.sub("", text)
    while (shorter := _REPEATED.sub("", text)) != text:
        text = shorter
    if (kept := _POLITE_CLAUSE.sub("", text)) != text:
        text = _LEFT_OVER.sub("", kept.rstrip("、 "))
    text = re.sub(r"(?<=ます|せん)(?:よね|よ|ね)(?=[。]|$)", "", text)
    text = _HUMBLE_ACT.sub(_plain_act, text)
    for pattern, shorter in _REWRITES:
        text = pattern.sub(shorter, text)
    return _SPACES.sub(" ", text).strip("、。 　")


def _plain_act(match: re.Match[str]) -> str:
    return (_HUMBLE if match[2] == "ます" else _HUMBLE_PAST)[match[1]]
