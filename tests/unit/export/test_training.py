"""For training: who it was is covered, everything else stays as it was said."""

from collections.abc import Iterator

import pytest

from consult_assist.domain.document import RecordDocument
from consult_assist.domain.guidance import Fact
from consult_assist.domain.record import ConsultationRecord, LineKind, RecordField, RecordLine
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.export.pseudonymization import PatternPseudonymizer
from consult_assist.export.training import list_for_training, record_for_training
from tests.summaries import summary


def names(text: str) -> Iterator[tuple[int, int, str]]:
    at = text.rfind("大阪")
    return iter([(at, at + 2, "地名")] if at >= 0 else [])


def covered(text: str, *kept: str) -> str:
    return PatternPseudonymizer(known={}, kept=frozenset(kept), find_names=names).pseudonymize(text)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("山田花子と申します。", "［氏名1］と申します。"),
        ("タナカさんが、タナカさんに", "［氏名1］さんが、［氏名1］さんに"),
        ("090の1234の5678です", "［電話1］です"),
        ("令和8年10月15日に出しました", "［日付1］に出しました"),
        ("十二月十日と12月11日", "［日付1］と［日付2］"),
        ("家賃は6万円で５万円足りない", "家賃は［金額1］で［金額2］足りない"),
        ("82歳の母と二人です", "［年齢1］の母と［数1］人です"),
        ("大阪のみどり町三丁目5番地", "［地名1］のみどり町［住所1］"),
        ("北山市から中央病院に", "［地名1］から［団体1］に"),
        ("〒530-0001、a.b@example.jp", "［郵便番号1］、［連絡先1］"),
    ],
)
def test_what_tells_who_it_is_is_covered(said: str, shown: str) -> None:
    assert covered(said) == shown


@pytest.mark.parametrize(
    "said",
    [
        "お子さんとお母さんと一人暮らしで、一緒に市役所や町内会に行きました。",
        "娘さんと相談者様と弁護士さんと社会福祉士さん",
        "市区町村の公営住宅と都道府県の水道",
        "一度、一応、一番困っている",
    ],
)
def test_what_names_nobody_stays(said: str) -> None:
    assert covered(said) == said


def test_programmes_stay() -> None:
    assert covered("大阪手当2と大阪", "大阪手当2") == "大阪手当2と［地名1］"


def line(utterance_id: str, text: str) -> TranscriptLine:
    return TranscriptLine(
        id=utterance_id, channel=0, speaker=None, start_s=0, end_s=1, heard="誤って聞いた阿部", text=text
    )


DOCUMENT = RecordDocument(
    summary=summary(id="20261121-0505", operator="佐々木", case_number="A-007"),
    record=ConsultationRecord(
        template="t",
        fields=(
            RecordField(
                name="n",
                label="受付",
                lines=(RecordLine(text="佐々木が受け付け、A-007。とみた のどか", kind=LineKind.CLERK),),
            ),
        ),
    ),
    transcript=(line("u1", "とみた のどかです。"), line("u2", "のどかな所です。")),
    programme_names={},
    chain_head="3f" * 32,
    facts=(
        Fact(name="name", value="とみた のどか", utterance_id="u1", revision=0, start_char=0, end_char=7),
    ),
)


def test_names_that_the_record_knows_are_covered_everywhere() -> None:
    text = record_for_training(DOCUMENT, names).decode()

    assert "［氏名1］が受け付け、［番号1］。［氏名2］" in text
    assert "話者不明　［氏名2］です。\n　話者不明　のどかな所です。" in text
    assert not [
        said for said in ("20261121", "佐々木", "A-007", "とみた", "阿部", "3f3f", "2026") if said in text
    ]


def test_the_list_says_what_was_covered_and_how_often() -> None:
    rows = list_for_training(DOCUMENT, names).decode().splitlines()

    assert "［氏名2］　とみた のどか　2か所" in rows
    assert "［番号1］　A-007　1か所" in rows
