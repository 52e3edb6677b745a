"""A record with everything a reader of it needs: what screens show and exporters write."""

from collections.abc import Mapping
from dataclasses import dataclass

from consult_assist.domain.consultation import ConsultationSummary
from consult_assist.domain.record import ConsultationRecord
from consult_assist.domain.transcript import TranscriptLine


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDocument:
    """A consultation as saved.

    Attributes:
        programme_names: programme id → name, for every id that the record mentions.
        chain_head: hash of the last event of the consultation, a seal to print on paper.
    """

    summary: ConsultationSummary
    record: ConsultationRecord
    transcript: tuple[TranscriptLine, ...]
    programme_names: Mapping[str, str]
    chain_head: str
