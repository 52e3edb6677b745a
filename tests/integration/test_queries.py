"""Finding consultations in a real SQLite file: with the index of pairs of characters, and without it."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from consult_assist.domain.archive import RecordQuery
from consult_assist.domain.consultation import CaseNumberSet, Consent, Finished, Started
from consult_assist.domain.events import Event
from consult_assist.domain.guidance import Alert, LedgerEntry, LedgerState
from consult_assist.domain.record import ConsultationRecord, LineKind, RecordField, RecordLine
from consult_assist.domain.speech import Revision, Utterance
from consult_assist.errors import StoreError
from consult_assist.storage import queries, sql, sqlite_index
from consult_assist.storage.sql import SqlStore
from consult_assist.storage.sqlite import index_path, sqlite_url

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
SAID = (
    "家賃を滞納しています、それと仕事のこと",
    "ＤＶのことで。R8-12の件です",
    "児童扶養手当のことを聞きたい",
    "滞納は三か月で、鬱の薬を飲んでいます",
    "100%です、家賃",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "records.sqlite3"


@pytest.fixture(scope="module")
def twenty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of twenty consultations; each test changes a copy."""
    file = tmp_path_factory.mktemp("twenty") / "records.sqlite3"
    with closing(SqlStore(sqlite_url(file))) as store:
        for number in range(20):
            hold(store, f"c{number:02}", number, SAID[number % len(SAID)])
    return file


@pytest.fixture
def store(twenty: Path, file: Path) -> Iterator[SqlStore]:
    shutil.copy(twenty, file)
    opened = SqlStore(sqlite_url(file))
    yield opened
    opened.close()


def said(text: str) -> Utterance:
    return Utterance(id="u1", channel=0, speaker=None, start_s=0.0, end_s=1.0, heard=text, text=text)


def hold(store: SqlStore, name: str, hour: int, text: str) -> None:
    at = NOON + timedelta(hours=hour)
    begun = Started(id=name, started_at=at, operator="山田", source="none", consent=Consent.RECORDED)
    keep(store, name, begun, said(text), Finished(duration_s=9.0))


def keep(store: SqlStore, name: str, *events: Event) -> None:
    for event in events:
        store.append(name, event, at=NOON, at_s=1.0, sound_s=1.0)


def prepare(store: SqlStore) -> None:
    while store.prepare_search():
        pass


def found(store: SqlStore, *words: str, limit: int = 100) -> list[str]:
    return [item.summary.id for item in store.find(RecordQuery(words=words), limit=limit)]


QUERIES = (
    *(
        ("滞納",),
        ("鬱", "薬"),
        ("児童扶養手当",),
        ("手当のこと",),
        ("dv",),
        ("ＤＶ",),
        ("r8-12",),
        ("鬱",),
        ("%",),
        ("、",),
    ),
    *(("家賃", "滞納"), ("山田", "家賃"), ("納滞",), ("彗星",), ("8-1",), ("のことで。r",)),
)


@pytest.mark.parametrize("limit", [(2,), (2, 3), (3, 9), (2000,)])
@pytest.mark.parametrize("block", [8, 1000])
def test_the_index_changes_nothing_that_is_found(
    store: SqlStore, file: Path, limit: tuple[int, ...], block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_index, "BLOCK_TEXTS", block)
    plain = [found(store, *words) for words in QUERIES]
    first = [found(store, *words, limit=2) for words in QUERIES]
    monkeypatch.setattr(queries, "ROWS_TRIED", limit)
    prepare(store)
    for _ in range(2):
        assert [found(store, *words) for words in QUERIES] == plain
        assert [found(store, *words, limit=2) for words in QUERIES] == first
        assert sqlite_index.SqliteTextIndex(index_path(file)).forget([20])  # now in the midst of the others
    assert any(plain)


def test_pages_follow_one_another(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "ROWS_TRIED", (2, 4))
    prepare(store)
    query = RecordQuery(words=("滞納",))
    whole = [item.summary.id for item in store.find(query, limit=100)]
    page = store.find(query, limit=3)
    pages = [item.summary.id for item in page]
    while page:
        page = store.find(query, limit=3, after=page[-1].summary)
        pages += [item.summary.id for item in page]
    assert pages == whole
    assert len(whole) == 8


