"""Entries → what a careful reader would remark: names that sound alike, old figures, stray examples."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum

from consult_assist.domain.knowledge import KnowledgeFault
from consult_assist.japanese.eras import lacks_year
from consult_assist.japanese.kana import split_morae
from consult_assist.japanese.phonetics import Edge, PhoneticIndex
from consult_assist.knowledge.base import Reader
from consult_assist.knowledge.crosscheck import name_key
from consult_assist.knowledge.entries import KnowledgeEntries
from consult_assist.knowledge.schema import ProgrammeTable
from consult_assist.knowledge.source import ParsedFile

REVIEW_AFTER = timedelta(days=365)
"""An entry without a date of its own is due a year after it was checked; most figures change each April."""
FEWEST_EXAMPLES = 20
_ALIKE_COST = 30
"""Two whole names no further apart than one long vowel (ボシリョウ, ボシイリョウ) are taken for each other.

Source: our 436 shipped names; at 30 one pair of different programmes is found, at 80 no other.
"""


class Severity(StrEnum):
    """誤り is turned off until it is fixed; 注意 works, but a person should look."""

    ERROR = "誤り"
    NOTICE = "注意"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(KnowledgeFault):
    """One remark at one place: a fault, or what works and still deserves a look."""

    severity: Severity


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A name with its reading and its place."""

    text: str
    morae: tuple[str, ...]
    owner: str
    position: int


def lint_entries(entries: KnowledgeEntries, reader: Reader, today: date) -> Iterator[Finding]:
    """Yield what the files alone do not show to be wrong."""
    spoken: list[_Spoken] = []
    for entry_id, programme in entries.programmes.items():
        file = entries.files["programmes", entry_id]
        spoken += _spoken(programme, reader)
        yield from _unreadable(programme, file, reader)
        yield from _idle(programme.cues, file, reader)
        yield from _review(programme, file, today)
        yield from _amounts(programme, file)
        yield from _own_names(programme, file)
        yield from _few_examples(programme, file)
    for entry_id, protocol in entries.protocols.items():
        yield from _idle(protocol.cues, entries.files["protocols", entry_id], reader)
    yield from _alike(spoken, entries)
    yield from _repeated_examples(entries)
    yield from _missing_numbers(entries)


def finding_from_fault(fault: KnowledgeFault, severity: Severity = Severity.ERROR) -> Finding:
    """Return a fault as a finding; what the loader found is an error."""
    return Finding(**asdict(fault), severity=severity)


def _notice(
    file: ParsedFile,
    loc: Sequence[str | int],
    message: str,
    *,
    value: str | None = None,
    severity: Severity = Severity.NOTICE,
) -> Finding:
    return finding_from_fault(file.fault(loc, message, entry=file.file.stem, value=value), severity)


def _spoken(programme: ProgrammeTable, reader: Reader) -> Iterator[_Spoken]:
    for position, name in enumerate(programme.names):
        if morae := split_morae(name.reading or reader.reading(name.text) or ""):
            yield _Spoken(name.text, morae, programme.id, position)


def _unreadable(programme: ProgrammeTable, file: ParsedFile, reader: Reader) -> Iterator[Finding]:
    for position, name in enumerate(programme.names):
        if name.reading is None and reader.reading(name.text) is None:
            message = (
                f"名前「{name.text}」の読みが辞書にありません。"
                f'{{ text = "{name.text}", reading = "ヨミ" }} のように読みを書いてください。'
            )
            yield _notice(file, ("names", position), message, value=name.text)


def _idle(cues: Sequence[str], file: ParsedFile, reader: Reader) -> Iterator[Finding]:
    for cue in reader.idle_cues(cues):
        message = f"手がかり「{cue}」は、書かれた言葉を並べても当たりません。言葉か「!」を見直してください。"
        yield _notice(file, ("cues", cues.index(cue)), message, value=cue)


def _review(programme: ProgrammeTable, file: ParsedFile, today: date) -> Iterator[Finding]:
    if programme.checked_on is None and programme.review_by is None:
        message = "まだ一度も出典と見比べていません。見比べたら checked_on に日付を書いてください。"
        yield _notice(file, ("checked_on",), message)
        return
    due = programme.review_by or (programme.checked_on or today) + REVIEW_AFTER
    if due < today:
        message = f"見直し期限（{due.isoformat()}）を過ぎています。出典と見比べ、日付を直してください。"
        yield _notice(file, ("review_by" if programme.review_by else "checked_on",), message)
    if programme.checked_on is not None and programme.checked_on > today:
        message = f"確かめた日（{programme.checked_on.isoformat()}）が先の日付です。直してください。"
        yield _notice(file, ("checked_on",), message)


