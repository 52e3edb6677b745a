"""Loading knowledge folders: sound files, each kind of fault, the office's overrides."""

import errno
import os
from pathlib import Path

import pytest

from consult_assist.domain.knowledge import KnowledgeBase, KnowledgeFault
from consult_assist.errors import KnowledgeError
from consult_assist.knowledge.loader import load_knowledge
from consult_assist.knowledge.office import create_contacts_file, missing_contacts
from consult_assist.knowledge.report import fault_line
from consult_assist.resources import shipped_folder

PROGRAMME = """\
id = "a"
name = "制度A"
category = "住まい"
summary = "家賃の制度"
names = ["制度A", { text = "エー手当", reading = "エーテアテ" }]
cues = ["家賃 払えない", "大家 追い出される !引っ越し"]
contacts = ["welfare-office", "住宅の担当課"]

[[amounts]]
text = "月1万円"
as_of = "令和8年度"
level = "公的"
"""
OTHER = """\
id = "b"
name = "制度B"
category = "住まい"
summary = "別の制度"
names = ["制度B"]
related = ["a"]
"""
PROTOCOL = """\
id = "dv"
title = "配偶者などからの暴力"
steps = ["今の安全を聞く"]
contacts = ["police-110", "welfare-office"]
cues = ["夫 殴る"]
"""
CONTACTS = """\
[police-110]
name = "警察"
number = "110"
[welfare-office]
name = "福祉事務所"
note = "生活保護の受付"
local = true
"""
TERMS = 'title = "書類"\nwords = ["戸籍謄本", { text = "社協", reading = "シャキョウ" }]\n'
TEMPLATE = """\
id = "madoguchi"
name = "窓口標準"
[[fields]]
name = "next"
label = "次回"
fill = "next"
"""


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    return _folder(
        tmp_path / "shipped",
        {
            "programmes/a.toml": PROGRAMME,
            "programmes/b.toml": OTHER,
            "protocols/dv.toml": PROTOCOL,
            "contacts.toml": CONTACTS,
            "terms/shorui.toml": TERMS,
            "templates/madoguchi.toml": TEMPLATE,
        },
    )


