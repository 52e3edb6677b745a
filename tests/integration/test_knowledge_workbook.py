"""Knowledge to Excel and back: nothing is lost, and what a clerk breaks is named by sheet and cell."""

import datetime as dt
import re
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from consult_assist.errors import KnowledgeError
from consult_assist.knowledge.entries import KnowledgeEntries, read_entries
from consult_assist.knowledge.intake import Intake, entries_from_grids
from consult_assist.knowledge.schema import ContactTable, ProgrammeTable, TermsTable
from consult_assist.knowledge.sheets import SHEETS
from consult_assist.knowledge.workbook import GUIDE, read_workbook, write_workbook
from consult_assist.resources import shipped_folder
from tests.unit.knowledge.sentences import bases

Edit = Callable[[Workbook], None]


def _read(book: Path) -> Intake:
    return entries_from_grids(read_workbook(book), book)


def _assert_same(one: KnowledgeEntries, other: KnowledgeEntries) -> None:
    assert one.programmes == other.programmes
    assert one.protocols == other.protocols
    assert one.contacts == other.contacts
    assert one.terms == other.terms
    assert one.everyday == other.everyday


@settings(max_examples=40)
@given(bases())
def test_nothing_is_lost_on_the_way(entries: KnowledgeEntries) -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "a.xlsx"
        write_workbook(entries, book)
        intake = _read(book)
    assert intake.faults == []
    assert intake.remarks == []
    _assert_same(intake.entries, entries)


def test_the_shipped_knowledge_comes_back_whole(tmp_path: Path) -> None:
    entries = read_entries(shipped_folder("knowledge"))
    write_workbook(entries, tmp_path / "a.xlsx")
    intake = _read(tmp_path / "a.xlsx")
    assert (intake.faults, intake.remarks) == ([], [])
    _assert_same(intake.entries, entries)


