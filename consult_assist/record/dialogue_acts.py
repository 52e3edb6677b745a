"""What a spoken sentence is for, read from its set phrases.

Where the speaker is unknown, the polite forms of Japanese tell the two sides of a counter apart fairly well:
a clerk raises the other person (お子さん, いらっしゃいますか), lowers the own act (お渡しします) and explains
rules (原則, 以内, という制度).
"""

import re

from consult_assist.japanese.sentences import split_sentences

_FILLERS = re.compile(
    r"えー?っと|ええと|えー|あのー?[、,]?|そのー|まあ|うーん|んー|あー?[、,]|[\s、。,.!?！？…ー〜]"
)
_GREETINGS = re.compile(
    r"(?:こんにちは|こんばんは|おはようございます|はじめまして|初めまして|す[みい]ません|失礼(?:いた)?します"
    r"|(?:どうぞ)?(?:よろしく)?お願い(?:いた)?します|どうも|どうぞ|ありがとうございま(?:す|した)|はい|ええ|うん"
    r"|そうです(?:か|ね|よね)?|そうなんです(?:か|ね)?|なるほど|わかりました|分かりました|今日は|本日は)+"
)
_ANSWERS = re.compile(r"(?:はい|ええ|うん|いいえ|いえ|いや|ううん|そう(?:です)?|まだ(?:です)?|べつに)*")
_BEGINNINGS = re.compile(
    r"(?:いや)?(?:どこ|何|なに)から(?:お?話|言|相談|始|聞|はな|いえ|だろ|でしょ)[ぁ-ん]{0,12}(?:わか|分か)?[ぁ-ん]{0,9}"
    r"|ここでいいのか(?:わか|分か)?[ぁ-ん]{0,9}"
)
_WISH = re.compile(
    r"困っ|困り|困る|相談(?:し|が|に|を)|どうすれば|どうしたら|た(?:い(?:ん|の)?(?:です|だ|けど|と)|くて)|ほしい|欲しい"
    r"|助けて|苦し[いく]|つら[いく]|辛[いく]|厳し[いく]|きつ[いく]|難し[いく]|不安|心配|無理|こわ[いく]|怖[いく]"
    r"|払え(?:ない|ず|なく|てい|ません)|足りな|できなく|なくなっ|なくなり|探して|のことで|のことなん|聞いた(?:ん|の)"
    r"|(?:受けられ|もらえ|使え|でき|あり|借りられ)ますか|教えて"
)
_INTENT = re.compile(
    r"(?:申請(?:を)?し|申し込み(?:を)?し|申し込み|受け|受給(?:を)?し|利用(?:を)?し|使い|もらい|借り)た(?:い|く)"
)
_TO_THE_RESIDENT = re.compile(
    r"お子さ[んま]|ご主人|奥様|お[父母][様さ]|おいくつ|おいくら|お住まい|お仕事|お名前|お気持ち|お急ぎ|おけが|お困り|お待たせ"
    r"|ご(?:本人|家族|両親|自身|自分|年齢|不安|心配|相談(?:です|の|で)|存[じ知])|大変でした|つらかったです"
    r"|いらっしゃ|されて(?:い|ま)|どうされ|され(?:ました|ます)か|なさ[いっれ]|くださ(?:いね|いませ|って|いました)"
    r"|お(?:聞かせ|書き|持ち|待ち|越し|掛け|かけ|入り|話し)(?:くだ|いた|に)|(?:伺|うかが)(?:い|っても|えます)"
    r"|よろしいです|よろしいでしょう|お[ぁ-ん一-鿿]{1,4}にな(?:る|り|っ)|承り|お預かり|窓口(?:です|でございます)|ましょう(?!か)"
)
_EXPLAINED = re.compile(
    r"以内|未満|原則|無利子|審査が|上限|支払われ|という(?:制度|支援|貸付|しくみ|仕組み)|給付金(?:も|が|という)"
    r"|(?:受けられ|使え|(?<!て)もらえ|(?:利用|申請|請求)?でき)ます(?!か|よね)|られることが(?:あり|でき)"
)
_DONE = r"(?:て(?:おき|き|まいり|参り|いただき|み))?(?:ます|ました|ましょう)(?!か|せん|し)"
_ACT = re.compile(
    r"(?:案内|紹介|説明|連絡|予約|同行|確認|手配|用意|手続き|コピー|印刷|手伝い|お預かり|お渡し|お調べ|お送り|おつなぎ|お繋ぎ"
    r"|お持ち|お取り|お電話|お呼び|引き継ぎ|取り次ぎ|電話するように)(?:を)?(?:し|いたし|致し|させていただき)"
    rf"{_DONE}"
    rf"|(?:渡し|つなぎ|繋ぎ|送り|呼び|受け付け|引き継ぎ|取り次ぎ|予約を取り){_DONE}"
    r"|(?:呼んで|調べて|渡して|つないで|繋いで|送って|入れて)(?:き|おき|まいり|参り|み)(?:ます|ました)(?!か|せん|し)"
    r"|(?:者|員|が|で)[^。、]{0,6}(?:まいり|参り)ます"
)
_REQUEST = re.compile(r"お願い|(?:して|つないで|渡して|送って)(?:くだ|下さ)")
_HUMBLE = re.compile(
    r"(?:お(?!願い)[ぁ-ん一-鿿]{1,4}|ご[一-鿿]{1,4}を?)(?:し|いたし|致し)(?:て(?:おき|き|まいり))?(?:ます|ました)"
    r"|(?:いたし|致し|まいり|参り)(?:ます|ました)|させていただき|つなぎます|繋ぎます|[者員]を呼"
)
_WHEN = (
    r"(?:次回|今週|来週|再来週|来月|明日|あした|明後日|あさって|今度|曜|[\d一二三四五六七八九十]+[日時](?!間)"
    r"|まで(?:に|は))"
)
_MEETING = (
    r"(?:お越し|来て(?:くだ|いた|もら)|来られ|来ます|来ましょう|参ります|まいります|伺[いう]|お待ち|予約|お持ち|持って(?:き|来)"
    r"|持参|お?電話(?:し|くだ|いた|を)|連絡(?:し|くだ|いた|を)|面談|面接|ご?提出|お会い)"
)
_NEXT = re.compile(
    r"次回|また(?:お越し|来て|来ます|来られ|いらし|いらっしゃ|伺|参り|ご?連絡|お?電話)"
    rf"|{_WHEN}[^。]*{_MEETING}|{_MEETING}[^。]*{_WHEN}"
)
_HOPE = re.compile(
    r"た(?:い(?:です|んです|のです|と思|と考え|けど|。|$)|く(?:ない|ありません|て。?$))|ほしい|欲しい|決められ(?:な|ませ)|迷って"
)
_PARTICLE_AT_END = re.compile(
    r"(?<![のん]で)(?<=[一-鿿ァ-ヶーA-Za-z0-9ぁ-ん])(?:から|まで|[にはをがもへの]|(?<=[一-鿿ァ-ヶー])[でと])$"
)
_ASKS = re.compile(
    r"(?<!と)(?<!いう)か(?:ね|な|しら)?$|(?:です|ます|でした|ました|ません|だ|ない|た)よね$|でしょう(?:か|ね)?$|だろう$|っけ$|[？?]$"
)
_TOPIC_AT_END = re.compile(r"(?:は|って)$")
_POLITE_END = re.compile(r"(?:(?:なん|ん|の)?です)?(?:けど|が|ね|よ)?$")
_NO_PREDICATE = re.compile(r"(?:[一-鿿々ァ-ヶーA-Za-z0-9]|から|まで|だけ|くらい|ぐらい|ほど|ごろ|とか)$")
_MAX_SHORT_CHARS = 5
_MAX_ELLIPTIC_CHARS = 12
"""Without a predicate an answer may be longer and yet say little by itself."""
_LINKED_AT_END = re.compile(r"(?:て|で|し|たり|とか)$")


