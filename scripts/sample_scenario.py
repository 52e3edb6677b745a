"""Read a scenario: who says what, what a good clerk would think on hearing it, and what a trainee learns."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, TypeAdapter, model_validator
from pydantic.dataclasses import dataclass as checked

from consult_assist.domain.exercise import Exercise, ExerciseLine, ExpectedFact, ExpectedReadback
from consult_assist.domain.speech import Speaker

_STRICT = ConfigDict(extra="forbid")
SPEAKERS = ("clerk", "resident")
"""In a stereo sound the index is the channel: left is the clerk's microphone."""


@checked(frozen=True, config=_STRICT)
class Fact:
    """A value stated in a line, under the fact names of the event stream."""

    name: str
    value: int | str


@checked(frozen=True, config=_STRICT)
class Critical:
    """Something in a line that must be read back to the resident."""

    kind: Literal["name", "date", "money", "phone", "address", "age", "count", "duration", "negation"]
    value: int | str


@checked(frozen=True, config=_STRICT)
class Line:
    """One utterance.

    Attributes:
        text: as a careful transcriber writes it; this is the gold text.
        reading: what the synthesiser is given instead, where it would misread `text`.
        programmes: what a good clerk would think of on hearing this line (residents' lines only).
        alerts: the danger protocols that this line must raise.
        ask: what is worth asking now; meaning counts, not the wording.
        pause_s: silence before the line, drawn at random where not given; below zero the line interrupts the
            one before it, which only two microphones can tell apart.
    """

    speaker: Literal["clerk", "resident"]
    text: str
    reading: str | None = None
    programmes: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    critical: tuple[Critical, ...] = ()
    pause_s: Annotated[float, Field(ge=-1.5, le=5)] | None = None

    @property
    def spoken(self) -> str:
        """What the synthesiser reads."""
        return self.reading or self.text


@checked(frozen=True, config=_STRICT)
class Noise:
    """Background: clips played one after the other, and faint talk behind them.

    Attributes:
        snr_db: level of active speech over the whole background.
        clips: files of the noise folder.
        babble: a file of the noise folder.
        babble_db: level of the talk against the clips.
    """

    snr_db: float
    clips: tuple[str, ...]
    babble: str
    babble_db: float


@checked(frozen=True, config=_STRICT)
class Voice:
    """A voice of the synthesiser and how fast it speaks."""

    name: str
    speed: float = 1.0


@checked(frozen=True, config=_STRICT)
class Scenario:
    """A whole consultation.

    Attributes:
        title: what a menu shows.
        level: 1 easy, 2 middle, 3 hard.
        goals: what a trainee learns from it.
        programmes_ok: also right to bring up, not expected.
        protocols_ok: dangers that a careful clerk may also call, not expected.
        record: a model record: field of the standard form → lines.
        channels: 2 means one microphone each.
        telephone: the resident speaks through a telephone's loudspeaker.
    """

    title: str
    seed: int
    level: Literal[1, 2, 3]
    goals: Annotated[tuple[str, ...], Field(min_length=1, max_length=4)]
    voices: dict[Literal["clerk", "resident"], Voice]
    programmes_ok: tuple[str, ...]
    lines: tuple[Line, ...]
    record: dict[str, tuple[str, ...]]
    protocols_ok: tuple[str, ...] = ()
    channels: Literal[1, 2] = 1
    telephone: bool = False
    noise: Noise | None = None

    @model_validator(mode="after")
    def _one_microphone_hears_no_two(self) -> Self:
        if self.channels == 1 and any((line.pause_s or 1.0) < 0.2 for line in self.lines):
            raise ValueError("a line can interrupt another only where each speaker has a microphone")
        return self


@dataclass(frozen=True)
class Span:
    """Where a line's speech stands in the sound, in seconds."""

    start_s: float
    end_s: float


def read_scenario(path: Path) -> Scenario:
    """Read and check a `NAME.scenario.toml`.

    Raises:
        pydantic.ValidationError: a key is unknown or a value does not fit.
    """
    return TypeAdapter(Scenario).validate_python(tomllib.loads(path.read_text(encoding="utf-8")))


def channel_of(scenario: Scenario, line: Line) -> int:
    """Return the channel in which a line is heard best."""
    return SPEAKERS.index(line.speaker) if scenario.channels == 2 else 0


def gold_from_scenario(name: str, scenario: Scenario, spans: list[Span]) -> dict[str, Any]:
    """Return the gold file that a run of the program is scored against."""
    lines = scenario.lines
    return {
        "id": name,
        "audio": f"{name}.flac",
        "utterances": [
            {
                "start_s": round(span.start_s, 3),
                "end_s": round(span.end_s, 3),
                "channel": channel_of(scenario, line),
                "speaker": line.speaker,
                "text": line.text,
                "programmes": list(line.programmes),
                "alerts": list(line.alerts),
            }
            for line, span in zip(lines, spans, strict=True)
        ],
        "programmes_ok": list(scenario.programmes_ok),
        "facts": [
            {"name": fact.name, "value": fact.value, "utterance": index}
            for index, line in enumerate(lines)
            for fact in line.facts
        ],
        "critical": [
            {"kind": item.kind, "value": item.value, "utterance": index}
            for index, line in enumerate(lines)
            for item in line.critical
        ],
    }


def exercise_from_scenario(scenario: Scenario, spans: list[Span], sound: Path) -> Exercise:
    """Return what a trainee works through."""
    return Exercise(
        id=sound.stem,
        title=scenario.title,
        level=scenario.level,
        goals=scenario.goals,
        sound=sound,
        programmes_ok=scenario.programmes_ok,
        protocols_ok=scenario.protocols_ok,
        record=scenario.record,
        lines=tuple(
            ExerciseLine(
                id=f"u{number:04d}",
                speaker=Speaker(line.speaker),
                channel=channel_of(scenario, line),
                start_s=span.start_s,
                end_s=span.end_s,
                text=line.text,
                programmes=line.programmes,
                protocols=line.alerts,
                ask=line.ask,
                facts=tuple(ExpectedFact(name=fact.name, value=fact.value) for fact in line.facts),
                readback=tuple(ExpectedReadback(kind=item.kind, value=item.value) for item in line.critical),
            )
            for number, (line, span) in enumerate(zip(scenario.lines, spans, strict=True), start=1)
        ),
    )
