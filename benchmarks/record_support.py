"""Whether every line of a drafted record rests on what was said: prints a table, and each line that does not.

    python benchmarks/record_support.py EVENTS.jsonl … [--show FORM]

The event files are those of `consult-assist replay --events`. Each is drafted in every form. A quotation
must stand in its utterance as it is, and so must a question and its answer (「…」→「…」); a condensed
sentence may hold no content word and no negation that its utterance does not; a statement (label：value)
must be a fact that was read there, and an amount may not look rounder than it was said.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from consult_assist.counter.labels import LEDGER_STATES
from consult_assist.counter.stated import fact_label
from consult_assist.domain.codec import event_from_fields
from consult_assist.domain.events import EVENT_CLASSES, Event
from consult_assist.domain.guidance import Fact
from consult_assist.domain.knowledge import KnowledgeBase, Template
from consult_assist.domain.record import ConsultationRecord, LineKind, RecordLine
from consult_assist.domain.speech import Draft
from consult_assist.knowledge.loader import load_knowledge
from consult_assist.nlp.tokens import SudachiTokenizer, Token
from consult_assist.record import wording
from consult_assist.record.builder import build_record
from consult_assist.record.evidence import Evidence, gather_evidence
from consult_assist.resources import shipped_folder

CONTENT = frozenset({"名詞", "代名詞", "動詞", "形容詞", "形状詞", "副詞", "連体詞", "接続詞"})
NEGATIONS = frozenset({"ない", "ず", "無い", "まい"})
_ROUGHLY = re.compile(r"(?:くらい|ぐらい|ほど|前後)$")
_SOME_KANJI = re.compile(r"[一-鿿]")
Words = SudachiTokenizer


def read_events(path: Path) -> list[Event]:
    """Return the kept events of a file; passing drafts are left out."""
    events = []
    for row in path.read_text(encoding="utf-8").splitlines():
        fields = json.loads(row)
        if fields["type"] in EVENT_CLASSES and fields["type"] != Draft.type:
            events.append(event_from_fields(fields["type"], fields))
    return events


def unsupported(line: RecordLine, evidence: Evidence, knowledge: KnowledgeBase, words: Words) -> str | None:
    """Return what a line says that nothing supports; None where all of it is supported."""
    if line.kind in {LineKind.CLERK, LineKind.NOT_ASKED, LineKind.UNSUPPORTED}:
        return None
    texts = [item.text for item in evidence.lines if item.id in line.utterance_ids]
    if line.kind is LineKind.QUOTED:
        said = [wording.one_line(text).translate(wording.INNER_MARKS) for text in texts]
        parts = wording.quoted_words(line.text)
        stand = "→".join(f"「{part}」" for part in parts) == line.text
        stand = stand and all(any(part in text for text in said) for part in parts)
        return None if stand else line.text
    label, colon, value = line.text.partition("：")
    if not colon:
        return _new_words(line.text, "。".join(texts), words)
    if not line.utterance_ids:
        return None if evidence.started is not None else line.text
    if label in {programme.name for programme in knowledge.programmes.values()}:
        return None if value.partition("（")[0] in LEDGER_STATES.values() else value
    return _unstated(line, label, value, evidence)


def _new_words(text: str, said: str, words: Words) -> str | None:
    heard = words.words(said)
    known = {form for token in heard for form in (token.surface, token.lemma, token.normalized)}
    written = words.words(text)
    new = [token.surface for token in written if _is_content(token) and not _is_heard(token, known, said)]
    if _negations(written) > _negations(heard):
        new.append("（否定）")
    return "、".join(new) or None


def _is_content(token: Token) -> bool:
    return token.kind in CONTENT and token.normalized not in NEGATIONS


def _is_heard(token: Token, known: set[str], said: str) -> bool:
    """Return whether a word was said; 渡す counts where お渡しします was."""
    if not {token.surface, token.lemma, token.normalized}.isdisjoint(known):
        return True
    stem = token.lemma[:-1]
    return token.kind == "動詞" and bool(stem) and stem in said and bool(_SOME_KANJI.search(stem) or stem[1:])


def _negations(tokens: Sequence[Token]) -> int:
    return sum(token.normalized in NEGATIONS for token in tokens)


def _unstated(line: RecordLine, label: str, value: str, evidence: Evidence) -> str | None:
    facts = [fact for item in line.utterance_ids for fact in evidence.facts.get(item, ())]
    stated = {wording.fact_value(fact) for fact in facts if fact_label(fact.name) == label}
    texts = [item.text for item in evidence.lines if item.id in line.utterance_ids]
    for whole in value.split("、"):
        part, _, whose = whole.removesuffix("）").partition("（")
        if whole in stated:
            continue
        if whose and not any(whose in text for text in texts):
            return whole
        if _ROUGHLY.sub("", part) not in stated and part not in stated:
            return part
        roughly = _ROUGHLY.search(part)
        if roughly and not any(_rounded(fact, roughly[0], evidence) for fact in facts):
            return part
    return None


def _rounded(fact: Fact, roughly: str, evidence: Evidence) -> bool:
    return roughly in evidence.texts.get((fact.utterance_id, fact.revision), "")


def drafted(
    events: Sequence[Event], knowledge: KnowledgeBase
) -> Iterator[tuple[Template, ConsultationRecord]]:
    """Yield the record in every form."""
    for template in knowledge.templates.values():
        yield template, build_record(events, template=template, knowledge=knowledge)


def main() -> int:
    """Check every line of every form and print one row a file."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("events", type=Path, nargs="+")
    parser.add_argument("--show", metavar="FORM", help="also print the record in this form")
    options = parser.parse_args()
    knowledge, words = load_knowledge(shipped_folder("knowledge")), SudachiTokenizer()
    faults: list[str] = []
    print("| events | forms | lines | quoted | condensed | supported |\n|---|---|---|---|---|---|")
    for path in options.events:
        events = read_events(path)
        evidence = gather_evidence(events)
        kinds: Counter[LineKind] = Counter()
        wrong = 0
        for template, record in drafted(events, knowledge):
            for field in record.fields:
                for line in field.lines:
                    kinds[line.kind] += line.kind is not LineKind.NOT_ASKED
                    if new := unsupported(line, evidence, knowledge, words):
                        wrong += 1
                        faults.append(f"- {path.stem}, {template.id}, {field.name}: {line.text} → {new}")
        print(
            f"| {path.stem} | {len(knowledge.templates)} | {kinds.total()} | {kinds[LineKind.QUOTED]} "
            f"| {kinds[LineKind.CONDENSED]} | {1 - wrong / max(1, kinds.total()):.3f} |"
        )
        if options.show:
            show(build_record(events, template=knowledge.templates[options.show], knowledge=knowledge))
    print("\n" + "\n".join(dict.fromkeys(faults)) if faults else "\nEvery line is supported.")
    return 1 if faults else 0


def show(record: ConsultationRecord) -> None:
    """Print a record's fields with the utterances behind each line."""
    for field in record.fields:
        print(f"\n**{field.label}**")
        for line in field.lines:
            print(f"- {line.text} {' '.join(line.utterance_ids)}")


if __name__ == "__main__":
    raise SystemExit(main())
