"""The sheets of the office's workbook: which column holds which key. Pure; Excel itself is `workbook.py`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from consult_assist.knowledge.entries import KnowledgeEntries
from consult_assist.knowledge.schema import FIGURE_LEVELS, URGENCIES

CellKind = Literal["text", "word", "date", "as_of", "lines", "flag"]
FLAG = "○"
BASED_ON = "based_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column; its title is what the clerk reads and what the import looks for.

    Attributes:
        key: key in the entry or in the item; "" where the item is the text itself.
        kind: `word` is folded to half width, `as_of` says when something held, `lines` holds one item a line.
        hidden: for the program alone.
        shown: repeats the entry's own name for the reader; it may stand in for a missing ID.
    """

    title: str
    key: str
    width: int = 30
    kind: CellKind = "text"
    choices: tuple[str, ...] = ()
    hidden: bool = False
    shown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: the entries of a kind, or (`part`) one of the lists that every entry holds.

    `may_lack` says that workbooks of earlier versions have no such sheet.
    """

    title: str
    kind: str
    about: str
    columns: tuple[Column, ...]
    part: str | None = None
    may_lack: bool = False


def _list(title: str, kind: str, part: str, about: str, *columns: Column, may_lack: bool = False) -> Sheet:
    return Sheet(title=title, kind=kind, part=part, about=about, columns=columns, may_lack=may_lack)


def _text(title: str, width: int = 70) -> Column:
    return Column(title=title, key="", width=width)


_MARK = Column(title="付属の版", key=BASED_ON, width=4, hidden=True)
_NAME = (Column(title="名前", key="text", width=34), Column(title="読み", key="reading", kind="word"))
_SOURCE = (
    Column(title="URL", key="url", width=60),
    Column(title="時点", key="as_of", width=26),
    Column(title="種類", key="kind", width=14),
    Column(title="内容", key="what", width=34),
)

SHEETS = (
    Sheet(
        title="制度",
        kind="programmes",
        about="1 行が 1 つの制度です。新しい制度もここに足します",
        columns=(
            Column(title="制度名", key="name", width=34),
            Column(title="分類", key="category", width=16),
            Column(title="急ぎ", key="urgency", width=9, kind="word", choices=URGENCIES),
            Column(title="説明", key="summary", width=60),
            Column(title="担当", key="owner", width=16),
            Column(title="確かめた日", key="checked_on", width=13, kind="date"),
            Column(title="見直し期限", key="review_by", width=13, kind="date"),
            _MARK,
        ),
    ),
    _list(
        "名前", "programmes", "names", "言われたらその制度を指す名前。読みは、辞書が読み違える時だけ", *_NAME
    ),
    _list(
        "言い方の例", "programmes", "examples", "名前を出さずに話されること。1 行に 1 文", _text("言い方", 90)
    ),
    _list("手がかり", "programmes", "cues", "その制度を思い出す言葉の組み合わせ", _text("手がかり", 90)),
    _list(
        "事実",
        "programmes",
        "facts",
        "聞き取ると、その制度らしくなること。家賃、子の年齢 0〜11歳",
        _text("事実"),
        may_lack=True,
    ),
    _list("対象", "programmes", "target", "対象になる人", _text("対象")),
    _list("質問", "programmes", "questions", "そのまま口に出せる、たずねること", _text("質問")),
    _list("書類", "programmes", "documents", "必要なもの", _text("書類")),
    _list("窓口", "programmes", "contacts", "連絡先の ID、または窓口の名前", _text("窓口")),
    _list(
        "金額",
        "programmes",
        "amounts",
        "金額や数字。時点と確かさが必ず要ります",
        Column(title="金額", key="text", width=70),
        Column(title="時点", key="as_of", width=26, kind="as_of"),
        Column(title="確かさ", key="level", width=10, kind="word", choices=FIGURE_LEVELS),
        Column(title="出典URL", key="source_urls", width=60, kind="lines"),
    ),
    _list(
        "誤解",
        "programmes",
        "misconceptions",
        "まちがえやすいことと、正しいこと",
        Column(title="誤り", key="wrong", width=50),
        Column(title="正しくは", key="right", width=50),
    ),
    _list("法令", "programmes", "laws", "根拠の法令", _text("法令")),
    _list(
        "関連",
        "programmes",
        "related",
        "関連する制度の ID",
        Column(title="関連する制度のID", key="", width=36, kind="word"),
    ),
    _list(
        "未確認", "programmes", "unverified", "資料で確かめられていないこと", _text("確かめられていないこと")
    ),
    _list("出典", "programmes", "sources", "制度の出典", *_SOURCE),
    Sheet(
        title="危険",
        kind="protocols",
        about="危険な言葉が出たときの手順",
        columns=(Column(title="題名", key="title", width=40), _MARK),
    ),
    _list(
        "危険の手順", "protocols", "steps", "先にすることから順に。1 つ目は 25 文字まで", _text("すること")
    ),
    _list("危険の言葉", "protocols", "cues", "手順を出す言葉の組み合わせ", _text("手がかり", 90)),
    _list(
        "危険の言い方", "protocols", "examples", "危険なときに話されること。1 行に 1 文", _text("言い方", 90)
    ),
    _list(
        "危険でない話",
        "protocols",
        "harmless",
        "危険に聞こえて、そうではない話。1 行に 1 文",
        _text("言い方", 90),
    ),
    _list("危険の質問", "protocols", "questions", "たずねること", _text("質問")),
    _list(
        "危険の連絡先",
        "protocols",
        "contacts",
        "連絡先の ID を、使う順に",
        Column(title="連絡先のID", key="", width=36, kind="word"),
    ),
    _list(
        "危険の未確認", "protocols", "gaps", "資料で確かめられていないこと", _text("確かめられていないこと")
    ),
    _list("危険の出典", "protocols", "sources", "手順の出典", *_SOURCE),
    Sheet(
        title="連絡先",
        kind="contacts",
        about="電話番号。「地域」が ○ の番号は、事務所で書き入れます",
        columns=(
            Column(title="連絡先の名前", key="name", width=40),
            Column(title="番号", key="number", width=20, kind="word"),
            Column(title="補足", key="note", width=50),
            Column(title="地域", key="local", width=8, kind="flag", choices=(FLAG,)),
            Column(title="URL", key="source.url", width=50),
            Column(title="時点", key="source.as_of", width=26),
            Column(title="種類", key="source.kind", width=14),
            Column(title="内容", key="source.what", width=30),
        ),
    ),
    Sheet(
        title="用語の一覧",
        kind="terms",
        about="用語のまとまり",
        columns=(Column(title="題名", key="title", width=40), _MARK),
    ),
    _list("用語", "terms", "words", "聞き違えやすい言葉を、正しい字で", *_NAME),
    Sheet(
        title="何も出さない話",
        kind="everyday",
        about="世間話やほかの窓口の用事。これに近い話では何も出しません。足した文だけを読み込みます",
        columns=(_text("言い方", 90),),
    ),
)
HEADS = {sheet.kind: sheet for sheet in SHEETS if sheet.part is None and sheet.kind != "everyday"}
ID = Column(title="ID", key="id", width=26, kind="word")


def owner_column(sheet: Sheet) -> Column:
    """Return the column of a list sheet that shows the entry's own name."""
    head = HEADS[sheet.kind].columns[0]
    return Column(title=head.title, key=head.key, width=30, shown=True)


