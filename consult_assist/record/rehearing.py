"""Lines a person has settled, after a second recognition: their evidence moves along, or they say so.

Lines the program drafts follow by themselves, since they are drafted anew. A settled line that is quoted or
condensed would go on to state words that no longer stand in the transcript.
"""

from collections.abc import Sequence
from dataclasses import replace

from consult_assist.domain.record import LineKind, RecordLine
from consult_assist.japanese.difference import moved_span
from consult_assist.record import wording
from consult_assist.record.condensing import condense
from consult_assist.record.evidence import Evidence


def follow_evidence(
    lines: Sequence[RecordLine], drafted: Sequence[RecordLine], evidence: Evidence
) -> tuple[RecordLine, ...]:
    """Return a field's lines with those that rest on words heard again brought up to date.

    A quotation is moved to the same words in the new text; a question with its answer stands while both do.
    A condensed line that still holds elsewhere takes that evidence; a condensed sentence is condensed anew.
    What cannot be moved keeps its text, marked as without evidence. What a person wrote stays as written,
    marked as overtaken.

    Args:
        lines: drafted and edited, merged.
        drafted: what the program drafts now.
        evidence: of the consultation.
    """
    current = set(drafted)
    elsewhere = {line.text: line for line in drafted if line.kind is LineKind.CONDENSED}
    followed: list[RecordLine] = []
    for line in lines:
        if line in current or evidence.rewritten.isdisjoint(line.utterance_ids):
            followed.append(line)
        elif line.kind is LineKind.QUOTED:
            followed.append(_quotation(line, evidence))
        elif line.kind is LineKind.CONDENSED:
            followed.append(elsewhere.get(line.text) or _condensation(line, evidence))
        else:
            overtaken = (line.text, line.utterance_ids) in evidence.overtaken
            followed.append(replace(line, overtaken=overtaken and line.kind is LineKind.CLERK))
    first = {line: number for number, line in reversed([*enumerate(followed)])}
    return tuple(
        line
        for number, line in enumerate(followed)
        if line.kind is LineKind.CLERK or first[line] == number  # a person may write a line twice
    )


def _quotation(line: RecordLine, evidence: Evidence) -> RecordLine:
    parts = wording.quoted_words(line.text)
    if len(parts) > 1:
        said = [_as_quoted(item.text) for item in evidence.lines if item.id in line.utterance_ids]
        return line if all(any(part in text for text in said) for part in parts) else _marked(line)
    utterance_id = line.utterance_ids[0]
    now = evidence.line(utterance_id)
    if now is None:
        return _marked(line)
    words = line.text.removeprefix("「").removesuffix("」")
    if words in _as_quoted(now.text):
        return line
    for revision in range(now.revision - 1, -1, -1):
        earlier = evidence.texts.get((utterance_id, revision), "")
        start = _as_quoted(earlier).find(words)
        if start < 0:
            continue
        span = moved_span(earlier, now.text, (start, start + len(words)))
        return _marked(line) if span is None else replace(line, text=wording.quote(now.text[slice(*span)]))
    return _marked(line)


def _condensation(line: RecordLine, evidence: Evidence) -> RecordLine:
    """Return the new words condensed in place of the old ones, where enough of them is left."""
    utterance_id = line.utterance_ids[0]
    now = evidence.line(utterance_id)
    if now is None or "：" in line.text:
        return _marked(line)
    if line.text in condense(now.text):
        return line
    for revision in range(now.revision - 1, -1, -1):
        earlier = evidence.texts.get((utterance_id, revision), "")
        if line.text in condense(earlier):
            span = moved_span(earlier, now.text, (0, len(earlier)))
            words = "" if span is None else condense(now.text[slice(*span)])
            return replace(line, text=words) if words else _marked(line)
    return _marked(line)


def _as_quoted(text: str) -> str:
    """Return a text with the marks that a quotation has inside it; its length stays the same."""
    return text.translate(wording.INNER_MARKS)


def _marked(line: RecordLine) -> RecordLine:
    return replace(line, text=f"{line.text}{wording.EVIDENCE_CHANGED}", kind=LineKind.UNSUPPORTED)


def before_marking(line: RecordLine) -> RecordLine:
    """Return the line as it was before its evidence was lost to other words."""
    text = line.text.removesuffix(wording.EVIDENCE_CHANGED)
    if line.kind is not LineKind.UNSUPPORTED or text == line.text:
        return line
    kind = LineKind.QUOTED if text.startswith("「") else LineKind.CONDENSED
    return replace(line, text=text, kind=kind)