def _folder(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def _only_fault(knowledge: KnowledgeBase) -> KnowledgeFault:
    assert len(knowledge.faults) == 1, [fault_line(fault) for fault in knowledge.faults]
    return knowledge.faults[0]


def test_everything_arrives(shipped: Path) -> None:
    knowledge = load_knowledge(shipped, shipped / "nowhere")

    assert knowledge.faults == ()
    assert knowledge.programmes["a"].names[1].reading == "エーテアテ"
    assert knowledge.programmes["a"].amounts[0].as_of == "令和8年度"
    assert knowledge.programmes["b"].related == ("a",)
    assert knowledge.protocols["dv"].contacts == ("police-110", "welfare-office")
    assert [word.text for word in knowledge.vocabulary] == ["戸籍謄本", "社協"]
    assert knowledge.templates["madoguchi"].fields[0].fill == "next"


def test_desks_of_a_programme_are_written_out(shipped: Path, tmp_path: Path) -> None:
    office = _folder(tmp_path / "office", {"contacts.toml": '[welfare-office]\nnumber = "０４６-000-0000"\n'})

    assert load_knowledge(shipped).programmes["a"].contacts == ("福祉事務所", "住宅の担当課")
    assert load_knowledge(shipped, office).programmes["a"].contacts == (
        "福祉事務所 046-000-0000",
        "住宅の担当課",
    )


@pytest.mark.parametrize(
    ("old", "new", "key", "line", "message"),
    [
        ('summary = "家賃の制度"', 'sumary = "家賃の制度"', "sumary", 4, "知らない項目です"),
        ('name = "制度A"', "name = 5", "name", 2, "文字で書き"),
        ('cues = ["家賃', 'cues = "家賃", ["家賃', "", 6, "このあたりの書き方が正しくありません"),
        ('as_of = "令和8年度"\n', "", "amounts[1].as_of", 9, "この項目がありません"),
        ('level = "公的"', 'level = "確実"', "amounts[1].level", 12, "'公的'、'二次'、'未確認' のどれか"),
        ('id = "a"', 'id = "c"', "id", 1, "ファイル名「a」と違います"),
        ('id = "a"', 'id = "b"', "id", 1, "ファイル名「a」と違います"),
        ("エーテアテ", "えーてあて", "names[2].reading", 5, "読みはカタカナで"),
        ('names = ["制度A"', 'names = [""', "names[1].text", 5, "空のままです"),
        ('id = "a"', 'id = "a"\nchecked_on = "きのう"', "checked_on", 2, "日付は 2026-11-21 のように"),
    ],
)
def test_a_severe_fault_turns_only_its_entry_off(
    shipped: Path, old: str, new: str, key: str, line: int, message: str
) -> None:
    assert old in PROGRAMME
    file = shipped / "programmes" / "a.toml"
    file.write_text(PROGRAMME.replace(old, new), encoding="utf-8")
    (shipped / "programmes" / "b.toml").write_text(OTHER.replace('related = ["a"]', ""), encoding="utf-8")

    knowledge = load_knowledge(shipped)

    fault = next(fault for fault in knowledge.faults if fault.key == key)
    assert (fault.file, fault.line, fault.entry) == (file, line, "a")
    assert message in fault.message
    assert "直すまで、この項目は使いません" in fault.message
    assert list(knowledge.programmes) == ["b"]
    assert "dv" in knowledge.protocols


@pytest.mark.parametrize(
    ("name", "text", "key", "message"),
    [
        ("programmes/b.toml", OTHER.replace('["a"]', '["z"]'), "related[1]", "「z」という制度がありません"),
        (
            "programmes/b.toml",
            OTHER + 'contacts = ["fire-station"]',
            "contacts[1]",
            "「fire-station」という連絡先がありません",
        ),
        ("programmes/b.toml", OTHER + 'cues = ["家賃|"]', "cues[1]", "手がかり「家賃|」"),
        ("programmes/b.toml", OTHER + 'facts = ["年収"]', "facts[1]", "「年収」という事実はありません"),
        (
            "programmes/b.toml",
            OTHER.replace('["制度B"]', '["制度B", "制度Ａ"]'),
            "names[2]",
            "制度「a」にもあります",
        ),
        (
            "protocols/dv.toml",
            PROTOCOL.replace('"police-110"', '"police"'),
            "contacts[1]",
            "「police」という連絡先がありません",
        ),
        ("programs/b.toml", OTHER, "", "この場所のファイルは使いません"),
    ],
)
def test_a_light_fault_keeps_the_entry(shipped: Path, name: str, text: str, key: str, message: str) -> None:
    _folder(shipped, {name: text})

    knowledge = load_knowledge(shipped)

    fault = _only_fault(knowledge)
    assert (fault.key, fault.entry) == (key, None)
    assert message in fault.message
    assert set(knowledge.programmes) == {"a", "b"}
    assert set(knowledge.protocols) == {"dv"}


def test_what_leads_nowhere_is_taken_out(shipped: Path) -> None:
    bad = (
        OTHER.replace('["a"]', '["z", "a"]')
        + 'cues = ["!払える", "退去"]\ncontacts = ["fire-station", "市役所"]'
    )
    _folder(shipped, {"programmes/b.toml": bad})

    programme = load_knowledge(shipped).programmes["b"]

    assert programme.related == ("a",)
    assert programme.cues == ("退去",)
    assert programme.contacts == ("市役所",)


def test_the_office_overrides_id_by_id(shipped: Path, tmp_path: Path) -> None:
    office = _folder(
        tmp_path / "office",
        {
            "programmes/b.toml": OTHER.replace("別の制度", "うちの制度"),
            "programmes/c.toml": OTHER.replace('"b"', '"c"').replace("制度B", "制度C"),
            "contacts.toml": '[welfare-office]\nnumber = "046-000-0000"\nnote = "平日"\n'
            '[own-desk]\nname = "市の窓口"\nnumber = "000-1111"\n',
        },
    )

    knowledge = load_knowledge(shipped, office)

    assert knowledge.faults == ()
    assert knowledge.programmes["b"].summary == "うちの制度"
    assert set(knowledge.programmes) == {"a", "b", "c"}
    contact = knowledge.contacts["welfare-office"]
    assert (contact.name, contact.number, contact.note, contact.local) == (
        "福祉事務所",
        "046-000-0000",
        "平日",
        True,
    )
    assert knowledge.contacts["own-desk"].number == "000-1111"
    assert knowledge.digest != load_knowledge(shipped).digest


@pytest.mark.parametrize("broken", ['id = "dv"\ntitle = ', PROTOCOL.replace("steps", "step"), "\x00"])
def test_a_broken_office_file_leaves_the_shipped_protocol_in_use(
    shipped: Path, tmp_path: Path, broken: str
) -> None:
    office = _folder(tmp_path / "office", {"protocols/dv.toml": broken})

    knowledge = load_knowledge(shipped, office)

    assert knowledge.protocols["dv"].steps == ("今の安全を聞く",)
    assert all("付属の内容を使います" in fault.message for fault in knowledge.faults)
    assert knowledge.faults[0].file == office / "protocols" / "dv.toml"


def test_the_office_adds_to_the_talk_that_raises_nothing(shipped: Path, tmp_path: Path) -> None:
    _folder(shipped, {"everyday.toml": 'title = "話"\nexamples = ["おはようございます", "寒いですね"]\n'})
    office = _folder(
        tmp_path / "office", {"everyday.toml": 'examples = [" 寒いですね ", "花火はいつですか"]\n'}
    )

    assert load_knowledge(shipped, office).everyday == (
        "おはようございます",
        "寒いですね",
        "花火はいつですか",
    )

    _folder(office, {"everyday.toml": "examples = []\n"})
    knowledge = load_knowledge(shipped, office)
    assert _only_fault(knowledge).key == "examples"
    assert knowledge.everyday == ("おはようございます", "寒いですね")


def test_a_bad_contact_of_the_office_spares_the_others(shipped: Path, tmp_path: Path) -> None:
    office = _folder(
        tmp_path / "office",
        {
            "contacts.toml": '[welfare-office]\nnumber = "未定"\n[police-110]\nnote = "すぐに"\n'
            '[new]\nname = "名前だけ"\n'
        },
    )

    knowledge = load_knowledge(shipped, office)

    assert [(fault.key, fault.line) for fault in knowledge.faults] == [
        ("welfare-office.number", 2),
        ("new", 5),
    ]
    assert knowledge.contacts["welfare-office"].number is None
    assert knowledge.contacts["police-110"].note == "すぐに"
    assert "new" not in knowledge.contacts


def test_files_saved_by_windows_editors(shipped: Path) -> None:
    a, b = shipped / "programmes" / "a.toml", shipped / "programmes" / "b.toml"
    a.write_bytes(b"\xef\xbb\xbf" + PROGRAMME.replace("\n", "\r\n").encode())
    b.write_bytes(OTHER.encode("shift_jis"))

    knowledge = load_knowledge(shipped)

    assert "a" in knowledge.programmes
    fault = _only_fault(knowledge)
    assert fault.entry == "b"
    assert "UTF-8" in fault.message


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="ありません"):
        load_knowledge(tmp_path / "nowhere")


