"""A small knowledge base and a short consultation for the tests of the screens."""

from datetime import UTC, date, datetime

from consult_assist.domain.events import Event
from consult_assist.domain.guidance import (
    LedgerEntry,
    LedgerState,
    Question,
    QuestionsChanged,
    Reason,
    SuggestionsChanged,
)
from consult_assist.domain.knowledge import (
    Amount,
    Contact,
    DangerProtocol,
    KnowledgeBase,
    Misconception,
    Name,
    Programme,
    Source,
    Template,
    TemplateField,
)
from consult_assist.domain.search import Hit, HitKind, Why
from consult_assist.domain.speech import Speaker, Utterance

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
FIELDS = (
    ("uketsuke", "受付"),
    ("shuso", "主訴"),
    ("choshu", "聴取内容"),
    ("annai", "制度の案内"),
    ("taio", "対応"),
    ("jikai", "次回"),
)

HITS = (
    Hit(
        kind=HitKind.PROGRAMME,
        id="jidou-fuyou-teate",
        title="児童扶養手当",
        why=Why.READING,
        line="ぼしてあて",
        name="母子手当",
        unverified=True,
    ),
    Hit(
        kind=HitKind.PROGRAMME,
        id="jukyo-kakuho",
        title="住居確保給付金",
        why=Why.EXAMPLE,
        line="仕事をやめて、来月の家賃が払えそうにないんです",
    ),
    Hit(
        kind=HitKind.PROTOCOL,
        id="dv",
        title="配偶者からの暴力（DV）",
        why=Why.CUE,
        line="夫 ＋ 殴られる",
    ),
    Hit(
        kind=HitKind.CONTACT,
        id="dv-navi",
        title="DV相談ナビ",
        why=Why.NAME,
        line="DV相談ナビ",
        name="DV相談ナビ",
    ),
)


def knowledge() -> KnowledgeBase:
    """Return a small knowledge base."""
    source = Source(url="https://www.example.go.jp/teate", as_of="2026-04", kind="公的", what="手当のしおり")
    programmes = [
        Programme(
            id="jidou-fuyou-teate",
            name="児童扶養手当",
            category="ひとり親",
            summary="ひとり親家庭などの児童を育てる人に支給される手当",
            names=(Name(text="児童扶養手当"), Name(text="母子手当")),
            target=("18歳に達する日以後の最初の3月31日までの児童を監護する父または母", "養育者"),
            amounts=(Amount(text="全部支給 月額46,690円（第1子）", as_of="2025-04", level="公的"),),
            documents=("戸籍謄本", "所得証明書", "本人確認書類", "振込先の口座", "年金手帳"),
            questions=("お子さんの年齢と人数を教えてください。", "離婚の時期はいつですか。"),
            contacts=("こども家庭課 児童給付係",),
            laws=("児童扶養手当法 第4条",),
            misconceptions=(Misconception(wrong="事実婚なら受けられる", right="事実婚の相手がいると対象外"),),
            sources=(source,),
            unverified=("市独自の上乗せの有無",),
            checked_on=date(2026, 10, 1),
        ),
        Programme(
            id="jukyo-kakuho",
            name="住居確保給付金",
            category="生活困窮",
            summary="離職などで家賃に困る人に、家賃相当額を一定の期間支給する",
            names=(Name(text="住居確保給付金"),),
            documents=("離職票", "賃貸借契約書の写し", "通帳の写し"),
        ),
        Programme(
            id="shugaku-enjo",
            name="就学援助",
            category="子ども",
            summary="学用品費や給食費などを援助する",
            names=(Name(text="就学援助"),),
            documents=("申請書", "所得を証明する書類"),
        ),
        Programme(
            id="boshi-kashitsuke",
            name="母子父子寡婦福祉資金貸付金",
            category="ひとり親",
            summary="修学資金や生活資金などを貸し付ける",
            names=(Name(text="母子父子寡婦福祉資金"),),
        ),
    ]
    protocols = [
        DangerProtocol(
            id="dv",
            title="配偶者からの暴力（DV）",
            steps=(
                "今、安全な場所にいるかを確かめる",
                "連絡してよい電話番号と時間帯をたずねる",
                "住所や相談したことを、家族からの問い合わせに答えない",
                "上司に知らせ、配偶者暴力相談支援センターにつなぐ",
            ),
            contacts=("police", "dv-navi", "local-dv"),
            cues=(),
            gaps=("夜間の市の連絡先",),
        ),
        DangerProtocol(
            id="destitution",
            title="今日の食事・お金・寝る所がない",
            steps=("今日食べる物と泊まる所があるかを確かめる", "生活保護の担当にその場でつなぐ"),
            contacts=("local-dv",),
            cues=(),
        ),
    ]
    contacts = [
        Contact(id="police", name="警察", number="110", note="今まさに危険なとき"),
        Contact(id="dv-navi", name="DV相談ナビ", number="#8008", note="最寄りの相談窓口へ"),
        Contact(id="local-dv", name="配偶者暴力相談支援センター", number=None, local=True),
    ]
    template = Template(
        id="madoguchi",
        name="窓口標準",
        fields=tuple(TemplateField(name=name, label=label) for name, label in FIELDS),
    )
    return KnowledgeBase(
        programmes={item.id: item for item in programmes},
        protocols={item.id: item for item in protocols},
        contacts={item.id: item for item in contacts},
        vocabulary=(),
        templates={template.id: template},
        digest="0" * 64,
    )