def test_a_case_number_set_late_hides_no_newer_consultation(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "ROWS_TRIED", (2,))
    with closing(SqlStore(sqlite_url(file))) as store:
        for hour, name in enumerate(("oldest", "old", "between")):
            hold(store, name, hour, "滞納の話")
        at = NOON + timedelta(hours=3)
        keep(
            store,
            "newest",
            Started(id="newest", started_at=at, operator="山田", source="none", consent=Consent.RECORDED),
        )
        keep(store, "oldest", CaseNumberSet(case_number="R8-1", operator="山田", by="山田"))
        keep(store, "newest", said("滞納です"))
        keep(store, "old", Revision(utterance_id="u1", revision=1, text="家賃の滞納の話", by="terms"))
        prepare(store)
        assert found(store, "滞納", limit=2) == ["newest", "between"]


def test_what_came_after_the_index_is_found_and_what_was_corrected_is_not(store: SqlStore) -> None:
    prepare(store)
    hold(store, "late", 99, "自動扶養手当の話")
    assert found(store, "自動扶養") == ["late"]
    prepare(store)
    keep(store, "late", Revision(utterance_id="u1", revision=1, text="児童扶養手当の話", by="terms"))
    assert found(store, "自動扶養") == []
    assert found(store, "手当の話") == ["late"]


def test_the_text_that_holds_the_word_comes_along_the_record_first(store: SqlStore) -> None:
    lines = (RecordLine(text="家賃が払えない", kind=LineKind.QUOTED),)
    fields = (RecordField(name="chief_complaint", label="主訴", lines=lines),)
    keep(store, "c00", ConsultationRecord(template="madoguchi", fields=fields))
    texts = {item.summary.id: item.text for item in store.find(RecordQuery(words=("家賃",)), limit=100)}
    written, heard = texts["c00"], texts["c05"]
    assert written is not None
    assert heard is not None
    assert (written.source, written.key, written.text) == ("written", "chief_complaint", "家賃が払えない")
    assert (heard.source, heard.key) == ("said", "u1")


