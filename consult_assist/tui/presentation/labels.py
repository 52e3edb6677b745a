"""Words for the values of the domain, as a clerk reads them."""

from consult_assist.domain.consultation import ConsultationSummary
from consult_assist.domain.knowledge import KnowledgeFault
from consult_assist.domain.speech import Speaker
from consult_assist.japanese.labels import PURPOSES, SPEAKERS


def speaker_label(speaker: Speaker | None) -> str:
    """Return 職員, 相談者 or ？."""
    return SPEAKERS[speaker]


def purpose_label(summary: ConsultationSummary) -> str:
    """Return 見本 or 練習, and nothing for a real consultation."""
    return PURPOSES[summary.purpose]


def fault_sentence(fault: KnowledgeFault) -> str:
    """Return what is wrong in a knowledge file, and where; the entry is off until mended."""
    line = f" {fault.line}行目" if fault.line is not None else ""
    off = f"（{fault.entry} は直すまで使いません）" if fault.entry else ""
    return f"{fault.file.name}{line} {fault.key}: {fault.message}{off}"
