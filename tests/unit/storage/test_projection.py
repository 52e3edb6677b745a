"""The row of a consultation in the list, and its text for the search."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from consult_assist.domain.consultation import Consent, ConsultationSummary, Redacted, Started
from consult_assist.domain.record import FieldEdited, LineKind, RecordLine
from consult_assist.errors import RecordNotFoundError
from consult_assist.storage.projection import search_texts, searchable, summary_after

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
STARTED = Started(
    id="a",
    started_at=datetime(2026, 11, 21, tzinfo=UTC),
    operator="山田\udcff",
    source="none",
    consent=Consent.HANDWRITTEN,
)


def edited(*texts: str) -> FieldEdited:
    lines = tuple(RecordLine(text=text, kind=LineKind.CLERK) for text in texts)
    return FieldEdited(field="chief_complaint", before=(), after=lines, by="山田")


def begun() -> ConsultationSummary:
    return summary_after(None, "a", STARTED, NOON)


def test_the_name_from_the_system_can_always_be_stored() -> None:
    assert begun().operator == "山田?"


@pytest.mark.parametrize(
    ("texts", "headline"), [((), ""), (("",), ""), (("\n ", " 家賃 \n仕事"), "家賃"), (("a", "b"), "a")]
)
def test_headlines(texts: tuple[str, ...], headline: str) -> None:
    assert summary_after(begun(), "a", edited(*texts), NOON).headline == headline


def test_the_headline_goes_with_the_words() -> None:
    known = summary_after(begun(), "a", edited("家賃"), NOON)
    sound_only = Redacted(positions=(), recordings=("1.flac",), reason="consent_withdrawn")
    assert summary_after(known, "a", sound_only, NOON) == replace(known, sound_erased=True)
    words = Redacted(positions=(2,), recordings=(), reason="consent_withdrawn")
    assert summary_after(known, "a", words, NOON).headline == ""


def test_nothing_happens_before_the_start() -> None:
    with pytest.raises(RecordNotFoundError):
        summary_after(None, "a", edited("家賃"), NOON)


def test_widths_and_case_do_not_matter_in_search() -> None:
    assert searchable("ﾃﾞｨｰﾌﾞｲ ＤＶ ㍻") == searchable("ディーブイ dv 平成")


def test_search_texts_show_no_words_in_representations() -> None:
    assert "家賃" not in repr(search_texts(edited("家賃")))
