"""Endings of western and elderly speech as the standard has them, with the way back to what was said.

The dictionary cuts 払えとらん into 払え · と · らん, and so hears no denial.
"""

import re

from rapidfuzz.distance import Prefix

from consult_assist.japanese.dialect import plain_denials
from consult_assist.japanese.folding import FoldedText

_AFTER_DENIAL = (
    r"(?=の(?!が|は|を|も|こと)|で|や|わ|し(?!か|て|た)|から|けど|けれど|けん|けえ|さかい|き[、。]|と|ば|よ|ね|な|って"
    r"|もん|ち[ゅゃ]|じゃ|く|かっ|とき|こと|[一-龠、。！？!?\s]|$)"
)
"""What may stand behind ん where it denies, so that no noun that ends alike is taken for a verb."""
_STEMS = (
    r"動か|行か|働か|聞か|効か|利か|続か|届か|書か|知ら|足ら|要ら|入ら|帰ら|分から|わから|いら|なら|たまら|止まら|治ら|直ら"
    r"|回ら|上がら|下がら|やら|かから|見つから|変わら|終わら|取ら|乗ら|走ら|座ら|払わ|言わ|会わ|合わ|買わ|使わ|思わ|構わ|かまわ"
    r"|かなわ|死な|持た|立た|待た|飲ま|住ま|読ま|休ま|すま|済ま|呼ば|遊ば|足り|借り|降り|起き|生き|でき|出来|しれ|もらえ"
    r"|[買払言使会思食吸見教耐変考覚数支耐答超]え|[書働行歩動続受聞着付開助空届解]け|[話出返貸許渡過消隠差示]せ|[持立待捨育当]て"
    r"|[食比調]べ|[辞止始求認決飲住読休]め|[死]ね|[眠入帰頼知取乗座去困]れ|[りら]れ|いか|(?<!な)いけ|い[かけ]れ|[上下]げ|[出寝見来]"
)
_RULES: tuple[tuple[str, str], ...] = (
    (r"(?<=[わかさたなまらがばせけれめてべえげね])な(?:あ|い)?、?(?:あかん|いけん)", "なければいけない"),
    (
        r"(?<=[わかさたなまらがばせけれめてべえげね])(?:にゃ|んと|んなら)(?:あかん|いかん|いけん|ならん)",
        "なければならない",
    ),
    (r"([てで])しもう?([たて])", r"\1しまっ\2"),
    (r"(?<=[っしいえけせてねべめれげりき])てもう([たて])(?!すぐ|少し)", r"てしまっ\1"),
    (r"(?<=[っしいえけせてねべめれげりき])てもた", "てしまった"),
    (r"もろ(?:う)?([たて])", r"もらっ\1"),
    (r"([買言払使会思食吸])う([たて])(?!め|び|だ|い?ない)", r"\1っ\2"),
    (r"(?<=[がはも])のう(?=なっ|なり|て)", "なく"),
    (r"(?<=[んい])ど(?:らへん|らん)", "でいない"),
    (r"(?<=[っいしえけせてねべめれげみりき寝出来見着得])と(?:らへん|らん)(?!ぼ)", "ていない"),
    (r"(?<=っ)とる", "ている"),
    (r"(?<=っ)とった", "ていた"),
    (r"(?<=[立持待捨育建当])てへん", "てない"),
    (r"てへん", "ていない"),
    (r"出えへん", "出ない"),
    (r"(?:せえ|せー|しや?)へん", "しない"),
    (r"(?:けえ|けー|きい)へん", "来ない"),
    (r"できひん|でけへん|できしまへん", "できない"),
    (r"あらへん|あれへん", "ない"),
    (r"おらへん|おれへん", "いない"),
    (r"おらんように(?=な)", "いなく"),
    (rf"おらん{_AFTER_DENIAL}", "いない"),
    (r"(?<=[かさたなまらわばえけせてねべめれげ])へんかった", "なかった"),
    (r"(?<=[かさたなまらわばえけせてねべめれげ])へん(?![かこさじてぴ])", "ない"),
    (r"(?<=[一-龠々]{2})せん(?:で(?=す|、|も|ほ))?(?=です|よ|わ|し|から|けど|と|、|。|$)", "しない"),
    (rf"(?P<stem>{_STEMS})んように(?=な)", r"\g<stem>なく"),
    (rf"(?P<stem>{_STEMS})んなっ", r"\g<stem>なくなっ"),
    (rf"(?P<stem>{_STEMS})んで(?!す|し[たょ])", r"\g<stem>なくて"),
    (rf"(?P<stem>{_STEMS})ん{_AFTER_DENIAL}", r"\g<stem>ない"),
    (r"ない(?=かった|くて|くな)", "な"),
    (r"(?<=ない)(?:けん|けえ|さかい)(?=[、。]|$)", "から"),
)
_COMPILED = tuple((re.compile(said), standard) for said, standard in _RULES)
_MAY_DIFFER = re.compile("[んへひ]|もた|う[たて]|のう|っと|なあ?、?[あい]")


def standard_endings(text: str) -> FoldedText:
    """Return a text with the endings of the standard, each character with the place that it comes from."""
    said = plain_denials(text)
    starts, ends = list(range(len(text))), list(range(1, len(text) + 1))
    for pattern, standard in _COMPILED if _MAY_DIFFER.search(said) else ():
        for match in reversed(list(pattern.finditer(said))):
            instead = match.expand(standard)
            first, last = match.span()
            begin, end = starts[first], ends[last - 1]
            same = Prefix.similarity(match.group(), instead)
            n_new = len(instead) - same
            starts[first + same : last] = [
                begin if same == 0 else min(starts[first + same : last] or [end])
            ] * n_new
            ends[first + same : last] = [end] * n_new
            said = said[:first] + instead + said[last:]
    return FoldedText(said, tuple(starts), tuple(ends))
