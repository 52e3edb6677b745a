"""Plots in terminal cells. The only module that loads plotext."""

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static
from textual_plotext import PlotextPlot

_SERIES = (
    ("red+", "ansi_bright_red"),
    ("cyan+", "ansi_bright_cyan"),
    ("yellow+", "ansi_bright_yellow"),
    ("green+", "ansi_bright_green"),
)
"""What plotext and Textual call the same colour, for each series."""


class SharePlot(Vertical):
    """Shares over time: a line for each series, from 0 to 100 %.

    The names stand above the plot: plotext takes each character for one cell wide, and Japanese ones are two.
    """

    DEFAULT_CSS = """
    SharePlot { height: 12; }
    SharePlot > Static { height: 1; }
    SharePlot > PlotextPlot { height: 1fr; }
    """

    def compose(self) -> ComposeResult:
        """Lay out names and plot."""
        yield Static(markup=False)
        yield PlotextPlot()

    def show(self, labels: Sequence[str], series: Mapping[str, Sequence[float | None]]) -> None:
        """Replace what is drawn.

        Args:
            labels: below the axis, one for each place; characters of one cell.
            series: name → percent at each place, at most four; None leaves a gap.
        """
        names = [
            Content.styled(f"● {name}", style) for name, (_, style) in zip(series, _SERIES, strict=False)
        ]
        self.query_one(Static).update(Content("   ").join(names))
        drawing = self.query_one(PlotextPlot)
        plot = drawing.plt
        plot.clear_data()
        plot.ylim(0, 100)
        plot.yticks([0, 50, 100], ["0", "50", "100%"])
        plot.xticks([float(place) for place in range(len(labels))], list(labels))
        for values, (colour, _) in zip(series.values(), _SERIES, strict=False):
            known = [(place, value) for place, value in enumerate(values) if value is not None]
            places, heights = [place for place, _ in known], [height for _, height in known]
            plot.plot(places, heights, color=colour, marker="braille")
            plot.scatter(places, heights, color=colour, marker="●")
        drawing.refresh()
