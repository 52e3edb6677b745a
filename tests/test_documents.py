"""Documents say what is so: every link, path, command, option, setting, key and name in them exists."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import MISSING, fields
from importlib.metadata import distribution
from io import StringIO
from json import loads
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name
from textual.binding import Binding
from textual.screen import Screen

from consult_assist.app.settings import Settings
from consult_assist.cli.parser import build_parser
from consult_assist.counter.stated import FACT_LABELS
from consult_assist.domain.consultation import Consent, ConsultationState, Purpose
from consult_assist.domain.guidance import LedgerState
from consult_assist.domain.knowledge import FieldType
from consult_assist.domain.record import LedgerLine, LineKind, ReadbackKind, ReadbackState
from consult_assist.domain.review import Commented, ReviewState
from consult_assist.domain.speech import Speaker
from consult_assist.knowledge.schema import (
    FillRule,
    ProgrammeTable,
    ProtocolTable,
    TemplateFieldTable,
)
from consult_assist.models.catalogue import CATALOGUE, WEIGHTS_FILE
from consult_assist.tui.screens.counter import CounterScreen
from consult_assist.tui.screens.home import HomeScreen
from consult_assist.tui.screens.programme import ProgrammeScreen
from consult_assist.tui.screens.record import RecordScreen
from consult_assist.tui.screens.records import RecordsScreen
from consult_assist.tui.screens.samples import SamplesScreen
from consult_assist.tui.screens.start import StartScreen

CHECKOUT = Path(__file__).parents[1]
KNOWLEDGE = CHECKOUT / "knowledge"
MANUAL = CHECKOUT / "docs" / "利用の手引き.md"
FOLDERS = ("docs", "models", "recordings", "benchmarks", "scripts")
DOCUMENTS = sorted(
    [*CHECKOUT.glob("*.md"), *(path for name in FOLDERS for path in (CHECKOUT / name).rglob("*.md"))]
)
WRITTEN_BY_OTHERS = {"settings.toml", "vocabulary.txt"}
"""Files that the office or a model brings, in the documents but not in the checkout."""


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def prose_of(path: Path) -> str:
    """Return a document without its blocks of code, where `#` is no heading."""
    return re.sub(r"^ *```.*?^ *```", "", text_of(path), flags=re.MULTILINE | re.DOTALL)


def heading_anchors(path: Path) -> set[str]:
    """Return what `#…` can name in a document, by the rule of GitHub."""
    headings = re.findall(r"^#+ (.+)$", prose_of(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_link_leads_somewhere() -> None:
    dead = []
    for path in DOCUMENTS:
        for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text_of(path)):
            name, _, anchor = link.partition("#")
            target = path.parent / name if name else path
            if not target.exists() or (anchor and anchor not in heading_anchors(target)):
                dead.append(f"{path.name}: {link}")
    assert not dead


def test_every_file_that_is_named_exists() -> None:
    files = {"/" + path.relative_to(CHECKOUT).as_posix() for path in shipped_files()}
    missing = [
        f"{path.name}: {name}"
        for path in DOCUMENTS
        for name in re.findall(r"`([a-z0-9_./-]+\.(?:py|toml|md|txt|npz|onnx|cfg))`", text_of(path))
        if name not in WRITTEN_BY_OTHERS and not any(file.endswith("/" + name) for file in files)
    ]
    assert not missing


def shipped_files() -> Iterator[Path]:
    for name in ("consult_assist", "tests", "knowledge", *FOLDERS):
        yield from (CHECKOUT / name).rglob("*.*")
    yield from CHECKOUT.glob("*.*")


def commands_in(path: Path) -> Iterator[str]:
    """Yield every `consult-assist …` of a document that is written out in full."""
    for block in re.findall(r"^ *```\w*\n(.*?)^ *```", text_of(path), re.MULTILINE | re.DOTALL):
        yield from re.findall(r"^ *(?:\S*[/\\])?(consult-assist(?: [^#\n]*)?)(?=#|$)", block, re.MULTILINE)
    yield from re.findall(r"`(consult-assist (?!record`)[^`]*)`", text_of(path))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_is_understood(path: Path) -> None:
    refused = []
    for command in commands_in(path):
        if set("…[|") & set(command):
            continue  # a form, not a command
        try:
            with redirect_stderr(StringIO()):
                build_parser().parse_args(shlex.split(command)[1:])
        except SystemExit:
            refused.append(command)
    assert not refused


def test_every_option_of_a_script_exists() -> None:
    unknown = []
    for path in DOCUMENTS:
        for name, rest in re.findall(r"((?:benchmarks|scripts)/\w+\.py)([^\n`#)]*)", text_of(path)):
            source = text_of(CHECKOUT / name)
            options = re.findall(r"--[a-z][a-z-]*", rest)
            unknown += [f"{path.name}: {name} {option}" for option in options if f'"{option}"' not in source]
    assert not unknown


def table_rows(text: str, columns: int) -> list[list[str]]:
    cells = [re.split(r"(?<!\\) ?\| ?", line)[1:-1] for line in text.splitlines() if line.startswith("| ")]
    return [row for row in cells if len(row) == columns]


def section(path: Path, heading: str) -> str:
    """Return a document's text from a heading to the next."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", prose_of(path), re.M | re.S)
    assert found, heading
    return found[1]


