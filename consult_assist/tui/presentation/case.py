"""A case in words: what is open, what changed, when the person was here."""

from collections.abc import Iterator, Sequence

from consult_assist.counter.labels import local_time
from consult_assist.domain.consultation import ConsultationSummary
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.record.case import Case, FactChange, Promise, PromiseKind
from consult_assist.tui.presentation.cells import cut
from consult_assist.tui.presentation.prose import Paragraph, plain

_KINDS = {PromiseKind.NEXT: "次回　", PromiseKind.CHECK: "要確認", PromiseKind.UNTOLD: "未説明"}
_QUOTE_CELLS = 44
_HANGING = 11
_MAX_SHOWN = 5
_DAY_CHARS = 10


def case_title(case: Case) -> str:
    """Return the line above a case."""
    return f"案件 {case.number}   相談 {len(case.talks)} 回"


def case_paragraphs(case: Case, knowledge: KnowledgeBase) -> Sequence[Paragraph]:
    """Return what is open, then what the last talk stated differently."""
    return [*_open(case, knowledge), plain(""), *_changed(case)]


def known_case(case: Case, knowledge: KnowledgeBase) -> Sequence[Paragraph]:
    """Return what to know before the person is here again: the last talk and what is open, in a few rows."""
    if not case.talks:
        return [plain("この案件番号の相談は、まだありません。", "$quiet")]
    last = case.talks[0]
    head = f"前回 {_day(last)}（{last.operator}）　これまで {len(case.talks)} 回"
    shown = [_promise(item, knowledge) for item in case.promises[:_MAX_SHOWN]]
    more = len(case.promises) - len(shown)
    rest = [plain(f"ほかに {more} 件（記録の画面の Ctrl+N で見られます）", "$quiet")] if more > 0 else []
    return [plain(head, "bold"), *(shown or [plain("残っていることはありません。", "$quiet")]), *rest]


def _open(case: Case, knowledge: KnowledgeBase) -> Iterator[Paragraph]:
    yield plain(f"残っていること   {len(case.promises)} 件", "bold $primary")
    if not case.promises:
        yield plain("ありません。", "$quiet")
    for item in case.promises:
        yield _promise(item, knowledge)


def _promise(item: Promise, knowledge: KnowledgeBase) -> Paragraph:
    mark = (
        f"{_KINDS[item.kind]}  ",
        "bold $warning" if item.kind is not PromiseKind.NEXT else "bold $accent",
    )
    day = (f"{_day(item.talk)}", "$quiet")
    if item.programme is None:
        return Paragraph((mark, (f"{item.text}  ", ""), day), hanging=_HANGING)
    name = (f"{knowledge.programme_name(item.programme)}  ", "bold")
    quote = f"「{cut(item.text, _QUOTE_CELLS)}」 " if item.text else ""
    return Paragraph((mark, name, (quote, ""), day), hanging=_HANGING)


def _changed(case: Case) -> Iterator[Paragraph]:
    yield plain("前回までと変わったこと", "bold $primary")
    if not case.talks:
        yield plain("この番号の相談は、まだありません（見本の再生は数えません）。", "$quiet")
    elif len(case.talks) == 1:
        yield plain("まだ 1 回目です。", "$quiet")
    elif not case.changes:
        yield plain("ありません。", "$quiet")
    for change in case.changes:
        yield _change(change)


def _change(change: FactChange) -> Paragraph:
    label = (f"{change.label}  ", "bold")
    if change.before is None or change.since is None:
        return Paragraph((label, (change.now, ""), ("  初めて分かりました", "$quiet")), hanging=_HANGING)
    pieces = ((change.before, "$quiet"), (" → ", "bold"), (change.now, "bold"))
    return Paragraph((label, *pieces, (f"  前は {_day(change.since)}", "$quiet")), hanging=_HANGING)


def _day(summary: ConsultationSummary) -> str:
    return local_time(summary.started_at)[:_DAY_CHARS]
