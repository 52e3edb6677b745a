"""A line of the record → the words of an utterance behind it."""

import pytest

from consult_assist.domain.guidance import Fact, Match, Term
from consult_assist.domain.record import LineKind, RecordLine
from consult_assist.domain.speech import Revision, Utterance
from consult_assist.record.evidence import gather_evidence
from consult_assist.record.facts import draft_field
from consult_assist.record.span_projection import spoken_span
from tests.unit.record.talk import fact, said

HEARD = "はい、やちんは五万円です。自動扶養手当の審生をしたいんですけど。"
TEXT = "はい、家賃は五万円です。児童扶養手当の申請をしたいんですけど。"
CORRECTED = "はい、家賃は五万円です。児童扶養手当の申請をしたいのですが。"
NAMES = {"jidou-fuyou-teate": "児童扶養手当"}
EVIDENCE = gather_evidence(
    [
        Utterance(id="u1", channel=0, speaker=None, start_s=1.0, end_s=9.0, heard=HEARD, text=TEXT),
        Fact(name="rent_monthly", value=50_000, utterance_id="u1", revision=0, start_char=3, end_char=9),
        Term(
            utterance_id="u1",
            revision=0,
            start_char=12,
            end_char=18,
            name="児童扶養手当",
            programme="jidou-fuyou-teate",
            how=Match.EXACT,
        ),
        Revision(utterance_id="u1", revision=1, text=CORRECTED, by="clerk"),
    ]
)


def words(text: str, kind: LineKind, utterance_id: str = "u1") -> str | None:
    line = RecordLine(text=text, kind=kind, utterance_ids=("u1",))
    span = spoken_span(line, utterance_id, EVIDENCE, lambda programme: NAMES[programme])
    return None if span is None else HEARD[slice(*span)]


@pytest.mark.parametrize(
    ("text", "kind", "heard"),
    [
        ("家賃：月5万円", LineKind.CONDENSED, "やちんは五万円"),
        ("児童扶養手当：説明済", LineKind.CONDENSED, "自動扶養手当"),
        ("「児童扶養手当の申請をしたいのですが」", LineKind.QUOTED, "自動扶養手当の審生をしたいんですけど"),
        ("家賃：月6万円", LineKind.CONDENSED, None),
        ("家賃に困っている", LineKind.CLERK, None),
        ("「言っていないこと」", LineKind.QUOTED, None),
    ],
)
def test_a_line_leads_to_what_was_heard(text: str, kind: LineKind, heard: str | None) -> None:
    assert words(text, kind) == heard


def test_a_rough_amount_leads_to_its_words_too() -> None:
    spoken = said(1, "子どもが二人いて、母の年金は五万円くらいです。")
    amount = fact(spoken, "income_monthly", 50_000, "五万円")
    evidence = gather_evidence([spoken, amount])
    (line,) = draft_field(evidence, ["income_monthly"])
    assert line.text == "収入：月5万円くらい（母の年金）"
    assert spoken_span(line, spoken.id, evidence, str) == (amount.start_char, amount.end_char)


def test_an_unknown_utterance_leads_nowhere() -> None:
    assert words("家賃：月5万円", LineKind.CONDENSED, "u9") is None
