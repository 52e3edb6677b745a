"""Frames of sentences and the words that fill them: names, amounts, dates, families, all made up.

`{money}` stands for one of the words of that name, `{1-8}` for a number, and `{娘|息子}` for one of those.
"""

import random
import re
from collections.abc import Mapping, Sequence

SURNAMES = (
    "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 "
    "斎藤 清水 山崎 森 池田 橋本 阿部 石川 前田 藤田 小川 岡田 後藤 長谷川 村上 近藤 石井 遠藤 "
    "青木 坂本 西村 福田 太田 三浦 藤井 岡本 松田 中川 原田 小野 田村 竹内 金子 和田 中山 石田 "
    "上田 森田 原 柴田 酒井 工藤 横山 宮崎 宮本 内田 高木 安藤 谷口 大野 丸山 今井 河野 藤原 村田 "
    "武田 上野 杉山 増田 平野 大塚 千葉 久保 松井 野口 菊地 木下"
)
GIVEN_NAMES = (
    "太郎 花子 一郎 次郎 三郎 美咲 陽子 恵子 久美子 由美 裕子 直美 健一 健太 大輔 翔太 拓也 誠 隆 "
    "茂 実 清 正 勝 和子 幸子 節子 洋子 京子 さくら 葵 結衣 陽菜 蓮 大翔 悠真 愛 真由美 智子 明美"
)
PLACES = (
    "中央区 北区 南区 東区 西区 緑区 港区 本町 栄町 中町 東町 西町 旭町 大手町 桜木町 緑町 若葉台 希望ヶ丘"
)
ILLNESSES = (
    "うつ病 糖尿病 高血圧 がん 脳梗塞 パーキンソン病 統合失調症 てんかん 腰痛 ヘルニア 心筋梗塞 "
    "認知症 リウマチ 適応障害 パニック障害 発達障害 自閉症 肝炎 緑内障 骨折"
)
KIN = "夫 妻 母 父 長男 長女 次男 次女 娘 息子 姉 兄 弟 妹 祖母 祖父 義理の母 元夫 元妻 孫"

WORDS: Mapping[str, Sequence[str]] = {
    "surname": SURNAMES.split(),
    "given": GIVEN_NAMES.split(),
    "place": PLACES.split(),
    "illness": ILLNESSES.split(),
    "kin": KIN.split(),
    "money": (
        "{1-30}万円",
        "{1-30}万{1-9}千円",
        "{1-9}千円",
        "{1-29}万{1-9}{1-9}00円",
        "{1-9}{1-9}00円",
        "{1-30}万",
    ),
    "age": ("{1-18}歳", "{20-90}歳", "{20-90}", "{1-11}か月"),
    "date": (
        "{1-12}月{1-31}日",
        "昭和{20-63}年{1-12}月{1-31}日",
        "平成{1-30}年{1-12}月{1-31}日",
        "令和{1-8}年{1-12}月",
        "{1-12}月の末",
        "先月の{1-28}日",
        "今月の{1-28}日",
        "来月の{1-28}日",
    ),
    "two": ("{0-9}{0-9}",),
    "three": (*["{0-9}{0-9}{0-9}"] * 9, "000"),
    "four": (*["{0-9}{0-9}{0-9}{0-9}"] * 9, "0000"),
    "mobile": ("090 {four} {four}", "080 {four} {four}", "070 {four} {four}"),
    "landline": ("03 {four} {four}", "045 {three} {four}", "06 {four} {four}", "0{three} {two} {four}"),
    "telephone": ("{mobile}", "{mobile}", "{landline}"),
}

