"""Lines of the transcript → rows of a given width, each a few texts with a role."""

import itertools
from difflib import SequenceMatcher
from enum import StrEnum

from rich.cells import cell_len

from consult_assist.counter.labels import SPEAKERS, clock
from consult_assist.domain.speech import Draft, Speaker
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.tui.presentation.cells import pad, wrap, wrap_offsets


class Role(StrEnum):
    """What a piece of a row is; the widget gives each a style."""

    CLERK = "clerk"
    RESIDENT = "resident"
    UNKNOWN = "unknown"
    TIME = "time"
    TEXT = "text"
    CORRECTED = "corrected"
    DRAFT = "draft"
    FAILED = "failed"


Row = tuple[tuple[str, Role], ...]
LABEL_CELLS = 7
TIME_CELLS = 8
_FAILED_TEXT = "認識できませんでした"
_LABEL_ROLE = {Speaker.CLERK: Role.CLERK, Speaker.RESIDENT: Role.RESIDENT, None: Role.UNKNOWN}


def goes_on(before: TranscriptLine | None, line: TranscriptLine) -> bool:
    """Return whether the speaker of the line before just goes on speaking."""
    return before is not None and line.speaker is not None and line.speaker is before.speaker


def line_rows(
    line: TranscriptLine, width_cells: int, *, times: bool = False, named: bool = True, retry: str = ""
) -> tuple[Row, ...]:
    """Return the rows of a finished line: speaker before the first, a free margin before the others.

    Args:
        line: the line.
        width_cells: room for a row.
        times: whether to say when it was spoken.
        named: whether to say who spoke.
        retry: how a line that was not recognised can be tried again.
    """
    head: list[tuple[str, Role]] = []
    if times:
        head.append((pad(clock(line.start_s), TIME_CELLS), Role.TIME))
    head.append((pad(SPEAKERS[line.speaker] if named else "", LABEL_CELLS), _LABEL_ROLE[line.speaker]))
    room = width_cells - sum(cell_len(text) for text, _ in head)
    if line.failure is not None:
        body: list[Row] = [((row, Role.FAILED),) for row in wrap(_FAILED_TEXT + retry, room)]
    else:
        body = _corrected_rows(line, room)
    margin = ((" " * (width_cells - room), Role.TEXT),)
    return ((*head, *body[0]), *((*margin, *row) for row in body[1:]))


def draft_rows(draft: Draft, width_cells: int, *, times: bool = False) -> tuple[Row, ...]:
    """Return the rows of speech that has not ended."""
    margin_cells = LABEL_CELLS + (TIME_CELLS if times else 0)
    mark = pad("…", LABEL_CELLS)
    head = " " * (margin_cells - LABEL_CELLS) + mark
    rows = wrap(draft.text, width_cells - margin_cells)
    return tuple(
        ((head if index == 0 else " " * margin_cells, Role.DRAFT), (row, Role.DRAFT))
        for index, row in enumerate(rows)
    )


def heard_note(line: TranscriptLine | None) -> str:
    """Return the words as they were heard, nothing where they stand there so."""
    if line is None or line.failure is not None or line.heard == line.text:
        return ""
    return f"聞こえたまま: {line.heard}"


def corrected_spans(heard: str, text: str) -> list[tuple[int, int]]:
    """Return the stretches of `text` that differ from what was heard."""
    if heard == text:
        return []
    matcher = SequenceMatcher(a=heard, b=text, autojunk=False)
    return [(start, end) for tag, _, _, start, end in matcher.get_opcodes() if tag != "equal" and end > start]


def _corrected_rows(line: TranscriptLine, room: int) -> list[Row]:
    spans = corrected_spans(line.heard, line.text)
    edges = [0, *wrap_offsets(line.text, room), len(line.text)]
    rows: list[Row] = []
    for start, end in itertools.pairwise(edges):
        cuts = sorted({start, end, *(edge for span in spans for edge in span if start < edge < end)})
        pieces = [
            (line.text[a:b], Role.CORRECTED if _inside(a, spans) else Role.TEXT)
            for a, b in itertools.pairwise(cuts)
        ]
        rows.append(tuple(pieces))
    return rows


def _inside(offset: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in spans)
