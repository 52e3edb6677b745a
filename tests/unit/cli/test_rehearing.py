"""What people read when a consultation was heard again."""

import io
import sys
from dataclasses import replace

import pytest

from consult_assist.app.records.rehearing import ChangedLine, FieldChange, Kept, KeptLine, Rehearing
from consult_assist.cli.rehearing import text_from_rehearing, wanted
from consult_assist.domain.knowledge import DangerProtocol
from consult_assist.domain.record import LineKind, RecordLine
from consult_assist.domain.speech import Speaker
from consult_assist.domain.transcript import TranscriptLine
from tests.nothing_known import NOTHING_KNOWN

KNOWLEDGE = replace(
    NOTHING_KNOWN,
    protocols={"dv": DangerProtocol(id="dv", title="配偶者からの暴力", cues=(), steps=(), contacts=())},
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


def test_an_answer_that_is_broken_off_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal(""))
    with pytest.raises(KeyboardInterrupt):
        wanted()
    monkeypatch.setattr(sys, "stdin", Terminal("\nはい\n"))
    assert [wanted(), wanted()] == [False, True]


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
