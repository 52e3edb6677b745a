"""How right and how soon live text was, from nothing but what stood on the screen when.

The last final text is aligned to the reference. An utterance is final when the text up to its last matched
character stops changing; its first text is there when two of its characters stand at their place, draft or
final. The same rules hold for everybody.
"""

import math
import re
import statistics
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Levenshtein

from consult_assist.japanese.numerals import find_numbers

FIRST_CHARS = 2
_LEFT_OUT = re.compile(r"[\W_ー〜~]+")


@dataclass(frozen=True)
class Said:
    """One utterance of the reference."""

    start_s: float
    end_s: float
    text: str


@dataclass(frozen=True)
class Shown:
    """What stood on the screen from this moment on, in seconds since the sound began."""

    at_s: float
    final: str
    draft: str


@dataclass(frozen=True)
class Result:
    """Character error rate of the last final text, and one delay for each utterance (infinite: never)."""

    cer: float
    final_s: tuple[float, ...]
    first_text_s: tuple[float, ...]


def judge(shown: Sequence[Shown], said: Sequence[Said]) -> Result:
    """Return how right and how soon the text of a run was."""
    texts = [plain(utterance.text) for utterance in said]
    reference = "".join(texts)
    last = plain(shown[-1].final) if shown else ""
    return Result(
        Levenshtein.distance(reference, last) / len(reference),
        tuple(_final_delays(shown, said, texts)),
        tuple(_first_delays(shown, said, texts)),
    )


def plain(text: str) -> str:
    """Return what is compared: NFKC, numbers as figures, without punctuation, spaces and long vowel marks."""
    folded, pieces, done = unicodedata.normalize("NFKC", text), [], 0
    for number in find_numbers(folded):
        pieces += [folded[done : number.start], str(number.value)]
        done = number.end
    return _LEFT_OUT.sub("", "".join([*pieces, folded[done:]]))


def percentile(delays: Sequence[float], share: float) -> float:
    """Return the delay that so large a share of the utterances stayed within."""
    ordered = sorted(delays)
    if share == 0.5:
        return statistics.median(ordered)
    return ordered[round(share * (len(ordered) - 1))]


def _final_delays(shown: Sequence[Shown], said: Sequence[Said], texts: Sequence[str]) -> list[float]:
    finals = [(state.at_s, plain(state.final)) for state in shown]
    last = finals[-1][1] if finals else ""
    place = _matches("".join(texts), last)
    delays, start = [], 0
    for utterance, text in zip(said, texts, strict=True):
        matched = [place[index] for index in range(start, start + len(text)) if index in place]
        start += len(text)
        if matched:
            up_to = max(matched) + 1
            delays.append(_settled_at(finals, last[:up_to]) - utterance.end_s)
        else:
            delays.append(math.inf)
    return delays


def _settled_at(finals: Sequence[tuple[float, str]], beginning: str) -> float:
    """Return since when the text has begun like this without a break."""
    settled = math.inf
    for at_s, text in reversed(finals):
        if not text.startswith(beginning):
            break
        settled = at_s
    return settled


def _first_delays(shown: Sequence[Shown], said: Sequence[Said], texts: Sequence[str]) -> list[float]:
    first: dict[int, float] = {}
    before = ""
    for state in shown:
        screen = plain(state.final + state.draft)
        begun = sum(utterance.start_s <= state.at_s for utterance in said)
        if screen == before or not begun or all(index in first for index in range(begun)):
            continue
        before = screen
        heard_of = "".join(texts[:begun])
        place = _matches(heard_of[: _reached(screen, heard_of)], screen)
        start = 0
        for index, text in enumerate(texts[:begun]):
            seen = sum(position in place for position in range(start, start + len(text)))
            start += len(text)
            if seen >= min(FIRST_CHARS, len(text)):
                first.setdefault(index, state.at_s)
    return [first.get(index, math.inf) - utterance.start_s for index, utterance in enumerate(said)]


def _reached(screen: str, reference: str) -> int:
    """Return how far into the reference the screen has come: the shortest beginning that it is nearest to.

    Without this, 「…ますか」 could stand for the end of a question that nobody has asked yet.
    """
    letters = np.array(list(reference))
    places = np.arange(len(reference) + 1)
    distances = places.copy()
    for letter in screen:
        best = np.minimum(distances[1:] + 1, distances[:-1] + (letters != letter))
        row = np.concatenate([distances[:1] + 1, best])
        distances = np.minimum.accumulate(row - places) + places
    return int(distances.argmin())


def _matches(reference: str, text: str) -> dict[int, int]:
    """Return where in the text each character of the reference stands."""
    return {
        block.src_start + offset: block.dest_start + offset
        for block in Levenshtein.opcodes(reference, text)
        if block.tag == "equal"
        for offset in range(block.src_end - block.src_start)
    }
