"""Sample recordings, replayed through the very same program."""

from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from consult_assist.app.live.starting import Sample
from consult_assist.counter.labels import clock
from consult_assist.tui.desk import Desk
from consult_assist.tui.keys import key, page_keys
from consult_assist.tui.presentation.exercise import choices_text
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.widgets.key_row import KeyRow


class SamplesScreen(OfficeScreen):
    """Choose a sample, its speed and whether hints are shown."""

    BINDINGS = page_keys(
        key("f2", "replay", "再生", "選んだ見本を再生します。"),
        key("f3", "speed", "速さ", "再生の速さを 1倍と2倍で切り替えます。"),
        key(
            "f4", "hints", "案内", "案内とたずねることを、出すか隠すかを切り替えます。隠すと練習になります。"
        ),
    )
    HELP_TEXT = "見本は作りものの相談です。再生した記録には「見本」の印がつき、本物の記録と混ざりません。"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._samples: Sequence[Sample] = ()
        self._speed = 1.0
        self._hints = True

    def compose(self) -> ComposeResult:
        """Lay out list and settings."""
        yield Static("見本を再生する", id="page-title", markup=False)
        with Vertical(id="page"):
            yield OptionList(id="samples")
            yield Static(id="sample-settings", markup=False)
        yield KeyRow()

    def on_mount(self) -> None:
        """Look for samples."""
        self._show_settings()
        self._look()

    @work
    async def _look(self) -> None:
        self._samples = await self.in_background(self.desk.sample_sounds) or ()
        choices = self.query_one(OptionList)
        if not self._samples:
            choices.add_option(Option("見本がありません。", disabled=True))
            return
        choices.add_options([Option(_prompt(sample), id=sample.path.name) for sample in self._samples])
        choices.highlighted = 0

    def _show_settings(self) -> None:
        speed = choices_text([(f"{speed:g}倍", speed == self._speed) for speed in (1.0, 2.0)])
        hints = choices_text([("出す", self._hints), ("隠す", not self._hints)])
        self.query_one("#sample-settings", Static).update(
            Content.assemble(
                ("F3 ", "bold $accent"), "速さ  ", speed, "\n", ("F4 ", "bold $accent"), "案内  ", hints
            )
        )

    def action_speed(self) -> None:
        """Switch between real time and twice as fast."""
        self._speed = 2.0 if self._speed == 1.0 else 1.0
        self._show_settings()

    def action_hints(self) -> None:
        """Show or hide the hints."""
        self._hints = not self._hints
        self._show_settings()

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_replay()

    def action_replay(self) -> None:
        """Replay the chosen sample."""
        place = self.query_one(OptionList).highlighted
        if place is None or not self._samples:
            return
        sample, speed = self._samples[place], self._speed
        self.office.open_counter(
            lambda: self.desk.replay_sound(sample.path, speed=speed), instead_of=self, hints=self._hints
        )


def _prompt(sample: Sample) -> Content:
    length = Content.styled(f"{clock(sample.duration_s):>6}  ", "$quiet")
    return length + Content.styled(sample.title, "bold")
