"""A line of the transcript → what it says, read with what was said just before it."""

from collections.abc import Sequence

from consult_assist.domain.guidance import Fact, Term
from consult_assist.domain.speech import Revision, Speaker
from consult_assist.domain.transcript import Transcript, TranscriptLine
from consult_assist.nlp.base import Analyzer

Reading = tuple[str, int, bool]
"""What a line is analysed by."""


def as_read(line: TranscriptLine) -> Reading:
    """Return what decides what is found in a line: once this changes, the line is analysed again."""
    return line.text, line.revision, line.speaker is Speaker.CLERK


def analyze_line(
    analyzer: Analyzer, line: TranscriptLine, transcript: Transcript
) -> Sequence[Revision | Term | Fact]:
    """Return a better text of a line, if there is one, and what was found in it.

    Args:
        analyzer: finds it.
        line: as it reads now.
        transcript: where the line stands, perhaps still with an earlier text.
    """
    return analyzer.analyze(
        line.id,
        line.revision,
        line.text,
        before=transcript.before(line.id),
        asked=transcript.asked(line.id),
        by_clerk=line.speaker is Speaker.CLERK,
        held_on=transcript.held_on,
    )
