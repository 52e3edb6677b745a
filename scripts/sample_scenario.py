"""Read a sample's scenario: who says what, and what a good clerk would think on hearing it."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass as checked

_STRICT = ConfigDict(extra="forbid")
SPEAKERS = ("clerk", "resident")
"""In a stereo sample the index is the channel: left is the clerk's microphone."""


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
        pause_s: silence before the line; drawn at random where not given.
    """

    speaker: Literal["clerk", "resident"]
    text: str
    reading: str | None = None
    programmes: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    critical: tuple[Critical, ...] = ()
    pause_s: Annotated[float, Field(ge=0.2, le=5)] | None = None

    @property
    def spoken(self) -> str:
        """What the synthesiser reads."""
        return self.reading or self.text


@checked(frozen=True, config=_STRICT)
class Noise:
    """Background: rain clips played one after the other, and faint talk behind them.

    Attributes:
        snr_db: level of active speech over the whole background.
        rain: files of the noise folder.
        babble: a file of the noise folder.
        babble_db: level of the talk against the rain.
    """

    snr_db: float
    rain: tuple[str, ...]
    babble: str
    babble_db: float


@checked(frozen=True, config=_STRICT)
class Voice:
    """A voice of the synthesiser and how fast it speaks."""

    name: str
    speed: float = 1.0


@checked(frozen=True, config=_STRICT)
class Scenario:
    """A whole sample; `title` is what a menu shows, `channels` 2 means one microphone each."""

    title: str
    seed: int
    voices: dict[Literal["clerk", "resident"], Voice]
    programmes_ok: tuple[str, ...]
    lines: tuple[Line, ...]
    channels: Literal[1, 2] = 1
    noise: Noise | None = None


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
                "channel": SPEAKERS.index(line.speaker) if scenario.channels == 2 else 0,
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