def test_the_digest_follows_the_contents(shipped: Path) -> None:
    before = load_knowledge(shipped).digest
    assert load_knowledge(shipped).digest == before
    _folder(shipped, {"terms/shorui.toml": TERMS + "# 直した\n"})
    assert load_knowledge(shipped).digest != before


def test_the_office_gets_a_file_to_fill_in_once(shipped: Path, tmp_path: Path) -> None:
    office = tmp_path / "data" / "knowledge"
    knowledge = load_knowledge(shipped)
    assert [contact.name for contact in missing_contacts(knowledge)] == ["福祉事務所"]

    file = create_contacts_file(office, knowledge)
    text = file.read_text(encoding="utf-8")
    assert load_knowledge(shipped, office).faults == ()
    assert "# 福祉事務所（生活保護の受付）" in text
    file.write_text(text.replace('number = ""', 'number = "000-2222"'), encoding="utf-8")

    assert create_contacts_file(office, knowledge) == file
    filled = load_knowledge(shipped, office)
    assert filled.contacts["welfare-office"].number == "000-2222"
    assert missing_contacts(filled) == ()


@pytest.mark.parametrize("value", ["[" * 5000 + "]" * 5000, "1" * 5000], ids=["brackets", "digits"])
def test_a_value_beyond_measure_puts_only_its_own_file_off(tmp_path: Path, value: str) -> None:
    deep = tmp_path / "programmes" / "deep.toml"
    deep.parent.mkdir()
    deep.write_text(f"a = {value}", encoding="utf-8")
    knowledge = load_knowledge(shipped_folder("knowledge"), tmp_path)
    assert [fault.file for fault in knowledge.faults if fault.file == deep] == [deep]
    assert "shuugaku-enjo" in knowledge.programmes


def test_a_plain_file_in_place_of_the_offices_folder_is_told(shipped: Path, tmp_path: Path) -> None:
    office = tmp_path / "office"
    office.touch()
    knowledge = load_knowledge(shipped, office)
    assert _only_fault(knowledge).file == office
    assert knowledge.programmes.keys() == load_knowledge(shipped).programmes.keys()


def test_a_folder_of_the_office_that_cannot_be_opened_is_told_and_the_shipped_one_stays_in_use(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = tmp_path / "office"
    closed = office / "programmes"
    closed.mkdir(parents=True)
    scandir = os.scandir

    def refusing(path: str) -> object:
        if str(path) in refused:
            raise PermissionError(errno.EACCES, "denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    refused = {str(closed)}
    knowledge = load_knowledge(shipped, office)
    fault = _only_fault(knowledge)
    assert fault.file == closed
    assert "フォルダーの権限を確かめてください。" in fault.message
    assert knowledge.programmes.keys() == load_knowledge(shipped).programmes.keys()
    refused = {str(shipped / "programmes")}
    with pytest.raises(KnowledgeError, match="開けません"):
        load_knowledge(shipped)
