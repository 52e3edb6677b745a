"""A consultation from sound to saved record, with the real models."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.integration.whole_program import SAMPLES, Program, events_in, gold, heard_share, of_type

pytestmark = pytest.mark.usefixtures("models_folder")
SAMPLE = "02-konkyuu"


@pytest.fixture(scope="module")
def program(models_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    return Program(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def events(program: Program, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The event stream of one replayed sample; the program printed its record and exited well."""
    stream = tmp_path_factory.mktemp("events") / "events.jsonl"
    done = program("replay", SAMPLES / f"{SAMPLE}.flac", "--speed", "max", "--no-ui", "--events", stream)
    assert "相談記録" in done.stdout
    assert done.stderr == ""
    return events_in(stream)


def test_the_stream_begins_and_ends_as_promised(events: list[dict[str, Any]]) -> None:
    assert events[0]["type"] == "started"
    assert events[-1]["type"] == "finished"
    assert events[-1]["duration_s"] > 60
    assert [e["at_s"] for e in events] == sorted(e["at_s"] for e in events)
    assert len(of_type(events, "record")) == 1


def test_what_was_said_is_heard(events: list[dict[str, Any]]) -> None:
    assert heard_share(events, gold(SAMPLE)["utterances"]) >= 0.95


def test_danger_words_raise_their_protocol_and_no_other(events: list[dict[str, Any]]) -> None:
    wanted = {name for u in gold(SAMPLE)["utterances"] for name in u["alerts"]}
    assert {e["protocol"] for e in of_type(events, "alert")} == wanted == {"destitution"}


def test_programmes_are_suggested_with_a_reason(events: list[dict[str, Any]]) -> None:
    raised = {programme for e in of_type(events, "suggestion") for programme in e["shown"]}
    allowed = {p for u in gold(SAMPLE)["utterances"] for p in u["programmes"]} | set(
        gold(SAMPLE)["programmes_ok"]
    )
    assert len(raised & allowed) >= 4
    assert all(why["reason"] for e in of_type(events, "suggestion") for why in e["why"])


def test_every_line_of_the_record_rests_on_what_was_said(events: list[dict[str, Any]]) -> None:
    (record,) = of_type(events, "record")
    said = {e["id"] for e in of_type(events, "utterance")}
    quoted = [line for f in record["fields"] for line in f["lines"] if line["kind"] == "quoted"]
    assert len(quoted) >= 3
    assert all(line["utterance_ids"] and said.issuperset(line["utterance_ids"]) for line in quoted)


def test_the_record_is_saved_and_can_be_read_exported_and_verified(
    program: Program, events: list[dict[str, Any]], tmp_path: Path
) -> None:
    consultation = events[0]["id"]
    assert consultation in program("records", "list").stdout
    found = [program.here("records", "list", word).stdout for word in ("家賃", "仕事")]
    assert any(consultation in lines for lines in found)
    assert "言葉や条件を減らして" in program.here("records", "list", "エンジン音").stderr
    assert "聴取内容" in program.here("records", "show", consultation).stdout
    for name in ("json", "txt", "md", "csv", "docx", "pdf", "xlsx", "sheet.pdf", "training.txt"):
        file = tmp_path / f"record.{name}"
        assert program.here("records", "export", consultation, "-f", name, "-o", file).returncode == 0
    assert json.loads((tmp_path / "record.json").read_text(encoding="utf-8"))
    assert (tmp_path / "record.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert zipfile.is_zipfile(tmp_path / "record.docx")
    assert "ありません" in program.here("records", "verify").stdout


def test_backup_and_restore_bring_everything_back(
    program: Program, events: list[dict[str, Any]], tmp_path: Path
) -> None:
    assert program.here("backup", tmp_path / "all.zip").returncode == 0
    elsewhere = Program(tmp_path / "restored")
    assert "まだありません" in Program(tmp_path / "empty").here("records", "list").stderr
    assert elsewhere.here("restore", tmp_path / "all.zip").returncode == 0
    assert events[0]["id"] in elsewhere.here("records", "list").stdout
    assert len(list((elsewhere.data_folder / "recordings").glob("*.flac"))) == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("replay", "missing.flac", "--no-ui"), "見つかりません"),
        (("replay", Path(__file__), "--no-ui"), "音声ファイルとして読めません"),
        (("records", "show", "nothing"), "ありません"),
        (("consult", "--no-ui"), "--consent"),
    ],
)
def test_bad_input_gets_one_sentence(
    program: Program, arguments: tuple[str | Path, ...], sentence: str
) -> None:
    done = program.here(*arguments)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", [("replay", "--speed", "max", "--no-ui"), ("transcribe",)])
def test_of_a_cut_file_what_is_there_is_used_and_what_is_missing_told(
    program: Program, tmp_path: Path, command: tuple[str, ...]
) -> None:
    cut = tmp_path / "cut.flac"
    cut.write_bytes((SAMPLES / f"{SAMPLE}.flac").read_bytes()[:600_000])
    done = program(command[0], cut, *command[1:], check=False)
    assert done.returncode == 1
    assert done.stderr.count("途中で切れていて") == 1
    assert "ハローワーク" in done.stdout


def test_a_missing_model_gets_the_command_that_mends_it(tmp_path: Path) -> None:
    program = Program(tmp_path, {"CONSULT_ASSIST_MODELS_FOLDER": str(tmp_path / "none")})
    done = program("replay", SAMPLES / f"{SAMPLE}.flac", "--no-ui", check=False)
    assert done.returncode == 1
    assert "consult-assist models get base" in done.stderr
    assert done.stderr.count("\n") == 1
    assert program.here("records", "list").stdout == ""
