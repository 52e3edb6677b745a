"""A record with everything a reader of it needs: what screens show and exporters write."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from consult_assist.domain.consultation import ConsultationSummary
from consult_assist.domain.guidance import Fact
from consult_assist.domain.record import ConsultationRecord
from consult_assist.domain.review import Review
from consult_assist.domain.transcript import TranscriptLine


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDocument:
    """A consultation as saved.

    Attributes:
        programme_names: programme id → name, for every id that the record mentions.
        chain_head: hash of the last event of the consultation, a seal to print on paper.
        form: name of the form; empty where the office no longer has it.
        fills: field name → the rule that drafts it, as the form has it.
        facts: what was stated; their characters are counted in a numbered revision of the utterance.
        alerted: utterances with danger words.
        review: where it stands on its way to the decision.
    """

    summary: ConsultationSummary
    record: ConsultationRecord
    transcript: tuple[TranscriptLine, ...]
    programme_names: Mapping[str, str]
    chain_head: str
    form: str = ""
    fills: Mapping[str, str] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    alerted: frozenset[str] = frozenset()
    review: Review = field(default_factory=Review)
