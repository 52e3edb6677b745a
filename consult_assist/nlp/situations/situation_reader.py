"""What was said → the situations and dangers it tells of: by the words of cues, by likeness to examples."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from consult_assist.japanese.sentences import SENTENCE_ENDS
from consult_assist.nlp.situations.cues import CueMatcher
from consult_assist.nlp.situations.matcher import FoundSituation, SituationMatcher, Situations
from consult_assist.nlp.syntax.settled import is_settled
from consult_assist.nlp.tokens import chunks

_CUE_ALONE = 0.25
"""Single words are said for many reasons.

Source: docs/decisions/0019-situations.md.
"""
_AGREES = 0.25
"""The words of a cue stand as they are where the sentence is at least so like its programme's examples.

Source: docs/decisions/0041-what-adds-up.md.
"""
_DANGEROUS = 0.85
"""Danger by likeness alone, without a cue, has to be this sure.

Source: docs/decisions/0027-guidance-figures.md.
"""
_MIN_CONFIDENCE = 0.3
"""The words of a danger are a doubtful sign where what is said is less like its examples.

Source: docs/decisions/0029-dangers.md.
"""
_SHORT_PAIR_CHARS = 28
_GAIN_OF_PAIR = 0.05
"""What two sentences of so many characters in all say together counts where it is this much surer than alone.

Source: docs/decisions/0039-meaning-of-short-sentences.md.
"""


class JoinedText:
    """A text behind what was said just before it.

    Attributes:
        text: both.
        offset: where the text itself begins.
    """

    def __init__(self, before: str, text: str) -> None:
        """Join them; a pause that no sign marks is a comma."""
        lead = before.strip()
        joint = "" if not lead or lead[-1] in SENTENCE_ENDS + "、," else "、"
        self.text = lead + joint + text
        self.offset = len(self.text) - len(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldSituation:
    """A situation or a danger at a place in a joined text; it points to one of the two.

    Attributes:
        name: the cue, or the example that comes nearest.
        confidence: 0 … 1; 1 is a cue whose words are borne out by the examples.
    """

    start: int
    end: int
    name: str
    confidence: float = 1.0
    programme: str | None = None
    protocol: str | None = None


class SituationReader:
    """Reads situations; what cues and examples say is held against each other. For use by one thread."""

    def __init__(self, cues: CueMatcher, examples: Situations | None) -> None:
        """Take what finds cues, and what compares with examples; None compares nothing."""
        self._cues = cues
        self._examples = examples

    def read(self, said: JoinedText, named: Sequence[int]) -> list[ToldSituation]:
        """Return what a text tells of.

        Args:
            said: the text behind what was said before it.
            named: where programmes are called by name in it.
        """
        situations = list(self._situations(said, named))
        return [*self._weighed(self.find_cues(said), situations, said), *situations]

    def find_cues(self, said: JoinedText) -> list[ToldSituation]:
        """Return the cues whose words were said, whatever the examples say."""
        return [
            ToldSituation(
                start=hit.start,
                end=hit.end,
                name=hit.cue,
                programme=hit.owner.programme,
                protocol=hit.owner.protocol,
            )
            for hit in self._cues.find(said.text, since=said.offset)
        ]

    def _situations(self, said: JoinedText, named: Sequence[int]) -> Iterator[ToldSituation]:
        """Yield what each sentence is about; a sentence begun before is read from its beginning.

        Who names a programme mostly speaks of that one.
        """
        if self._examples is None:
            return
        before = ""
        for start, sentence in chunks(said.text):
            end = start + len(sentence)
            names_one = any(start <= place < end for place in named)
            if end > said.offset:
                for more, hit in () if names_one else _meant(sentence, before, self._examples.programmes):
                    yield _told(start - more, end, hit, programme=hit.subject)
                for hit in self._examples.protocols.find(sentence):
                    if hit.confidence >= _DANGEROUS and not self._cues.is_framed(sentence):
                        yield _told(start, end, hit, protocol=hit.subject)
            before = "" if names_one else sentence

    def _weighed(
        self, cues: Sequence[ToldSituation], situations: Sequence[ToldSituation], said: JoinedText
    ) -> Iterator[ToldSituation]:
        """Yield the cues, less sure where what was said is not like the examples of what they point to.

        Without examples there is nothing that it could be unlike: the cue stands as it is.
        """
        alike = {told.programme for told in situations if told.confidence >= _AGREES}
        for cue in cues:
            matcher = self._matcher(cue)
            if matcher is None:
                like = True
            elif cue.protocol is None:
                like = cue.programme in alike
            else:
                like = _is_like(cue, cue.protocol, matcher, said)
            yield cue if like else replace(cue, confidence=_CUE_ALONE)

    def _matcher(self, cue: ToldSituation) -> SituationMatcher | None:
        """Return what holds the examples of what a cue points to, None where there are none."""
        if self._examples is None:
            return None
        matcher = self._examples.programmes if cue.protocol is None else self._examples.protocols
        return matcher if matcher.has_examples(cue.protocol or cue.programme or "") else None


def _told(start: int, end: int, hit: FoundSituation, **subject: str) -> ToldSituation:
    return ToldSituation(
        start=start, end=end, name=hit.example, confidence=round(hit.confidence, 2), **subject
    )


def _is_like(cue: ToldSituation, protocol: str, matcher: SituationMatcher, said: JoinedText) -> bool:
    """Return whether sentences with the words of a danger, each or together, are like its examples."""
    start = max(cue.start, said.offset)
    parts = [part for at, part in chunks(said.text) if at < cue.end and at + len(part) > start]
    return any(matcher.confidence(text, protocol) >= _MIN_CONFIDENCE for text in {*parts, "".join(parts)})


def _meant(sentence: str, before: str, programmes: SituationMatcher) -> Iterator[tuple[int, FoundSituation]]:
    """Yield what a sentence is about, and the characters before it that say so with it.

    What is settled is about nothing. Where it and the sentence before are short they are read together too,
    which counts where it is surer than either alone: 家賃が6万円で。先月の分がまだです。
    """
    if is_settled(sentence):
        return
    found = {hit.subject: (0, hit) for hit in programmes.find(sentence)}
    short = len(before) + len(sentence) <= _SHORT_PAIR_CHARS
    if before and short and not programmes.is_opposed(before):
        earlier = {hit.subject: hit.confidence for hit in programmes.find(before)}
        for hit in programmes.find(before + sentence):
            alone = found[hit.subject][1].confidence if hit.subject in found else 0.0
            if hit.confidence >= max(alone, earlier.get(hit.subject, 0.0)) + _GAIN_OF_PAIR:
                found[hit.subject] = (len(before), hit)
    yield from found.values()
