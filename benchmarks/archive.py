"""Measure a large archive: opening a record, the list, the first hits of a search, a year's statistics.

    python benchmarks/archive.py [--records 50000] [--utterances 40] [--folder FOLDER]

The consultations are made up: sentences of benchmarks/guidance/situations.toml with invented names and sums,
a ledger, now and then an alert, a record, ten years. They are sealed and projected as the store does it, but
written together. A folder that is named is filled once and used again.
"""

import argparse
import random
import statistics
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, update

from consult_assist.app.records import documents
from consult_assist.app.records.archive import PAGE
from consult_assist.app.records.statistics import count_period
from consult_assist.app.settings import read_settings
from consult_assist.app.wiring import build_workplace
from consult_assist.app.workplace import Workplace
from consult_assist.domain.archive import RecordQuery
from consult_assist.domain.consultation import Consent, ConsultationSummary, Finished, Started
from consult_assist.domain.events import Event
from consult_assist.domain.guidance import Alert, LedgerEntry, LedgerState
from consult_assist.domain.record import ConsultationRecord, LineKind, RecordField, RecordLine
from consult_assist.domain.speech import Speaker, Utterance
from consult_assist.knowledge.loader import load_knowledge
from consult_assist.resources import shipped_folder
from consult_assist.storage.chain import EMPTY_CHAIN, SealedEvent, seal
from consult_assist.storage.projection import search_texts, summary_after
from consult_assist.storage.sql import SqlStore
from consult_assist.storage.sqlite import sqlite_url
from consult_assist.storage.tables import (
    chain_head,
    consultations,
    events,
    row_from_sealed,
    row_from_summary,
    texts,
    trait_rows,
    traits,
)

_SENTENCES = Path(__file__).parent / "guidance" / "situations.toml"
_FIRST_DAY = datetime(2016, 4, 1, 0, 0, tzinfo=UTC)
_DAYS = 3650
_TOGETHER = 500
_RARE = {"燻製": 5, "蓄電池": 5, "熱帯魚屋": 5}
"""Word → number of consultations in which it is said once."""
_SOME = {"測量": 500, "自転車店": 500}
_WORDS = (
    ("common", "家賃"),
    ("common", "児童扶養手当"),
    ("said in 1 %", "測量"),
    ("said in 1 %", "自転車店"),
    ("said 5 times", "燻製"),
    ("said 5 times", "蓄電池"),
    ("said 5 times", "熱帯魚屋"),
    ("absent", "彗星"),
    ("absent", "天体望遠鏡"),
    ("one character", "燻"),
    ("two words", "家賃 燻製"),
)
_NAME_KANJI = "佐藤鈴木高橋田中伊渡辺山本村小林加吉松井斎清崎森池阿部石川前岡長谷後近坂遠青西福太三浦原野"


class Archive:
    """Made-up consultations, the same every time."""

    def __init__(self, records: int, utterances: int) -> None:
        knowledge = load_knowledge(shipped_folder("knowledge"))
        self._programmes = sorted(knowledge.programmes)
        self._names = {key: programme.name for key, programme in knowledge.programmes.items()}
        self._protocols = sorted(knowledge.protocols)
        self._sentences = [
            item["text"] for item in tomllib.loads(_SENTENCES.read_text(encoding="utf-8"))["sentences"]
        ]
        self._records, self._utterances = records, utterances
        self._random = random.Random(7)
        self._marked: dict[int, list[str]] = {}
        for word, times in (_RARE | _SOME).items():
            for number in self._random.sample(range(records), min(times, records)):
                self._marked.setdefault(number, []).append(word)

    def consultations(self) -> Iterator[tuple[str, datetime, list[Event]]]:
        """Yield id, time and events, the oldest first."""
        for number in range(self._records):
            at = _FIRST_DAY + timedelta(days=_DAYS * number / self._records, hours=self._random.uniform(0, 8))
            name = f"{at:%Y%m%d-%H%M%S}-{number:05x}"
            yield name, at, list(self._events(name, at, number))

    def _events(self, name: str, at: datetime, number: int) -> Iterator[Event]:
        some = self._random
        operator = "".join(some.choices(_NAME_KANJI, k=2))
        case = f"R{at.year - 2018}-{number}" if number % 3 == 0 else None
        yield Started(
            id=name,
            started_at=at,
            operator=operator,
            source="none",
            consent=Consent.RECORDED,
            case_number=case,
        )
        said = some.choices(self._sentences, k=self._utterances)
        for place, word in enumerate(self._marked.get(number, ())):
            said[place] += f"。それから{word}のこともあります"
        for place, text in enumerate(said):
            whole = f"{text}。{''.join(some.choices(_NAME_KANJI, k=3))}さんに{some.randint(1, 999)}円です"
            yield _said(place, whole)
        touched = some.sample(self._programmes, k=some.randint(2, 7))
        for programme in touched:
            state = some.choice((LedgerState.TOLD, LedgerState.TOLD, LedgerState.UNTOLD, LedgerState.CHECK))
            yield LedgerEntry(programme=programme, state=state, utterance_id="u0001", by="program")
        if number % 20 == 0:
            yield Alert(protocol=some.choice(self._protocols), utterance_id="u0002")
        yield _record(said, [self._names[programme] for programme in touched])
        yield Finished(duration_s=1800.0)


