"""A text → its terms and facts: masking, names, cues and facts by rule, and what models passed in find.

The rules need SudachiPy's dictionary only. Situations, fitting words and entities come from models that are
given to the analyzer; without one, it finds nothing of that kind.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from unicodedata import normalize

from consult_assist.counter.counter_speech import clerk_evidence
from consult_assist.counter.masking import mask_personal_numbers
from consult_assist.domain.guidance import Fact, Match, Term
from consult_assist.domain.knowledge import CueWords, DangerProtocol, Name, Programme
from consult_assist.domain.speech import Revision
from consult_assist.japanese.sentences import SENTENCE_ENDS
from consult_assist.nlp.array_cache import NO_CACHE, ArrayCache
from consult_assist.nlp.base import ContextSimilarity
from consult_assist.nlp.facts.fact_reader import EntityFinder, FactReader
from consult_assist.nlp.facts.passage import FoundFact
from consult_assist.nlp.repair.char_ngram_lm import CharNgramModel
from consult_assist.nlp.repair.lexicon import Word, collect_said, collect_words
from consult_assist.nlp.repair.names import FoundName, NameMatcher
from consult_assist.nlp.repair.rewriting import Rewriter
from consult_assist.nlp.repair.text_repair import TextRepairer
from consult_assist.nlp.situations.cues import NO_CUE_WORDS, CueMatcher, CueOwner
from consult_assist.nlp.situations.matcher import FoundSituation, SituationMatcher, Situations
from consult_assist.nlp.syntax.settled import is_settled
from consult_assist.nlp.tokens import SudachiTokenizer, chunks, without_halves

_MAX_BEFORE_CHARS = 160
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
_SURELY_CLERK = 3.0
"""Two signs that only a clerk gives, and none of a resident."""


class SudachiAnalyzer:
    """The analyzer; with rules alone it is made in half a second. For use by one thread at a time.

    Attributes:
        rewriter: what finds names and misheard words, before anything else is looked for.
    """

    def __init__(
        self,
        programmes: Mapping[str, Programme],
        protocols: Mapping[str, DangerProtocol],
        vocabulary: Sequence[Name],
        cue_words: CueWords = NO_CUE_WORDS,
        situations: Situations | None = None,
        *,
        kept: ArrayCache = NO_CACHE,
        context: ContextSimilarity | None = None,
        entities: EntityFinder | None = None,
    ) -> None:
        """Compile names and cues of the knowledge base.

        Args:
            programmes: by their id.
            protocols: by their id.
            vocabulary: words of the office that name no programme.
            cue_words: the groups that cues name.
            situations: without them no example is compared.
            kept: holds what was worked out before.
            context: keeps a word that goes well with those around it from being taken for misheard.
            entities: finds more facts than the rules.
        """
        tokenizer = SudachiTokenizer()
        self._facts = FactReader(tokenizer, entities)
        self._situations = situations
        words = collect_words(
            programmes.values(),
            protocols.values(),
            vocabulary,
            tokenizer,
            cue_words.groups.values(),
            kept=kept,
        )
        self.rewriter = Rewriter(
            NameMatcher(list(programmes.values()), vocabulary, tokenizer),
            _repairer(words, _examples(programmes.values(), protocols.values()), tokenizer, kept, context),
        )
        self._cues = CueMatcher(
            [
                *((cue, CueOwner(programme=p.id)) for p in programmes.values() for cue in p.cues),
                *((cue, CueOwner(protocol=p.id)) for p in protocols.values() for cue in p.cues),
            ],
            tokenizer,
            cue_words,
        )

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
        """Return what the text holds: a revision first where one is due, then terms and facts.

        Args:
            utterance_id: whose text it is.
            revision: number of this text.
            text: what was said.
            before: what the same voice said just before; a pause cuts a sentence in two (家賃が・払えなくて).
            asked: what anyone said just before, for an answer needs its question (家賃はおいくらですか・
                五万円です); `before` stands in where it is not known. Nothing is found in either alone.
            by_clerk: the clerk is known to say it, so that it states no facts.
            held_on: the day that 今年 and 先月 are told from; None where it is not known.
        """
        masked = mask_personal_numbers(without_halves(text))
        before, asked = without_halves(before), without_halves(asked)
        better, names = self.rewriter.rewrite(masked)
        revised: list[Revision] = []
        if better != text:
            revision += 1
            revised.append(Revision(utterance_id=utterance_id, revision=revision, text=better, by="terms"))
        joined = _Joined(before[-_MAX_BEFORE_CHARS:], better)
        found: list[Term | Fact] = [*_name_terms(names, utterance_id, revision)]
        cues = self._cue_terms(joined, utterance_id, revision)
        if by_clerk or clerk_evidence(better) >= _SURELY_CLERK:
            found += cues
        else:
            situations = list(self._situation_terms(joined, names, utterance_id, revision))
            found += [*self._weighed(cues, situations, joined), *situations]
            joined = _Joined((asked or before)[-_MAX_BEFORE_CHARS:], better)
            facts = self._facts.read(joined.text, joined.offset, held_on)
            found += _facts(facts, joined, utterance_id, revision)
        return [*revised, *sorted(found, key=lambda item: (item.start_char, item.end_char))]

    def _situation_terms(
        self, joined: "_Joined", names: Sequence[FoundName], utterance_id: str, revision: int
    ) -> Iterator[Term]:
        """Yield what each sentence is about; a sentence begun before is read from its beginning.

        Who names a programme mostly speaks of that one.
        """
        if self._situations is None:
            return

        def term(start: int, end: int, hit: FoundSituation, **owner: str) -> Term:
            return Term(
                utterance_id=utterance_id,
                revision=revision,
                start_char=max(0, start - joined.offset),
                end_char=end - joined.offset,
                how=Match.CUE,
                name=hit.example,
                confidence=round(hit.confidence, 2),
                **owner,
            )

        named = [hit.start + joined.offset for hit in names if hit.name.programmes]
        before = ""
        for start, sentence in chunks(joined.text):
            end = start + len(sentence)
            names_one = any(start <= place < end for place in named)
            if end > joined.offset:
                meant = () if names_one else _meant(sentence, before, self._situations.programmes)
                yield from (term(start - more, end, hit, programme=hit.subject) for more, hit in meant)
                for hit in self._situations.protocols.find(sentence):
                    if hit.confidence >= _DANGEROUS and not self._cues.is_framed(sentence):
                        yield term(start, end, hit, protocol=hit.subject)
            before = "" if names_one else sentence

    def _weighed(self, cues: Sequence[Term], situations: Sequence[Term], joined: "_Joined") -> Iterator[Term]:
        """Yield the cues, less sure where what was said is not like the examples of what they point to.

        Without examples there is nothing that it could be unlike: the cue stands as it is.
        """
        alike = {term.programme for term in situations if term.confidence >= _AGREES}
        for cue in cues:
            matcher = self._matcher(cue)
            if matcher is None:
                like = True
            elif cue.protocol is None:
                like = cue.programme in alike
            else:
                like = self._is_like(cue, cue.protocol, matcher, joined)
            yield cue if like else replace(cue, confidence=_CUE_ALONE)

    def _matcher(self, cue: Term) -> SituationMatcher | None:
        """Return what holds the examples of what a cue points to, None where there are none."""
        if self._situations is None:
            return None
        matcher = self._situations.programmes if cue.protocol is None else self._situations.protocols
        return matcher if matcher.has_examples(cue.protocol or cue.programme or "") else None

    def _is_like(self, cue: Term, protocol: str, matcher: SituationMatcher, joined: "_Joined") -> bool:
        """Return whether sentences with the words of a danger, each or together, are like its examples."""
        start, end = cue.start_char + joined.offset, cue.end_char + joined.offset
        said = [part for at, part in chunks(joined.text) if at < end and at + len(part) > start]
        return any(matcher.confidence(text, protocol) >= _MIN_CONFIDENCE for text in {*said, "".join(said)})

    def _cue_terms(self, joined: "_Joined", utterance_id: str, revision: int) -> list[Term]:
        return [
            Term(
                utterance_id=utterance_id,
                revision=revision,
                start_char=max(0, hit.start - joined.offset),
                end_char=hit.end - joined.offset,
                name=hit.cue,
                programme=hit.owner.programme,
                protocol=hit.owner.protocol,
                how=Match.CUE,
            )
            for hit in self._cues.find(joined.text, since=joined.offset)
        ]


def _repairer(
    words: Sequence[Word],
    examples: Sequence[str],
    tokenizer: SudachiTokenizer,
    kept: ArrayCache,
    context: ContextSimilarity | None,
) -> TextRepairer:
    """Return what brings back words of the counter, and everyday words as far as examples tell their use."""
    phrasing = CharNgramModel((*examples, *(word.text for word in words)), kept) if examples else None
    said = collect_said(examples, words, tokenizer, kept=kept)
    return TextRepairer(words, tokenizer, phrasing, said, context)


def _examples(programmes: Iterable[Programme], protocols: Iterable[DangerProtocol]) -> tuple[str, ...]:
    """Return what people say when they mean any of it, in half-width figures."""
    return tuple(
        normalize("NFKC", example)
        for examples in (*(programme.examples for programme in programmes), *(p.examples for p in protocols))
        for example in examples
    )


def _meant(sentence: str, before: str, programmes: SituationMatcher) -> Iterator[tuple[int, FoundSituation]]:
    """Yield what a sentence is about, and the characters before it that say so with it.

    What is settled is about nothing. Where it and the sentence before are short they are read together too,
    which counts where it is surer than either alone: 家賃が6万円で。先月の分がまだです。 What neither is like
    alone they do not tell together: 殴られてはいません。大丈夫です。
    """
    if is_settled(sentence):
        return
    alone = programmes.find(sentence)
    found = {hit.subject: (0, hit) for hit in alone}
    if before and len(before) + len(sentence) <= _SHORT_PAIR_CHARS:
        apart: dict[str, float] = {}
        for hit in (*alone, *programmes.find(before)):
            apart[hit.subject] = max(hit.confidence, apart.get(hit.subject, 0.0))
        for hit in programmes.find(before + sentence):
            if hit.subject in apart and hit.confidence >= apart[hit.subject] + _GAIN_OF_PAIR:
                found[hit.subject] = (len(before), hit)
    yield from found.values()


class _Joined:
    """A text behind what was said just before it, and where it begins."""

    def __init__(self, before: str, text: str) -> None:
        lead = before.strip()
        joint = "" if not lead or lead[-1] in SENTENCE_ENDS + "、," else "、"
        self.text = lead + joint + text
        self.offset = len(self.text) - len(text)


def _name_terms(names: Sequence[FoundName], utterance_id: str, revision: int) -> list[Term]:
    """Return a term for every programme named, and for vocabulary only where it was corrected."""
    return [
        Term(
            utterance_id=utterance_id,
            revision=revision,
            start_char=hit.start,
            end_char=hit.end,
            name=canonical,
            programme=programme,
            how=hit.how,
            confidence=round(hit.confidence, 2),
        )
        for hit in names
        for canonical, programme in zip(hit.name.canonical, hit.name.programmes or (None,), strict=True)
        if programme is not None or hit.how is not Match.EXACT
    ]


def _facts(found: Iterable[FoundFact], joined: _Joined, utterance_id: str, revision: int) -> list[Fact]:
    """Return each value once, with its place in the text that was said now."""
    facts: dict[tuple[str, int | str, int], Fact] = {}
    for hit in found:
        facts.setdefault(
            (hit.name, hit.value, hit.start if hit.name == "child_age" else 0),
            Fact(
                name=hit.name,
                value=hit.value,
                utterance_id=utterance_id,
                revision=revision,
                start_char=hit.start - joined.offset,
                end_char=hit.end - joined.offset,
                corrects=hit.corrects,
            ),
        )
    return list(facts.values())
