"""Dialect and the talk of the young in the standard language, character for character."""

import re
from dataclasses import replace

from consult_assist.japanese.folding import FoldedText
from consult_assist.japanese.people import KIN, SPEAKER, SUFFIX

_POLITE = re.compile(r"(?<=ま)へん")
_PLAIN = re.compile(
    r"(?<=[てでれえけせねめらわかきさばべげみな来])(?<![そこどあ]こら)[へひ]ん(?![ァ-ヴー一-龠]|な[人こもの]|にな)"
)
"""払えてへん, 行かへん, できひん; not このへん, そこらへん and たいへん, nor 様子がへん."""
_NOUN = "一-龠々ァ-ヴー0-9"
_STEM = "いしきちりえけせてねめれべげ出見来"
_SOUNDS = tuple(
    (re.compile(pattern, re.VERBOSE), usual)
    for pattern, usual in (
        # verbs: 払うて, 入っとらん, 持っとる, 飲んどる, 通いよります
        (r"(?<=[払買言思使])うて", "って"),
        (rf"(?<=[っ{_STEM}])とらん", "てない"),
        (r"(?<=ん)どらん", "でない"),
        (rf"(?:(?<=[っし])|(?<=[一-龠][{_STEM}]))(?:とる|よる(?=[。、んのけがしよかわと]|$))", "てる"),
        (r"(?<=ん)どる", "でる"),
        (rf"(?<=[っ{_STEM}])[とよ]り(?=ます|まし[たて])", "てい"),
        (r"(?<=まし)てん(?=[。、]|$)", "たよ"),
        (r"(?<=[たるい])とです", "のです"),
        # だ and です: 6万円やけど, 八十五じゃけん, バイトっす
        (r"やねん", "なんだ"),
        (rf"(?:(?<=[{_NOUN}])|(?<=[一-龠]い))や(?=けど|けん|から|った|さかい)", "だ"),
        (rf"(?:(?<=[{_NOUN}のん])|(?<=[一-龠]り))じゃ(?=けん|けえ|から|が(?!いも)|[しの。よ]|$)", "です"),
        (r"(?:(?<=[一-龠])|(?<=らし))ばい(?=[。、]|$)", "です"),
        (r"(?<=だ)べ(?=[。、]|$)", "よ"),
        (r"っす(?=[、。？?かけねよわ]|$)", "です"),
        (r"んす(?=け|よ|わ|が|[。、]|$)", "んだ"),
        # links and particles: 持ってるけん, 仕事ば辞めた, 病院さ行く, わしゃ
        (r"(?:(?<=です)|(?<=[なた]い)|(?<=しい)|(?<=[だたるん]))(?:けん|けえ)(?=[、。ぁ-ん一-龠]|$)", "から"),
        (r"ばってん", "けれども"),
        (r"(?<=[一-龠々達])ん(?=とこ(?!ろてん))", "の"),
        (rf"(?<=[{_NOUN}])(?<![半飛伸延及呼遊学運喜選結叫並])ば(?=[一-龠]|し[よとて]|もら|やめ)", "を"),
        (r"(?<=[一-龠])(?<![高長重深広大寒暑])さ(?=[行来住帰入通]|い[てる])", "に"),
        (r"(?<=わたし)ゃ|(?<=わし)ゃ", "は"),
        (r"(?<=きつ|苦し|厳し|ひど|つら|少な)か(?=[。、]|けん|と|たい|ばい|$)", "い"),
    )
)
"""Each way of saying has the length of the usual one."""
_NEE = "ね[えぇー]"
_GOES_ON = r"""
    (?=
        ん[だです] | です | だろ | でしょ | みたい | らし[いく] | もん | って | べ | けど | けれど
      | まんま | まま | ので | のに | から(?=[、。よねだで]|$) | よ(?=[、。おぉー]|$) | し(?=[、。]|$)
      | の(?=[、。かよさ]|$) | な(?=[、。あぁー]|$) | わ(?=[、。けよ]|$) | [やぞぜさと](?=[、。]|$)
    )
"""
_DENIES = re.compile(
    rf"""
      (?<=[一-龠々ぁ-んァ-ヴー]){_NEE}{_GOES_ON}
    | (?<=[一-龠々][らわまばえけせべめれげ]){_NEE} | (?<=[捨育立建当]て){_NEE}
    | (?<=[行働動聞効利続届書歩]か){_NEE} | (?<=[話出返貸許渡]さ){_NEE} | (?<=[稼泳]が){_NEE}
    | (?<=[出寝見])(?<!お[一-龠]){_NEE}
    | (?:わから|わかん|分かん|いられ|かから|たまら|見?つから|もらえ|かまわ|(?<=[しくや])れ){_NEE}
    | (?<![きり]が)(?<=[がはも、])(?:いら|でき|い){_NEE} | (?<=[にくも])なら{_NEE} | たく{_NEE}
    """,
    re.VERBOSE,
)
"""知らねえ, 金はねえよ, 食ってねえんだ; not 大変ですねえ, 熱が出てねえ, 年だからねえ, 五万かねえ."""
_MISSED = re.compile(
    rf"(?P<noun>[一-龠々ァ-ヴー]|とこ|ところ|もん|もの|こと|すべ|しょう|つ)[がも]{_NEE}(?=。|$)"
)
_OF_SOMEBODY = re.compile(rf"(?:{KIN}|{SPEAKER}|[私誰今日年月時頃前後]){SUFFIX}$")
"""夫がねえ and 今もねえ wait for what comes next."""


def plain_denials(text: str) -> str:
    """Return a text with ない for the ねえ that denies, each as long; the one that fills a pause stays."""
    return _missed_things(_DENIES.sub(lambda hit: hit.group()[:-2] + "ない", text)) if "ね" in text else text


def _missed_things(text: str) -> str:
    """Return a text with ない where it ends in what somebody has not got (金がねえ, not 夫がねえ)."""
    for hit in _MISSED.finditer(text):
        if not _OF_SOMEBODY.search(text[: hit.end("noun")]):
            text = text[: hit.end() - 2] + "ない" + text[hit.end() :]
    return text


def in_standard_speech(folded: FoldedText) -> FoldedText:
    """Return a text that speaks as the rules know it: 払えてへん is 払えてない, おりまへん is おりません.

    Every word stays as long as it was, so that all places keep their origin.
    """
    text = plain_denials(_PLAIN.sub("ない", _POLITE.sub("せん", folded.text)))
    for pattern, usual in _SOUNDS:
        text = pattern.sub(usual, text)
    return replace(folded, text=text)
