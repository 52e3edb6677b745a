"""Plots in terminal cells. The only module that loads plotext, and only once there is something to plot."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.color import Color
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from textual_plotext import PlotextPlot
    from textual_plotext.plot import Plot

_SERIES = ("error", "primary", "accent", "secondary")
"""What the theme calls the colour of each series."""
_BARS = (("primary", "█"), ("accent", "▒"))
"""The same for bars, and what they are filled with."""
_MIN_PLACES = 8
"""Room for so many bars, so that one alone does not fill the screen."""


class NamedPlot(Vertical):
    """A plot below the names of its series: plotext takes Japanese characters for one cell wide."""

    DEFAULT_CSS = """
    NamedPlot { height: 12; }
    NamedPlot > Static { height: 1; }
    NamedPlot > PlotextPlot { height: 1fr; }
    """

    _drawing: "PlotextPlot"

    def compose(self) -> ComposeResult:
        """Lay out names and plot."""
        from textual_plotext import PlotextPlot  # noqa: PLC0415 - few open a page with a plot

        self._drawing = PlotextPlot()
        yield Static(markup=False)
        yield self._drawing

    def _begin(self, names: Iterable[Content]) -> "Plot":
        """Return an empty plot below the names of its series."""
        self.query_one(Static).update(Content("   ").join(names))
        plot = self._drawing.plt
        plot.clear_data()
        self._drawing.refresh()
        return plot

    def _rgb(self, colour: str) -> tuple[int, int, int]:
        return Color.parse(self.app.theme_variables[colour]).rgb


class SharePlot(NamedPlot):
    """Shares over time: a line for each series, from 0 to 100 %."""

    def show(self, labels: Sequence[str], series: Mapping[str, Sequence[float | None]]) -> None:
        """Replace what is drawn.

        Args:
            labels: below the axis, one for each place; characters of one cell.
            series: name → percent at each place, at most four; None leaves a gap.
        """
        coloured = zip(series, _SERIES, strict=False)
        plot = self._begin(Content.styled(f"● {name}", f"${colour}") for name, colour in coloured)
        plot.ylim(0, 100)
        plot.yticks([0, 50, 100], ["0", "50", "100%"])
        plot.xticks([float(place) for place in range(len(labels))], list(labels))
        for values, name in zip(series.values(), _SERIES, strict=False):
            colour = self._rgb(name)
            known = [(place, value) for place, value in enumerate(values) if value is not None]
            places, heights = [place for place, _ in known], [height for _, height in known]
            plot.plot(places, heights, color=colour, marker="braille")
            plot.scatter(places, heights, color=colour, marker="●")


class BarPlot(NamedPlot):
    """Counts as bars, one or two beside each other for each place."""

    def show(self, labels: Sequence[str], series: Mapping[str, Sequence[int]]) -> None:
        """Replace what is drawn.

        Args:
            labels: below the axis, one for each place; characters of one cell.
            series: name → count at each place, at most two; they differ in pattern as well as in colour.
        """
        filled = zip(series, _BARS, strict=False)
        names = (Content.styled(f"{mark} {name}", f"${colour}") for name, (colour, mark) in filled)
        plot = self._begin(names)
        highest = max((count for counts in series.values() for count in counts), default=0)
        width = 0.7 / max(1, len(series))
        for number, (counts, (name, mark)) in enumerate(zip(series.values(), _BARS, strict=False)):
            places = [place + (number - (len(series) - 1) / 2) * width for place in range(len(counts))]
            plot.bar(places, list(counts), width=width, color=self._rgb(name), marker=mark)
        ticks = sorted({0, highest // 2, highest})
        plot.ylim(0, max(1, highest))
        free = max(0.0, (_MIN_PLACES - len(labels)) / 2)
        plot.xlim(-0.5 - free, len(labels) - 0.5 + free)
        plot.yticks([float(tick) for tick in ticks], [str(tick) for tick in ticks])
        plot.xticks([float(place) for place in range(len(labels))], list(labels))
