"""Help pages whose columns stand in line: to argparse no character is two cells wide."""

import argparse
import re
from collections.abc import Iterator

from rich.cells import cell_len

_INDENT = 2
_HELP_COLUMN = 26
_WIDTH = 80
_NEVER_FIRST = "、。）」』"
_NEVER_LAST = "（「『"
_PIECES = re.compile(rf"[{_NEVER_LAST}]*(?:\w+:[\w-]+|[!-~]+|.)[{_NEVER_FIRST}]* ?")


class HelpPages(argparse.HelpFormatter):
    """Lays the help out by cells, and names the list of commands once."""

    def _format_action(self, action: argparse.Action) -> str:
        children = "".join(self._format_action(child) for child in self._iter_indented_subactions(action))
        if children:
            return children
        names = " " * _INDENT + self._format_action_invocation(action)
        lines = list(wrapped(self._expand_help(action) if action.help else "", _WIDTH - _HELP_COLUMN))
        if cell_len(names) < _HELP_COLUMN and lines:
            lines[0] = names + " " * (_HELP_COLUMN - cell_len(names)) + lines[0]
            rest = lines[1:]
        else:
            lines, rest = [names], lines
        return "\n".join([lines[0], *(" " * _HELP_COLUMN + line for line in rest)]) + "\n"


def wrapped(text: str, width_cells: int) -> Iterator[str]:
    """Yield a text in lines; none begins with a closing mark, words in letters and conditions stay whole."""
    line = ""
    for piece in _PIECES.findall(text):
        if line and cell_len(line + piece.rstrip()) > width_cells:
            yield line.rstrip()
            line = ""
        line += piece
    if line:
        yield line.rstrip()