def indexed(file: Path) -> set[str]:
    """Return every character and pair that the index holds."""
    with closing(sqlite3.connect(index_path(file))) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%fts5(%'").fetchall()
        found: set[str] = set()
        for (table,) in tables:
            connection.execute(f"CREATE VIRTUAL TABLE temp.v_{table} USING fts5vocab(main, {table}, 'row')")
            found.update(term for (term,) in connection.execute(f"SELECT term FROM temp.v_{table}"))
        return found


def free_pages(file: Path) -> list[bytes]:
    """Return the pages of a SQLite file that nothing uses, without their table of contents."""
    content = file.read_bytes()
    size = int.from_bytes(content[16:18], "big")
    trunk, pages = int.from_bytes(content[32:36], "big"), []
    while trunk:
        page = content[(trunk - 1) * size : trunk * size]
        trunk, count = int.from_bytes(page[:4], "big"), int.from_bytes(page[4:8], "big")
        pages.append(page[8 + 4 * count :])
        for place in range(count):
            leaf = int.from_bytes(page[8 + 4 * place : 12 + 4 * place], "big")
            pages.append(content[(leaf - 1) * size : leaf * size])
    return pages


def test_erased_words_leave_the_index_for_good_and_the_rest_of_it_stays(
    store: SqlStore, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_index, "BLOCK_TEXTS", 16)
    hold(store, "secret", 99, "燻製の話")
    hold(store, "late", 100, "測量の話")
    prepare(store)
    assert {"燻", "燻製", "測量", "滞納"} <= indexed(file)
    store.redact("secret", texts=True, recordings=(), reason="consent_withdrawn", at=NOON)
    assert {"燻", "燻製"}.isdisjoint(indexed(file))
    assert "滞納" in indexed(file)
    assert not any(b"".join(free_pages(index_path(file))))
    everything = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert "燻製".encode() not in everything
    assert found(store, "燻製") == []
    assert found(store, "測量") == ["late"]
    assert found(store, "滞納")[0] == "c18"
    prepare(store)
    assert {"燻", "燻製"}.isdisjoint(indexed(file))
    assert {"測量", "滞納"} <= indexed(file)


def test_words_whose_erasure_was_cut_off_leave_the_index_at_the_next_opening(
    store: SqlStore, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(store, "secret", 99, "燻製の話")
    prepare(store)
    monkeypatch.setattr(sqlite_index.SqliteTextIndex, "forget", lambda *_: True)  # a crash before the drop
    monkeypatch.setattr(sql, "remove_traces", lambda *_, **__: None)
    store.redact("secret", texts=True, recordings=(), reason="consent_withdrawn", at=NOON)
    monkeypatch.undo()
    assert index_path(file).exists()
    SqlStore(sqlite_url(file)).close()
    assert not index_path(file).exists()


@pytest.mark.parametrize("texts", [True, False])
def test_a_later_erasure_does_not_pass_over_what_a_former_one_left(
    store: SqlStore, file: Path, monkeypatch: pytest.MonkeyPatch, texts: bool
) -> None:
    monkeypatch.setattr(sqlite_index, "BLOCK_TEXTS", 16)
    hold(store, "secret", 99, "燻製の話")
    prepare(store)
    with monkeypatch.context() as busy:
        for name in ("forget", "remove"):
            busy.setattr(sqlite_index.SqliteTextIndex, name, lambda *_: False)
        with pytest.raises(StoreError, match="写しがまだディスクに残っています"):
            store.redact("secret", texts=True, recordings=(), reason="consent_withdrawn", at=NOON)
    assert "燻製" in indexed(file)
    store.redact("c00", texts=texts, recordings=(), reason="consent_withdrawn", at=NOON)
    assert not index_path(file).exists() or "燻製" not in indexed(file)


def test_what_would_bring_words_back_into_an_index_made_anew_goes_first(
    store: SqlStore, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(store, "secret", 99, "燻製の話")
    prepare(store)
    journal = index_path(file).with_name(f"{index_path(file).name}-journal")
    journal.write_bytes("燻製".encode())
    unlink = Path.unlink

    def killed_after_one(path: Path, missing_ok: bool = False) -> None:
        unlink(path, missing_ok)
        raise OSError

    monkeypatch.setattr(Path, "unlink", killed_after_one)
    assert not sqlite_index.SqliteTextIndex(index_path(file)).remove()
    assert not journal.exists()


def test_an_index_that_somebody_is_reading_is_removed_whole(store: SqlStore, file: Path) -> None:
    hold(store, "secret", 99, "燻製の話")
    prepare(store)
    with closing(sqlite3.connect(index_path(file), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM reached").fetchall()
        store.redact("secret", texts=True, recordings=(), reason="consent_withdrawn", at=NOON)
    assert not index_path(file).exists()


def test_an_index_of_an_older_layout_is_made_anew(store: SqlStore, file: Path) -> None:
    with closing(sqlite3.connect(index_path(file))) as connection:
        connection.execute("CREATE VIRTUAL TABLE pairs USING fts5(text, content='', detail=none)")
        connection.execute("CREATE TABLE reached (id INTEGER NOT NULL, mark TEXT NOT NULL)")
        connection.execute("INSERT INTO reached VALUES (2, 'c00 said u1')")
        connection.commit()
    assert found(store, "滞納")[0] == "c18"
    prepare(store)
    assert "滞納" in indexed(file)


def test_the_index_of_another_database_is_not_used(store: SqlStore, file: Path, tmp_path: Path) -> None:
    prepare(store)
    other = tmp_path / "other" / file.name
    with closing(SqlStore(sqlite_url(other))) as restored:
        for number in range(30):
            hold(restored, f"d{number:02}", number, "滞納の話" if number == 0 else "別の話")
        shutil.copy(index_path(file), index_path(other))
        assert found(restored, "滞納") == ["d00"]
        prepare(restored)
        assert found(restored, "滞納") == ["d00"]


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough to be one" * 100])
def test_a_broken_index_is_made_anew(store: SqlStore, file: Path, content: bytes) -> None:
    expected = found(store, "滞納")
    index_path(file).write_bytes(content)
    assert found(store, "滞納") == expected
    prepare(store)
    assert found(store, "滞納") == expected
    with closing(sqlite3.connect(index_path(file))) as connection:
        assert connection.execute("SELECT count(*) FROM reached").fetchone() == (1,)


def test_an_older_file_learns_what_was_touched(store: SqlStore, file: Path) -> None:
    keep(
        store,
        "c00",
        LedgerEntry(programme="housing", state=LedgerState.UNTOLD, utterance_id=None, by="program"),
        LedgerEntry(programme="housing", state=LedgerState.TOLD, utterance_id=None, by="clerk"),
        Alert(protocol="dv", utterance_id="u1"),
    )
    summaries = store.summaries()
    store.close()
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(
            "DROP TABLE traits; UPDATE schema_version SET version = 1;"
            + "".join(
                f"ALTER TABLE consultations DROP COLUMN {name};"
                for name in ("review", "talk_ended_at", "submitted_at", "approved_at")
            )
        )
    with closing(SqlStore(sqlite_url(file))) as migrated:
        assert migrated.summaries() == summaries
        assert migrated.summary("c00").ledger == {"housing": LedgerState.TOLD}
        assert migrated.summary("c00").protocols == ("dv",)
        assert migrated.summary("c00").talk_ended_at == NOON
        assert migrated.verify() == []
