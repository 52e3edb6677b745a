"""What may stand in a knowledge file, and how it becomes the program's own values."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    field_validator,
    model_validator,
)

from consult_assist.counter.stated import FACT_LABELS
from consult_assist.domain import knowledge as nouns

_UNSEEN = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f\\ufffe\\uffff]")
"""Characters that no sheet can hold."""
_MAX_CHARS = 4000


def _without_unseen(value: str) -> str:
    if _UNSEEN.search(value):
        raise ValueError("目に見えない文字が入っています。書き直してください。")
    return value


def _one_word(value: str) -> str:
    if re.search(r"\s", value):
        raise ValueError("URL の中に空白や改行があります。取ってください。")
    return value


def _fact_name(value: str) -> str:
    if value not in FACT_LABELS:
        raise ValueError(f"{'、'.join(map(repr, FACT_LABELS))} のどれかを書いてください。")
    return value


Line = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=_MAX_CHARS), AfterValidator(_without_unseen)
]
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=_MAX_CHARS),
    AfterValidator(_without_unseen),
]
Url = Annotated[Text, AfterValidator(_one_word)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Urgency = Literal["通常", "要注意", "緊急"]
FigureLevel = Literal["公的", "二次", "未確認"]
URGENCIES: tuple[str, ...] = get_args(Urgency)
FIGURE_LEVELS: tuple[str, ...] = get_args(FigureLevel)
FillRule = Literal[
    "reception", "chief_complaint", "hearing", "account", "danger", "intent", "wish",
    "guidance", "response", "measures", "next",
]  # fmt: skip
FactName = Annotated[str, AfterValidator(_fact_name)]
_KATAKANA = re.compile(r"[ァ-ヶー・]+")


_PROGRAMME = TypeAdapter(nouns.Programme)
_PROTOCOL = TypeAdapter(nouns.DangerProtocol)
_CONTACT = TypeAdapter(nouns.Contact)
_NAMES = TypeAdapter(tuple[nouns.Name, ...])
_TEMPLATE = TypeAdapter(nouns.Template)


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceTable(_Table):
    """Where a statement comes from."""

    url: Url
    as_of: Text
    kind: Text
    what: Line = ""


class AmountTable(_Table):
    """A figure with its as-of date."""

    text: Text
    as_of: Text
    level: FigureLevel
    source_urls: tuple[Url, ...] = ()


class NameTable(_Table):
    """A name: plain text, or a table with a reading."""

    text: Text
    reading: Line | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_plain_text(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value

    @field_validator("reading")
    @classmethod
    def _katakana(cls, value: str | None) -> str | None:
        if value is not None and not _KATAKANA.fullmatch(value):
            raise ValueError("読みはカタカナで書いてください。")
        return value


class MisconceptionTable(_Table):
    """A common error and its correction."""

    wrong: Text
    right: Text


class ProgrammeTable(_Table):
    """`programmes/<id>.toml`."""

    id: Id
    name: Text
    category: Text
    summary: Text
    names: Annotated[tuple[NameTable, ...], Field(min_length=1)]
    cues: tuple[Text, ...] = ()
    examples: tuple[Text, ...] = ()
    facts: tuple[Text, ...] = ()
    target: tuple[Text, ...] = ()
    amounts: tuple[AmountTable, ...] = ()
    documents: tuple[Text, ...] = ()
    questions: tuple[Text, ...] = ()
    contacts: tuple[Text, ...] = ()
    laws: tuple[Text, ...] = ()
    related: tuple[Id, ...] = ()
    misconceptions: tuple[MisconceptionTable, ...] = ()
    sources: tuple[SourceTable, ...] = ()
    unverified: tuple[Text, ...] = ()
    urgency: Urgency = "通常"
    owner: Line = ""
    checked_on: date | None = None
    review_by: date | None = None
    based_on: Line = ""

    def to_domain(self) -> nouns.Programme:
        """Return the checked value."""
        return _PROGRAMME.validate_python(self.model_dump())


class ProtocolTable(_Table):
    """`protocols/<id>.toml`."""

    id: Id
    title: Text
    steps: Annotated[tuple[Text, ...], Field(min_length=1)]
    contacts: tuple[Id, ...] = ()
    cues: Annotated[tuple[Text, ...], Field(min_length=1)]
    examples: tuple[Text, ...] = ()
    harmless: tuple[Text, ...] = ()
    questions: tuple[Text, ...] = ()
    gaps: tuple[Text, ...] = ()
    sources: tuple[SourceTable, ...] = ()
    based_on: Line = ""

    def to_domain(self) -> nouns.DangerProtocol:
        """Return the checked value."""
        return _PROTOCOL.validate_python(self.model_dump())


class ContactTable(_Table):
    """One table of `contacts.toml`; its header is the id."""

    name: Text
    number: Line | None = None
    note: Line = ""
    local: bool = False
    source: SourceTable | None = None

    @field_validator("source", mode="before")
    @classmethod
    def _no_source(cls, value: Any) -> Any:
        return None if value == {} else value

    @field_validator("number")
    @classmethod
    def _number(cls, value: str | None) -> str | None:
        number = unicodedata.normalize("NFKC", value or "").strip()
        if number and not any(sign.isdigit() for sign in number):
            raise ValueError('電話番号に数字がありません。分からなければ空（""）のままにしてください。')
        return number or None

    @model_validator(mode="after")
    def _national_has_number_and_source(self) -> "ContactTable":
        if not self.local and self.number is None:
            raise ValueError("番号がありません。地域ごとの窓口なら local = true と書いてください。")
        return self

    def to_domain(self, contact_id: str) -> nouns.Contact:
        """Return the checked value."""
        return _CONTACT.validate_python({"id": contact_id, **self.model_dump()})


class TermsTable(_Table):
    """`terms/<id>.toml`: words that matter at the counter."""

    title: Text
    words: Annotated[tuple[NameTable, ...], Field(min_length=1)]
    based_on: Line = ""

    def to_domain(self) -> tuple[nouns.Name, ...]:
        """Return the checked value."""
        return _NAMES.validate_python(self.model_dump()["words"])


class EverydayTable(_Table):
    """`everyday.toml`: sentences that must raise nothing."""

    title: Line = ""
    examples: Annotated[tuple[Text, ...], Field(min_length=1)]


class CueWordsTable(_Table):
    """`cue-words.toml`: word groups that cues name, and frames of talk that raises no protocol."""

    title: Line = ""
    groups: dict[Line, Annotated[tuple[Text, ...], Field(min_length=1)]] = {}
    frames: dict[Line, Annotated[tuple[Text, ...], Field(min_length=1)]] = {}


class TemplateFieldTable(_Table):
    """One field of a record template."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    label: Text
    fill: FillRule | None = None
    hint: Line = ""
    type: nouns.FieldType = "text"
    choices: tuple[Text, ...] = ()
    required: bool = False
    facts: tuple[FactName, ...] = ()
    official: bool | None = None

    @model_validator(mode="after")
    def _choices_to_choose_from(self) -> "TemplateFieldTable":
        if (self.type in {"choice", "multi"}) != bool(self.choices):
            raise ValueError(
                '選ぶ欄は、type = "choice"（1 つ）か "multi"（いくつでも）と choices を両方書いてください。'
            )
        return self

    def whole_hint(self) -> str:
        """Return the hint with what can be chosen and what must be filled in."""
        choices = "／".join(self.choices)
        hint = f"{self.hint}（{choices}）" if self.hint and choices else self.hint or choices
        return f"※必須　{hint}".rstrip() if self.required else hint