def _amounts(programme: ProgrammeTable, file: ParsedFile) -> Iterator[Finding]:
    for position, amount in enumerate(programme.amounts):
        if lacks_year(amount.as_of):
            message = f"金額の時点「{amount.as_of}」に年がありません。「令和8年4月」のように書いてください。"
            yield _notice(file, ("amounts", position, "as_of"), message)
        if amount.level == "公的" and not amount.source_urls:
            message = "「公的」の金額に出典がありません。source_urls を書くか、「未確認」にしてください。"
            yield _notice(file, ("amounts", position), message)


def _own_names(programme: ProgrammeTable, file: ParsedFile) -> Iterator[Finding]:
    names = {name_key(name.text): name.text for name in programme.names}
    for position, example in enumerate(programme.examples):
        inside = next((name for folded, name in names.items() if folded in name_key(example)), None)
        if inside is not None:
            message = f"例に、この制度の名前「{inside}」が入っています。名前を出さない言い方にしてください。"
            yield _notice(file, ("examples", position), message, value=example)


def _few_examples(programme: ProgrammeTable, file: ParsedFile) -> Iterator[Finding]:
    n_examples = len(programme.examples)
    if not file.file.office and n_examples < FEWEST_EXAMPLES:
        message = f"言い方の例が {n_examples} です。{FEWEST_EXAMPLES} 以上あると見つけやすくなります。"
        yield _notice(file, ("examples",), message)


def _alike(spoken: Sequence[_Spoken], entries: KnowledgeEntries) -> Iterator[Finding]:
    """Compare every name with every other by sound; the later one gets the remark."""
    if not spoken:
        return
    index = PhoneticIndex([name.morae for name in spoken])
    limits = [_ALIKE_COST] * len(spoken)
    for position, name in enumerate(spoken):
        edges = [Edge(place, place + 1, (mora,)) for place, mora in enumerate(name.morae)]
        whole = {hit.name for hit in index.search(edges, limits) if hit.start == 0 and hit.end == len(edges)}
        for other in (spoken[number] for number in sorted(whole) if number < position):
            if other.owner != name.owner and name_key(other.text) != name_key(name.text):
                same = "同じ読み" if other.morae == name.morae else "よく似た読み"
                owner = entries.programmes[other.owner].name
                message = (
                    f"名前「{name.text}」は、「{owner}」の名前「{other.text}」と{same}です。"
                    "聞き取りで取り違えるので、言いかえるか、片方を外してください。"
                )
                file = entries.files["programmes", name.owner]
                yield _notice(file, ("names", name.position), message, value=name.text)


def _repeated_examples(entries: KnowledgeEntries) -> Iterator[Finding]:
    """An example must stand in one place; beside the talk that raises nothing it contradicts itself."""
    everyday = {_plain(text) for text in entries.everyday}
    first: dict[str, tuple[str, int]] = {}
    for entry_id, programme in entries.programmes.items():
        file = entries.files["programmes", entry_id]
        for position, example in enumerate(programme.examples):
            loc, said = ("examples", position), _plain(example)
            owner, place = first.setdefault(said, (entry_id, position))
            if said in everyday:
                message = f"例「{example}」が「何も出さない話」にもあります。どちらか 1 つにしてください。"
                yield _notice(file, loc, message, value=example, severity=Severity.ERROR)
            elif owner != entry_id:
                message = f"同じ例「{example}」が「{entries.programmes[owner].name}」にもあります。"
                yield _notice(file, loc, message, value=example)
            elif place != position:
                yield _notice(
                    file, loc, f"同じ例「{example}」が 2 つあります。1 つ消してください。", value=example
                )


def _missing_numbers(entries: KnowledgeEntries) -> Iterator[Finding]:
    file = entries.files.get(("contacts", "contacts"))
    if file is None:
        return
    names = [table.name for table in entries.contacts.values() if table.local and table.number is None]
    if names:
        message = (
            f"番号が未登録の窓口が {len(names)} か所あります（{'、'.join(names)}）。"
            "書く所は consult-assist knowledge contacts で分かります。"
        )
        yield _notice(file, (), message)


def sorted_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings file by file, in the order of the lines."""
    return tuple(
        sorted(findings, key=lambda item: (str(item.file), item.line or 0, item.severity, item.message))
    )


def _plain(text: str) -> str:
    return "".join(char for char in name_key(text) if char.isalnum())
