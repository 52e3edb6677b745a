"""`NAME.exercise.toml` ↔ Exercise: read and checked, its faults named, written."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import tomlkit
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from tomlkit.items import Array, InlineTable, Table

from consult_assist.domain import exercise as nouns
from consult_assist.domain.knowledge import KnowledgeBase, KnowledgeFault
from consult_assist.domain.record import ReadbackKind
from consult_assist.domain.speech import Speaker
from consult_assist.errors import ExerciseError
from consult_assist.knowledge.report import fault_line
from consult_assist.knowledge.schema import FactName, Id, Text, message_for
from consult_assist.knowledge.source import KnowledgeFile, parse_file

SUFFIX = ".exercise.toml"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MESSAGES = {
    "greater_than_equal": "0 以上の数を書いてください。",
    "float_type": "数で書いてください。",
    "float_parsing": "数で書いてください。",
    "too_long": "多すぎます。4 つまでにしてください。",
}
FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\.(?:ogg|opus|flac|wav)$")]
FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FactTable(_Table):
    """A value that a line states."""

    name: FactName
    value: int | Text


class ReadbackTable(_Table):
    """Something in a line to be read back."""

    kind: ReadbackKind
    value: int | Text


class LineTable(_Table):
    """One utterance."""

    speaker: Literal["clerk", "resident"]
    channel: Literal[0, 1] = 0
    start_s: Annotated[float, Field(ge=0)]
    end_s: Annotated[float, Field(ge=0)]
    text: Text
    programmes: tuple[Id, ...] = ()
    protocols: tuple[Id, ...] = ()
    ask: tuple[Text, ...] = ()
    facts: tuple[FactTable, ...] = ()
    readback: tuple[ReadbackTable, ...] = ()

    def to_domain(self, number: int) -> nouns.ExerciseLine:
        """Return the checked value; lines are numbered from 1."""
        return nouns.ExerciseLine(
            id=f"u{number:04d}",
            speaker=Speaker(self.speaker),
            channel=self.channel,
            start_s=self.start_s,
            end_s=self.end_s,
            text=self.text,
            programmes=self.programmes,
            protocols=self.protocols,
            ask=self.ask,
            facts=tuple(nouns.ExpectedFact(name=item.name, value=item.value) for item in self.facts),
            readback=tuple(
                nouns.ExpectedReadback(kind=item.kind, value=item.value) for item in self.readback
            ),
        )


class ExerciseTable(_Table):
    """`NAME.exercise.toml`."""

    title: Text
    level: nouns.Level
    goals: Annotated[tuple[Text, ...], Field(min_length=1, max_length=4)]
    sound: FileName | None = None
    made_from: str | None = None
    held_on: date | None = None
    programmes_ok: tuple[Id, ...] = ()
    protocols_ok: tuple[Id, ...] = ()
    record: dict[FieldName, tuple[Text, ...]] = {}
    lines: Annotated[tuple[LineTable, ...], Field(min_length=1)]


def read_exercise(file: Path, *, shipped: bool = False) -> nouns.Exercise:
    """Read and check one exercise; its sound has to lie beside it.

    Raises:
        ExerciseError: it cannot be read; the first fault in one sentence.
    """
    found = _read(file, shipped=shipped)
    if isinstance(found, nouns.Exercise):
        return found
    raise ExerciseError(fault_line(found[0]))


def exercise_faults(file: Path, knowledge: KnowledgeBase) -> tuple[KnowledgeFault, ...]:
    """Return everything wrong with an exercise, also where it expects what the knowledge no longer holds."""
    found = _read(file, knowledge)
    return () if isinstance(found, nouns.Exercise) else found


def exercise_id(file: Path) -> str:
    """Return the id of an exercise: its file name without the ending."""
    return file.name.removesuffix(SUFFIX)


def is_exercise_id(text: str) -> bool:
    """Return whether a file may be called so."""
    return _ID.fullmatch(text) is not None


def _read(
    file: Path, knowledge: KnowledgeBase | None = None, *, shipped: bool = False
) -> nouns.Exercise | tuple[KnowledgeFault, ...]:
    entry = exercise_id(file)
    try:
        content = file.read_bytes()
    except OSError:
        message = "ファイルを読めません。ファイルの場所と権限を確かめてください。"
        return (KnowledgeFault(file=file, key="", line=None, message=message, entry=entry),)
    parsed = parse_file(
        KnowledgeFile(path=file, relative=file.name, office=not shipped, kind=None, content=content)
    )
    if isinstance(parsed, KnowledgeFault):
        return (replace(parsed, entry=entry),)
    try:
        table = ExerciseTable.model_validate(parsed.table)
    except ValidationError as error:
        return tuple(parsed.fault(item["loc"], _message(item), entry=entry) for item in error.errors())
    unfit = list(_inconsistent(table, file))
    if not unfit and knowledge is not None:
        unfit += _unknown(table, knowledge)
    if unfit:
        return tuple(parsed.fault(loc, message, entry=entry) for loc, message in unfit)
    return nouns.Exercise(
        id=entry,
        title=table.title,
        level=table.level,
        goals=table.goals,
        lines=tuple(line.to_domain(number) for number, line in enumerate(table.lines, start=1)),
        programmes_ok=table.programmes_ok,
        protocols_ok=table.protocols_ok,
        record=table.record,
        sound=file.parent / table.sound if table.sound else None,
        digest=hashlib.sha256(content).hexdigest(),
        shipped=shipped,
        made_from=table.made_from,
        held_on=table.held_on,
    )


def _message(error: Mapping[str, Any]) -> str:
    return _MESSAGES.get(str(error["type"])) or message_for(error)


def _inconsistent(table: ExerciseTable, file: Path) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield what does not fit together, with its place."""
    if not is_exercise_id(exercise_id(file)):
        yield (), "ファイルの名前は、半角の英小文字・数字・「-」と .exercise.toml にしてください。"
    if table.sound is not None and not (file.parent / table.sound).is_file():
        yield ("sound",), f"音声 {table.sound} がありません。同じフォルダーに置いてください。"
    yield from _inconsistent_lines(table)
    for key in ("programmes", "protocols"):
        expected = {target for line in table.lines for target in getattr(line, key)}
        for target in sorted(expected.intersection(getattr(table, f"{key}_ok"))):
            yield (f"{key}_ok",), f"{target} は、行の {key} にもあります。どちらかにしてください。"


