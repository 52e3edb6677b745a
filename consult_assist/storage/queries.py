"""A query → the consultations that fit it, newest first; by SQL, or over values in memory."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, func, or_, select, tuple_

from consult_assist.domain.archive import FoundRecord, FoundText, RecordQuery
from consult_assist.domain.consultation import ConsultationSummary
from consult_assist.storage.chain import text_from_time
from consult_assist.storage.projection import searchable
from consult_assist.storage.rows import read_summaries
from consult_assist.storage.sqlite_index import NewText, SqliteTextIndex, gaps
from consult_assist.storage.tables import SUMMARIES, consultations, texts, traits

ROWS_TRIED = (2000, 10_000)
"""How many of the newest rows with a common word are tried, before all consultations are searched."""
_TAKEN_IN = 500
"""Texts taken into the index at a time: about a tenth of a second, for which whoever writes has to wait."""
_SHOWN_FIRST = {"written": 0, "said": 1, "about": 2}
_ESCAPE = "/"
_noted_texts = texts.alias()
"""The texts under a second name, for queries that join the headline from the same table."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The rows of `texts` that may hold a word.

    Attributes:
        ids: the newest of them.
        since: of consultations begun after this, no row is missing here; None where none is missing at all.
    """

    ids: Sequence[int]
    since: str | None = None


Lookup = Callable[[str, int], Candidates | None]
"""A word and a number → at most so many rows that may hold it; None where that is not known."""
_Word = tuple[str, frozenset[str] | None]
"""A word to be found, and the fields of the record it has to stand in; None is anywhere."""


def find_records(
    connection: Connection,
    query: RecordQuery,
    lookup: Lookup,
    *,
    limit: int | None,
    after: ConsultationSummary | None = None,
) -> list[FoundRecord]:
    """Return a page of consultations that fit, newest first, each with a text in which a word stands.

    Args:
        connection: where.
        query: what they must be.
        lookup: says where to look for words.
        limit: how many at most; None returns all.
        after: the last one of the page before.
    """
    for conditions, certain in _plans(connection, query, lookup):
        wanted = SUMMARIES.where(*conditions).order_by(
            consultations.c.started_at.desc(), consultations.c.id.desc()
        )
        if after is not None:
            place = (text_from_time(after.started_at), after.id)
            wanted = wanted.where(tuple_(consultations.c.started_at, consultations.c.id) < place)
        rows = connection.execute(wanted if limit is None else wanted.limit(limit)).all()
        if certain or len(rows) == limit:
            break
    found = _found_texts(connection, [row.id for row in rows], query) if limit is not None else {}
    return [
        FoundRecord(summary=summary, text=found.get(summary.id))
        for summary in read_summaries(connection, rows)
    ]


def count_records(connection: Connection, query: RecordQuery, lookup: Lookup) -> int:
    """Return how many consultations fit."""
    *_, (conditions, _) = _plans(connection, query, lookup)
    wanted = select(func.count()).select_from(consultations).where(*conditions)
    return int(connection.execute(wanted).scalar_one())


def _plans(
    connection: Connection, query: RecordQuery, lookup: Lookup
) -> Iterator[tuple[list[ColumnElement[bool]], bool]]:
    """Yield conditions to try one after the other, and whether they find everything that fits.

    A rare word names the few consultations that have it. Where all words are common, only the newest rows are
    tried at first, as one page of them is likely to be enough. A word of which nothing is known is searched
    for in each consultation that the others leave.
    """
    asked = list(_conditions(query))
    words = _wanted_words(query)
    for limit in ROWS_TRIED if words else ():
        whole: list[set[str]] = []
        newest: list[set[str]] = []
        since, unknown, common = "", [], []
        for word, names in words:
            where = lookup(word, limit)
            if where is None:
                unknown.append(_says(word, names))
                continue
            found = _consultations_with(connection, word, names, where.ids)
            if where.since is None:
                whole.append(found)
            else:
                newest.append(found)
                common.append(_says(word, names))
                since = max(since, where.since)
        if whole:
            among = consultations.c.id.in_(sorted(set.intersection(*whole)))
            yield [*asked, *unknown, *common, among], True
            return
        if not newest:
            break
        among = consultations.c.id.in_(sorted(set.intersection(*newest)))
        yield [*asked, *unknown, among, consultations.c.started_at > since], False
    yield [*asked, *(_says(word, names) for word, names in words)], True


def _consultations_with(
    connection: Connection, word: str, names: frozenset[str] | None, ids: Sequence[int]
) -> set[str]:
    rows = select(_noted_texts.c.consultation_id).where(*_holds_row(word, names))
    return set(connection.execute(rows.where(_noted_texts.c.id.in_(ids))).scalars())


def no_candidates(word: str, limit: int) -> None:
    """Return None: without an index nothing is known of any word."""


def rows_with(connection: Connection, index: SqliteTextIndex, word: str, limit: int) -> Candidates | None:
    """Return the rows that may hold a word, also among those that the index has not reached."""
    known = index.rows_with(word, limit, partial(_marks, connection))
    if known is None or not known.reached:
        return None
    late: list[int] = []
    for begin, end in reversed(_gaps(connection, known.reached)):
        holds = texts.c.text.contains(word, autoescape=True)
        wanted = select(texts.c.id).where(texts.c.id.between(begin, end), texts.c.source != "headline", holds)
        late += connection.execute(wanted.order_by(texts.c.id.desc()).limit(limit - len(late))).scalars()
        if len(late) == limit:
            break
    ids = sorted((*known.ids, *late), reverse=True)[:limit]
    whole = len(known.ids) < limit and len(late) < limit
    return Candidates(ids, None if whole else _begun_before(connection, ids[-1]))


def _begun_before(connection: Connection, text_id: int) -> str:
    """Return when the newest consultation began that was there when a text was written."""
    of_before = exists().where(  # the first one tells when it began; a case number may be set years later
        _noted_texts.c.consultation_id == texts.c.consultation_id,
        _noted_texts.c.source == "about",
        _noted_texts.c.id < texts.c.id,
    )
    query = (
        select(consultations.c.started_at)
        .join(texts, texts.c.consultation_id == consultations.c.id)
        .where(texts.c.id <= text_id, texts.c.source == "about", ~of_before)
        .order_by(texts.c.id.desc())
        .limit(1)
    )
    return str(connection.execute(query).scalar_one())


def take_in_texts(connection: Connection, index: SqliteTextIndex) -> bool:
    """Take the next texts into the index, a new one if it is of another database; say whether more wait."""
    reached = index.reached(partial(_marks, connection))
    if not (reached or index.remove()):
        return False
    waiting = _gaps(connection, reached)
    for begin, end in waiting:
        wanted = select(texts).where(texts.c.id.between(begin, end)).order_by(texts.c.id).limit(_TAKEN_IN)
        if rows := connection.execute(wanted).all():
            more = rows[-1].id < waiting[-1][1]
            return index.take_in([_new_text(row) for row in rows]) and more
    return False


def _new_text(row: Row[Any]) -> NewText:
    text = "" if row.source == "headline" else row.text
    return NewText(id=row.id, mark=_mark_of(row), text=text)


def _gaps(connection: Connection, reached: Mapping[int, int]) -> list[tuple[int, int]]:
    return gaps(reached, connection.execute(select(func.max(texts.c.id))).scalar() or 0)


def _marks(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    rows = connection.execute(select(texts).where(texts.c.id.in_(list(ids))))
    return {row.id: _mark_of(row) for row in rows}


def _mark_of(row: Row[Any]) -> str:
    return f"{row.consultation_id} {row.source} {row.key}"


def fits(summary: ConsultationSummary, noted: Iterable[FoundText], query: RecordQuery) -> bool:
    """Return whether a consultation is what a query asks for."""
    noted = tuple(noted)
    asked = (
        summary.purpose in query.purposes,
        query.state is None or summary.state is query.state,
        query.reviews is None or summary.review in query.reviews,
        query.programmes is None or not query.programmes.isdisjoint(summary.ledger),
        query.protocols is None or not query.protocols.isdisjoint(summary.protocols),
        query.since is None or summary.started_at >= query.since,
        query.until is None or summary.started_at < query.until,
        query.operator is None or searchable(query.operator) in searchable(summary.operator),
        query.case_number is None or searchable(query.case_number) in searchable(summary.case_number or ""),
    )
    return all(asked) and all(
        any(_holds(text, word, names) for text in noted) for word, names in _wanted_words(query)
    )


def first_text(noted: Iterable[FoundText], query: RecordQuery) -> FoundText | None:
    """Return the text to show for a consultation that fits: from the record before what was said."""
    words = _wanted_words(query)
    found = [text for text in noted if any(_holds(text, word, names) for word, names in words)]
    return min(found, key=lambda text: _SHOWN_FIRST[text.source], default=None)


def _wanted_words(query: RecordQuery) -> list[_Word]:
    anywhere: list[_Word] = [(searchable(word), None) for word in query.words]
    return anywhere + [(searchable(item.word), item.names) for item in query.fields]


def _holds(text: FoundText, word: str, names: frozenset[str] | None) -> bool:
    return word in text.text and (names is None or (text.source == "written" and text.key in names))


def _conditions(query: RecordQuery) -> Iterator[ColumnElement[bool]]:
    column = consultations.c
    yield column.purpose.in_(sorted(query.purposes))
    if query.state is not None:
        yield column.state == query.state.value
    if query.reviews is not None:
        yield column.review.in_(sorted(query.reviews))
    if query.since is not None:
        yield column.started_at >= text_from_time(query.since)
    if query.until is not None:
        yield column.started_at < text_from_time(query.until)
    for kind, names in (("programme", query.programmes), ("protocol", query.protocols)):
        if names is not None:
            yield _touches(kind, names)
    if query.operator is not None:
        yield _noted(f"%{_escaped(query.operator)}%\n%")
    if query.case_number is not None:
        yield _noted(f"%\n%{_escaped(query.case_number)}%")


def _touches(kind: str, names: frozenset[str]) -> ColumnElement[bool]:
    return exists().where(
        traits.c.consultation_id == consultations.c.id,
        traits.c.kind == kind,
        traits.c.name.in_(sorted(names)),
    )


def _noted(pattern: str) -> ColumnElement[bool]:
    """Return the condition that the text of clerk and case number, on a line each, fits a pattern."""
    return exists().where(
        _noted_texts.c.consultation_id == consultations.c.id,
        _noted_texts.c.source == "about",
        _noted_texts.c.text.like(pattern, escape=_ESCAPE),
    )


def _escaped(part: str) -> str:
    plain = searchable(part).replace(_ESCAPE, _ESCAPE * 2)
    return plain.replace("%", f"{_ESCAPE}%").replace("_", f"{_ESCAPE}_")


def _says(word: str, names: frozenset[str] | None) -> ColumnElement[bool]:
    return exists().where(_noted_texts.c.consultation_id == consultations.c.id, *_holds_row(word, names))


def _holds_row(word: str, names: frozenset[str] | None) -> list[ColumnElement[bool]]:
    holds = [
        _noted_texts.c.source != "headline",
        _noted_texts.c.text.contains(word, autoescape=True),
    ]
    if names is not None:
        holds += [_noted_texts.c.source == "written", _noted_texts.c.key.in_(sorted(names))]
    return holds


def _found_texts(
    connection: Connection, consultation_ids: Sequence[str], query: RecordQuery
) -> Mapping[str, FoundText]:
    words = _wanted_words(query)
    if not (words and consultation_ids):
        return {}
    wanted = select(texts).where(
        texts.c.consultation_id.in_(consultation_ids),
        texts.c.source != "headline",
        or_(*(texts.c.text.contains(word, autoescape=True) for word, _ in words)),
    )
    noted: dict[str, list[FoundText]] = {}
    for row in connection.execute(wanted.order_by(texts.c.id)):
        text = FoundText(source=row.source, key=row.key, text=row.text)
        noted.setdefault(row.consultation_id, []).append(text)
    found = {key: first_text(some, query) for key, some in noted.items()}
    return {key: text for key, text in found.items() if text is not None}