def test_a_number_that_no_sheet_can_hold_is_a_fault_and_not_written(tmp_path: Path) -> None:
    (tmp_path / "contacts.toml").write_text(
        '[desk]\nname = "窓口"\nnumber = "046\\u000b1"\n', encoding="utf-8"
    )
    entries = read_entries(tmp_path)
    assert [fault.line for fault in entries.faults] == [3]
    write_workbook(entries, tmp_path / "a.xlsx")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    entries = KnowledgeEntries(
        programmes={
            "rent": ProgrammeTable.model_validate(
                {
                    "id": "rent",
                    "name": "家賃補助",
                    "category": "住まい",
                    "summary": "家賃を助ける",
                    "names": ["家賃補助", "家賃の補助"],
                    "questions": ["家賃はいくらですか"],
                    "amounts": [{"text": "月1万円", "as_of": "令和8年度", "level": "公的"}],
                }
            )
        },
        contacts={"desk": ContactTable(name="窓口", local=True, number="046-822-4000")},
        terms={"okane": TermsTable.model_validate({"title": "お金", "words": ["滞納"]})},
        everyday=("寒いですね",),
    )
    write_workbook(entries, tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def _edited(book: Path, edit: Edit) -> Intake:
    opened = load_workbook(book)
    edit(opened)
    opened.save(book)
    return _read(book)


def _page(opened: Workbook, title: str) -> Worksheet:
    page = opened[title]
    assert isinstance(page, Worksheet)
    return page


def _set(title: str, cell: str, value: object) -> Edit:
    def edit(opened: Workbook) -> None:
        _page(opened, title)[cell] = value

    return edit


def _add(title: str, *values: object) -> Edit:
    return lambda opened: _page(opened, title).append(values)


def _all(*edits: Edit) -> Edit:
    def edit(opened: Workbook) -> None:
        for one in edits:
            one(opened)

    return edit


def _rename(title: str, to: str) -> Edit:
    def edit(opened: Workbook) -> None:
        opened[title].title = to

    return edit


@pytest.mark.parametrize(
    ("edit", "place", "message"),
    [
        (_set("制度", "B2", None), "シート「制度」の B2", "「制度名」が空です"),
        (_set("制度", "D2", "至急"), "シート「制度」の D2", "'通常'、'要注意'、'緊急' のどれか"),
        (_set("制度", "G2", "きのう"), "シート「制度」の G2", "日付が読めません"),
        (_set("制度", "G2", "=TODAY()"), "シート「制度」の G2", "式を消して、値を書いてください"),
        (_set("制度", "A3", "二つ目"), "シート「制度」の B3", "「制度名」が空です"),
        (_set("制度", "B3", "新制度"), "シート「制度」の A3", "ID がありません"),
        (_set("制度", "A3", "rent"), "シート「制度」の A3", "ID「rent」の行が 2 つあります"),
        (_set("名前", "A3", "ren"), "シート「名前」の A3", "ID「ren」がシート「制度」にありません"),
        (_set("名前", "D3", "やちん"), "シート「名前」の D3", "読みはカタカナで"),
        (_set("制度", "G2", 20261121), "シート「制度」の G2", "日付が読めません"),
        (
            _all(_add("制度", "loan", "暮らしの貸付"), _set("質問", "B2", "暮らしの貸付")),
            "シート「質問」の A2",
            "ID「rent」と名前「暮らしの貸付」が食い違っています",
        ),
        (_set("質問", "C3", "どこですか"), "シート「質問」の A3", "ID がありません"),
        (
            lambda opened: _page(opened, "質問").append([None, "家賃の給付", "いくらですか"]),
            "シート「質問」の A3",
            "名前「家賃の給付」がシート「制度」にありません",
        ),
        (
            _all(_add("制度", "loan", "家賃補助"), _add("質問", None, "家賃補助", "いくらですか")),
            "シート「質問」の A3",
            "名前「家賃補助」がシート「制度」にいくつもあります",
        ),
        (_set("金額", "D2", " "), "シート「金額」の D2", "「時点」が空です"),
        (_set("金額", "E2", "確実"), "シート「金額」の E2", "'公的'、'二次'、'未確認' のどれか"),
        (_set("金額", "F2", "https://a b"), "シート「金額」の F2", "空白"),
        (_set("連絡先", "C2", 468224000), "シート「連絡先」の C2", "先頭の 0"),
        (_set("連絡先", "E2", "たぶん"), "シート「連絡先」の E2", "○ を書くか"),
        (_set("質問", "C1", "しつもん"), "シート「質問」の A1", "見出し「質問」の列がありません"),
        (_set("質問", "D1", "質問"), "シート「質問」の D1", "見出し「質問」が 2 つあります"),
        (
            _rename("質問", "しつもん"),
            "シート「質問」",
            "このシートがありません（見慣れないシート: しつもん）",
        ),
        (lambda opened: opened.remove(opened["用語"]), "シート「用語」", "このシートがありません"),
        (
            lambda opened: _page(opened, "名前").merge_cells("A2:A3"),
            "シート「名前」の A2",
            "セルが結合されています（A2:A3）",
        ),
        (
            lambda opened: _page(opened, "名前").delete_rows(2, 2),
            "シート「制度」の A2",
            "シート「名前」に、この ID",
        ),
    ],
)
def test_what_is_wrong_is_named_by_sheet_and_cell(book: Path, edit: Edit, place: str, message: str) -> None:
    faults = _edited(book, edit).faults
    assert any(fault.key == place and message in fault.message for fault in faults), [
        (fault.key, fault.message) for fault in faults
    ]


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        (
            lambda opened: _page(opened, "制度").delete_rows(2),
            "シート「名前」の A2: ID「rent」がシート「制度」にありません（ほかに 3 行）。"
            "つづりを直すか、シート「制度」に行を戻してください。",
        ),
        (
            _set("名前", "D1", "よみ"),
            "シート「名前」の A1: 見出し「読み」の列がありません。1 行目の見出しを元に戻してください。",
        ),
        (
            lambda opened: opened.remove(opened["制度"]),
            "シート「制度」: このシートがありません。"
            "名前を元に戻すか、knowledge export で作り直してください。",
        ),
        (
            _add("連絡先", "police", "警察"),
            "シート「連絡先」の C3: 「番号」が空です。"
            "事務所で書き入れる番号なら「地域」に ○ を書いてください。",
        ),
        (
            _add("連絡先", "police", "警察", 468224000),
            "シート「連絡先」の C3: 番号が数になり、先頭の 0 が消えています。"
            "セルの表示形式を「文字列」にして、書き直してください。",
        ),
    ],
)
def test_one_slip_is_one_fault(book: Path, edit: Edit, fault: str) -> None:
    assert [f"{found.key}: {found.message}" for found in _edited(book, edit).faults] == [fault]


def test_what_pasting_brings_along_is_left_out(book: Path) -> None:
    def edit(opened: Workbook) -> None:
        page = _page(opened, "質問")
        page["C2"] = "\ufeff家賃はいくら\u200bですか_x000D_\n月額です"
        page["A3"], page["C3"] = "rent\u200b", "\u200b"
        page["A4"], page["C4"] = "rent\u200b", "敷金はありますか"

    intake = _edited(book, edit)

    assert intake.faults == []
    questions = intake.entries.programmes["rent"].questions
    assert questions == ("家賃はいくらですか\n月額です", "敷金はありますか")