class TemplateTable(_Table):
    """`templates/<id>.toml`."""

    id: Id
    name: Text
    official: bool = False
    note: Line = ""
    sources: tuple[SourceTable, ...] = ()
    fields: Annotated[tuple[TemplateFieldTable, ...], Field(min_length=1)]

    @field_validator("fields")
    @classmethod
    def _unique(cls, value: tuple[TemplateFieldTable, ...]) -> tuple[TemplateFieldTable, ...]:
        names = [field.name for field in value]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"同じ名前の欄が 2 つあります: {'、'.join(twice)}")
        return value

    def to_domain(self) -> nouns.Template:
        """Return the checked value."""
        fields = [{**field.model_dump(), "hint": field.whole_hint()} for field in self.fields]
        return _TEMPLATE.validate_python({**self.model_dump(), "fields": fields})


_MESSAGES = {
    "missing": "この項目がありません。書き足してください。",
    "extra_forbidden": "知らない項目です。つづりを確かめてください。",
    "string_type": '文字で書き、「"」で囲んでください。',
    "string_too_long": f"長すぎます。{_MAX_CHARS} 字までにしてください。",
    "string_too_short": "空のままです。書き入れるか、行を消してください。",
    "string_pattern_mismatch": "半角の英小文字・数字・「-」だけで書いてください。",
    "tuple_type": "「[」と「]」で囲み、「,」で区切って並べてください。",
    "too_short": "1 つ以上書いてください。",
    "bool_type": "true か false と書いてください。",
    "bool_parsing": "true か false と書いてください。",
    "model_type": "項目の表（[[…]] や { … }）で書いてください。",
}


def message_for(error: Mapping[str, Any]) -> str:
    """Return one Japanese sentence for an error as pydantic reports it."""
    kind = str(error["type"])
    context = error.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "literal_error":
        choices = str(context["expected"]).replace(" or ", "、").replace(", ", "、")
        return f"{choices} のどれかを書いてください。"
    if kind.startswith("date"):
        return "日付は 2026-11-21 のように書いてください。"
    return _MESSAGES.get(kind, "値が正しくありません。")
