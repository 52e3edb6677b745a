"""That no library reports to its maker."""

import os
import subprocess
import sys
from pathlib import Path

_ENGINES_THAT_RUN_ON_ONNX = """
from consult_assist.diarization.ge2e import Ge2eVoiceEncoder
from consult_assist.vad.silero import SileroDetector
Ge2eVoiceEncoder()
SileroDetector()
"""
_MARKS_OF_CI = ("CI", "GITHUB_ACTIONS", "GITLAB_CI", "JENKINS_URL", "TEAMCITY_VERSION", "TF_BUILD")
"""Where one of them is set, onnxruntime reports nothing of its own accord."""


def test_onnxruntime_makes_no_mark_to_report_under(tmp_path: Path) -> None:
    """Before it connects, it writes a number for the device into the user's cache."""
    environment = {name: value for name, value in os.environ.items() if name not in _MARKS_OF_CI}
    environment |= {"ORT_DISABLE_TELEMETRY": "0", "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    subprocess.run(
        [sys.executable, "-c", _ENGINES_THAT_RUN_ON_ONNX], env=environment, check=True, timeout=120
    )
    assert list(tmp_path.iterdir()) == []
