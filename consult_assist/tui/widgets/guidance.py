"""Suggestions and questions, each in its fixed place: they draw what the counter knows by now."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from consult_assist.domain.knowledge import Programme
from consult_assist.tui.messages import ProgrammeOpened
from consult_assist.tui.presentation.counter import PLACES, CounterState
from consult_assist.tui.presentation.guidance import (
    QUESTION_ROWS,
    SUGGESTION_ROWS,
    Row,
    no_questions,
    no_suggestions,
    question_rows,
    strip_text,
    suggestion_rows,
)
from consult_assist.tui.presentation.prose import content_of


def _content(rows: Iterable[Row]) -> Content:
    return Content("\n").join(content_of(row) for row in rows)


class Suggestions(Widget, can_focus=True):
    """At most three programmes; ↑↓ and Enter, or a click, open one."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "上へ", show=False),
        Binding("down", "move(1)", "下へ", show=False),
        Binding("enter", "open", "開く", show=False),
    ]
    place = reactive(0)

    def __init__(self, state: CounterState, programmes: Mapping[str, Programme], *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._state = state
        self._programmes = programmes

    @property
    def _rows(self) -> int:
        """Rows of a place: without the papers where room is short."""
        return min(SUGGESTION_ROWS, max(1, self.content_size.height // PLACES))

    @property
    def _spacing(self) -> int:
        return 1 if self.content_size.height >= PLACES * (SUGGESTION_ROWS + 1) - 1 else 0

    def render(self) -> Content:
        """Return nine rows, eleven where there is room, six where it is short."""
        width = self.content_size.width
        if not any(self._state.suggestion_places):
            return Content.styled(no_suggestions(self._state), "$quiet")
        rows: list[Row] = []
        for place, programme_id in enumerate(self._state.suggestion_places):
            programme = self._programmes.get(programme_id) if programme_id else None
            reason = self._state.reasons.get(programme_id) if programme_id else None
            ledger = self._state.ledger.get(programme_id) if programme_id else None
            block = suggestion_rows(place + 1, programme, reason.reason if reason else "", ledger, width)
            if self.has_focus and place == self.place:
                (_, style), *rest = block[0]
                block = ((("> ", f"bold {style}"), *rest), *block[1:])
            rows += block[: self._rows]
            if self._spacing and place < PLACES - 1:
                rows.append((("", ""),))
        return _content(rows)

    def action_move(self, step: int) -> None:
        """Go to the place above or below."""
        self.place = (self.place + step) % PLACES

    def action_open(self) -> None:
        """Open the programme in this place."""
        if (programme := self._state.suggestion_places[self.place]) is not None:
            self.post_message(ProgrammeOpened(programme))

    def on_click(self, event: events.Click) -> None:
        """Open the programme that was clicked."""
        self.place = min(PLACES - 1, event.y // (self._rows + self._spacing))
        self.action_open()


class Questions(Widget):
    """At most three questions to ask."""

    def __init__(self, state: CounterState, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._state = state

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return the rows that the questions need, where room is short."""
        return max(1, len(self._rows(width, packed=True)))

    def _rows(self, width: int, *, packed: bool) -> list[Row]:
        places = self._state.question_places
        return [row for item in places for row in question_rows(item, width, packed=packed)]

    def render(self) -> Content:
        """Return two rows for each place; where room is short, as many as each question needs."""
        if not any(self._state.question_places):
            return Content.styled(no_questions(self._state), "$quiet")
        size = self.content_size
        rows = self._rows(size.width, packed=size.height < PLACES * QUESTION_ROWS)
        return _content(rows[: size.height])


class SuggestionStrip(Widget):
    """All suggestions in one line, where there is no room for more."""

    def __init__(self, state: CounterState, programmes: Mapping[str, Programme], *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._state = state
        self._programmes = programmes

    def render(self) -> Content:
        """Return one row."""
        return Content(strip_text(self._state, self._programmes, self.content_size.width))
