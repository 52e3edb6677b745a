"""The office's knowledge from the command line: import, add, compare, upgrade; nothing half-written."""

import io
import json
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from consult_assist.app import wiring
from consult_assist.app.settings import Settings
from consult_assist.app.upkeep import office_knowledge
from consult_assist.cli import run_command
from consult_assist.cli.asking import InputEndedError, UnfitAnswerError
from consult_assist.cli.knowledge_questions import _ask_category
from consult_assist.cli.parser import build_parser
from consult_assist.errors import ConsultAssistError, KnowledgeError
from consult_assist.knowledge.loader import load_knowledge
from consult_assist.knowledge.office_changes import Change
from consult_assist.resources import shipped_folder

NOW = datetime(2026, 11, 22, 10, 0)  # noqa: DTZ001 - the clerk's clock


FILES = {
    "programmes/jidou-teate.toml": 'id = "jidou-teate"\n'
    'name = "児童手当"\ncategory = "子育て"\nsummary = "手"\n'
    'names = ["児童手当", "子ども手当"]\nquestions = ["お子さんは何歳ですか"]\nchecked_on = 2026-11-21\n',
    "programmes/seikatsu-hogo.toml": 'id = "seikatsu-hogo"\n'
    'name = "生活保護"\ncategory = "生活"\nsummary = "生活"\n'
    'names = ["生活保護"]\nrelated = ["jidou-teate"]\nquestions = ["収入はありますか"]\n',
    "protocols/dv.toml": 'id = "dv"\ntitle = "暴力"\nsteps = ["安全を聞く"]\ncues = ["夫 殴られる"]\n',
    "contacts.toml": '[police-110]\nname = "警察"\nnumber = "110"\n'
    '[welfare-office]\nname = "福祉事務所"\nlocal = true\n'
    '[child-guidance-center]\nname = "児童相談所"\nnote = "地域の"\nlocal = true\n',
    "everyday.toml": 'title = "話"\nexamples = ["寒いですね"]\n',
    "terms/okane.toml": 'title = "お金"\nwords = ["滞納"]\n',
}


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "shipped"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    template = shipped_folder("knowledge") / "templates" / "madoguchi.toml"
    (folder / "templates").mkdir()
    (folder / "templates" / template.name).write_bytes(template.read_bytes())
    for module in (office_knowledge, wiring):
        monkeypatch.setattr(module, "shipped_folder", lambda _: folder)
    return folder


@pytest.fixture
def settings(tmp_path: Path, shipped: Path) -> Settings:
    return Settings(data_folder=tmp_path / "data")


def _run(settings: Settings, *arguments: str) -> int:
    options = build_parser().parse_args(["knowledge", *arguments])
    return run_command(settings, options)