def all_columns(sheet: Sheet) -> tuple[Column, ...]:
    """Return the columns as they stand in the sheet, from the left."""
    if sheet.kind == "everyday":
        return sheet.columns
    return (ID, *sheet.columns) if sheet.part is None else (ID, owner_column(sheet), *sheet.columns)


def label(kind: str, key: str) -> str:
    """Return the Japanese word for a key of an entry."""
    head = HEADS.get(kind)
    titles = {column.key: column.title for column in head.columns} if head else {}
    titles |= {sheet.part: sheet.title for sheet in SHEETS if sheet.kind == kind and sheet.part is not None}
    return {**titles, "source": "出典"}.get(key, key)


def tables_of(entries: KnowledgeEntries, kind: str) -> Mapping[str, BaseModel]:
    """Return the entries of one kind, by id."""
    tables: dict[str, Mapping[str, BaseModel]] = {
        "programmes": entries.programmes,
        "protocols": entries.protocols,
        "contacts": entries.contacts,
        "terms": entries.terms,
    }
    return tables[kind]


def rows_of(sheet: Sheet, entries: KnowledgeEntries) -> Iterator[list[Any]]:
    """Yield the cells of a sheet, row by row, without the titles."""
    if sheet.kind == "everyday":
        yield from ([text] for text in entries.everyday)
        return
    owner = HEADS[sheet.kind].columns[0]
    for entry_id, table in tables_of(entries, sheet.kind).items():
        if sheet.part is None:
            yield [entry_id, *(_cell(table, column) for column in sheet.columns)]
            continue
        for item in getattr(table, sheet.part):
            yield [entry_id, _cell(table, owner), *(_cell(item, column) for column in sheet.columns)]


def _cell(item: Any, column: Column) -> Any:
    for key in filter(None, column.key.split(".")):
        item = getattr(item, key, None)
    match column.kind:
        case "lines":
            return "\n".join(item) or None
        case "flag":
            return FLAG if item else None
        case _:
            return None if item == "" else item


def put(values: dict[str, Any], column: Column, value: Any) -> None:
    """Set one value where its key says, making the inner table of `source.url`."""
    *outer, key = column.key.split(".")
    for name in outer:
        values = values.setdefault(name, {})
    values[key] = value