def test_the_manual_lists_every_setting_with_its_first_value() -> None:
    written = {
        row[0].strip("`"): row[1]
        for row in table_rows(section(MANUAL, "情報システムの担当の方へ"), 3)
        if row[0].startswith("`")
    }
    for setting in fields(Settings):
        value = setting.default
        if value is MISSING:
            expected = "上の場所"
        elif value is None:
            expected = "空"
        else:
            expected = f"`{toml(value)}`"
        assert written[setting.name] == expected, setting.name


def toml(value: Any) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(toml(item) for item in value)}]"
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


def test_the_manual_names_every_form_of_the_record() -> None:
    names = {
        path.stem: tomllib.loads(text_of(path))["name"] for path in (KNOWLEDGE / "templates").glob("*.toml")
    }
    rows = table_rows(section(MANUAL, "情報システムの担当の方へ"), 3)
    assert {row[0].strip("`"): row[1] for row in rows if row[0].strip("`") in names} == names
    listed = section(CHECKOUT / "docs" / "knowledge.md", "Vocabulary and record forms")
    assert all(f"`{name}` " in listed for name in names)


def test_the_document_of_the_knowledge_names_what_the_schema_knows() -> None:
    path = CHECKOUT / "docs" / "knowledge.md"
    programme = section(path, "A programme")
    first_cells = " ".join(row[0] for row in table_rows(programme, 3))
    assert set(re.findall(r"`(\w+)`", first_cells)) == set(ProgrammeTable.model_fields)
    example = re.search(r"## A programme\n+```toml\n(.*?)```", text_of(path), re.DOTALL)
    assert example
    entry = ProgrammeTable.model_validate(tomllib.loads(example[1]))
    others = "".join(
        text_of(file) for file in (KNOWLEDGE / "programmes").glob("*.toml") if file.stem != entry.id
    )
    assert not [name.text for name in entry.names if f'"{name.text}"' in others]

    protocol = set(re.findall(r"`(\w+)`", section(path, "A danger protocol")))
    assert protocol >= {name for name in ProtocolTable.model_fields if name not in ("based_on", "sources")}

    forms = section(path, "Vocabulary and record forms")
    assert {row[0].strip("`") for row in table_rows(forms, 2)} >= set(get_args(FillRule))
    names = set(re.findall(r"`(\w+)`", forms))
    assert names >= {*FACT_LABELS, *get_args(FieldType), *TemplateFieldTable.model_fields} - {"name"}


def test_the_document_of_the_record_names_every_field_and_word_and_no_other() -> None:
    names = set(re.findall(r"`(?:\w+\[\]\.)?(\w+)", text_of(CHECKOUT / "docs" / "record-json.md")))
    written = keys(loads(text_of(CHECKOUT / "tests" / "golden" / "expected" / "record.json")))
    enums = (LineKind, LedgerState, ReadbackState, ReviewState, Consent, ConsultationState, Speaker)
    words = {item.value for enum in enums for item in enum}
    for literal in (Purpose, ReadbackKind, get_type_hints(LedgerLine)["by"]):
        words |= set(get_args(literal))
    comment = {field.name for field in fields(Commented)}
    assert names - {"consult"} == written | words | comment


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {name for item in value.values() for name in keys(item)}
    return {name for item in value for name in keys(item)} if isinstance(value, list) else set()


def test_the_notices_list_what_is_installed_with_its_licence() -> None:
    notices = section(CHECKOUT / "THIRD_PARTY_NOTICES.md", "Libraries used at run time")
    licences = {canonicalize_name(row[0]): row[1] for row in table_rows(notices, 3)[1:]}
    assert licences.keys() == {*runtime_packages(), "colorama"}  # colorama: on Windows only
    for name in runtime_packages():
        told = distribution(name).metadata.json.get("license_expression", licences[name])
        assert licences[name] == told, name


def runtime_packages() -> set[NormalizedName]:
    """Return what the program's pins bring with them, on this system."""
    project = tomllib.loads(text_of(CHECKOUT / "pyproject.toml"))["project"]
    waiting = [Requirement(pin) for pin in project["dependencies"]]
    seen = set()
    while waiting:
        needed = waiting.pop()
        name, extras = canonicalize_name(needed.name), ("", *sorted(needed.extras))
        if (name, extras) not in seen:
            seen.add((name, extras))
            inner = [Requirement(line) for line in distribution(name).requires or ()]
            waiting += [
                r for r in inner if not r.marker or any(r.marker.evaluate({"extra": e}) for e in extras)
            ]
    return {name for name, _ in seen}


