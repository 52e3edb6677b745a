"""Write one long record in every format and time it.

    python benchmarks/exports.py [--utterances 600] [--rounds 5] [--paragraph 20000]

The record is made up: an hour of talk, every field filled; with --paragraph, one line of so many
characters too. The first time includes loading the libraries.
"""

import argparse
import statistics
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from consult_assist.app.wiring.exporting import build_exporters
from consult_assist.domain.consultation import Consent, ConsultationState, ConsultationSummary
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.guidance import LedgerState
from consult_assist.domain.record import (
    ConsultationRecord,
    LedgerLine,
    LineKind,
    ReadbackItem,
    RecordField,
    RecordLine,
)
from consult_assist.domain.speech import Speaker
from consult_assist.domain.transcript import TranscriptLine

GOAL_S = 1.0
"""What is wanted of every format."""
FIELDS = ("reception", "chief_complaint", "hearing", "guidance", "response", "next")
SENTENCES = (
    "山田花子と申します。先月、北山市から引っ越してきました。",
    "家賃は6万5千円で、収入は12万円くらいです。電話は090の1234の5678です。",
    "令和8年10月15日に離婚の届けを出しまして、子どもは8歳と3歳です。",
    "それで、生活が苦しくて、どうしたらいいか分からなくて。",
)


def long_document(n_utterances: int) -> RecordDocument:
    """Return a record of so many utterances, each tenth of which stands in a field."""
    transcript = tuple(_line(number) for number in range(n_utterances))
    record = _record(transcript)
    return RecordDocument(
        summary=ConsultationSummary(
            id="20261122-010000-abcd",
            started_at=datetime(2026, 11, 22, 1, tzinfo=UTC),
            operator="佐藤",
            case_number="A-007",
            purpose="consultation",
            consent=Consent.RECORDED,
            state=ConsultationState.CLOSED,
            duration_s=6.0 * n_utterances,
            headline="",
        ),
        record=record,
        transcript=transcript,
        programme_names={entry.programme: f"制度{entry.programme}" for entry in record.ledger},
        chain_head="3f" * 32,
        fills={item.name: item.name for item in record.fields},
    )


def _line(number: int) -> TranscriptLine:
    text = SENTENCES[number % len(SENTENCES)]
    return TranscriptLine(
        id=f"u{number:04}",
        channel=0,
        speaker=Speaker.CLERK if number % 2 else Speaker.RESIDENT,
        start_s=6.0 * number,
        end_s=6.0 * number + 5,
        heard=text,
        text=text,
    )


def _record(transcript: Sequence[TranscriptLine]) -> ConsultationRecord:
    lines = [
        RecordLine(text=line.text, kind=LineKind.CONDENSED, utterance_ids=(line.id,))
        for line in transcript[::10]
    ]
    return ConsultationRecord(
        template="madoguchi",
        fields=tuple(
            RecordField(name=name, label=name, lines=tuple(lines[number :: len(FIELDS)]))
            for number, name in enumerate(FIELDS)
        ),
        readback=tuple(
            ReadbackItem(kind="money", value=65_000, text=line.text, utterance_id=line.id)
            for line in transcript[:40]
        ),
        ledger=tuple(
            LedgerLine(
                programme=f"p{number}",
                state=LedgerState.TOLD,
                utterance_ids=("u0001",),
                laws=("法 第1条",),
            )
            for number in range(20)
        ),
    )


def with_paragraph(document: RecordDocument, n_chars: int) -> RecordDocument:
    """Return the document with a clerk's line of so many characters in its first field."""
    if not n_chars:
        return document
    text = "".join(SENTENCES)
    line = RecordLine(text=(text * (n_chars // len(text) + 1))[:n_chars], kind=LineKind.CLERK)
    first, *others = document.record.fields
    fields = (replace(first, lines=(*first.lines, line)), *others)
    return replace(document, record=replace(document.record, fields=fields))


def main() -> None:
    """Print one row a format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--utterances", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--paragraph", type=int, default=0, help="characters of one long line")
    options = parser.parse_args()
    document = with_paragraph(long_document(options.utterances), options.paragraph)
    print(f"{options.utterances} utterances; goal {GOAL_S} s\n")
    print("| format | first, s | later, s (median) | KiB | goal met |\n| --- | --- | --- | --- | --- |")
    for name, export in build_exporters().items():
        times: list[float] = []
        content = b""
        for _ in range(1 + options.rounds):
            began = time.perf_counter()
            content = export(document)
            times.append(time.perf_counter() - began)
        met = "yes" if max(times) <= GOAL_S else "no"
        later = statistics.median(times[1:])
        print(f"| {name} | {times[0]:.2f} | {later:.3f} | {len(content) / 1024:.0f} | {met} |")


if __name__ == "__main__":
    main()
