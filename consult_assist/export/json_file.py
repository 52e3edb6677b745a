"""A record as JSON, for other programs.

    format         "consult-assist record", never changes
    version        1; grows when a key changes its meaning (keys may be added without that)
    consultation   id, started_at (UTC, ISO), operator, case_number, purpose, consent, sound_erased, state,
                   duration_s
    review         state, steps, submitted, approvals, returned, comments, amended
    template       id of the form
    fields         [{name, label, lines: [{text, kind, utterance_ids}]}]
    ledger         [{programme, name, state, utterance_ids, by, reason, quote, at_s, laws}]
    readback       [{kind, value, text, utterance_id, state}]
    transcript     [{id, channel, speaker, start_s, end_s, heard, text, revision, failure}]
    chain_head     hash of the consultation's last event

Kinds, states and speakers are the words of the event stream. Every field: `docs/record-json.md`.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC
from typing import Any

from consult_assist.domain.consultation import ConsultationSummary
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.review import Act, Review
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.export import words


def record_as_json(document: RecordDocument) -> bytes:
    """Return everything, nothing shortened or cleaned, as UTF-8 JSON."""
    text = json.dumps(_values(document), ensure_ascii=False, indent=2)
    return (words.valid(text) + "\n").encode()


def _values(document: RecordDocument) -> Mapping[str, Any]:
    record = document.record
    return {
        "format": "consult-assist record",
        "version": 1,
        "consultation": _consultation(document.summary),
        "review": _review(document.review),
        "template": record.template,
        "fields": [
            {
                "name": item.name,
                "label": item.label,
                "lines": [
                    {"text": line.text, "kind": line.kind.value, "utterance_ids": list(line.utterance_ids)}
                    for line in item.lines
                ],
            }
            for item in record.fields
        ],
        "ledger": [
            {
                "programme": entry.programme,
                "name": document.programme_names.get(entry.programme),
                "state": entry.state.value,
                "utterance_ids": list(entry.utterance_ids),
                "by": entry.by,
                "reason": entry.reason,
                "quote": entry.quote,
                "at_s": entry.at_s,
                "laws": list(entry.laws),
            }
            for entry in record.ledger
        ],
        "readback": [
            {
                "kind": item.kind,
                "value": item.value,
                "text": item.text,
                "utterance_id": item.utterance_id,
                "state": item.state.value,
            }
            for item in record.readback
        ],
        "transcript": [transcript_values(line) for line in document.transcript],
        "chain_head": document.chain_head,
    }


def _consultation(summary: ConsultationSummary) -> Mapping[str, Any]:
    return {
        "id": summary.id,
        "started_at": summary.started_at.astimezone(UTC).isoformat(),
        "operator": summary.operator,
        "case_number": summary.case_number,
        "purpose": summary.purpose,
        "consent": summary.consent.value,
        "sound_erased": summary.sound_erased,
        "state": summary.state.value,
        "duration_s": summary.duration_s,
    }


def _review(review: Review) -> Mapping[str, Any]:
    amended = _act(review.amended)
    return {
        "state": review.state.value,
        "steps": list(review.steps),
        "submitted": _act(review.submitted),
        "approvals": [_act(act) for act in review.acts],
        "returned": _act(review.returned),
        "comments": [
            {"by": item.by, "text": item.text, "field": item.field, "line": item.line, "place": item.place}
            for item in review.comments
        ],
        "amended": None if amended is None else {**amended, "reason": review.reason},
    }


def _act(act: Act | None) -> Mapping[str, Any] | None:
    return None if act is None else {"by": act.by, "at": act.at.astimezone(UTC).isoformat(), "step": act.step}


def transcript_values(line: TranscriptLine) -> Mapping[str, Any]:
    """Return one line of the transcript as JSON values."""
    return asdict(line)
