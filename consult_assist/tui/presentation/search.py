"""What a search found as text: two rows in the list, and everything beside it."""

from collections.abc import Mapping

from rich.cells import cell_len

from consult_assist.counter.labels import LEDGER_STATES
from consult_assist.domain.guidance import LedgerState
from consult_assist.domain.knowledge import Contact, KnowledgeBase
from consult_assist.domain.search import Hit, HitKind, Why
from consult_assist.tui.presentation.cells import cut, pad
from consult_assist.tui.presentation.guidance import Row, programme_paragraphs
from consult_assist.tui.presentation.prose import Paragraph, plain
from consult_assist.tui.presentation.protocol import UNFILLED, first_step, protocol_paragraphs, source_line

UNVERIFIED = "未確認あり"
_KINDS = {HitKind.PROGRAMME: "制度", HitKind.PROTOCOL: "危険", HitKind.CONTACT: "電話"}
_KIND_CELLS = 6
_WHYS = {
    Why.NAME: "別の名前",
    Why.READING: "読み",
    Why.ALIKE: "似た名前",
    Why.EXAMPLE: "言い方の例",
    Why.CUE: "手がかり",
    Why.SUMMARY: "概要",
    Why.TARGET: "対象",
    Why.QUESTION: "たずねること",
    Why.DOCUMENT: "必要なもの",
    Why.AMOUNT: "金額",
    Why.MISCONCEPTION: "まちがえやすいこと",
    Why.LAW: "法令",
    Why.DESK: "窓口",
    Why.UNVERIFIED: "確かめられていないこと",
    Why.STEP: "手順",
    Why.NOTE: "説明",
}


def hit_rows(
    hit: Hit, knowledge: KnowledgeBase, ledger: Mapping[str, LedgerState], width_cells: int
) -> tuple[Row, Row]:
    """Return what was found with its state, and below it why."""
    mark = UNVERIFIED if hit.unverified else ""
    state = LEDGER_STATES[ledger[hit.id]] if hit.kind is HitKind.PROGRAMME and hit.id in ledger else ""
    right = "  ".join(text for text in (mark, state) if text)
    title = hit.title
    if hit.kind is HitKind.CONTACT:
        title += f"  {knowledge.contacts[hit.id].number or '未登録'}"
    room = width_cells - _KIND_CELLS - cell_len(right) - 1
    style = "bold $error" if hit.kind is HitKind.PROTOCOL else "bold $primary"
    return (
        (
            (pad(_KINDS[hit.kind], _KIND_CELLS), "$quiet"),
            (pad(title, room), style),
            (f" {right}", "$quiet"),
        ),
        ((" " * _KIND_CELLS + cut(why_line(hit, knowledge), width_cells - _KIND_CELLS), ""),),
    )


def why_line(hit: Hit, knowledge: KnowledgeBase) -> str:
    """Return where the words were found; the summary where the name itself says it."""
    if hit.why is Why.NAME and hit.name == hit.title:
        return _summary(hit, knowledge)
    line = hit.line
    if hit.why is Why.READING and hit.name != hit.title:
        line += f"（{hit.name}）"
    return f"{_WHYS[hit.why]}: {line}"


def hit_paragraphs(
    hit: Hit, knowledge: KnowledgeBase, ledger: Mapping[str, LedgerState]
) -> tuple[Paragraph, ...]:
    """Return everything the office knows about what was found."""
    match hit.kind:
        case HitKind.PROGRAMME:
            return programme_paragraphs(knowledge.programmes[hit.id], "", ledger.get(hit.id))
        case HitKind.PROTOCOL:
            return protocol_paragraphs(knowledge.protocols[hit.id], knowledge, "")
        case HitKind.CONTACT:
            return contact_paragraphs(knowledge.contacts[hit.id])


def contact_paragraphs(contact: Contact) -> tuple[Paragraph, ...]:
    """Return a telephone number with its note and source."""
    text = [plain(contact.name, "bold $primary"), plain(""), plain(contact.number or UNFILLED, "bold")]
    if contact.note:
        text.append(plain(contact.note))
    if contact.source is not None:
        text += [plain(""), plain(f"出典: {source_line(contact.source)}", "$quiet", hanging=6)]
    return tuple(text)


def search_note(query: str, count: int, limit: int) -> str:
    """Return the line below the list."""
    if not query.strip():
        return "名前の一部、読み、ローマ字、相談に来た方の言い方のどれでも探せます"
    if count == 0:
        return "見つかりません。読みや、別の言い方で探してください"
    return f"近いものから {count} 件まで出しています" if count >= limit else f"{count} 件"


def _summary(hit: Hit, knowledge: KnowledgeBase) -> str:
    match hit.kind:
        case HitKind.PROGRAMME:
            return knowledge.programmes[hit.id].summary
        case HitKind.PROTOCOL:
            return first_step(knowledge.protocols[hit.id])
        case HitKind.CONTACT:
            return knowledge.contacts[hit.id].note