@pytest.fixture
def book(settings: Settings, tmp_path: Path) -> Path:
    office_knowledge.export_workbook(settings, tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def _edit(book: Path, cells: dict[str, object]) -> None:
    opened = load_workbook(book)
    for place, value in cells.items():
        title, cell = place.split("!")
        opened[title][cell] = value
    opened.save(book)


def _cell_of(book: Path, title: str, entry: str, column: str) -> str:
    page = load_workbook(book)[title]
    row = next(
        row for (cell,) in page.iter_rows(min_row=2, max_col=1) if cell.value == entry for row in [cell.row]
    )
    return f"{title}!{column}{row}"


def _take(settings: Settings, book: Path) -> list[str]:
    found = office_knowledge.read_import(settings, book)
    assert not found.faults
    office_knowledge.keep_import(settings, found.changes, NOW)
    return [change.file for change in found.changes]


def test_only_what_differs_is_written(settings: Settings, shipped: Path, book: Path) -> None:
    assert _take(settings, book) == []

    _edit(book, {_cell_of(book, "制度", "jidou-teate", "F"): "こども課 佐藤"})
    assert _take(settings, book) == ["programmes/jidou-teate.toml"]

    office = settings.office_knowledge_folder
    assert [path.name for path in office.rglob("*") if path.is_file()] == ["jidou-teate.toml"]
    knowledge = load_knowledge(shipped, office)
    assert knowledge.faults == ()
    assert knowledge.programmes["jidou-teate"].owner == "こども課 佐藤"
    assert _take(settings, book) == []


def test_a_workbook_of_a_version_without_facts_leaves_them_as_they_are(
    settings: Settings, shipped: Path, book: Path
) -> None:
    _edit(book, {_cell_of(book, "制度", "jidou-teate", "F"): "こども課 佐藤"})
    opened = load_workbook(book)
    opened.remove(opened["事実"])
    opened.save(book)
    for name in ("jidou-teate", "seikatsu-hogo"):
        with (shipped / "programmes" / f"{name}.toml").open("a", encoding="utf-8") as file:
            file.write('facts = ["収入 0〜15万円"]\n')

    found = office_knowledge.read_import(settings, book)

    assert found.remarks == ["シート「事実」がないので、事実は今のまま残します。"]
    assert _take(settings, book) == ["programmes/jidou-teate.toml"]
    programme = load_knowledge(shipped, settings.office_knowledge_folder).programmes["jidou-teate"]
    assert (programme.owner, programme.facts) == ("こども課 佐藤", ("収入 0〜15万円",))
    assert _take(settings, book) == []


def test_a_sorted_sheet_changes_nothing_where_order_says_nothing(settings: Settings, book: Path) -> None:
    """Excel offers it in every heading; copies of all entries would keep every upgrade away."""
    own = {f"言い方の例!A{row}": "jidou-teate" for row in (2, 3)} | {"質問!A4": "jidou-teate"}
    _edit(
        book, {**own, "言い方の例!C2": "生まれました", "言い方の例!C3": "三人目です", "質問!C4": "どこですか"}
    )
    assert _take(settings, book) == ["programmes/jidou-teate.toml"]

    _edit(book, {"言い方の例!C2": "三人目です", "言い方の例!C3": "生まれました"})
    assert _take(settings, book) == []

    _edit(book, {"質問!C2": "どこですか", "質問!C4": "お子さんは何歳ですか"})
    (change,) = office_knowledge.read_import(settings, book).changes
    assert change.labels == ("質問",)


def test_what_is_put_back_to_the_shipped_text_leaves_the_office_folder(
    settings: Settings, book: Path
) -> None:
    as_shipped = book.with_name("shipped.xlsx")
    office_knowledge.export_workbook(settings, as_shipped)
    _edit(book, {_cell_of(book, "制度", "jidou-teate", "F"): "佐藤"})
    _take(settings, book)

    found = office_knowledge.read_import(settings, as_shipped)
    kept = office_knowledge.keep_import(settings, found.changes, NOW)

    assert [change.action for change in found.changes] == ["back"]
    assert not list(settings.office_knowledge_folder.rglob("*.toml"))
    assert kept is not None
    assert (kept / "programmes" / "jidou-teate.toml").is_file()


def test_numbers_and_talk_of_the_office(settings: Settings, shipped: Path, book: Path) -> None:
    file, _ = office_knowledge.local_contacts(settings)
    file.write_text(file.read_text(encoding="utf-8") + "# 私の覚え書き\n", encoding="utf-8")
    talk = load_workbook(book)["何も出さない話"].max_row + 1
    _edit(
        book,
        {
            _cell_of(book, "連絡先", "welfare-office", "C"): "０４６-８２２-４０００",
            _cell_of(book, "連絡先", "police-110", "D"): "すぐに",
            f"何も出さない話!A{talk}": "花火大会はいつですか",
        },
    )

    assert _take(settings, book) == ["everyday.toml", "contacts.toml"]

    text = file.read_text(encoding="utf-8")
    assert "# 私の覚え書き" in text
    knowledge = load_knowledge(shipped, settings.office_knowledge_folder)
    assert knowledge.faults == ()
    assert knowledge.contacts["welfare-office"].number == "046-822-4000"
    assert (knowledge.contacts["police-110"].number, knowledge.contacts["police-110"].note) == (
        "110",
        "すぐに",
    )
    assert knowledge.everyday[-1] == "花火大会はいつですか"
    assert _take(settings, book) == []


def test_nothing_is_written_where_anything_is_wrong(
    settings: Settings, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = _cell_of(book, "関連", "seikatsu-hogo", "C")
    _edit(book, {_cell_of(book, "制度", "jidou-teate", "G"): "きのう", place: "no-such"})

    assert _run(settings, "import", str(book)) == 1

    said = capsys.readouterr().out
    assert f"シート「関連」の {place.split('!')[1]}: 「no-such」という制度がありません" in said
    assert "シート「制度」の G2: 日付が読めません" in said
    assert "何も書き込んでいません" in said
    assert not settings.office_knowledge_folder.exists()


def test_a_dry_run_shows_and_writes_nothing(
    settings: Settings, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _edit(
        book,
        {
            _cell_of(book, "制度", "jidou-teate", "F"): "佐藤",
            _cell_of(book, "質問", "jidou-teate", "C"): "お子さんのお年は",
        },
    )
    assert _run(settings, "import", str(book), "--dry-run") == 0
    assert "制度「児童手当」（jidou-teate）: 直します（質問、担当）\n" in capsys.readouterr().out
    assert not settings.office_knowledge_folder.exists()


def test_a_failure_half_way_is_taken_back(settings: Settings) -> None:
    office = settings.office_knowledge_folder
    (office / "programmes" / "b.toml").mkdir(parents=True)  # a folder where a file is to go
    own = office / "programmes" / "a.toml"
    own.write_text("before", encoding="utf-8")
    changes = [
        Change(action="changed", title=name, file=f"programmes/{name}.toml", text="after") for name in "acb"
    ]

    with pytest.raises(KnowledgeError, match="何も変えていません"):
        office_knowledge.keep_import(settings, changes, NOW)

    assert own.read_text(encoding="utf-8") == "before"
    assert [path.name for path in sorted((office / "programmes").iterdir())] == ["a.toml", "b.toml"]


def test_a_broken_file_of_the_office_is_not_overwritten(settings: Settings, book: Path) -> None:
    broken = settings.office_knowledge_folder / "programmes" / "jidou-teate.toml"
    broken.parent.mkdir(parents=True)
    broken.write_text('id = "jidou-teate"\nname = ', encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"jidou-teate\.toml.*先に直してください"):
        office_knowledge.read_import(settings, book)


def test_an_upgrade_is_told_and_never_undone(settings: Settings, book: Path, shipped: Path) -> None:
    as_shipped = book.with_name("shipped.xlsx")
    as_shipped.write_bytes(book.read_bytes())
    _edit(book, {_cell_of(book, "制度", "jidou-teate", "F"): "佐藤"})
    _take(settings, book)
    for name in ("jidou-teate", "seikatsu-hogo"):
        file = shipped / "programmes" / f"{name}.toml"
        text = file.read_text(encoding="utf-8").replace("questions = [", 'questions = ["新しい質問ですか", ')
        file.write_text(text, encoding="utf-8")

    assert _take(settings, book) == []
    (found,), _ = office_knowledge.compare_knowledge(settings)
    assert (found.entry, found.renewed) == ("jidou-teate", ("質問",))
    changed = {key.label: (key.before, key.after) for key in found.keys}
    assert changed["質問"] == (("新しい質問ですか",), ())
    assert changed["担当"][1] == ("佐藤",)
    assert len(changed) == 2
    (back,) = office_knowledge.read_import(settings, as_shipped).changes
    assert (back.action, back.labels) == ("back", ("質問", "担当"))

    office_knowledge.mark_reviewed(settings, "jidou-teate", NOW)
    (found,), _ = office_knowledge.compare_knowledge(settings)
    assert found.renewed == ()
    with pytest.raises(KnowledgeError, match="事務所で直した付属の項目ではありません"):
        office_knowledge.mark_reviewed(settings, "seikatsu-hogo", NOW)


ANSWERS = """\
みらい子育て券


1
一時預かりに使える券
みらい券

一時預かりに使える券があると聞きました

未就学児のいる世帯


こども課

年6000円
令和8年4月
"""


class Keyboard(io.StringIO):
    """What somebody types at a terminal."""

    def isatty(self) -> bool:
        return True


def _answer(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_a_programme_is_added_from_a_pipe(
    settings: Settings, shipped: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _answer(monkeypatch, ANSWERS)
    assert _run(settings, "add") == 0
    said = capsys.readouterr().out
    assert "みらい子育て券: " in said
    file = settings.office_knowledge_folder / "programmes" / "miraikosodateken.toml"
    knowledge = load_knowledge(shipped, settings.office_knowledge_folder)
    assert knowledge.faults == ()
    programme = knowledge.programmes[file.stem]
    assert [name.text for name in programme.names] == ["みらい子育て券", "みらい券"]
    assert programme.amounts[0].level == "未確認"
    assert programme.contacts == ("こども課",)


def test_what_cannot_be_taken_is_asked_again_on_the_spot(
    settings: Settings, shipped: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = settings.office_knowledge_folder / "programmes" / "kowareta.toml"
    broken.parent.mkdir(parents=True)
    broken.write_text('id = "kowareta"\nname = ', encoding="utf-8")
    answers = [
        *("\x1b", "\x1b[A", "児童手当", "みらい子育て券", ""),
        *("seikatsu-hogo", "kowareta", "mirai", "", "一時預かりに使える券"),
        *("子ども手当", "みらい券", "", "", "", "", "", "年6000円", "あした", "令和8年4月", "はい"),
    ]
    monkeypatch.setattr("sys.stdin", Keyboard("\n".join(answers)))
    assert _run(settings, "add") == 0
    said = capsys.readouterr().out
    assert said.count("書いてください。やめるときは Ctrl+C を押します。") == 2
    assert said.count("その名前は「児童手当」（jidou-teate）にあります。") == 2
    assert "ID「seikatsu-hogo」はもう使われています。" in said
    assert "ID「kowareta」はもう使われています。" in said
    assert "年の分かるように" in said
    programme = load_knowledge(shipped, settings.office_knowledge_folder).programmes["mirai"]
    assert [name.text for name in programme.names] == ["みらい子育て券", "みらい券"]
    assert programme.amounts[0].as_of == "令和8年4月"


@pytest.mark.parametrize(
    ("line", "wrong", "question", "why"),
    [
        (0, "児童手当", "制度の名前", "「児童手当」（jidou-teate）"),
        (2, "Mirai!", "ID", "半角の英小文字"),
        (3, "99", "分類の番号か、新しい分類", "番号を書いてください"),
        (4, "券" * 41, "ひとことで言うと", "41 字あります"),
        (5, "子ども手当", "ほかの呼び方", "「児童手当」（jidou-teate）"),
        (-1, "あした", "その金額はいつの時点ですか", "年の分かるように"),
    ],
)
def test_a_pipe_with_an_answer_that_cannot_be_taken_ends_in_one_sentence(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, line: int, wrong: str, question: str, why: str
) -> None:
    answers = ANSWERS.splitlines()
    answers[line] = wrong
    _answer(monkeypatch, "\n".join([*answers, "はい"]))
    with pytest.raises(UnfitAnswerError, match=f"質問「{question}」への答えを使えない.*{why}"):
        _run(settings, "add")
    assert not settings.office_knowledge_folder.exists()


def test_the_number_of_a_category_is_the_same_in_every_run() -> None:
    used = [f"分類{number}" for number in range(20)]
    assert _ask_category(lambda _: "3", [*used, "分類7"]) == "分類1"


def test_neither_yes_nor_no_from_a_pipe_is_no_yes(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    _answer(monkeypatch, f"{ANSWERS}たぶん\n")
    with pytest.raises(UnfitAnswerError, match="「みらい子育て券」を足しますか"):
        _run(settings, "add")
    assert not settings.office_knowledge_folder.exists()


@pytest.mark.parametrize("answers", ["", "みらい子育て券\n"])
def test_nothing_is_left_when_the_input_ends(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, answers: str
) -> None:
    _answer(monkeypatch, answers)
    with pytest.raises(InputEndedError, match="何も書いていません"):
        _run(settings, "add")
    assert not settings.office_knowledge_folder.exists()


@pytest.mark.parametrize("line", range(3))
def test_an_answer_that_no_entry_can_hold_stops_in_a_sentence(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, line: int
) -> None:
    answers = ANSWERS.splitlines()
    answers[(0, 1, -3)[line]] = "券" * 40_001
    _answer(monkeypatch, "\n".join(answers))
    with pytest.raises(KnowledgeError, match="4000 字までにしてください。何も書いていません。"):
        _run(settings, "add")
    assert not settings.office_knowledge_folder.exists()


def test_a_no_leaves_nothing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    _answer(monkeypatch, ANSWERS + "いいえ\n")
    assert _run(settings, "add") == 1
    assert not settings.office_knowledge_folder.exists()


def test_ctrl_c_leaves_nothing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = iter(ANSWERS.splitlines())

    def ask(prompt: str) -> str:
        if "足しますか" in prompt:
            raise KeyboardInterrupt
        return next(lines)

    monkeypatch.setattr("builtins.input", ask)
    with pytest.raises(KeyboardInterrupt):
        _run(settings, "add")
    assert not settings.office_knowledge_folder.exists()


def test_the_contacts_file_is_made_and_completed(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    own = settings.office_knowledge_folder / "contacts.toml"
    own.parent.mkdir(parents=True)
    own.write_text('# 覚え書き\n[welfare-office]\nnumber = "046-822-4000"\n', encoding="utf-8")

    assert _run(settings, "contacts") == 0

    said = capsys.readouterr().out
    assert "○ 福祉事務所: 046-822-4000" in said
    assert "× 児童相談所: 未登録" in said
    text = own.read_text(encoding="utf-8")
    assert text.startswith('# 覚え書き\n[welfare-office]\nnumber = "046-822-4000"\n')
    assert '[child-guidance-center]\nnumber = ""' in text
    assert text.count("[welfare-office]") == 1


def test_a_trial_tells_that_a_file_of_the_office_is_broken_and_takes_no_book_for_a_sentence(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = settings.office_knowledge_folder / "programmes" / "jidou-teate.toml"
    broken.parent.mkdir(parents=True)
    broken.write_text('id = "jidou-teate"\nname = ', encoding="utf-8")
    _answer(monkeypatch, f"{'家賃が払えません。' * 3000}\n")
    with pytest.raises(ConsultAssistError, match="1,000 文字まで"):
        _run(settings, "try", "-")
    assert "知識ファイルに直す所が 1 か所あります" in capsys.readouterr().err


def test_a_trial_without_a_sentence_asks_for_one(settings: Settings) -> None:
    with pytest.raises(ConsultAssistError, match="試す文を書いてください"):
        _run(settings, "try", " ")


def test_check_as_json(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    office = settings.office_knowledge_folder / "programmes"
    office.mkdir(parents=True)
    (office / "a.toml").write_text(
        'id = "a"\nname = "市の券"\ncategory = "他"\nsummary = "券"\nnames = ["児童手当"]\n', encoding="utf-8"
    )

    assert _run(settings, "check", "--json") == 1

    found = json.loads(capsys.readouterr().out)["findings"]
    (error,) = [item for item in found if item["severity"] == "error"]
    assert (error["line"], error["key"]) == (5, "names[1]")
    assert "制度「jidou-teate」にもあります" in error["message"]


def test_what_cannot_be_compared_is_not_passed_over(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = settings.office_knowledge_folder / "programmes" / "kowareta.toml"
    broken.parent.mkdir(parents=True)
    broken.write_text('id = "kowareta"\nname = ', encoding="utf-8")
    assert _run(settings, "diff") == 0
    assert "直す所が 1 か所あります" in capsys.readouterr().err


def test_a_date_that_is_refused_is_remarked_once(settings: Settings, book: Path) -> None:
    _edit(book, {"金額!A2": "jidou-teate", "金額!C2": "1万円", "金額!D2": "4月", "金額!E2": "公的"})
    (fault,) = office_knowledge.read_import(settings, book).faults
    assert (fault.key, "年がありません" in fault.message) == ("シート「金額」の D2", True)