def _inconsistent_lines(table: ExerciseTable) -> Iterator[tuple[tuple[str | int, ...], str]]:
    begun_s = 0.0
    for number, line in enumerate(table.lines):
        if line.end_s <= line.start_s:
            yield ("lines", number, "end_s"), "終わり（end_s）を、始まり（start_s）より後にしてください。"
        if line.start_s < begun_s:
            yield ("lines", number, "start_s"), "前の行より早く始まっています。話の順に並べてください。"
        begun_s = line.start_s
        if line.speaker == "clerk" and (line.programmes or line.protocols or line.ask or line.facts):
            yield ("lines", number, "speaker"), "気づくことと事実は、相談者（resident）の行に書いてください。"


def _unknown(table: ExerciseTable, knowledge: KnowledgeBase) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for programme in table.programmes_ok:
        if programme not in knowledge.programmes:
            yield ("programmes_ok",), f"制度 {programme} は知識にありません。"
    for protocol in table.protocols_ok:
        if protocol not in knowledge.protocols:
            yield ("protocols_ok",), f"危険時の手順 {protocol} は知識にありません。"
    for number, line in enumerate(table.lines):
        for programme in line.programmes:
            if programme not in knowledge.programmes:
                yield ("lines", number, "programmes"), f"制度 {programme} は知識にありません。"
        for protocol in line.protocols:
            if protocol not in knowledge.protocols:
                yield ("lines", number, "protocols"), f"危険時の手順 {protocol} は知識にありません。"


def text_from_exercise(exercise: nouns.Exercise) -> str:
    """Return the text of a whole file, as a person would write it; what is empty is left out."""
    document = tomlkit.document()
    document.add("title", exercise.title)
    document.add("level", exercise.level)
    document["level"].comment("1 やさしい、2 ふつう、3 むずかしい")
    document.add("goals", _rows(exercise.goals))
    if exercise.sound is not None:
        document.add("sound", exercise.sound.name)
        if exercise.made_from is not None:
            document["sound"].comment("声は個人情報です。事務所の外に出さないでください")
    if exercise.made_from is not None:
        document.add("made_from", exercise.made_from)
    if exercise.held_on is not None:
        document.add("held_on", tomlkit.date(exercise.held_on.isoformat()))
    if exercise.programmes_ok:
        document.add("programmes_ok", _rows(exercise.programmes_ok))
    if exercise.protocols_ok:
        document.add("protocols_ok", _rows(exercise.protocols_ok))
    lines = tomlkit.aot()
    for line in exercise.lines:
        lines.append(_line_table(line))
    document.add(tomlkit.nl())
    document.add("lines", lines)
    if exercise.record:
        record = tomlkit.table()
        for name, texts in exercise.record.items():
            record.add(name, _rows(texts))
        document.add("record", record)
    return tomlkit.dumps(document).rstrip("\n") + "\n"


def _line_table(line: nouns.ExerciseLine) -> Table:
    table = tomlkit.table()
    table.add("speaker", line.speaker.value)
    if line.channel:
        table.add("channel", line.channel)
    table.add("start_s", round(line.start_s, 3))
    table.add("end_s", round(line.end_s, 3))
    table.add("text", line.text)
    for key in ("programmes", "protocols", "ask"):
        if values := getattr(line, key):
            table.add(key, list(values))
    if line.facts:
        table.add("facts", _tables({"name": fact.name, "value": fact.value} for fact in line.facts))
    if line.readback:
        table.add("readback", _tables({"kind": item.kind, "value": item.value} for item in line.readback))
    return table


def _rows(values: Sequence[str]) -> Array:
    array = tomlkit.array()
    array.extend(values)
    return array.multiline(len(values) > 1)


def _tables(values: Iterator[Mapping[str, Any]]) -> Array:
    array = tomlkit.array()
    for value in values:
        table: InlineTable = tomlkit.inline_table()
        table.update(value)
        array.append(table)
    return array