def test_rows_may_be_blank_reordered_and_padded(book: Path) -> None:
    def edit(opened: Workbook) -> None:
        page = _page(opened, "名前")
        page.insert_rows(2, 3)
        page["A3"] = "  "
        page["A9"], page["C9"] = " ｒｅｎｔ ", "  家賃券\u3000"
        page["B10"], page["C10"], page["D10"] = "家賃補助", "家補", "ヤホ"
        page["A11"] = "rent"
        _page(opened, "制度")["G2"] = dt.datetime(2026, 11, 21)  # noqa: DTZ001 - as Excel gives it

    intake = _edited(book, edit)

    assert intake.faults == []
    programme = intake.entries.programmes["rent"]
    assert [name.text for name in programme.names] == ["家賃補助", "家賃の補助", "家賃券", "家補"]
    assert programme.names[3].reading == "ヤホ"
    assert programme.checked_on == dt.date(2026, 11, 21)


def test_a_stray_cell_far_away_costs_nothing(book: Path) -> None:
    def edit(opened: Workbook) -> None:
        _page(opened, "名前").cell(1_048_576, 16_384, "x")

    assert _edited(book, edit).faults == []


def test_what_openpyxl_says_in_english_is_not_passed_on(book: Path) -> None:
    """It warns of a date that no calendar reaches; warnings are errors here."""
    faults = _edited(book, _set("制度", "G2", 1e300)).faults
    assert [fault.key for fault in faults] == ["シート「制度」の G2"]


def test_columns_may_be_moved_and_own_notes_are_left_alone(book: Path) -> None:
    def edit(opened: Workbook) -> None:
        page = _page(opened, "質問")
        page.insert_cols(1)
        page["A1"], page["A2"] = "メモ", "あとで"
        opened.create_sheet("控え")["A1"] = "私の控え"

    intake = _edited(book, edit)

    assert intake.faults == []
    assert intake.entries.programmes["rent"].questions == ("家賃はいくらですか",)
    assert intake.remarks == [
        "シート「質問」の次の列は読み込みません: メモ",
        "次のシートは読み込みません: 控え",
    ]


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    write_workbook(KnowledgeEntries(everyday=("=1+1", "-", "#N/A")), tmp_path / "a.xlsx")
    assert _read(tmp_path / "a.xlsx").entries.everyday == ("=1+1", "-", "#N/A")


def test_of_a_formula_the_saved_value_counts(book: Path) -> None:
    opened = load_workbook(book)
    _set("質問", "C2", '="家賃は"&"?"')(opened)
    _set("質問", "A3", "rent")(opened)
    _set("質問", "C3", "=1/0")(opened)
    opened.save(book)
    number = opened.sheetnames.index("質問") + 1
    _save_results(
        book, f"xl/worksheets/sheet{number}.xml", {"C2": ("str", "家賃は?"), "C3": ("e", "#DIV/0!")}
    )

    intake = _read(book)

    assert intake.entries.programmes["rent"].questions == ("家賃は?",)
    assert [fault.key for fault in intake.faults] == ["シート「質問」の C3"]


def _save_results(book: Path, page: str, results: dict[str, tuple[str, str]]) -> None:
    """Put the values of formulas into a workbook, as Excel does when it saves."""
    with zipfile.ZipFile(book) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    text = parts[page].decode()
    for cell, (kind, value) in results.items():
        pattern = rf'(<c r="{cell}")([^>]*?)( t="\w+")?>(<f>.*?</f>)(?:<v ?/>|<v></v>)'
        text, n_found = re.subn(pattern, rf'\1\2 t="{kind}">\4<v>{value}</v>', text)
        assert n_found == 1
    parts[page] = text.encode()
    with zipfile.ZipFile(book, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)


def test_what_is_no_workbook_is_refused(tmp_path: Path, book: Path) -> None:
    whole = book.read_bytes()
    inside = whole.index(b"xl/worksheets/sheet2.xml") + 60
    broken = tmp_path / "broken.xlsx"
    for content in (b"no workbook", whole[:inside] + b"\xff" * 30 + whole[inside + 30 :]):
        broken.write_bytes(content)
        with pytest.raises(KnowledgeError, match="Excel のファイルとして読めません"):
            read_workbook(broken)
    with pytest.raises(KnowledgeError, match="がありません"):
        read_workbook(tmp_path / "nowhere.xlsx")


def test_the_workbook_can_be_worked_in(book: Path) -> None:
    opened = load_workbook(book)
    assert opened.sheetnames == [GUIDE, *(sheet.title for sheet in SHEETS)]
    guide = _page(opened, GUIDE)
    linked = [cell.value for (cell,) in guide.iter_rows(max_col=1) if cell.hyperlink]
    assert linked == [sheet.title for sheet in SHEETS]
    names = _page(opened, "名前")
    assert names.freeze_panes == "C2"
    assert names.auto_filter.ref == "A1:D3"
    assert _page(opened, "連絡先")["C2"].number_format == "@"
