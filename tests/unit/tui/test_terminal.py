"""What others print goes to a file of its own."""

import os
from pathlib import Path

from consult_assist.tui.terminal import only_screens_draw


def test_words_of_c_libraries_go_to_a_file_that_begins_anew(tmp_path: Path) -> None:
    file = tmp_path / "screens.log"
    file.write_text("from last time, and longer")
    with only_screens_draw(file):
        os.write(2, b"PortAudio: device gone\n")
    assert file.read_text() == "PortAudio: device gone\n"
