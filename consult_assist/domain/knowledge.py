"""What the office knows: programmes, danger protocols, contacts, vocabulary, record templates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a statement comes from."""

    url: str
    as_of: str
    kind: str
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A figure, always with its as-of date; `level` is 公的, 二次 or 未確認."""

    text: str
    as_of: str
    level: Literal["公的", "二次", "未確認"]
    source_urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name that people say; `reading` (katakana) only where the dictionary reads it wrongly."""

    text: str
    reading: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Misconception:
    """A common error and its correction, fit to be shown."""

    wrong: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """One welfare programme.

    Attributes:
        names: official name first, then what people call it. A name is matched wherever it is said.
        cues: situations, in the cue language of `docs/knowledge.md`; never shown as names.
        examples: sentences people say when they mean it without naming it.
        facts: what makes it likely when it is told (`家賃`, `子の年齢 0〜11歳`).
        summary: one line a clerk can read in a second.
        checked_on: when the office last compared the entry with its sources.
        review_by: when it has to be compared again; None is a year after `checked_on`.
        unverified: what no source confirms; shown as such.
    """

    id: str
    name: str
    category: str
    summary: str
    names: tuple[Name, ...]
    cues: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()
    documents: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    sources: tuple[Source, ...] = ()
    unverified: tuple[str, ...] = ()
    urgency: Literal["通常", "要注意", "緊急"] = "通常"
    owner: str = ""
    checked_on: date | None = None
    review_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A telephone number; `local` ones are None until the office fills them in."""

    id: str
    name: str
    number: str | None
    note: str = ""
    local: bool = False
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerProtocol:
    """What to do first when danger words are heard.

    Attributes:
        steps: in order, the first is shown largest.
        contacts: contact ids, in order of use.
        cues: danger words in the cue language.
        examples: sentences people say who are in this danger or know someone who is.
        harmless: sentences that only sound like it.
        gaps: what no source says; shown instead of a guess.
    """

    id: str
    title: str
    steps: tuple[str, ...]
    contacts: tuple[str, ...]
    cues: tuple[str, ...]
    examples: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


FieldType = Literal["text", "choice", "multi", "date", "money"]
"""What a field of a form holds: `choice` is one of its choices, `multi` any number of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateField:
    """One field of a record template; `fill` names the rule that drafts it, or None for the clerk alone.

    Attributes:
        choices: of a `choice` or `multi` field; the program never chooses.
        required: the office does not sign a record without it.
        facts: names of the facts that are stated here.
        official: whether the field stands in an official form; None is as the form.
    """

    name: str
    label: str
    fill: str | None = None
    hint: str = ""
    type: FieldType = "text"
    choices: tuple[str, ...] = ()
    required: bool = False
    facts: tuple[str, ...] = ()
    official: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A form of the consultation record.

    Attributes:
        official: whether its fields are those of an official form; False is a proposal (案).
        note: what has to be known of it, such as the age of the form it follows.
    """

    id: str
    name: str
    fields: tuple[TemplateField, ...]
    official: bool = False
    note: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class CueWords:
    """What cues share.

    Attributes:
        groups: words by the name that stands for them in a cue (`@夫`).
        frames: cues of talk that tells of no danger (a film); where one holds, no protocol is raised.
    """

    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    frames: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeFault:
    """Something wrong in a knowledge file, in Japanese; `entry` (an id or file stem) is off until fixed."""

    file: Path
    key: str
    line: int | None
    message: str
    entry: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeBase:
    """Everything loaded, the faults found on the way, and one digest over all of it.

    Attributes:
        everyday: sentences of small talk and other errands, which must raise nothing.
        words: word groups and frames that the cues share.
    """

    programmes: Mapping[str, Programme]
    protocols: Mapping[str, DangerProtocol]
    contacts: Mapping[str, Contact]
    vocabulary: tuple[Name, ...]
    templates: Mapping[str, Template]
    digest: str
    faults: tuple[KnowledgeFault, ...] = field(default=())
    everyday: tuple[str, ...] = ()
    words: CueWords = field(default_factory=CueWords)

    def programme_name(self, programme: str) -> str:
        """Return the name of a programme, its id where the office no longer knows it."""
        known = self.programmes.get(programme)
        return known.name if known is not None else programme

    def protocol_title(self, protocol: str) -> str:
        """Return the title of a danger protocol, its id where the office no longer knows it."""
        known = self.protocols.get(protocol)
        return known.title if known is not None else protocol
