"""What was heard again, beside what was heard first: text for the terminal."""

import sys
from collections.abc import Iterator

from consult_assist.app.records.rehearing import ChangedLine, FieldChange, Kept, KeptLine, Rehearing
from consult_assist.cli.asking import agreed, ask
from consult_assist.cli.printing import show_instead
from consult_assist.counter.labels import SPEAKERS, clock
from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.japanese.difference import mark_changes

_NOT_RECOGNISED = "（認識できませんでした）"


def show_progress(done: float, remaining_s: float | None) -> None:
    """Show how far it has come and how long it will still take, where someone is watching."""
    rest = "" if remaining_s is None else f"　残り およそ {_duration(remaining_s)}"
    show_instead(f"聞き直しています {done:4.0%}{rest}", "\n" if done >= 1 else "")


def wanted() -> bool:
    """Ask whether to keep it; without someone to ask the answer is no."""
    return sys.stdin.isatty() and agreed(ask, "記録に残しますか")


def text_from_rehearing(rehearing: Rehearing, knowledge: KnowledgeBase) -> str:
    """Return everything that changes, and everything that stays although it might."""
    return "\n".join(_rehearing_lines(rehearing, knowledge))


def _rehearing_lines(rehearing: Rehearing, knowledge: KnowledgeBase) -> Iterator[str]:
    for item in rehearing.changed:
        yield from _changed(item)
    for change in rehearing.fields:
        yield from _field(change)
    if rehearing.unsupported:
        yield "根拠を移せなかった記録の行（「根拠なし」の印を付けて残します。直すか消してください）"
        yield from (f"  {line.text}" for line in rehearing.unsupported)
    if rehearing.typed:
        yield "職員が書いた記録の行（もとの発話が変わりましたが、そのまま残します）"
        yield from (f"  {line.text}" for line in rehearing.typed)
    for why in Kept:
        yield from _kept(why, [item for item in rehearing.kept if item.why is why])
    for protocol in rehearing.alerts:
        yield f"★ 聞き直して分かった危険のサイン: {knowledge.protocol_title(protocol)}"
    yield _summary(rehearing)


def _changed(item: ChangedLine) -> Iterator[str]:
    before, after = mark_changes(item.before.text, item.text)
    if item.before.failure is not None:
        before, after = _NOT_RECOGNISED, item.text
    yield f"{clock(item.before.start_s)} {SPEAKERS[item.before.speaker]}"
    yield f"  前: {before}"
    yield f"  後: {after}"


def _field(change: FieldChange) -> Iterator[str]:
    yield f"記録【{change.label}】"
    yield from (f"  － {line.text}" for line in change.lost)
    yield from (f"  ＋ {line.text}" for line in change.gained)


def _kept(why: Kept, lines: list[KeptLine]) -> Iterator[str]:
    if lines:
        yield f"{why.value}（そのまま残します）"
        yield from (f"  {clock(item.line.start_s)} {item.line.text or _NOT_RECOGNISED}" for item in lines)


def _summary(rehearing: Rehearing) -> str:
    parts = [f"変わる行 {len(rehearing.changed)}", f"同じ行 {rehearing.n_same}"]
    if rehearing.kept:
        parts.append(f"そのままの行 {len(rehearing.kept)}")
    return "、".join(parts) + "。"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} 分 {rest} 秒" if minutes else f"{rest} 秒"
