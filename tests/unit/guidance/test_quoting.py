"""The line that says why a programme is shown."""

from consult_assist.domain.guidance import Match, Term
from consult_assist.guidance.quoting import quote


def test_a_reason_begins_with_what_was_meant_not_with_a_filler() -> None:
    words = "あの、えーと、先月から家賃が払えなくて困っているんですけど"
    term = Term(
        utterance_id="u1", revision=0, start_char=0, end_char=29, name="例", programme="p", how=Match.CUE
    )
    assert quote(term, words) == "『先月から家賃が払えなくて困っているんですけど』と話された"