def _said(place: int, text: str) -> Utterance:
    return Utterance(
        id=f"u{place:04}",
        channel=0,
        speaker=Speaker.CLERK if place % 3 == 0 else Speaker.RESIDENT,
        start_s=place * 6.0,
        end_s=place * 6.0 + 5.0,
        heard=text,
        text=text,
    )


def _record(said: Sequence[str], names: Sequence[str]) -> ConsultationRecord:
    quoted = tuple(RecordLine(text=text, kind=LineKind.QUOTED, utterance_ids=("u0001",)) for text in said[:8])
    told = tuple(RecordLine(text=f"{name}：説明済", kind=LineKind.CONDENSED) for name in names)
    return ConsultationRecord(
        template="madoguchi",
        fields=(
            RecordField(name="chief_complaint", label="主訴", lines=quoted[:1]),
            RecordField(name="hearing", label="聴取内容", lines=quoted),
            RecordField(name="guidance", label="案内した制度", lines=told),
        ),
    )


def fill(store: SqlStore, archive: Archive) -> int:
    """Write an archive into an empty store, many consultations in one transaction; return the events."""
    head, rows = EMPTY_CHAIN, _Rows()
    for name, at, happened in archive.consultations():
        summary: ConsultationSummary | None = None
        for event in happened:
            sealed = seal(head, name, event, at=at, at_s=1.0, sound_s=1.0)
            head = sealed.head
            summary = summary_after(summary, name, event, at)
            rows.add(name, sealed, event)
        assert summary is not None
        rows.close(summary)
        if len(rows.consultations) >= _TOGETHER:
            rows.write(store)
            rows = _Rows(next_text=rows.next_text)
    rows.write(store)
    with store._transaction(writes=True) as connection:  # noqa: SLF001 - the fast path
        connection.execute(update(chain_head).values(position=head.position, hash=head.hash))
    return head.position


class _Rows:
    """Rows that wait to be written together."""

    def __init__(self, next_text: int = 1) -> None:
        self.next_text = next_text
        self.consultations: list[dict[str, Any]] = []
        self._events: list[dict[str, Any]] = []
        self._texts: list[dict[str, Any]] = []
        self._traits: list[dict[str, Any]] = []

    def add(self, name: str, sealed: SealedEvent, event: Event) -> None:
        self._events.append(row_from_sealed(sealed))
        for text in search_texts(event):
            self._add_text(name, text.source, text.key, text.text)

    def close(self, summary: ConsultationSummary) -> None:
        headline = self._add_text(summary.id, "headline", "", summary.headline)
        self.consultations.append(row_from_summary(summary) | {"headline_id": headline})
        for (kind, trait), state in trait_rows(summary).items():
            row = {"consultation_id": summary.id, "kind": kind, "name": trait, "state": state}
            self._traits.append(row)

    def _add_text(self, name: str, source: str, key: str, text: str) -> int:
        number = self.next_text
        self.next_text += 1
        row = {"id": number, "consultation_id": name, "source": source, "key": key, "text": text}
        self._texts.append(row)
        return number

    def write(self, store: SqlStore) -> None:
        tables = (consultations, events, texts, traits)
        rows = (self.consultations, self._events, self._texts, self._traits)
        with store._transaction(writes=True) as connection:  # noqa: SLF001 - the fast path
            for table, some in zip(tables, rows, strict=True):
                if some:
                    connection.execute(insert(table), some)


