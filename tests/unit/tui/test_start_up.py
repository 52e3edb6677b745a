"""What is loaded before the first screen stands."""

import subprocess
import sys


def test_plots_cost_nothing_until_one_is_opened() -> None:
    script = "import sys, consult_assist.tui.app; print('plotext' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["False"], done.stderr
