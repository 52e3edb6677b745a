"""The peers, their pinned parts, and a virtual environment of its own for each."""

import subprocess
import sys
import tomllib
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_DONE = "installed.txt"


class PeerMissingError(Exception):
    """A peer cannot be installed here; the message is one sentence."""


@dataclass(frozen=True)
class Peer:
    """One row of the table; `whole` takes the sound at once instead of live."""

    key: str
    title: str
    environment: str
    adapter: str
    options: tuple[str, ...]
    whole: bool
    requirements: tuple[str, ...]
    without_dependencies: tuple[str, ...]


def read_peers() -> list[Peer]:
    """Return the peers in the order of the table."""
    content = tomllib.loads((_HERE / "peers" / "peers.toml").read_text(encoding="utf-8"))
    common = tuple(content["common"])
    peers = []
    for row in content["peer"]:
        environment = row["environment"]
        parts = content["environment"][environment]
        peers.append(
            Peer(
                row["key"],
                row["title"],
                environment,
                row["adapter"],
                tuple(row.get("options", ())),
                row.get("whole", False),
                (*parts["requirements"], *common),
                tuple(parts.get("without_dependencies", ())),
            )
        )
    return peers


def interpreter(peer: Peer, folder: Path, python: str) -> Path:
    """Return the peer's own interpreter, installing what is not there yet.

    Raises:
        PeerMissingError: it cannot be installed.
    """
    home = folder / peer.environment
    own = home / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    wanted = "\n".join([*peer.requirements, *peer.without_dependencies])
    mark = home / _DONE
    if mark.is_file() and mark.read_text(encoding="utf-8") == wanted:
        return own
    print(f"Installing {peer.title} into {home} …", file=sys.stderr, flush=True)
    if python:
        _run(peer, [python, "-m", "venv", "--clear", str(home)])
    else:
        venv.create(home, clear=True, with_pip=True)
    pip = [str(own), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run(peer, [*pip, *peer.requirements])
    if peer.without_dependencies:
        _run(peer, [*pip, "--no-deps", *peer.without_dependencies])
    mark.write_text(wanted, encoding="utf-8")
    return own


def _run(peer: Peer, command: Sequence[str]) -> None:
    try:
        answer = subprocess.run(command, check=False, capture_output=True, text=True)
    except OSError as error:
        raise PeerMissingError(f"{peer.title} could not be installed here: {error}") from error
    if answer.returncode:
        last = (answer.stderr.strip().splitlines() or ["no message"])[-1]
        raise PeerMissingError(f"{peer.title} could not be installed here: {last}")