def is_small_talk(text: str) -> bool:
    """Return whether a sentence is a greeting, an answer of one word or a filler."""
    words = _FILLERS.sub("", text)
    return len(words) < 4 or _GREETINGS.fullmatch(words) is not None


def says_nothing(text: str) -> bool:
    """Return whether an utterance tells nothing without those around it, whatever was found in it.

    A bare answer, a greeting, words to begin with, or a word left hanging on its particle (公園の).
    """
    words = _FILLERS.sub("", text)
    if _ANSWERS.fullmatch(words) or _GREETINGS.fullmatch(words) or _BEGINNINGS.fullmatch(words):
        return True
    return len(words) < 4 and breaks_off(text)


def states_wish(text: str) -> bool:
    """Return whether a sentence states what troubles the person or what is wanted."""
    return _WISH.search(text) is not None and not is_small_talk(text)


def states_intent(text: str) -> bool:
    """Return whether someone says whether they want to apply; which of the two is never inferred."""
    return _INTENT.search(text) is not None


def sounds_like_clerk(text: str) -> bool:
    """Return whether a sentence of unknown origin is worded as a clerk speaks to a visitor."""
    if _TO_THE_RESIDENT.search(text) or _EXPLAINED.search(text):
        return True
    return states_humble_act(text)


def states_act(text: str) -> bool:
    """Return whether a sentence of the clerk states something done or about to be done for the resident."""
    return _ACT.search(text) is not None and _REQUEST.search(text) is None


def states_humble_act(text: str) -> bool:
    """Tell the same of a sentence of unknown origin: only forms that nobody but staff would use."""
    return states_act(text) and _HUMBLE.search(text) is not None


def arranges_next(text: str) -> bool:
    """Return whether a sentence speaks of the next visit, call or date."""
    return _NEXT.search(text) is not None


def breaks_off(text: str) -> bool:
    """Return whether an utterance ends where its sentence does not: after a particle or with a comma."""
    words = text.rstrip("。 ")
    return words.endswith("、") or _PARTICLE_AT_END.search(words) is not None


def hangs(text: str) -> bool:
    """Return whether an utterance ends in a clause that another is to follow, as far as its form tells."""
    return _LINKED_AT_END.search(text.rstrip("。、 ")) is not None


def states_hope(text: str) -> bool:
    """Return whether someone says what they would like, or that they cannot decide."""
    return _HOPE.search(text) is not None


def is_short(text: str) -> bool:
    """Return whether an utterance is so short that only the question before it says what it is about."""
    words = _POLITE_END.sub("", _FILLERS.sub("", text))
    if len(words) <= _MAX_SHORT_CHARS:
        return True
    return len(words) <= _MAX_ELLIPTIC_CHARS and _NO_PREDICATE.search(words) is not None


def ends_asking(text: str) -> bool:
    """Return whether any sentence of an utterance ends as a question, or asks to be borne out."""
    return any(_ASKS.search(sentence.rstrip("。、 　\n")) for sentence in split_sentences(text))


def puts_question(sentence: str) -> bool:
    """Return whether a sentence of the clerk wants an answer; そうですか wants none."""
    if is_small_talk(sentence):
        return False
    return ends_asking(sentence) or _TOPIC_AT_END.search(sentence.rstrip("。、 　\n")) is not None
