"""Which side of a counter a sentence belongs to, read from the polite forms of Japanese.

A clerk raises the person opposite (お子さん, いらっしゃいますか), lowers the own act (ご案内します) and
explains rules (という制度, 対象になります). A resident speaks of their own (うちの, 夫が), leaves the
sentence open (〜んですけど) and asks what is possible for them (もらえますか).
"""

import re
from typing import Final

STRONGEST: Final = 4.0
"""No sentence alone is worth more: anyone may quote the other side."""

_CLERK: Final = (
    # the listener's people, home, affairs and acts, raised
    (
        2.0,
        r"(?:お子|お嬢|お[父母兄姉]|奥)[様さ]|お子さん|[息娘]子?さん|ご主人|おいくつ|おいくら|お住まい|お仕事|お名前|お困り|お気持ち"
        r"|ご(?:本人|家族|両親|家庭|自宅|自身|年齢|用件|予定|存[じ知]|不安|希望|都合)",
    ),
    (
        2.0,
        r"いらっしゃ|(?<![らわ])れて(?:い|お)?(?:ます|まし)か|どう(?:され|なさ)|なさ[いっ]|(?<!て)いただけ(?:ます|れば)"
        r"|[おご][ぁ-ん一-鿿]{1,5}(?:くださ|になり?ま|になる|いただ)|よろしい(?:です|でしょう)",
    ),
    (
        2.0,
        r"お待たせ|おかけ|お掛け|次の(?:方|かた)|どのような(?:ご?相談|ご用)|どう(?:され|なさい)ました|いかがされ",
    ),
    # the own act, lowered
    (
        2.0,
        r"(?:ご(?:案内|説明|紹介|連絡|用意|確認|相談)|お(?:渡し|預かり|手伝い|つなぎ|伺い|うかがい|調べ|聞き|送り|持ち|取り|伝え|呼び))"
        r"(?:を)?(?:し|いたし|致し|できま|ください|する)|(?<!お願い)(?<!失礼)(?:いたし|致し|まいり|参り|申し)ます|承り",
    ),
    (2.0, r"(?:が|も|で|は|に|く|こと|必要[がは])ございま(?:す|せん)"),
    # rules
    (
        1.5,
        r"という(?:制度|支援|事業|貸付|給付|手当|方法|しくみ|仕組み|通い)|(?:対象に|場合[がはに、]|給付金[がもの]|制度[がでも])",
    ),
    (
        1.5,
        r"原則|上限|以内|以下の|未満|無利子|支給され|支払われ|(?:申請|手続き?|審査|所得|届出)(?:が必要|によ|の制限|でき|を受け付)",
    ),
    (
        1.0,
        r"(?:使え|受けられ|利用でき|申請でき|相談でき|請求でき|免除|減額|軽く)[^か。]{0,6}(?:ます|ません|場合)(?!か|よね)",
    ),
    (1.0, r"ましょう|ください(?:ね|。|$)|させてください"),
    # an ear for the other
    (
        1.5,
        r"大丈夫ですよ|大変でした|(?:お?つらい|ご?心配)(?:です|でした)ね|そうでした[かね]|(?:構い|かまい)ません|もちろんです",
    ),
)
_RESIDENT: Final = (
    # own people and affairs, plain
    (
        2.0,
        r"(?<!お)(?<!ご)(?:主人|夫|妻|旦那|息子(?!さん)|娘(?!さん)|長男|長女|次男|次女|[父母](?![子様さ親]))(?:が|は|の|も|に|と|を|から)",
    ),
    (2.0, r"(?:私|わたし|僕|うち|自分)(?:は|が|の|も|で|には)?"),
    # the sentence left open
    (1.5, r"んです(?:が|けど|よ|。|、|$)|なんです(?!か|ね)|んだけど|(?:です|ます)けど"),
    (1.0, r"(?:て|で|くて|けど|ので|から|し)[。、]?$"),
    # trouble and wish
    (
        1.5,
        r"困って|困り(?:まし|ます)|不安(?:で|な)|心配(?:で|な)|怖(?:い|く|かっ)|しんど|苦し[いく]|助かり|わからな|分からな|知らな(?:か|く)"
        r"|払え(?:な|て(?:い)?な|ず)|足りな|寝(?:て|ら)|食べて(?:い)?な|くなっちゃ|てしま(?:っ|い)",
    ),
    (
        1.5,
        r"(?:し|受け|取り|借り|行き|なり|やり|使い|もらい|入り|働き|聞き|辞め|別れ)たい(?:です|んで|と思|けど|の)",
    ),
    # what is possible for me
    (
        1.5,
        r"(?:もらえ|使え|受けられ|借りられ|変えられ|して(?:も)?らえ|来てもらえ)(?:ますか|るん|るの|ない)|(?:いい|返す|かかる|つく)んですか"
        r"|(?:でき|かかり|あり|つき|なり)ますか|(?:でも|ても)、?(?:いい|無理|大丈夫)(?:です|んです)か",
    ),
    # hesitation, and answers about oneself
    (1.0, r"(?:^|[。、])(?:えっと|えーと|ええと|あの[ー、]|実は|あと[、は]|それと|え、|へえ)"),
    (
        1.0,
        r"言われ(?:て|まし|た)|みたい(?:で|な)|くらい(?:で|しか|か)|だけで(?:す|、)|(?:歳|才|年生|か月|万円|千円)(?:です|で[、。])",
    ),
)


def clerk_evidence(text: str) -> float:
    """Return how much a sentence sounds like the clerk (positive) or the resident (negative), as log odds.

    Each kind of cue counts once. The weights are rounded guesses, not fitted: only their sum over a whole
    consultation decides who is who, see docs/decisions/0011-voices.md.
    """
    score = sum(weight for weight, pattern in _CLERK_PATTERNS if pattern.search(text))
    score -= sum(weight for weight, pattern in _RESIDENT_PATTERNS if pattern.search(text))
    return max(-STRONGEST, min(STRONGEST, score))


_CLERK_PATTERNS: Final = tuple((weight, re.compile(pattern)) for weight, pattern in _CLERK)
_RESIDENT_PATTERNS: Final = tuple((weight, re.compile(pattern)) for weight, pattern in _RESIDENT)
