"""An analyzer that finds what it was told to find: for tests of what comes after it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from consult_assist.domain.guidance import Fact, Term
from consult_assist.domain.speech import Revision


class ScriptedAnalyzer:
    """Answers each text with what the script holds for it, and every other text with nothing."""

    def __init__(self, script: Mapping[str, Sequence[Revision | Term | Fact]]) -> None:
        """Take the script: text → findings, whose utterance and revision numbers are filled in."""
        self._script = script

    def analyze(
        self,
        utterance_id: str,
        revision: int,
        text: str,
        *,
        before: str = "",
        asked: str = "",
        by_clerk: bool = False,
        held_on: date | None = None,
    ) -> Sequence[Revision | Term | Fact]:
        """Return the scripted findings for this text."""
        del before, asked, by_clerk, held_on
        findings = self._script.get(text, ())
        if any(isinstance(finding, Revision) for finding in findings):
            revision += 1
        return [replace(finding, utterance_id=utterance_id, revision=revision) for finding in findings]
