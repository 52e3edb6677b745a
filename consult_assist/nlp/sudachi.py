"""A text → its terms and facts: masking, names, cues and facts by rule, and what models passed in find.

The rules need SudachiPy's dictionary only. Situations, fitting words and entities come from models that are
given to the analyzer; without one, it finds nothing of that kind.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from unicodedata import normalize

from consult_assist.counter.affirmed import affirmed
from consult_assist.counter.counter_speech import clerk_evidence
from consult_assist.counter.masking import mask_personal_numbers
from consult_assist.domain.guidance import Fact, Match, Term
from consult_assist.domain.knowledge import CueWords, DangerProtocol, Name, Programme
from consult_assist.domain.speech import Revision
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
from consult_assist.nlp.situations.matcher import Situations
from consult_assist.nlp.situations.situation_reader import JoinedText, SituationReader, ToldSituation
from consult_assist.nlp.tokens import SudachiTokenizer, without_halves

_MAX_BEFORE_CHARS = 160
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
        cues = [
            *((cue, CueOwner(programme=p.id)) for p in programmes.values() for cue in p.cues),
            *((cue, CueOwner(protocol=p.id)) for p in protocols.values() for cue in p.cues),
        ]
        self._situations = SituationReader(CueMatcher(cues, tokenizer, cue_words), situations)

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
        """Return what the text holds, as `Analyzer` says; `before` stands in where `asked` is not known."""
        masked = mask_personal_numbers(without_halves(text))
        before, asked = without_halves(before), without_halves(asked)
        better, names = self.rewriter.rewrite(masked)
        revised: list[Revision] = []
        if better != text:
            revision += 1
            revised.append(Revision(utterance_id=utterance_id, revision=revision, text=better, by="terms"))
        said = JoinedText(before[-_MAX_BEFORE_CHARS:], better)
        found: list[Term | Fact] = [*_name_terms(names, utterance_id, revision)]
        if by_clerk or clerk_evidence(better) >= _SURELY_CLERK:
            found += _situation_terms(self._situations.find_cues(said), said, utterance_id, revision)
        else:
            named = [hit.start + said.offset for hit in names if hit.name.programmes]
            found += _situation_terms(self._situations.read(said, named), said, utterance_id, revision)
            found += self._affirmed_dangers(asked, better, utterance_id, revision)
            answer = JoinedText((asked or before)[-_MAX_BEFORE_CHARS:], better)
            facts = self._facts.read(answer.text, answer.offset, held_on)
            found += _facts(facts, answer, utterance_id, revision)
        return [*revised, *sorted(found, key=lambda item: (item.start_char, item.end_char))]

    def _affirmed_dangers(self, asked: str, answer: str, utterance_id: str, revision: int) -> Iterator[Term]:
        """Yield the dangers that a short answer confirms: 叩かれたりは? – ときどき."""
        statement = JoinedText("", affirmed(asked, answer))
        told = self._situations.read(statement, ()) if statement.text else ()
        for one in told:
            if one.protocol is not None:
                whole = replace(one, start=0, end=len(answer))
                yield from _situation_terms([whole], JoinedText("", answer), utterance_id, revision)


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


def _situation_terms(
    told: Iterable[ToldSituation], said: JoinedText, utterance_id: str, revision: int
) -> list[Term]:
    """Return a term for each situation, in the characters of what was said now."""
    return [
        Term(
            utterance_id=utterance_id,
            revision=revision,
            start_char=max(0, one.start - said.offset),
            end_char=one.end - said.offset,
            name=one.name,
            programme=one.programme,
            protocol=one.protocol,
            how=Match.CUE,
            confidence=one.confidence,
        )
        for one in told
    ]


def _facts(found: Iterable[FoundFact], joined: JoinedText, utterance_id: str, revision: int) -> list[Fact]:
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
