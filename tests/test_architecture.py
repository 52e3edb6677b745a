"""Rules about the whole program that no single test would notice."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from consult_assist import __version__
from consult_assist.domain.events import EVENT_CLASSES

CHECKOUT = Path(__file__).parents[1]
PACKAGE = CHECKOUT / "consult_assist"
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted(Path(__file__).parent.rglob("*.py"))
JSON_WORDS = {NoneType: "null", bool: "boolean", int: "integer", float: "number"}
HEAVY = (
    "textual",
    "spacy",
    "faster_whisper",
    "ctranslate2",
    "sounddevice",
    "sqlalchemy",
    "numpy",
    "huggingface_hub",
)


def name_of(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_import_contracts_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_starting_the_command_line_loads_nothing_heavy() -> None:
    script = f"import sys, consult_assist.cli; print(*[m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def test_documents_cost_nothing_until_one_is_written() -> None:
    script = (
        "import sys; from consult_assist.app.wiring.exporting import build_exporters; build_exporters()\n"
        "print(*{'docx', 'openpyxl', 'typst'}.intersection(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert done.stdout == "\n", done.stderr


def test_modules_stay_readable() -> None:
    too_long = [
        f"{name_of(path)}: {n_lines} lines"
        for path in MODULES
        if (n_lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    ]
    too_long += [
        f"{name_of(path)}: {function.name}, {n_lines} lines"
        for path in MODULES
        for function in functions(parsed(path))
        if (n_lines := (function.end_lineno or 0) - function.lineno + 1) > 50
    ]
    assert not too_long


def test_only_the_command_line_prints() -> None:
    printed = [
        f"{name_of(path)}:{node.lineno}"
        for path in MODULES
        if "cli" not in path.relative_to(PACKAGE).parts
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not printed


def test_what_people_say_is_remembered_only_where_an_erasure_reaches_it() -> None:
    """Every cache with a limit is a `text_cache`; one without keeps nothing that anyone says."""
    unlimited = {
        ("app/training/exercises.py", "vector"),  # goes with the score of one attempt
        ("domain/codec.py", "_adapter"),
        ("counter/fact_conditions.py", "parse_fact_condition"),
        ("japanese/phonetics.py", "_phones"),
        ("japanese/phonetics.py", "_rough"),
        ("japanese/phonetics.py", "_tables"),
        ("nlp/array_cache.py", "_program"),
        ("nlp/situations/sentence_bank.py", "_one_set"),
        ("nlp/tokens.py", "core_dictionary"),
    }
    found, others = set(), []
    for path in MODULES:
        name, tree = path.relative_to(PACKAGE).as_posix(), parsed(path)
        decorators = [(node, function) for function in functions(tree) for node in function.decorator_list]
        found |= {(name, function.name) for node, function in decorators if names_cache(node)}
        known = {id(node) for node, _ in decorators}
        others += [
            f"{name}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.expr) and names_cache(node)
            if id(node) not in known and name != "text_cache.py"
        ]
    assert found == unlimited
    assert not others


def names_cache(node: ast.expr) -> bool:
    """Whether a node is one of the caches of `functools`, by name or through the module."""
    caches = ("cache", "lru_cache")
    if isinstance(node, ast.Attribute):
        return node.attr in caches and isinstance(node.value, ast.Name) and node.value.id == "functools"
    return isinstance(node, ast.Name) and node.id in caches


def test_no_test_patches_with_mocks() -> None:
    guilty = [
        name_of(path)
        for path in TESTS
        for node in ast.walk(parsed(path))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("unittest"))
        or (isinstance(node, ast.Import) and any(alias.name.startswith("unittest") for alias in node.names))
    ]
    assert not guilty


def test_the_document_of_the_event_stream_names_every_field_and_no_other() -> None:
    """They are public, and what the store holds is read by them: none may be renamed or removed unseen."""
    text = (CHECKOUT / "docs" / "event-stream.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z_.\[\]]+)` \|[^|]*\|([^|]*)\|$", text, re.MULTILINE)
    assert {path for path, _ in rows if "." not in path} == set(EVENT_CLASSES)
    for path, cell in rows:
        told = dict(re.findall(r"`(\w+)`([^`]*)", cell))
        types = get_type_hints(class_at(path))
        assert sorted(told) == sorted(field.name for field in fields(class_at(path))), path
        for name, about in told.items():
            if types[name] is not str and "as in the event" not in cell.split(f"`{name}`")[1]:
                assert promises_of(about) == promises_of_type(types[name]), f"{path}.{name}"


def promises_of(about: str) -> set[str]:
    """Return what the document says of a field that a program can rely on."""
    about = re.sub(r"^ (strings|integers|pairs)\b.*", "", about)
    listed = re.search(r"\(([a-z_]+(?:, [a-z_]+)+)\)", about)
    words = set(re.findall(r"\b(?:null|boolean|integer|number)\b", about.split(":")[0]))
    return words | set(listed[1].split(", ") if listed else ())


def promises_of_type(hint: Any) -> set[str]:
    """Return the same as the type of a field says it."""
    found: set[str] = set()
    for part in get_args(hint) if get_origin(hint) is UnionType else (hint,):
        if get_origin(part) is Literal:
            found |= set(get_args(part))
        elif isinstance(part, type) and issubclass(part, StrEnum):
            found |= {item.value for item in part}
        else:
            found |= {JSON_WORDS[part]} if part in JSON_WORDS else set()
    return found


def class_at(path: str) -> Any:
    """Return the class of an event, or of what one of its lists holds: `record.fields[].lines[]`."""
    name, *lists = path.split(".")
    found: Any = EVENT_CLASSES[name]
    for part in lists:
        found, _ = get_args(get_type_hints(found)[part.removesuffix("[]")])
    return found


def test_pins_are_exact_and_agree() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (CHECKOUT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    everything = {normal(line) for line in lines if not line.startswith("#")}
    direct = {normal(pin) for pin in [*project["dependencies"], *project["optional-dependencies"]["test"]]}

    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9a-z.]+", pin) for pin in everything)
    assert direct <= everything
    assert project["version"] == __version__


def test_the_supported_versions_of_python_are_the_same_everywhere() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    classifiers = re.findall(r"Python :: 3\.(\d+)", " ".join(project["classifiers"]))
    lowest, highest = int(classifiers[0]), int(classifiers[-1])
    shipped = (CHECKOUT / "scripts" / "kit" / "install.py").read_text(encoding="utf-8")
    resolved = (CHECKOUT / "scripts" / "pins.py").read_text(encoding="utf-8")
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")

    assert project["requires-python"] == f">=3.{lowest},<3.{highest + 1}"
    assert f"(3, {lowest}) <= sys.version_info[:2] <= (3, {highest})" in makefile
    assert f"LOWEST, HIGHEST = (3, {lowest}), (3, {highest})" in shipped
    assert re.findall(r'"3\.(\d+)"', resolved) == classifiers


def normal(pin: str) -> str:
    return re.sub(r"[-_.]+(?=.*==)", "-", pin).lower()
