from datetime import date
from pathlib import Path

from consult_assist.domain.knowledge import Contact, KnowledgeBase, KnowledgeFault, Name, Programme
from consult_assist.knowledge.report import check_knowledge, fault_line


def _programme(programme_id: str, checked_on: date | None) -> Programme:
    return Programme(
        id=programme_id,
        name=programme_id,
        category="住まい",
        summary="",
        names=(Name(text=programme_id),),
        checked_on=checked_on,
    )


def test_stale_entries_and_missing_numbers_are_listed() -> None:
    knowledge = KnowledgeBase(
        programmes={
            "fresh": _programme("fresh", date(2026, 3, 1)),
            "old": _programme("old", date(2025, 11, 20)),
            "never": _programme("never", None),
        },
        protocols={},
        contacts={
            "local": Contact(id="local", name="福祉事務所", number=None, local=True),
            "filled": Contact(id="filled", name="社協", number="000", local=True),
            "national": Contact(id="national", name="警察", number="110"),
        },
        vocabulary=(),
        templates={},
        digest="",
    )

    report = check_knowledge(knowledge, date(2026, 11, 21))

    assert [programme.id for programme in report.stale] == ["old", "never"]
    assert [contact.id for contact in report.missing_contacts] == ["local"]
    assert dict(report.counts)["制度"] == 3


def test_a_fault_is_printed_on_one_line() -> None:
    fault = KnowledgeFault(
        file=Path("knowledge/programmes/a.toml"), key="amounts[1].as_of", line=9, message="ありません。"
    )

    assert fault_line(fault) == "a.toml 9 行目 amounts[1].as_of: ありません。"
