"""The talk as text: draws only the rows in view, so that three hours scroll as smoothly as three minutes."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, zip_longest
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from consult_assist.domain.speech import Draft
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.tui.messages import LineChosen
from consult_assist.tui.presentation.cells import cut
from consult_assist.tui.presentation.found import MARKED, marked_pieces
from consult_assist.tui.presentation.transcript_rows import Role, Row, draft_rows, goes_on, line_rows

_MARK_CELLS = 2
_MARGIN_CELLS = 1
_SPACIOUS_ROWS = 30
_MARKED = Style.parse(MARKED)


@dataclass(frozen=True, slots=True)
class _Block:
    """The rows of one line, and from what they were made.

    Attributes:
        goes_on: it stands close below the line before, whose speaker goes on.
    """

    source: TranscriptLine | Draft = field(repr=False)
    rows: tuple[Row, ...] = field(repr=False)
    goes_on: bool = False


class TranscriptView(ScrollView, can_focus=True):
    """New text at the end; the view follows it unless the clerk looks further up."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    TranscriptView { scrollbar-size-vertical: 1; scrollbar-gutter: stable; overflow-x: hidden; }
    TranscriptView > .transcript--clerk { color: $secondary; }
    TranscriptView > .transcript--resident { color: $accent; text-style: bold; }
    TranscriptView > .transcript--unknown { color: $quiet; }
    TranscriptView > .transcript--time { color: $quiet; }
    TranscriptView > .transcript--corrected { text-style: underline; }
    TranscriptView > .transcript--draft { color: $quiet; text-style: italic; }
    TranscriptView > .transcript--failed { color: $warning; text-style: bold; }
    TranscriptView > .transcript--chosen { background: $chosen; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"transcript--{role}" for role in Role if role is not Role.TEXT),
        "transcript--chosen",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "choose(-1)", "前の行", show=False),
        Binding("down", "choose(1)", "次の行", show=False),
        Binding("home", "first", "最初へ", show=False),
        Binding("end", "latest", "最新へ", show=False),
        Binding("pageup", "page(-1)", "上へ", show=False),
        Binding("pagedown", "page(1)", "下へ", show=False),
    ]

    def __init__(self, *, times: bool = False, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._times = times
        self._lines: list[TranscriptLine] = []
        self._drafts: list[Draft] = []
        self._blocks: list[_Block] = []
        self._starts: list[int] = [0]
        self._spacing = 0
        self._width = 0
        self._cache: dict[str, _Block] = {}
        self._own_scroll = False
        self.chosen: str | None = None
        self.following = True
        self.unseen = 0
        self.words: Sequence[str] = ()
        """Words to be marked wherever they stand."""
        self._empty_text = ""
        self._retry = ""

    # -- what it shows --------------------------------------------------------------------------------------

    def show(self, lines: Iterable[TranscriptLine], drafts: Sequence[Draft] = ()) -> None:
        """Replace the content; unchanged lines keep their rows."""
        before = len(self._lines)
        self._lines = list(lines)
        self._drafts = sorted(drafts, key=lambda draft: (draft.start_s, draft.channel))
        if not self.following:
            self.unseen += max(0, len(self._lines) - before)
        if self.chosen is not None and self.chosen_line is None:
            self.chosen = None
        self._arrange()

    def say(self, *, empty: str, retry: str = "") -> None:
        """Set what is said while there is nothing to show, and beside a line that can be tried again."""
        self._empty_text, self._retry = empty, retry
        self._cache.clear()
        self._arrange()
        self.refresh()

    @property
    def chosen_line(self) -> TranscriptLine | None:
        """The selected line."""
        if self.chosen is None:  # asked ten times a second, whatever the length of the talk
            return None
        return next((line for line in self._lines if line.id == self.chosen), None)

    @property
    def acted_line(self) -> TranscriptLine | None:
        """The line an act is about: the selected one, otherwise the latest that was recognised."""
        if (chosen := self.chosen_line) is not None:
            return chosen
        return next((line for line in reversed(self._lines) if line.failure is None), None)

    @property
    def text(self) -> str:
        """All rows as plain text."""
        return "\n".join("".join(text for text, _ in row) for block in self._blocks for row in block.rows)

    def choose(self, line_id: str | None) -> None:
        """Select a line and bring it into view; None lets the view follow the latest again."""
        self.chosen = line_id
        if line_id is None:
            self._follow()
        else:
            self._bring_into_view(next(i for i, line in enumerate(self._lines) if line.id == line_id))
        self.post_message(LineChosen(line_id))
        self.refresh()

    # -- keys and mouse -------------------------------------------------------------------------------------

    def action_choose(self, step: int) -> None:
        """Select the line before or after."""
        if not self._lines:
            return
        ids = [line.id for line in self._lines]
        if self.chosen is None:
            if step > 0:
                return
            index = len(ids) - 1
        else:
            index = ids.index(self.chosen) + step
        if index >= len(ids):
            self.choose(None)
        else:
            self.choose(ids[max(0, index)])

    def action_first(self) -> None:
        """Select the first line."""
        if self._lines:
            self.choose(self._lines[0].id)

    def action_latest(self) -> None:
        """Let go of the selection and follow the latest text."""
        self.choose(None)

    def action_page(self, step: int) -> None:
        """Scroll by what is in view."""
        self.scroll_to(y=self.scroll_offset.y + step * self.size.height, animate=False, force=True)

    def on_click(self, event: events.Click) -> None:
        """Select the line that was clicked."""
        index = self._block_at(event.y + self.scroll_offset.y)
        if index < len(self._lines):
            self.choose(self._lines[index].id)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Notice when the clerk scrolls away from the latest text, or back to it."""
        super().watch_scroll_y(old_value, new_value)
        if not self._own_scroll and round(old_value) != round(new_value):
            self.following = self.chosen is None and round(new_value) >= self.max_scroll_y
            if self.following:
                self.unseen = 0
            self.post_message(LineChosen(self.chosen))

    # -- drawing --------------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Wrap again for another width."""
        width = self.scrollable_content_region.width - _MARK_CELLS - _MARGIN_CELLS
        spacing = 1 if self.app.size.height >= _SPACIOUS_ROWS else 0
        if (width, spacing) != (self._width, self._spacing):
            self._width, self._spacing = width, spacing
            self._cache.clear()
        self._arrange()

    def notify_style_update(self) -> None:
        """Draw again in the colours of another theme."""
        super().notify_style_update()
        self.refresh()

    def _arrange(self) -> None:
        if self._width <= 0:
            return
        old, old_starts, self._blocks = (
            self._blocks,
            self._starts,
            [
                *map(self._line_block, [None, *self._lines], self._lines),
                *map(self._draft_block, self._drafts),
            ],
        )
        same = next((i for i, (a, b) in enumerate(zip(old, self._blocks, strict=False)) if a is not b), -1)
        if same == -1:
            same = min(len(old), len(self._blocks))
        self._starts = list(
            accumulate(
                (
                    len(block.rows) + (0 if after is not None and after.goes_on else self._spacing)
                    for block, after in zip_longest(self._blocks, self._blocks[1:])
                ),
                initial=0,
            )
        )
        offset = self.scroll_offset.y
        self.virtual_size = Size(self._width + _MARK_CELLS + _MARGIN_CELLS, self._starts[-1])
        if self.following:
            self._follow()
        if self.scroll_offset.y == offset:
            # Where a speaker changes, the space above the line comes or goes: a row of the line before.
            first = min(old_starts[same], self._starts[same])
            self.refresh_lines(first, max(1, self.size.height))
        else:
            self.refresh()

    def _line_block(self, before: TranscriptLine | None, line: TranscriptLine) -> _Block:
        known, close = self._cache.get(line.id), goes_on(before, line)
        if known is None or known.source is not line or known.goes_on is not close:
            rows = line_rows(line, self._width, times=self._times, named=not close, retry=self._retry)
            known = self._cache[line.id] = _Block(line, rows, goes_on=close)
        return known

    def _draft_block(self, draft: Draft) -> _Block:
        return _Block(draft, draft_rows(draft, self._width, times=self._times))

    def _follow(self) -> None:
        self.following = True
        self.unseen = 0
        self._scroll_to_row(self._starts[-1])

    def _bring_into_view(self, index: int) -> None:
        self.following = False
        top, bottom = self._starts[index], self._starts[index + 1]
        if top < self.scroll_offset.y:
            self._scroll_to_row(top)
        elif bottom > self.scroll_offset.y + self.size.height:
            self._scroll_to_row(bottom - self.size.height)

    def _scroll_to_row(self, row: int) -> None:
        self._own_scroll = True
        try:
            self.scroll_to(y=row, animate=False, force=True)
        finally:
            self._own_scroll = False

    def _block_at(self, row: int) -> int:
        return bisect_right(self._starts, row) - 1

    def render_line(self, y: int) -> Strip:
        """Draw one row of what is in view."""
        row = y + self.scroll_offset.y
        base = self.rich_style
        width = self.size.width
        index = self._block_at(row)
        if not 0 <= index < len(self._blocks):
            if y or self._blocks or not self._empty_text:
                return Strip.blank(width, base)
            said = Segment(cut(f"  {self._empty_text}", width), base + self._role(Role.TIME))
            return Strip([said]).adjust_cell_length(width, base)
        block = self._blocks[index]
        chosen = isinstance(block.source, TranscriptLine) and block.source.id == self.chosen
        if chosen:
            base += self._style("chosen", partial=True)
        line = row - self._starts[index]
        if line >= len(block.rows):
            return Strip.blank(width, self.rich_style)
        mark = "> " if chosen and line == 0 else "  "
        pieces = [
            Segment(mark, base),
            *(
                Segment(part, base + self._role(role) + (_MARKED if style == MARKED else Style.null()))
                for text, role in block.rows[line]
                for part, style in marked_pieces(text, self.words)
            ),
        ]
        return Strip(pieces).adjust_cell_length(width, base)

    def _role(self, role: Role) -> Style:
        return Style.null() if role is Role.TEXT else self._style(role, partial=True)

    def _style(self, name: str, *, partial: bool) -> Style:
        return self.get_component_rich_style(f"transcript--{name}", partial=partial)
