"""Danger protocols as text: a banner for one glance, and everything on a page."""

from collections.abc import Sequence

from consult_assist.domain.knowledge import Contact, DangerProtocol, KnowledgeBase, Source
from consult_assist.tui.presentation.prose import Items, Paragraph, headed_lists, plain

UNFILLED = "未登録（事務所の連絡先ファイルに記入してください）"
"""Said instead of a number that the office has not filled in."""
_FILL_IN = "未登録の番号は、事務所の連絡先ファイルに記入すると、ここに出ます。"
BANNER_STEPS = 4
"""Steps on the banner; the others are one key away."""
QUOTE_ROWS = 2
_QUOTE_CELLS = 10
_NUMBER = "bold $danger-step"


def first_step(protocol: DangerProtocol) -> str:
    """Return what to do before anything else."""
    return f"1 まず  {protocol.steps[0]}" if protocol.steps else "1 まず  上司に知らせ、一人で判断しない"


def banner_quote(quote: str) -> tuple[Paragraph, ...]:
    """Return the words that raised it: whether it is a danger can be told by them alone."""
    return (plain(f"きっかけ  「{quote}」", hanging=_QUOTE_CELLS, most_rows=QUOTE_ROWS),) if quote else ()


def banner_steps(protocol: DangerProtocol) -> tuple[Paragraph, ...]:
    """Return the next steps."""
    steps = list(enumerate(protocol.steps, start=1))[1:]
    text = [plain(f"{number}. {step}", hanging=3) for number, step in steps[: BANNER_STEPS - 1]]
    if (more := len(steps) - (BANNER_STEPS - 1)) > 0:
        text.append(plain(f"   ほかに {more} つの手順（F2）"))
    return tuple(text)


def banner_contacts(protocol: DangerProtocol, knowledge: KnowledgeBase) -> tuple[Paragraph | Items, ...]:
    """Return the numbers to call, and those not filled in."""
    contacts = protocol_contacts(protocol, knowledge)
    numbers = [
        ((item.number, _NUMBER), (f" {item.name}", "")) for item in contacts if item.number is not None
    ]
    text: list[Paragraph | Items] = [Items("電話  ", tuple(numbers))] if numbers else []
    if missing := "、".join(contact.name for contact in contacts if contact.number is None):
        text.append(plain(f"電話未登録  {missing}", hanging=12))
    return tuple(text)


def strip_paragraphs(
    protocols: Sequence[DangerProtocol], knowledge: KnowledgeBase
) -> tuple[Paragraph | Items, ...]:
    """Return the least that helps, for where something else is open: of the first danger."""
    if not protocols:
        return ()
    first, *others = protocols
    more = f"（ほか {len(others)} 件）" if others else ""
    return (
        plain(f"危険のサイン: {first.title}{more}", "bold"),
        plain(f" {first_step(first)} ", "bold $danger-background on $danger-foreground", hanging=7),
        *banner_contacts(first, knowledge)[:1],
        plain("この画面を閉じると、手順が出ます。"),
    )


def protocol_contacts(protocol: DangerProtocol, knowledge: KnowledgeBase) -> tuple[Contact, ...]:
    """Return the desks of a protocol in order of use."""
    return tuple(knowledge.contacts[item] for item in protocol.contacts if item in knowledge.contacts)


def protocol_paragraphs(
    protocol: DangerProtocol, knowledge: KnowledgeBase, quote: str
) -> tuple[Paragraph, ...]:
    """Return everything the office knows about a danger protocol."""
    text = [plain(protocol.title, "bold $error")]
    if quote:
        text.append(plain(f"きっかけ  「{quote}」", "$quiet", hanging=_QUOTE_CELLS))
    text += [plain(""), plain("すること（先のものから順に）", "bold $accent")]
    text += [
        plain(f"{number}. {step}", "bold" if number == 1 else "", indent=1, hanging=3)
        for number, step in enumerate(protocol.steps, start=1)
    ]
    text += [plain(""), plain("電話", "bold $accent")]
    contacts = protocol_contacts(protocol, knowledge)
    text += [_contact(contact) for contact in contacts]
    if any(contact.number is None for contact in contacts):
        text.append(plain(_FILL_IN, "$quiet", indent=3))
    lists: tuple[tuple[str, Sequence[str]], ...] = (
        ("たずねること", protocol.questions),
        ("資料にないこと", protocol.gaps),
        ("出典", [source_line(item) for item in protocol.sources]),
    )
    return (*text, *headed_lists(lists))


def source_line(source: Source) -> str:
    """Return a source with its date."""
    return f"{source.what} {source.url}（{source.as_of}）".strip()


def _contact(contact: Contact) -> Paragraph:
    number = (contact.number, "bold") if contact.number else ("未登録", "$quiet")
    note = f"（{contact.note}）" if contact.note and contact.number else ""
    return Paragraph(((f"・{contact.name}  ", ""), number, (note, "")), indent=1, hanging=2)
