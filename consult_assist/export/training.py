"""A record for training, without what tells who it is about, and the list by which a person checks it."""

from collections.abc import Callable, Iterable, Iterator

from consult_assist.counter.labels import LEDGER_STATES
from consult_assist.domain.document import RecordDocument
from consult_assist.export import words
from consult_assist.export.pseudonymization import PatternPseudonymizer

FindNames = Callable[[str], Iterable[tuple[int, int, str]]]
_LABELS = {"name": "氏名", "address": "住所", "phone": "電話", "birth_date": "日付"}
_MIN_CHARS = 2
"""A shorter word also stands inside others."""
_TITLE = "相談記録（研修用）"
_CAUTION = (
    "名前・地名・団体名・番号・金額・日付・年齢・数を［ ］に置きかえました。それ以外は元のままです。",
    "聞きまちがいの名前、めずらしい名前、話の中身（病名・出来事）から分かることは残ります。必ず人が読んで確かめてください。",
)  # fmt: skip


def record_for_training(document: RecordDocument, find_names: FindNames) -> bytes:
    """Return record, ledger and transcript with placeholders; no number, clerk, day or seal leads back."""
    pseudonymizer = pseudonymizer_for(document, find_names)
    return ("\n".join(_rows(document, pseudonymizer)) + "\n").encode()


def list_for_training(document: RecordDocument, find_names: FindNames) -> bytes:
    """Return what was replaced by what, to check by eye; it stays in the office."""
    pseudonymizer = pseudonymizer_for(document, find_names)
    list(_rows(document, pseudonymizer))
    rows = [
        "研修用に置きかえた語の一覧（この一覧は事務所の外に出さないでください）",
        "",
        *(f"{placeholder}　{said}　{times}か所" for placeholder, said, times in pseudonymizer.replaced()),
        "",
        *_CAUTION,
    ]
    return ("\n".join(rows) + "\n").encode()


def pseudonymizer_for(document: RecordDocument, find_names: FindNames) -> PatternPseudonymizer:
    """Return what covers the words of a record that could tell who it is about."""
    return PatternPseudonymizer(
        known=dict(_known(document)),
        kept=frozenset(document.programme_names.values()),
        find_names=find_names,
    )


def _known(document: RecordDocument) -> Iterator[tuple[str, str]]:
    """Yield the words that the record itself knows to be someone's, with their label."""
    texts = {(line.id, line.revision): line.text for line in document.transcript}
    found = [(words.clean(document.summary.operator), "氏名")]
    for fact in document.facts:
        if label := _LABELS.get(fact.name):
            said = texts.get((fact.utterance_id, fact.revision), "")[fact.start_char : fact.end_char]
            found += [(str(fact.value), label), (said, label)]
    found += [
        (str(item.value), _LABELS[item.kind]) for item in document.record.readback if item.kind in _LABELS
    ]
    if document.summary.case_number:
        found.append((document.summary.case_number, "番号"))
    yield from ((words.clean(said), label) for said, label in found if len(said) >= _MIN_CHARS)


def _rows(document: RecordDocument, pseudonymizer: PatternPseudonymizer) -> Iterator[str]:
    def pseudonymized(text: str) -> str:
        return pseudonymizer.pseudonymize(words.clean(text))

    yield from (_TITLE, "", *_CAUTION)
    for item in document.record.fields:
        yield from ("", f"【{words.clean(item.label)}】")
        for line in item.lines:
            mark, text = words.mark_and_text(line, {})
            yield f"　[{mark}] {pseudonymized(text)}".rstrip()
        if not item.lines:
            yield "　" + words.EMPTY_FIELD
    yield from ("", f"【{words.LEDGER_TITLE}】")
    for entry in document.record.ledger:
        reason = f"（理由：{pseudonymized(entry.reason)}）" if entry.reason else ""
        yield f"　{LEDGER_STATES[entry.state]}　{words.programme_name(entry, document)}{reason}"
    yield from ("", f"【{words.TRANSCRIPT_TITLE}】")
    for spoken in document.transcript:
        yield f"　{words.speaker_word(spoken.speaker)}　{pseudonymized(words.words_spoken(spoken))}"