TALK: tuple[tuple[Speaker | None, str, str], ...] = (
    (Speaker.CLERK, "こんにちは。今日はどのようなご相談でしょうか。", ""),
    (
        Speaker.RESIDENT,
        "先月離婚しまして、五歳の娘と二人で暮らしています。仕事はパートで、月に九万円くらいです。",
        "",
    ),
    (Speaker.CLERK, "お一人で大変でしたね。お住まいは賃貸ですか。", ""),
    (
        Speaker.RESIDENT,
        "はい、家賃が五万八千円で、先月から払えていません。母子手当というのがあると聞いたんですが。",
        "",
    ),
    (Speaker.CLERK, "児童扶養手当ですね。ご説明します。", "自動扶養手当ですね。ご説明します。"),
    (None, "それから、上の子の給食費も…。", ""),
)


def utterance(number: int, speaker: Speaker | None, text: str, heard: str = "") -> Utterance:
    """Return an utterance five seconds after the one before."""
    start_s = number * 5.0
    return Utterance(
        id=f"u{number}",
        channel=0,
        speaker=speaker,
        start_s=start_s,
        end_s=start_s + 4.0,
        heard=heard or text,
        text=text,
    )


def talk_events() -> list[Event]:
    """Return a short consultation with suggestions and questions."""
    events: list[Event] = [
        utterance(number, speaker, text, heard) for number, (speaker, text, heard) in enumerate(TALK)
    ]
    events += [
        SuggestionsChanged(
            shown=("jidou-fuyou-teate", "jukyo-kakuho", "shugaku-enjo", "boshi-kashitsuke"),
            why=(
                Reason(
                    programme="jidou-fuyou-teate",
                    utterance_ids=("u1",),
                    reason="離婚して五歳の子と二人暮らし",
                ),
                Reason(programme="jukyo-kakuho", utterance_ids=("u3",), reason="家賃が払えていない"),
                Reason(programme="shugaku-enjo", utterance_ids=("u5",), reason="給食費の話"),
            ),
        ),
        QuestionsChanged(
            shown=(
                Question(programme="jidou-fuyou-teate", text="お子さんの年齢と人数を教えてください。"),
                Question(
                    programme="jukyo-kakuho",
                    text="家賃の滞納は何か月分ですか。離職や減収の時期も教えてください。",
                ),
                Question(programme="shugaku-enjo", text="お子さんは市立の小中学校に通っていますか。"),
            )
        ),
        LedgerEntry(programme="jidou-fuyou-teate", state=LedgerState.TOLD, utterance_id="u4", by="program"),
        LedgerEntry(programme="jukyo-kakuho", state=LedgerState.UNTOLD, utterance_id="u3", by="program"),
    ]
    return events
