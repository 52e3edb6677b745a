"""Remarks about entries: names, cues, dates, examples and figures."""

from collections.abc import Iterable, Iterator
from datetime import date

import pytest

from consult_assist.knowledge.linter import Finding, Severity, lint_entries
from consult_assist.knowledge.schema import ContactTable
from tests.unit.knowledge.sentences import entries_from_texts

TODAY = date(2026, 11, 22)
_READINGS = {
    "母子寮": "ボシリョウ",
    "母子医療": "ボシイリョウ",
    "家賃補助": "ヤチンホジョ",
    "屋賃補助": "ヤチンホジョ",
}


class ScriptedReader:
    """Knows a handful of words."""

    def reading(self, text: str) -> str | None:
        return _READINGS.get(text)

    def idle_cues(self, cues: Iterable[str]) -> Iterator[str]:
        return (cue for cue in cues if "!" in cue)


def _programme(programme_id: str, name: str, more: str = "checked_on = 2026-11-21") -> str:
    head = f'id = "{programme_id}"\nname = "{name}"\ncategory = "住"\nsummary = "説"\n'
    return f'{head}names = ["{name}"]\n{more}\n'


def _lint(*texts: str, office: bool = True, everyday: tuple[str, ...] = ()) -> list[Finding]:
    files = {f"programmes/{text.splitlines()[0][6:-1]}": text for text in texts}
    entries = entries_from_texts(files, office=office)
    entries.everyday = everyday
    return list(lint_entries(entries, ScriptedReader(), TODAY))


def _messages(*texts: str, **keys: tuple[str, ...]) -> list[str]:
    return [finding.message for finding in _lint(*texts, **keys)]  # type: ignore[arg-type]


def test_a_sound_entry_gives_no_remark() -> None:
    assert _lint(_programme("a", "家賃補助")) == []


@pytest.mark.parametrize(("other", "how"), [("屋賃補助", "同じ読み"), ("母子医療", "よく似た読み")])
def test_names_that_sound_alike(other: str, how: str) -> None:
    first = "家賃補助" if how == "同じ読み" else "母子寮"
    (finding,) = _lint(_programme("a", first), _programme("b", other))
    assert finding.severity is Severity.NOTICE
    assert (finding.entry, finding.line, finding.key) == ("b", 5, "names[1]")
    assert how in finding.message
    assert first in finding.message


def test_a_name_without_a_reading() -> None:
    assert ["読みが辞書にありません" in text for text in _messages(_programme("a", "鱻券"))] == [True]
    given = _programme("a", "鱻券").replace('["鱻券"]', '[{ text = "鱻券", reading = "セン" }]')
    assert _messages(given) == []


def test_a_cue_that_never_holds() -> None:
    text = _programme("a", "家賃補助") + 'cues = ["家賃 高い", "家賃 !家賃"]\n'
    (finding,) = _lint(text)
    assert "「家賃 !家賃」は" in finding.message
    assert finding.key == "cues[2]"


@pytest.mark.parametrize(
    ("dates", "remark"),
    [
        ("checked_on = 2025-11-22", None),
        ("checked_on = 2025-11-21", "見直し期限（2026-11-21）を過ぎています"),
        ("checked_on = 2026-11-21\nreview_by = 2026-11-21", "見直し期限（2026-11-21）"),
        ("checked_on = 2020-01-01\nreview_by = 2027-04-01", None),
        ("", "まだ一度も"),
        ("checked_on = 2027-01-01", "先の日付"),
    ],
)
def test_when_an_entry_has_to_be_reviewed(dates: str, remark: str | None) -> None:
    found = _messages(_programme("a", "家賃補助", dates))
    assert len(found) == (remark is not None)
    assert all(remark in text for text in found if remark)


def test_examples_out_of_place() -> None:
    first = _programme("a", "家賃補助") + 'examples = ["家賃が高い。", "家賃補助がほしい", "寒いですね"]\n'
    second = _programme("b", "母子寮") + 'examples = ["家賃が高い", "家賃が 高い", "住む所がない"]\n'
    found = _lint(first, second, everyday=("寒いですね",))
    assert [(item.severity, item.entry, item.key) for item in found] == [
        (Severity.NOTICE, "a", "examples[2]"),
        (Severity.ERROR, "a", "examples[3]"),
        (Severity.NOTICE, "b", "examples[1]"),
        (Severity.NOTICE, "b", "examples[2]"),
    ]


def test_only_shipped_entries_are_asked_for_more_examples() -> None:
    assert _lint(_programme("a", "家賃補助"), office=True) == []
    (finding,) = _lint(_programme("a", "家賃補助"), office=False)
    assert finding.severity is Severity.NOTICE
    assert "20 以上" in finding.message


def test_an_official_figure_needs_its_source() -> None:
    amount = '[[amounts]]\ntext = "1万円"\nas_of = "令和8年"\nlevel = "公的"\n'
    assert ["出典がありません" in text for text in _messages(_programme("a", "家賃補助") + amount)] == [True]
    assert _messages(_programme("a", "家賃補助") + amount.replace("公的", "未確認")) == []


def test_a_figure_needs_the_year_it_is_of() -> None:
    amount = '[[amounts]]\ntext = "1万円"\nas_of = "4月から"\nlevel = "未確認"\n'
    (message,) = _messages(_programme("a", "家賃補助") + amount)
    assert "「4月から」に年がありません" in message


def test_local_numbers_that_are_missing_are_told_in_one_line() -> None:
    entries = entries_from_texts({"programmes/a": _programme("a", "家賃補助")}, office=True)
    entries.files["contacts", "contacts"] = entries.files["programmes", "a"]
    for name in ("福祉事務所", "社協"):
        entries.contacts[name] = ContactTable(name=name, local=True)
    entries.contacts["x"] = ContactTable(name="済んだ窓口", local=True, number="046")
    (finding,) = lint_entries(entries, ScriptedReader(), TODAY)
    assert "2 か所あります（福祉事務所、社協）" in finding.message