FACTS = (
    "{surname}{given}です",
    "{surname}{given}と申します",
    "{surname}と申します",
    "名前は{surname}{given}です",
    "担当の{surname}です",
    "お名前は、{surname}{given}さんですね",
    "{surname}さん、お待たせしました",
    "生年月日は{date}です",
    "{date}生まれです",
    "{date}に退職しました",
    "{date}までに提出してください",
    "{date}に離婚届を出しました",
    "では、{date}の{9-16}時にお越しください",
    "家賃は{money}です",
    "家賃が{money}で、{1-8}か月滞納しています",
    "手取りで{money}くらいです",
    "月{money}、いや{money}です",
    "年金が2か月で{money}です",
    "借金が{money}あります",
    "貯金は{money}ぐらい、手持ちは{money}しかありません",
    "パートで月に{money}ほどです",
    "養育費は月{money}の約束です",
    "医療費が{money}かかりました",
    "家賃は{money}、滞納は{1-8}か月ですね",
    "失業手当が{money}です",
    "介護の費用が{money}になります",
    "水道代が{money}たまっています",
    "月額{money}です",
    "子どもは{1-4}人です",
    "上の子が{age}で、下の子が{age}です",
    "{kin}は{age}です",
    "{kin}が{illness}で入院しています",
    "{kin}と二人暮らしです",
    "{kin}と{kin}と三人で住んでいます",
    "私が{age}で、{kin}が{age}です",
    "{illness}と診断されました",
    "要介護{1-5}です",
    "要支援{1-2}と言われました",
    "小学{1-6}年生です",
    "中学{1-3}年生の{娘|息子}がいます",
    "高校{1-3}年です",
    "身体障害者手帳の{1-6}級を持っています",
    "精神の手帳{1-3}級です",
    "療育手帳のB判定です",
    "住所は{place}{1-5}丁目{1-20}番{1-30}号です",
    "{place}の{1-5}丁目です",
    "{国民健康保険|国保|社会保険|夫の扶養}に入っています",
    "国保の保険料を{2-12}か月払っていません",
    "{2-20}年働いた会社を{1-12}月に辞めました",
    "自営で{食堂|建築|運送|美容室}をしています",
    "{派遣|パート|正社員|契約社員|日雇い|アルバイト}で働いています",
    "{kin}が{1-12}月に亡くなりました",
    "別居して{1-11}か月になります",
    "はい、{1-4}人です",
    "ええ、{age}です",
    "そうですか、{illness}で{1-9}年",
    "{term}と{term}をお持ちください",
    "{term}はお持ちですか",
    "{term}のことで伺いたいんです",
    "{term}が必要です",
    "{term}についてお聞きします",
)
"""`{term}` is one of the knowledge base's."""

TELEPHONES = (
    "{}です",
    "電話番号は{}です",
    "電話番号は、{}です",
    "携帯は{}",
    "携帯は{}です",
    "はい、{}です",
    "連絡先は{}になります",
    "{}で、お間違いないですか",
    "電話は{}ですね",
)
PROGRAMMES = (
    "{name}の申請をご案内します",
    "{name}という制度があります",
    "{name}はご存じですか",
    "{name}についてご説明しますね",
    "それでしたら{name}が使えるかもしれません",
    "{name}は受けていらっしゃいますか",
    "{name}の窓口はこちらです",
    "{name}の手続きには、戸籍謄本が必要です",
    "{name}を申請したいんですが",
    "{name}って何ですか",
    "あと、{name}も一緒に出せます",
    "{name}は毎年、現況届が要ります",
    "{name}、もらってます",
    "{name}と、それから{other}の対象になります",
    "{name}の決定通知が届きました",
    "今は{name}だけで暮らしています",
    "{name}を受けるには、所得の制限があります",
    "{name}のほうへおつなぎします",
)
FILLERS = (
    "あの、",
    "えっと、",
    "ええと、",
    "そうですね、",
    "はい、",
    "いえ、",
    "実は、",
    "で、",
    "それで、",
    "まあ、",
    "その、",
    "じゃあ、",
    "ああ、",
    "うん、",
)

_SLOT = re.compile(r"\{([^{}]+)\}")


def fill(frame: str, words: Mapping[str, Sequence[str]], rng: random.Random) -> str:
    """Return a sentence of a frame, each slot of it filled at random."""

    def draw(slot: re.Match[str]) -> str:
        name = slot[1]
        if bounds := re.fullmatch(r"(\d+)-(\d+)", name):
            return str(rng.randint(int(bounds[1]), int(bounds[2])))
        return fill(rng.choice(name.split("|") if "|" in name else words[name]), words, rng)

    return _SLOT.sub(draw, frame)
