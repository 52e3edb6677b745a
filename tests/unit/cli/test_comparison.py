"""What people read when a consultation was heard again."""

from consult_assist.app.records.rehearing import ChangedLine, FieldChange, Kept, KeptLine, Rehearing
from consult_assist.cli.comparison import text_from_advice, text_from_rehearing
from consult_assist.domain.knowledge import DangerProtocol, KnowledgeBase
from consult_assist.domain.record import LineKind, RecordLine
from consult_assist.domain.speech import Speaker
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.models.advice import Candidate, Pace, advise
from consult_assist.models.machine import Machine

KNOWLEDGE = KnowledgeBase(
    programmes={},
    protocols={"dv": DangerProtocol(id="dv", title="配偶者からの暴力", cues=(), steps=(), contacts=())},
    contacts={},
    vocabulary=(),
    templates={},
    digest="",
)


def line(text: str, failure: str | None = None) -> TranscriptLine:
    return TranscriptLine(
        id="u1",
        channel=0,
        speaker=Speaker.RESIDENT,
        start_s=72.0,
        end_s=75.0,
        heard=text,
        text=text,
        failure=failure,
    )


def test_everything_that_changes_and_everything_that_stays_is_told() -> None:
    lost = RecordLine(text="家賃：月9万円", kind=LineKind.CONDENSED)
    rehearing = Rehearing(
        consultation_id="c",
        changed=(
            ChangedLine(before=line("矢賃が払えない"), text="家賃が払えない"),
            ChangedLine(before=line("", failure="失敗"), text="はい"),
        ),
        kept=(KeptLine(line=line("番号は〓〓〓〓"), why=Kept.MASKED),),
        n_same=3,
        fields=(FieldChange(label="聴取内容", lost=(lost,), gained=()),),
        unsupported=(RecordLine(text="夫と暮らす", kind=LineKind.UNSUPPORTED),),
        typed=(RecordLine(text="家賃は9万とのこと", kind=LineKind.CLERK),),
        alerts=("dv",),
        events=(),
        chain_head="",
    )
    assert text_from_rehearing(rehearing, KNOWLEDGE).splitlines() == [
        "1:12 相談者",
        "  前: 【矢】賃が払えない",
        "  後: 【家】賃が払えない",
        "1:12 相談者",
        "  前: （認識できませんでした）",
        "  後: はい",
        "記録【聴取内容】",
        "  － 家賃：月9万円",
        "根拠を移せなかった記録の行（「根拠なし」の印を付けて残します。直すか消してください）",
        "  夫と暮らす",
        "職員が書いた記録の行（もとの発話が変わりましたが、そのまま残します）",
        "  家賃は9万とのこと",
        "個人番号を伏せた行（そのまま残します）",
        "  1:12 番号は〓〓〓〓",
        "★ 聞き直して分かった危険のサイン: 配偶者からの暴力",
        "変わる行 2、同じ行 3、そのままの行 1。",
    ]


def test_the_table_says_what_was_measured_and_what_is_expected() -> None:
    pace = Pace(finals=0.1, drafts=0.2, wait_s=0.6)
    advice = advise(
        [
            Candidate(name="base", installed=True, needs_bytes=220_000_000, pace=pace),
            Candidate(name="small", installed=False, needs_bytes=390_000_000),
            Candidate(name="own", installed=False, needs_bytes=390_000_000),
        ],
        Machine(cores=2, free_bytes=None),
        device="CPU、int8",
        notice="GPU で認識できません。",
        threads=2,
        chosen="base",
    )
    first, notice, _, base, small, own, _, sentence = text_from_advice(advice).splitlines()
    assert first == "CPU 2 コア、空いているメモリー 分かりません、認識は CPU、int8"
    assert notice == "GPU で認識できません。"
    assert base.split() == [
        "base",
        "あり",
        "0.30",
        "秒（0.20）",
        "0.6",
        "秒",
        "0.2",
        "GB",
        "会話に追いつきます",
    ]
    assert "見込み: 会話に追いつきます（途中の文字はまばら）" in small
    assert "測れません" in own
    assert sentence == advice.sentence
