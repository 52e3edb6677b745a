"""Made-up knowledge for tests: any that the files could hold, and entries read from text."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from consult_assist.japanese.eras import lacks_year
from consult_assist.knowledge.entries import KnowledgeEntries
from consult_assist.knowledge.schema import (
    ContactTable,
    Line,
    ProgrammeTable,
    ProtocolTable,
    TermsTable,
    Url,
)
from consult_assist.knowledge.source import KnowledgeFile, ParsedFile

_ODD = st.sampled_from(
    ["=1+1", "#8008", "'さくら", '"引用"', "\\n", "0461", "＝", "1 行目\n2 行目", "+x", "#N/A", "[a]", "-"]
)
_NO_WIDTH = "\u00ad\u200b\u2060\ufeff"
"""Marks that are left out where a workbook is read."""
_WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=_NO_WIDTH), min_size=1, max_size=20
)
_TEXT = (_ODD | _WORDS).map(str.strip).filter(bool)
_IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
_DATES = st.dates(min_value=date(1926, 1, 1))
"""Before that Excel makes dates of figures, and they are refused in its cells."""
_KANA = st.text(st.sampled_from("アイウエオカキクケコー・ッャ"), min_size=1, max_size=8)


_LINE: TypeAdapter[str] = TypeAdapter(Line)
_URL: TypeAdapter[str] = TypeAdapter(Url)


def _accepted(value: str, kind: TypeAdapter[str]) -> bool:
    try:
        return kind.validate_python(value) == value
    except ValidationError:
        return False


texts = _TEXT.filter(lambda value: _accepted(value, _LINE))
urls = (st.just("https://例え.jp/%E3%81%82?a=1&b=2") | texts).filter(lambda value: _accepted(value, _URL))
names = st.fixed_dictionaries({"text": texts}, optional={"reading": _KANA})
sources = st.fixed_dictionaries({"url": urls, "as_of": texts, "kind": texts}, optional={"what": texts})
amounts = st.fixed_dictionaries(
    {
        "text": texts,
        "as_of": texts.filter(lambda value: not lacks_year(value)),
        "level": st.sampled_from(["公的", "二次", "未確認"]),
    },
    optional={"source_urls": st.lists(urls, max_size=3)},
)


def _lists(items: st.SearchStrategy[Any], minimum: int = 0) -> st.SearchStrategy[list[Any]]:
    return st.lists(items, min_size=minimum, max_size=3)


programmes = st.fixed_dictionaries(
    {"id": _IDS, "name": texts, "category": texts, "summary": texts, "names": _lists(names, 1)},
    optional={
        **{
            key: _lists(texts)
            for key in ("cues", "examples", "facts", "target", "documents", "questions", "laws")
        },
        "contacts": _lists(texts),
        "unverified": _lists(texts),
        "related": _lists(_IDS),
        "amounts": _lists(amounts),
        "misconceptions": _lists(st.fixed_dictionaries({"wrong": texts, "right": texts})),
        "sources": _lists(sources),
        "urgency": st.sampled_from(["通常", "要注意", "緊急"]),
        "owner": texts,
        "checked_on": _DATES,
        "review_by": _DATES,
        "based_on": texts,
    },
).map(ProgrammeTable.model_validate)
protocols = st.fixed_dictionaries(
    {"id": _IDS, "title": texts, "steps": _lists(texts, 1), "cues": _lists(texts, 1)},
    optional={
        "contacts": _lists(_IDS),
        "questions": _lists(texts),
        "gaps": _lists(texts),
        "sources": _lists(sources),
    },
).map(ProtocolTable.model_validate)
contacts = st.fixed_dictionaries(
    {"name": texts, "number": st.from_regex(r"[#0-9][0-9-]{2,11}", fullmatch=True)},
    optional={"note": texts, "local": st.booleans(), "source": sources},
).map(ContactTable.model_validate)
terms = st.fixed_dictionaries({"title": texts, "words": _lists(names, 1)}).map(TermsTable.model_validate)


@st.composite
def bases(draw: st.DrawFn) -> KnowledgeEntries:
    """Any knowledge at all."""
    return KnowledgeEntries(
        programmes={table.id: table for table in draw(st.lists(programmes, max_size=3))},
        protocols={table.id: table for table in draw(st.lists(protocols, max_size=2))},
        contacts=draw(st.dictionaries(_IDS, contacts, max_size=3)),
        terms=draw(st.dictionaries(_IDS, terms, max_size=2)),
        everyday=tuple(draw(st.lists(texts, unique=True, max_size=3))),
    )


def entries_from_texts(files: dict[str, str], *, office: bool = False) -> KnowledgeEntries:
    """Return programmes and protocols as their files would give them, without a disk."""
    entries = KnowledgeEntries()
    kinds: dict[str, type[BaseModel]] = {"programmes": ProgrammeTable, "protocols": ProtocolTable}
    for name, text in files.items():
        kind, _, stem = name.partition("/")
        file = KnowledgeFile(
            path=Path(f"{name}.toml"),
            relative=f"{name}.toml",
            office=office,
            kind=kind,
            content=text.encode(),
        )
        table = tomllib.loads(text)
        entries.files[kind, stem] = ParsedFile(file=file, text=text, table=table)
        getattr(entries, kind)[stem] = kinds[kind].model_validate(table)
    return entries