def test_the_list_of_models_is_the_catalogue() -> None:
    rows = {
        row[0]: row
        for row in table_rows(section(CHECKOUT / "models" / "README.md", "Source, licence, digest"), 5)
    }
    for name, model in CATALOGUE.items():
        weights = model.files[WEIGHTS_FILE]
        _, repository, revision, size, digest = rows[name]
        assert repository == model.repository
        assert revision == f"`{model.revision[:12]}…`"
        assert size == f"{model.weights_bytes / 1e6:,.0f} MB"
        assert digest == f"`{weights.sha256}`"


def test_the_index_of_decisions_lists_each_once() -> None:
    folder = CHECKOUT / "docs" / "decisions"
    listed = re.findall(r"^\| \[\d{4}\]\((.+?)\) \|", text_of(folder / "README.md"), re.MULTILINE)
    assert sorted(listed) == sorted(path.name for path in folder.glob("[0-9]*.md"))


def test_every_name_in_the_glossary_is_in_the_program() -> None:
    sources = "\n".join(text_of(path) for path in (CHECKOUT / "consult_assist").rglob("*.py"))
    sources += "\n".join(path.relative_to(CHECKOUT).as_posix() for path in shipped_files())
    places = re.findall(r"`([^`]+)`", text_of(CHECKOUT / "docs" / "glossary.md"))
    gone = [place for place in places if re.fullmatch(r"[\w/.]+", place) and not known(place, sources)]
    assert not gone


def known(place: str, sources: str) -> bool:
    owner, _, member = place.partition(".")
    return place in sources or (owner[:1].isupper() and f"class {owner}" in sources and member in sources)


def test_the_readme_counts_what_is_shipped() -> None:
    readme = text_of(CHECKOUT / "README.md")
    n_programmes = len(list((KNOWLEDGE / "programmes").glob("*.toml")))
    n_protocols = len(list((KNOWLEDGE / "protocols").glob("*.toml")))
    assert f"{n_programmes} programmes and {n_protocols} danger protocols" in readme


SCREENS: dict[str, type[Screen[Any]]] = {
    "最初の画面": HomeScreen,
    "相談の画面": CounterScreen,
    "制度の詳細": ProgrammeScreen,
    "相談を始める画面": StartScreen,
    "見本の一覧": SamplesScreen,
    "記録の一覧": RecordsScreen,
    "記録": RecordScreen,
}


def test_the_manual_lists_the_keys_of_each_screen() -> None:
    lines = section(MANUAL, "窓口の職員の方へ").split("### キー\n")[1].splitlines()
    told: dict[str, set[str]] = {name: set() for name in SCREENS}
    header: list[str] = []
    for line in lines:
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if cells and cells[0] == "キー":
            header = cells
        elif header and cells and header[1] in SCREENS:
            for name, cell in zip(header[1:], cells[1:], strict=True):
                told[name] |= set(re.findall(r"`(.+?)`", cells[0])) if cell else set()
    for name, screen in SCREENS.items():
        bound = {
            key
            for key in keys_of(screen)
            if name in ("最初の画面", "相談の画面", "制度の詳細") or key not in ("F1", "F12")
        }
        assert told[name] == bound, name


def keys_of(screen: type[Screen[Any]]) -> set[str]:
    """Return the keys that a screen binds, as the manual writes them: `F2`, `Ctrl+R`."""
    found = set()
    for owner in screen.mro():
        for binding in Binding.make_bindings(owner.__dict__.get("BINDINGS", ())):
            if re.fullmatch(r"f\d+|ctrl\+[a-z]", binding.key) and owner.__module__.startswith(
                "consult_assist"
            ):
                found.add(binding.key.upper().replace("CTRL", "Ctrl"))
    return found


def test_the_messages_that_the_manual_explains_are_those_of_the_program() -> None:
    said = "".join(text_of(path) for path in (CHECKOUT / "consult_assist").rglob("*.py"))
    said = bare(re.sub(r'"\s*f?"', "", said))
    *rows, _ = table_rows(section(MANUAL, "困ったとき"), 2)[1:]  # the last tells what is seen, not said
    pieces = [bare(piece) for row in rows for piece in re.split("／|…", row[0])]
    assert not [piece for piece in pieces if piece not in said]


def bare(text: str) -> str:
    """Return a message without what it fills in: names, numbers, places."""
    return re.sub(r"\{[^{}]*\}|（[^（）]*）|「[^「」]*」| base|[ \\「」]", "", text)
