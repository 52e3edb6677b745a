"""An utterance → a line of the record: quoted, condensed, or beside the question that it answers."""

from collections.abc import Sequence
from dataclasses import replace

from consult_assist.domain.guidance import Match
from consult_assist.domain.record import LineKind, RecordLine
from consult_assist.domain.speech import Speaker
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.japanese.sentences import split_sentences
from consult_assist.record import dialogue_acts, wording
from consult_assist.record.condensing import condense
from consult_assist.record.evidence import Evidence

_MAX_PAUSE_S = 3.0
"""A longer pause ends a sentence, whatever its last word."""
_MAX_JOINED_CHARS = 60
"""A sentence of a record is no longer; as records are commonly written."""


def quoted(evidence: Evidence, line: TranscriptLine) -> RecordLine:
    """Return someone's words; a bare はい or いえ, which says nothing alone, beside what it answers."""
    if dialogue_acts.says_nothing(line.text) and (answer := _with_question(evidence, line)):
        return answer
    return _quotation(evidence, line, line.text)


def told(evidence: Evidence, line: TranscriptLine) -> RecordLine | None:
    """Return what the resident told, condensed; None where it says nothing.

    A sentence that broke off stands with those in which it goes on, a short answer with its question; what
    the resident asks stands as asked, for a question condensed is easily taken for a statement.
    """
    after = _goes_on_in(evidence, line)
    ends = not after or dialogue_acts.ends_asking(after[0].text)
    if ends and dialogue_acts.is_short(line.text) and (answer := _with_question(evidence, line)):
        return answer
    if after:
        return condensed(evidence, line, line.text, after=after)
    if dialogue_acts.says_nothing(line.text):
        return None
    if dialogue_acts.ends_asking(line.text):
        return _quotation(evidence, line, line.text)
    return condensed(evidence, line, line.text)


def condensed(
    evidence: Evidence,
    line: TranscriptLine,
    said: str,
    *,
    before: TranscriptLine | None = None,
    after: Sequence[TranscriptLine] = (),
) -> RecordLine:
    """Return what was said in the style of a record, or as a quote where nothing would be left.

    Args:
        evidence: of the consultation.
        line: what it rests on first.
        said: its words.
        before: an utterance whose last sentence broke off and goes on in this one.
        after: the utterances in which this one goes on.
    """
    first = "" if before is None else split_sentences(before.text)[-1].rstrip("。、 ")
    *broken_off, last = [said, *(item.text for item in after)]
    words = "、".join([*(item.rstrip("。、 ") for item in broken_off), last])
    text = wording.one_line(condense(first) + condense(words))
    if not text or "：" in text:
        return _quotation(evidence, line, said)
    ids = tuple(item.id for item in (line, before, *after) if item is not None)
    return RecordLine(text=text, kind=LineKind.CONDENSED, utterance_ids=ids)


def _goes_on_in(evidence: Evidence, line: TranscriptLine) -> list[TranscriptLine]:
    """Return the utterances of the same side in which one goes on that broke off, or hangs on its て.

    What hangs is a clause of its own: it goes on only in what the record tells anyway.
    """
    after: list[TranscriptLine] = []
    last, n_chars = line, len(line.text)
    while (following := _beside(evidence, last, 1)) and not _stands_as_said(evidence, following):
        n_chars += len(following.text)
        if not dialogue_acts.breaks_off(last.text):
            told_anyway = is_telling(evidence, following) and not dialogue_acts.ends_asking(following.text)
            if not (dialogue_acts.hangs(last.text) and told_anyway and n_chars <= _MAX_JOINED_CHARS):
                break
        after.append(last := following)
    return after


def broken_off_before(evidence: Evidence, line: TranscriptLine) -> TranscriptLine | None:
    """Return what the same side said just before, where it broke off."""
    before = _beside(evidence, line, -1)
    if before is None or dialogue_acts.is_small_talk(before.text) or _stands_as_said(evidence, before):
        return None
    return before if dialogue_acts.breaks_off(before.text) else None


def questions_before(evidence: Evidence, line: TranscriptLine) -> list[str]:
    """Return what the clerk asked in the turn just before a line of the resident."""
    if line.id not in evidence.residents:
        return []
    turn: list[str] = []
    for place in range(evidence.places[line.id] - 1, -1, -1):
        said = evidence.lines[place]
        if said.id in evidence.residents:
            break
        turn = split_sentences(said.text) + turn
    return [sentence for sentence in turn if dialogue_acts.puts_question(sentence)]


def is_telling(evidence: Evidence, line: TranscriptLine) -> bool:
    """Return whether a line tells of a situation, or of applying."""
    cue = any(term.how is Match.CUE for term in evidence.terms[line.id])
    return cue or dialogue_acts.states_intent(line.text)


def is_dangerous(evidence: Evidence, line: TranscriptLine) -> bool:
    """Return whether danger words must stand in the record; in doubt about the speaker, an alert decides."""
    if line.speaker is not Speaker.CLERK and line.id in evidence.alerted:
        return True
    return line.id in evidence.residents and any(term.protocol for term in evidence.terms[line.id])


def _with_question(evidence: Evidence, line: TranscriptLine) -> RecordLine | None:
    """Return a question and its answer; of several questions nobody knows which one is answered."""
    questions = questions_before(evidence, line)
    asked = evidence.lines[evidence.places[line.id] - 1]
    if len(questions) != 1 or split_sentences(asked.text)[-1:] != questions:
        return None
    answer = _quotation(evidence, line, line.text)
    text = f"{wording.quote(questions[0])}→{answer.text}"
    return replace(answer, text=text, utterance_ids=(line.id, asked.id))


def _quotation(evidence: Evidence, line: TranscriptLine, said: str) -> RecordLine:
    text = wording.quote(said, opens=_opens(evidence, line))
    return RecordLine(text=text, kind=LineKind.QUOTED, utterance_ids=(line.id,))


def _opens(evidence: Evidence, line: TranscriptLine) -> bool:
    """Return whether the resident begins here to say what it is about."""
    said = (item for item in evidence.lines if item.id in evidence.residents)
    return next((item for item in said if not dialogue_acts.is_small_talk(item.text)), None) is line


def _stands_as_said(evidence: Evidence, line: TranscriptLine) -> bool:
    return is_dangerous(evidence, line) or dialogue_acts.states_intent(line.text)


def _beside(evidence: Evidence, line: TranscriptLine, step: int) -> TranscriptLine | None:
    """Return the utterance of the same side directly before (-1) or after (1) this one."""
    place = evidence.places[line.id] + step
    if not 0 <= place < len(evidence.lines):
        return None
    other = evidence.lines[place]
    first, second = (line, other) if step > 0 else (other, line)
    same_side = (other.id in evidence.residents) == (line.id in evidence.residents)
    near = second.start_s - first.end_s <= _MAX_PAUSE_S
    return other if same_side and near and other.channel == line.channel else None