def measure(act: Callable[[], object], times: int) -> tuple[float, float, float]:
    """Return median and 95th percentile in milliseconds, and the median of the processor's time.

    A first time does not count.
    """
    act()
    taken, worked = [], []
    for _ in range(times):
        begun, begun_work = time.perf_counter(), time.process_time()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
        worked.append((time.process_time() - begun_work) * 1000)
    return statistics.median(taken), sorted(taken)[round(0.95 * (times - 1))], statistics.median(worked)


def print_figures(workplace: Workplace, times: int) -> None:
    """Print a table of what a clerk waits for."""
    store = workplace.store
    names = [item.summary.id for item in store.find(RecordQuery(), limit=20_000)]
    some = random.Random(3)
    print("| what | median | p95 | of it work |\n|---|---|---|---|")
    _print_row(
        "open one record", measure(lambda: documents.open_record(workplace, some.choice(names)), times)
    )
    _print_row("first page of the list", measure(lambda: store.find(RecordQuery(), limit=PAGE), times))
    last = store.summary(names[-1])
    _print_row("a page far down", measure(lambda: store.find(RecordQuery(), limit=PAGE, after=last), times))
    _print_row("number of all", measure(lambda: store.count(RecordQuery()), times))
    for kind, words in _WORDS:
        query = RecordQuery(words=tuple(words.split()))
        found = len(store.find(query, limit=PAGE))
        figures = measure(lambda query=query: store.find(query, limit=PAGE), times)  # type: ignore[misc]
        _print_row(f"search {words} ({kind}; {found} on the first page)", figures)
    year = RecordQuery(
        since=datetime(2024, 4, 1, tzinfo=UTC),
        until=datetime(2025, 4, 1, tzinfo=UTC),
        purposes=frozenset({"consultation"}),
    )
    days = date(2024, 4, 1), date(2025, 4, 1)
    _print_row("statistics of a year", measure(lambda: count_period(workplace, *days), times))
    for kind, query in (
        ("programme", RecordQuery(programmes=frozenset({"jidou-fuyou-teate"}))),
        ("protocol", RecordQuery(protocols=frozenset({"dv"}))),
        ("month", replace(year, until=datetime(2024, 5, 1, tzinfo=UTC))),
        ("clerk that nobody is", RecordQuery(operator="彗星")),
    ):
        figures = measure(lambda query=query: store.find(query, limit=PAGE), times)  # type: ignore[misc]
        _print_row(f"filter by {kind}", figures)


def _print_row(what: str, figures: tuple[float, float, float]) -> None:
    median, high, work = figures
    print(f"| {what} | {median:.0f} ms | {high:.0f} ms | {work:.0f} ms |", flush=True)


def prepare(store: SqlStore) -> float:
    """Take all texts into the index and return how long that took."""
    begun = time.perf_counter()
    while store.prepare_search():
        pass
    return time.perf_counter() - begun


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--records", type=int, default=50_000)
    parser.add_argument("--utterances", type=int, default=40)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--folder", type=Path, help="data folder to fill or to use again")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.folder or Path(scratch)
        file = folder / "records.sqlite3"
        if not file.is_file():
            with closing(SqlStore(sqlite_url(file))) as store:
                begun = time.perf_counter()
                count = fill(store, Archive(arguments.records, arguments.utterances))
                print(f"{arguments.records} records, {count} events: {time.perf_counter() - begun:.0f} s")
                print(f"index: {prepare(store):.0f} s")
        for path in sorted(folder.glob("records*")):
            print(f"{path.name}: {path.stat().st_size / 1e6:.0f} MB")
        workplace = build_workplace(replace(read_settings(None, {}), data_folder=folder))
        print_figures(workplace, arguments.times)


if __name__ == "__main__":
    main()
