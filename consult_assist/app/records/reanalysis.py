"""New words of a saved consultation → what is found in them, and what that raises."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from consult_assist.app.live.analysis import analyze_line
from consult_assist.app.projections import recording_at, recordings_in
from consult_assist.app.workplace import Workplace
from consult_assist.domain.consultation import Finished, RecordingOpened
from consult_assist.domain.events import Event
from consult_assist.domain.found import found_by_line
from consult_assist.domain.guidance import Alert, Fact, LedgerEntry, Term
from consult_assist.domain.speech import Revision, Speaker, Utterance
from consult_assist.domain.transcript import Transcript, TranscriptLine
from consult_assist.errors import SoundError
from consult_assist.guidance.advisor import Advisor
from consult_assist.guidance.restoring import found_now


def reanalyzed_lines(
    workplace: Workplace,
    events: Sequence[Event],
    lines: Sequence[TranscriptLine],
    texts: Mapping[str, str],
    *,
    heard: Set[str],
) -> Iterator[Event]:
    """Yield a revision of each line that reads differently, and what is found in it.

    A line whose own text is the same is read again where the words just before it changed: half a sentence,
    or an answer without its question, means something else. A line that was not heard again changes only
    where a 個人番号 came to light in it.

    Args:
        workplace: gives the analyzer.
        events: of the consultation so far.
        lines: its transcript.
        texts: line id → how the line reads now.
        heard: ids of the lines that were recognised again.
    """
    analyzer = workplace.load_analyzer()
    old, new = Transcript(events), Transcript(events)
    unread, earlier, speakers = _unread(events), found_by_line(events), _microphone_speakers(events)
    opened = recordings_in(events)
    for line in lines:
        text = texts[line.id]
        if line.id not in heard and text == line.text:
            continue
        same_context = _context(new, line.id) == _context(old, line.id)
        if text in {line.text, line.heard} and same_context and line.id not in unread:
            continue
        speaker = line.speaker or speakers.get(_microphone(opened, line))
        first = _rewritten(line, text, speaker)
        revision = first.revision if isinstance(first, Revision) else 0
        reread = replace(line, text=text, revision=revision, speaker=speaker)
        found = analyze_line(analyzer, reread, new)
        better = next((item.text for item in found if isinstance(item, Revision)), text)
        same = better == line.text and line.id not in unread
        known = found_now(line, earlier.get(line.id, ()))
        if same and (same_context or _findings(found) == _findings(known)):
            continue
        for event in (first, *found):
            new.apply(event)
            yield event


def _context(transcript: Transcript, line_id: str) -> tuple[str, str]:
    """Return the words just before a line, which decide with its own what it means."""
    return transcript.before(line_id), transcript.asked(line_id)


def _rewritten(line: TranscriptLine, text: str, speaker: Speaker | None) -> Utterance | Revision:
    """Return what gives a line its new text; one that had failed becomes an utterance."""
    if line.failure is None:
        return Revision(utterance_id=line.id, revision=line.revision + 1, text=text, by="again")
    return Utterance(
        id=line.id,
        channel=line.channel,
        speaker=speaker,
        start_s=line.start_s,
        end_s=line.end_s,
        heard=text,
        text=text,
    )


def _unread(events: Sequence[Event]) -> set[str]:
    """Return the lines that an earlier rehearing replaced but, cut off, may not have analysed."""
    ends = [at for at, event in enumerate(events, start=1) if isinstance(event, Finished)]
    since = events[ends[-1] if ends else 0 :]
    return {event.utterance_id for event in since if isinstance(event, Revision) and event.by == "again"}


def _findings(found: Iterable[Event]) -> set[Term | Fact]:
    return {replace(item, revision=0) for item in found if isinstance(item, Term | Fact)}


def _microphone(opened: Sequence[RecordingOpened], line: Utterance | TranscriptLine) -> tuple[int, int]:
    """Return of how many microphones which one a line was heard in: their number may change in a talk."""
    try:
        return recording_at(opened, line.start_s).channels, line.channel
    except SoundError:
        return 0, line.channel


def _microphone_speakers(events: Sequence[Event]) -> dict[tuple[int, int], Speaker]:
    """Return who speaks in each microphone in which everything was one person's."""
    opened = recordings_in(events)
    speakers: dict[tuple[int, int], set[Speaker | None]] = {}
    for event in events:
        if isinstance(event, Utterance):
            speakers.setdefault(_microphone(opened, event), set()).add(event.speaker)
    return {
        microphone: speaker
        for microphone, known in speakers.items()
        if len(known) == 1 and (speaker := next(iter(known))) is not None
    }


def advice_on(
    workplace: Workplace, events: Sequence[Event], new: Sequence[Event]
) -> Iterator[Alert | LedgerEntry]:
    """Yield what the new words raise and where programmes stand now; nobody is shown suggestions any more."""
    advisor = Advisor(workplace.knowledge)
    advisor.restore(Transcript(events), found_by_line(events), events)
    changed = found_by_line(new)
    ids = {event.utterance_id for event in new if isinstance(event, Revision)}
    ids |= {event.id for event in new if isinstance(event, Utterance)}
    for line in Transcript([*events, *new]):
        if line.id in ids:
            for item in advisor.advise(line, changed.get(line.id, [])):
                if isinstance(item, Alert | LedgerEntry):
                    yield item
