"""The store on a real SQLite file: tampering, crashes, neighbours, old and broken files."""

import os
import random
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.event import listen

import consult_assist
from consult_assist.app.journal import Journal
from consult_assist.domain.archive import RecordQuery
from consult_assist.domain.consultation import (
    CapturePaused,
    Consent,
    ConsultationState,
    Finished,
    Redacted,
    Started,
)
from consult_assist.domain.events import Event
from consult_assist.domain.guidance import AlertDismissed
from consult_assist.domain.record import ConsultationRecord, LineKind, RecordField, RecordLine
from consult_assist.domain.speech import Revision, Utterance
from consult_assist.errors import StoreBusyError, StoreError, StoreTooNewError
from consult_assist.storage import sql, sqlite
from consult_assist.storage.base import ChainFault
from consult_assist.storage.lock import FileCaptureLock
from consult_assist.storage.migrations import SCHEMA_VERSION
from consult_assist.storage.sql import SqlStore
from consult_assist.storage.sqlite import sqlite_url

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(consult_assist.__file__).parents[1])}

NEIGHBOUR = """
import sys
from datetime import UTC, datetime
from consult_assist.domain.consultation import Consent, Started
from consult_assist.domain.speech import Utterance
from consult_assist.storage.sql import SqlStore
url, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
store, now = SqlStore(url), datetime.now(UTC)
def append(event):
    print(store.append(name, event, at=now, at_s=0.0, sound_s=0.0).position, flush=True)
append(Started(id=name, started_at=now, operator="山田", source="none", consent=Consent.RECORDED))
for number in range(count):
    said = dict(channel=0, speaker=None, start_s=0.0, end_s=1.0, heard="", text="家賃")
    append(Utterance(id=f"{name}-{number}", **said))
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "records.sqlite3"


@pytest.fixture
def store(file: Path) -> Iterator[SqlStore]:
    opened = SqlStore(sqlite_url(file))
    yield opened
    opened.close()


def said(number: int, text: str) -> Utterance:
    return Utterance(id=f"u{number}", channel=0, speaker=None, start_s=0.0, end_s=1.0, heard=text, text=text)


def hold(store: SqlStore, consultation_id: str, *texts: str) -> None:
    """Hold a short consultation: start, utterances, a record, the end."""
    complaint = tuple(RecordLine(text=text, kind=LineKind.QUOTED) for text in texts)
    record = ConsultationRecord(
        template="madoguchi",
        fields=(RecordField(name="chief_complaint", label="主訴", lines=complaint),),
    )
    events: tuple[Event, ...] = (
        Started(
            id=consultation_id, started_at=NOON, operator="山田", source="none", consent=Consent.RECORDED
        ),
        *(said(number, text) for number, text in enumerate(texts)),
        record,
        Finished(duration_s=9.0),
    )
    for event in events:
        store.append(consultation_id, event, at=NOON, at_s=1.0, sound_s=1.0)


def tamper(file: Path, script: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(script)


def bytes_of(file: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(file.parent.iterdir()) if path.is_file())


# Tampering


def test_sqlite_is_set_to_be_durable_and_to_erase(store: SqlStore, file: Path) -> None:
    with store._engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "busy_timeout")
        }
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
        "busy_timeout": 10000,
    }


SWAP = """
UPDATE events SET position = -1 WHERE position = 3;
UPDATE events SET position = 3 WHERE position = 4;
UPDATE events SET position = 4 WHERE position = -1;
"""


@pytest.mark.parametrize(
    ("script", "positions"),
    [
        ("UPDATE events SET payload = replace(payload, '滞納', '完納') WHERE position = 2", [2]),
        ("UPDATE events SET payload = CAST(payload AS BLOB) WHERE position = 2", [2]),
        ("UPDATE events SET payload = CAST(x'ff' AS TEXT) WHERE position = 2", [2]),
        ("UPDATE events SET payload = ' ', salt = ' ' WHERE position = 2", [2]),
        ("UPDATE events SET type = 'revision' WHERE position = 2", [2]),
        ("UPDATE events SET at = '2026-11-20T03:00:00.000000+00:00' WHERE position = 2", [2]),
        ("UPDATE events SET at_s = 0.5 WHERE position = 2", [2]),
        ("UPDATE events SET consultation_id = 'b' WHERE position = 2", [2]),
        ("DELETE FROM events WHERE position IN (2, 3)", [2]),
        ("DELETE FROM events WHERE position >= 8", [8]),
        ("DELETE FROM events WHERE consultation_id = 'a'; DELETE FROM consultations WHERE id = 'a'", [1]),
        ("DELETE FROM events WHERE consultation_id = 'b'; DELETE FROM consultations WHERE id = 'b'", [6]),
        ("DELETE FROM events", [1]),
        ("DELETE FROM chain_head", [10]),
        ("UPDATE chain_head SET position = 5, hash = (SELECT chain FROM events WHERE position = 5)", [5]),
        ("UPDATE texts SET text = '別件' WHERE source = 'headline' AND consultation_id = 'a'", [5]),
        ("UPDATE consultations SET consent = '?' WHERE id = 'a'", [5]),
        (SWAP, [3, 4, 5]),
    ],
)
def test_tampering_is_found(store: SqlStore, file: Path, script: str, positions: list[int]) -> None:
    hold(store, "a", "家賃を滞納", "仕事がない")
    hold(store, "b", "子どものこと")
    assert store.verify() == []
    tamper(file, f"PRAGMA foreign_keys = OFF; {script}")
    faults: list[ChainFault] = list(store.verify())
    assert [fault.position for fault in faults] == positions
    for fault in faults:
        assert fault.message.index("。") == len(fault.message) - 1


@pytest.mark.parametrize(
    "script",
    [
        "UPDATE events SET payload = '{\"positions\": 5}' WHERE position = 5",
        "UPDATE events SET at = '昨日' WHERE position = 5",
        "UPDATE consultations SET state = '?' WHERE id = 'a'",
    ],
)
def test_a_damaged_row_is_told_in_a_sentence_and_named_by_verify(
    store: SqlStore, file: Path, script: str
) -> None:
    hold(store, "a", "家賃を滞納")
    store.redact_events("a", {2: None}, reason="off_record", by="佐藤", at=NOON)
    assert [event.position for event in store.events("a")][-1] == 5
    tamper(file, script)
    assert 5 in {fault.position for fault in store.verify()}
    with pytest.raises(StoreError, match="バックアップから戻してください"):
        (store.events("a"), store.summaries())


def test_a_damaged_index_is_told_before_a_search_misses_something(store: SqlStore, file: Path) -> None:
    hold(store, "a", "家賃")
    hold(store, "b", "家賃")
    store.close()
    with closing(sqlite3.connect(file)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'texts_of_consultation'"
        ((page,),) = connection.execute(query).fetchall()
    with file.open("r+b") as opened:
        opened.seek((page - 1) * 4096 + 3)
        opened.write((2).to_bytes(2))  # so many entries the index has now
    with closing(SqlStore(sqlite_url(file))) as damaged:
        assert len(damaged.summaries(RecordQuery(words=("家賃",)))) < 2
        (fault,) = damaged.verify()
    assert fault.message.startswith("データベースのファイルが傷んで")
    assert fault.message.endswith("バックアップから戻してください。")


@pytest.mark.parametrize(
    "script",
    ["DELETE FROM chain_head", "UPDATE chain_head SET position = '?'", "UPDATE chain_head SET hash = x'00'"],
)
def test_no_event_is_appended_behind_a_lost_end(store: SqlStore, file: Path, script: str) -> None:
    hold(store, "a", "家賃")
    tamper(file, script)
    assert "終わりの印がなく" in store.verify()[-1].message
    with pytest.raises(StoreError, match="終わりの印"):
        store.append("a", CapturePaused(), at=NOON, at_s=0.0, sound_s=0.0)
    assert len(store.events("a")) == 4


# Erasure


def test_erased_words_are_gone_from_the_bytes_on_disk(store: SqlStore, file: Path) -> None:
    rng = random.Random(1)
    words: dict[str, list[str]] = {}
    for name in "abcde":
        words[name] = ["".join(rng.choices("家賃滞納仕事離婚子供病気収入借金食料", k=24)) for _ in range(30)]
        hold(store, name, *words[name])
        for number in range(0, 30, 3):
            better = "".join(rng.choices("東西南北春夏秋冬朝昼夕夜山川海空", k=30))
            words[name].append(better)
            event = Revision(utterance_id=f"u{number}", revision=1, text=better, by="clerk")
            store.append(name, event, at=NOON, at_s=2.0, sound_s=2.0)
    before = bytes_of(file)
    assert all(word.encode() in before for word in words["c"])
    with closing(sqlite3.connect(file)) as connection:
        salts = [
            salt for (salt,) in connection.execute("SELECT salt FROM events WHERE consultation_id = 'c'")
        ]

    store.redact("c", texts=True, recordings=(), reason="consent_withdrawn", at=NOON)

    after = bytes_of(file)
    pieces = {word[start : start + 8] for word in words["c"] for start in range(len(word) - 7)}
    assert [piece for piece in pieces if piece.encode() in after] == []
    assert sum(salt.encode() in after for salt in salts) == 2  # those of the start and the end stay
    assert all(word.encode() in after for word in words["d"])
    assert store.verify() == []


def test_erasing_one_line_touches_no_text_of_the_others(store: SqlStore, file: Path) -> None:
    hold(store, "a", "家賃を滞納しています", "番号は1234です", "仕事を失いました")

    def texts() -> set[tuple[int, str]]:
        with closing(sqlite3.connect(file)) as connection:
            return {row for row in connection.execute("SELECT id, text FROM texts") if row[1].strip()}

    before = texts()
    store.redact_events(
        "a", {3: said(1, "番号は〓〓〓〓です")}, reason="personal_number", by="program", at=NOON
    )
    assert {text for _, text in before - texts()} == {"番号は1234です"}
    assert {text for _, text in texts() - before} == {"番号は〓〓〓〓です"}


def test_erasing_also_removes_the_copies_made_before_migrations(store: SqlStore, file: Path) -> None:
    hold(store, "a", "家賃を滞納しています")
    copy = file.with_name("records-v0-20261001-090000.before-migration.sqlite3")
    other = file.with_name("other-v0-20261001-090000.before-migration.sqlite3")
    copy.write_bytes(file.read_bytes())
    other.write_bytes(b"not ours")
    store.redact("a", texts=True, recordings=(), reason="consent_withdrawn", at=NOON)
    assert not copy.exists()
    assert other.exists()


@pytest.mark.parametrize("removed_by", ["opening", "verify", "next erasure"])
def test_words_that_a_reader_keeps_in_the_log_are_told_and_removed_later(file: Path, removed_by: str) -> None:
    with closing(SqlStore(sqlite_url(file), busy_timeout_s=0.1)) as mine:
        hold(mine, "a", "家賃を滞納しています")
        with closing(sqlite3.connect(file, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM events").fetchone()
            with pytest.raises(StoreError, match=r"消しましたが.*records verify"):
                mine.redact("a", texts=True, recordings=(), reason="consent_withdrawn", at=NOON)
            assert isinstance(mine.events("a")[-1].event, Redacted)
            assert "滞納".encode() in bytes_of(file)
            with pytest.raises(StoreError, match="消しましたが"):
                mine.verify()
            with closing(SqlStore(sqlite_url(file))) as other:  # opening works all the same, without waiting
                assert isinstance(other.events("a")[-1].event, Redacted)
        match removed_by:
            case "opening":
                SqlStore(sqlite_url(file)).close()
            case "verify":
                assert mine.verify() == []
            case _:
                mine.redact("a", texts=True, recordings=(), reason="consent_withdrawn", at=NOON)
        assert "滞納".encode() not in bytes_of(file)
        assert mine.verify() == []


def test_a_copy_that_cannot_be_removed_is_told_and_removed_later(store: SqlStore, file: Path) -> None:
    hold(store, "a", "家賃を滞納しています")
    copy = file.with_name("records-v0-20261001-090000.before-migration.sqlite3")
    copy.mkdir()  # like a file in use on Windows, it cannot be unlinked
    with pytest.raises(StoreError, match="消しましたが"):
        store.redact("a", texts=True, recordings=(), reason="consent_withdrawn", at=NOON)
    copy.rmdir()
    assert "滞納".encode() not in bytes_of(file)
    copy.write_bytes(b"words")
    SqlStore(sqlite_url(file)).close()
    assert not copy.exists()


def test_opening_leaves_copies_alone_when_nothing_was_erased(store: SqlStore, file: Path) -> None:
    hold(store, "a", "家賃を滞納しています")
    copy = file.with_name("records-v0-20261001-090000.before-migration.sqlite3")
    copy.write_bytes(b"words")
    SqlStore(sqlite_url(file)).close()
    store.redact("a", texts=False, recordings=("a/1.flac",), reason="consent_withdrawn", at=NOON)
    assert store.verify() == []
    assert copy.exists()


def test_words_erased_by_another_process_just_then_stay_marked_for_removal(
    store: SqlStore, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(store, "a", "家賃を滞納しています")
    hold(store, "b", "失業しました")
    remove_copies = sqlite._remove_migration_copies

    def while_another_erases_and_is_killed(path: Path) -> bool:
        monkeypatch.setattr(sqlite, "_remove_migration_copies", remove_copies)
        with monkeypatch.context() as killed, closing(SqlStore(sqlite_url(file))) as other:
            killed.setattr(sql, "remove_traces", lambda *_, **__: None)
            other.redact("b", texts=True, recordings=(), reason="consent_withdrawn", at=NOON)
        return remove_copies(path)

    monkeypatch.setattr(sqlite, "_remove_migration_copies", while_another_erases_and_is_killed)
    store.redact("a", texts=True, recordings=(), reason="consent_withdrawn", at=NOON)
    copy = file.with_name("records-v0-20261001-090000.before-migration.sqlite3")
    copy.write_bytes("失業".encode())
    for _ in range(2):
        SqlStore(sqlite_url(file)).close()
        assert not copy.exists()
        assert "失業".encode() not in bytes_of(file)
    copy.write_bytes(b"kept")
    SqlStore(sqlite_url(file)).close()
    assert copy.exists()


# Crashes and neighbours


def test_what_was_reported_survives_kill_9(file: Path) -> None:
    rng = random.Random()
    reported: dict[str, list[int]] = {}
    for name in (f"c{number}" for number in range(10)):
        process = subprocess.Popen(
            [sys.executable, "-c", NEIGHBOUR, sqlite_url(file), name, "100000"],
            stdout=subprocess.PIPE,
            text=True,
            env=ENVIRONMENT,
        )
        with process:
            assert process.stdout is not None
            reported[name] = [int(process.stdout.readline())]
            time.sleep(rng.uniform(0.0, 0.15))
            process.kill()
            reported[name] += [int(text) for text in process.stdout if text.endswith("\n")]
    with closing(SqlStore(sqlite_url(file))) as store:
        for name, positions in reported.items():
            kept = [stamped.position for stamped in store.events(name)]
            assert kept[: len(positions)] == positions
            assert len(kept) <= len(positions) + 1
        assert store.verify() == []
        hold(store, "after", "家賃")
        assert store.verify() == []


def test_two_processes_append_to_one_new_file(file: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", NEIGHBOUR, sqlite_url(file), name, "40"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=ENVIRONMENT,
        )
        for name in ("left", "right")
    ]
    for process in processes:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
    with closing(SqlStore(sqlite_url(file))) as store:
        positions = [s.position for name in ("left", "right") for s in store.events(name)]
        assert sorted(p for p in positions if p is not None) == list(range(1, 83))
        assert store.verify() == []


def test_a_file_that_another_connection_is_just_creating_is_waited_for(file: Path) -> None:
    file.parent.mkdir(parents=True)
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as creating:
        creating.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.3, creating.execute, ["ROLLBACK"])
        release.start()
        with closing(SqlStore(sqlite_url(file))) as store:
            assert store.verify() == []
        release.join()


def test_only_one_process_captures_and_a_killed_one_gives_way(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from consult_assist.storage.lock import FileCaptureLock\n"
        "lock = FileCaptureLock(Path(sys.argv[1])); lock.acquire(); print('held', flush=True)\n"
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreBusyError, match="別の画面"):
            FileCaptureLock(tmp_path).acquire()
        holder.kill()
    with FileCaptureLock(tmp_path), pytest.raises(StoreBusyError):
        FileCaptureLock(tmp_path).acquire()
    with FileCaptureLock(tmp_path):
        pass


def test_more_lines_were_covered_than_a_query_takes_values(store: SqlStore) -> None:
    """SQLite takes 32,766 values where Python comes from python.org, PostgreSQL 65,535; here it takes 600."""
    hold(store, "a", *(f"{number}番" for number in range(620)))
    lines = [item for item in store.events("a") if isinstance(item.event, Utterance)]
    covered = {item.position or 0: said(number, "〓番") for number, item in enumerate(lines)}
    store.redact_events("a", covered, reason="personal_number", by="program", at=NOON)

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 600)

    store._engine.dispose()
    listen(store._engine, "connect", limit)
    assert store.verify() == []


def test_a_talk_waits_once_for_a_program_that_keeps_the_records_locked(file: Path) -> None:
    patience_s, dangers = 1.0, [f"danger-{number}" for number in range(8)]
    with closing(SqlStore(sqlite_url(file), busy_timeout_s=patience_s)) as mine:
        journal = Journal("a", mine)
        journal.emit(
            Started(id="a", started_at=NOON, operator="山田", source="none", consent=Consent.HANDWRITTEN)
        )
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            began = time.monotonic()
            for danger in dangers[:-1]:
                journal.emit(AlertDismissed(protocol=danger))
            assert patience_s / 2 < time.monotonic() - began < 3 * patience_s
            assert "ほかのプログラム" in str(journal.trouble)
            began = time.monotonic()
            with pytest.raises(StoreError, match="ほかのプログラム"):
                journal.keep(Finished(duration_s=0))  # what must be kept now waits its turn
            assert time.monotonic() - began > patience_s / 2
            other.execute("ROLLBACK")
        journal.emit(AlertDismissed(protocol=dangers[-1]))
        assert journal.trouble is None
        assert [getattr(item.event, "protocol", None) for item in mine.events("a")] == [None, *dangers]
        assert mine.verify() == []


# Old, new and broken files


def test_an_older_file_is_brought_up_to_date(store: SqlStore, file: Path) -> None:
    hold(store, "a", "家賃を滞納", "仕事がない")
    hold(store, "b", "子どものこと")
    store.redact("b", texts=False, recordings=["b.flac"], reason="consent_withdrawn", at=NOON)
    summaries, events = store.summaries(), store.events("a")
    assert {item.id: item.sound_erased for item in summaries} == {"a": False, "b": True}
    store.close()
    tamper(file, "ALTER TABLE consultations DROP COLUMN sound_erased; UPDATE schema_version SET version = 2;")

    with closing(SqlStore(sqlite_url(file))) as migrated:
        assert migrated.summaries() == summaries
        assert migrated.find(RecordQuery(words=("滞納",)), limit=9)[0].summary.headline == "家賃を滞納"
        assert migrated.events("a") == events
        assert migrated.verify() == []
        migrated.append("a", CapturePaused(), at=NOON, at_s=0.0, sound_s=0.0)
    (copy,) = file.parent.glob("records-v2-*.before-migration.sqlite3")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (10,)
        assert "sound_erased" not in {
            row[1] for row in connection.execute("PRAGMA table_info(consultations)")
        }
    with closing(SqlStore(sqlite_url(file))):  # the second time there is nothing to do
        assert len(list(file.parent.glob("*.before-migration.sqlite3"))) == 1


def test_a_migration_does_not_hide_a_cut_off_tail(store: SqlStore, file: Path) -> None:
    hold(store, "a", "家賃", "仕事")
    store.close()
    tamper(file, "DELETE FROM events WHERE position = 5; DROP TABLE chain_head;")
    tamper(file, "UPDATE schema_version SET version = 2;")
    with closing(SqlStore(sqlite_url(file))) as migrated:
        assert [fault.position for fault in migrated.verify()] == [5]


def test_a_newer_file_is_refused_and_left_alone(store: SqlStore, file: Path) -> None:
    hold(store, "a", "家賃")
    store.close()
    tamper(file, f"UPDATE schema_version SET version = {SCHEMA_VERSION + 1}")
    before = file.read_bytes()
    with pytest.raises(StoreTooNewError, match="新しい版"):
        SqlStore(sqlite_url(file))
    assert file.read_bytes() == before


def test_a_version_that_is_no_number_is_told(store: SqlStore, file: Path) -> None:
    store.close()
    tamper(file, "UPDATE schema_version SET version = 'x'")
    with pytest.raises(StoreError, match="相談記録のものではありません"):
        SqlStore(sqlite_url(file))


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to be one" * 100, b"\0" * 5000])
def test_a_file_that_is_no_database_is_left_alone(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    with pytest.raises(StoreError, match="壊れているか"):
        SqlStore(sqlite_url(file))
    assert file.read_bytes() == content


def test_somebody_elses_database_is_left_alone(file: Path) -> None:
    file.parent.mkdir()
    tamper(file, "CREATE TABLE addresses (name TEXT)")
    with pytest.raises(StoreError, match="相談記録のものではありません"):
        SqlStore(sqlite_url(file))
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("addresses",)]


def test_a_damaged_page_is_told_in_a_sentence(store: SqlStore, file: Path) -> None:
    for number in range(20):
        hold(store, f"c{number:02}", "家賃" * 200)
    store.close()
    with file.open("r+b") as opened:
        opened.seek(8 * 4096)
        opened.write(os.urandom(20 * 4096))
    with closing(SqlStore(sqlite_url(file))) as damaged, pytest.raises(StoreError, match="壊れているか"):
        damaged.verify()


def test_a_full_disk_is_told_and_damages_nothing(store: SqlStore) -> None:
    hold(store, "a", "家賃")
    with store._engine.connect() as connection:  # the pool hands this connection out again
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="空きがなく"):
        store.append("a", said(9, "長い話" * 9000), at=NOON, at_s=0.0, sound_s=0.0)
    assert len(store.events("a")) == 4
    assert store.verify() == []
    with store._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    store.append("a", said(9, "長い話" * 9000), at=NOON, at_s=0.0, sound_s=0.0)
    assert store.verify() == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    tmp_path.joinpath("data").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="作ることができません"):
        SqlStore(sqlite_url(tmp_path / "data" / "records.sqlite3"))
    with pytest.raises(StoreError, match="データフォルダー"):
        SqlStore(sqlite_url(tmp_path))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything is writable here")
def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(StoreError, match=r"書き込めません.*写してから開いて"):
        SqlStore(sqlite_url(tmp_path / "records.sqlite3"))


def test_a_database_that_is_kept_busy_is_told(store: SqlStore, file: Path) -> None:
    hold(store, "a", "家賃")
    with (
        closing(sqlite3.connect(file)) as other,
        closing(SqlStore(sqlite_url(file), busy_timeout_s=0.1)) as mine,
    ):
        other.execute("BEGIN IMMEDIATE")
        assert mine.summaries()[0].state is ConsultationState.CLOSED  # reading always works
        with pytest.raises(StoreError, match="ほかのプログラム"):
            mine.append("a", CapturePaused(), at=NOON, at_s=0.0, sound_s=0.0)
        other.rollback()
        mine.append("a", CapturePaused(), at=NOON, at_s=0.0, sound_s=0.0)


def test_opening_needs_no_right_to_write(store: SqlStore, file: Path) -> None:
    hold(store, "a", "家賃")
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        with closing(SqlStore(sqlite_url(file), busy_timeout_s=0.1)) as reader:
            assert len(reader.events("a")) == 4


@pytest.mark.parametrize("url", ["nonsense", "postgresql+nodriver://localhost/x", "madeup://x"])
def test_a_wrong_database_url_is_told(url: str) -> None:
    with pytest.raises(StoreError, match="database_url"):
        SqlStore(url)


def test_errors_carry_no_words(store: SqlStore, file: Path) -> None:
    hold(store, "a", "家賃")
    tamper(file, "DROP TABLE texts")
    with pytest.raises(StoreError) as caught:
        store.append("a", said(9, "秘密の話"), at=NOON, at_s=0.0, sound_s=0.0)
    error: BaseException | None = caught.value
    while error is not None:
        assert "秘密" not in f"{error} {error!r}"
        error = error.__cause__ or error.__context__


FULL = """\
import resource, signal, sys
from contextlib import closing
from pathlib import Path
from consult_assist.errors import StoreError
from consult_assist.storage.sql import SqlStore
from consult_assist.storage.sqlite import snapshot, sqlite_url
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
file = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
with closing(SqlStore(sqlite_url(file))) as store:
    print([item.id for item in store.summaries()], store.verify())
resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, resource.RLIM_INFINITY))
try:
    snapshot(file, file.with_name("copy.sqlite3"))
except StoreError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limit to set")
def test_on_a_full_disk_records_can_still_be_read(tmp_path: Path) -> None:
    file = tmp_path / "records.sqlite3"
    with closing(SqlStore(sqlite_url(file))) as store:
        started = Started(id="a", started_at=NOON, operator="山田", source="none", consent=Consent.RECORDED)
        store.append("a", started, at=NOON, at_s=0.0, sound_s=0.0)
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(file)],
        env=ENVIRONMENT | {"PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    first, second = done.stdout.splitlines()
    assert first == "['a'] []"
    assert second.startswith("ディスクの")  # it was read; the copy found no room
