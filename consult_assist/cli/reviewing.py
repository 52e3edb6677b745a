"""`consult-assist records submit | take-back | return | approve | amend | waiting`."""

from datetime import UTC, datetime

from consult_assist.app.records import reviewing
from consult_assist.app.settings import Settings, default_operator
from consult_assist.app.wiring import build_workplace
from consult_assist.app.workplace import Workplace
from consult_assist.cli.parser import Options
from consult_assist.cli.printing import line_from_summary
from consult_assist.counter.labels import REVIEW_STATES
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.record.signing import remarks


def submit_record(settings: Settings, options: Options) -> int:
    """Hand in a record."""
    workplace, by = _start(settings, options)
    document = reviewing.submit_record(workplace, options.id, by=by)
    if left := remarks(document.record):
        print(f"残っていること: {'、'.join(left)}")
    return _tell(document)


def take_back_record(settings: Settings, options: Options) -> int:
    """Take back what was handed in."""
    workplace, by = _start(settings, options)
    return _tell(reviewing.take_back_record(workplace, options.id, by=by))


def return_record(settings: Settings, options: Options) -> int:
    """Return a record with a word about it."""
    workplace, by = _start(settings, options)
    return _tell(reviewing.return_record(workplace, options.id, options.reason, by=by))


def approve_record(settings: Settings, options: Options) -> int:
    """Approve a record at the step that it waits for."""
    workplace, by = _start(settings, options)
    return _tell(reviewing.approve_record(workplace, options.id, by=by))


def amend_record(settings: Settings, options: Options) -> int:
    """Open an approved record to be amended."""
    workplace, by = _start(settings, options)
    return _tell(reviewing.amend_record(workplace, options.id, options.reason, by=by))


def list_waiting(settings: Settings, options: Options) -> int:  # noqa: ARG001 - all commands look alike
    """Print what waits for a decision, the most pressing first."""
    workplace = build_workplace(settings)
    waiting = reviewing.waiting_records(workplace)
    for item in waiting:
        print(_row(item, workplace.knowledge, datetime.now(UTC)))
    print(f"{len(waiting)} 件" if waiting else "決裁を待つ記録はありません。")
    return 0


def _start(settings: Settings, options: Options) -> tuple[Workplace, str]:
    return build_workplace(settings), options.by or default_operator()


def _tell(document: RecordDocument) -> int:
    step = f"（次は {document.review.step}）" if document.review.step else ""
    print(f"{document.summary.id}: {REVIEW_STATES[document.review.state]}{step}")
    return 0


def _row(item: reviewing.WaitingRecord, knowledge: KnowledgeBase, now: datetime) -> str:
    parts = [
        *(f"★ {knowledge.protocol_title(protocol)}" for protocol in item.summary.protocols),
        f"台帳の残り {item.n_open}" if item.n_open else "",
        f"待ち {(now - item.submitted.at).days} 日",
        f"次は {item.step}",
    ]
    return f"{line_from_summary(item.summary)}\n    {'  '.join(filter(None, parts))}"
