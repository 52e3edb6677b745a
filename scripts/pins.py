"""Ask pip what a machine of another kind would get, and whether all of it comes as wheels."""

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
PLATFORMS = {
    "windows": ["win_amd64"],
    "linux": [
        f"{name}_x86_64" for name in ("manylinux_2_28", "manylinux_2_27", "manylinux_2_17", "manylinux2014")
    ],
}
PYTHON_VERSIONS = ["3.11", "3.12", "3.13"]
# pip asks this machine, not the other one, what "only on Windows" means.
_ONLY_ON_WINDOWS = ["colorama"]


def pip_arguments(system: str, python_version: str) -> list[str]:
    """Return the arguments that make pip choose for another machine, and what it is to choose."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    chosen = [*project["dependencies"], *(_ONLY_ON_WINDOWS if system == "windows" else [])]
    platforms = [argument for name in PLATFORMS[system] for argument in ("--platform", name)]
    return [
        *platforms,
        *("--python-version", python_version),
        *("--implementation", "cp"),
        "--only-binary=:all:",
        *("--constraint", str(CHECKOUT / "constraints.txt")),
        *chosen,
    ]


def resolve(system: str, python_version: str) -> list[str]:
    """Return `name==version` of every package, without fetching them.

    Raises:
        subprocess.CalledProcessError: something has no wheel there; pip has said what.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        subprocess.run(
            [
                *(sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--ignore-installed"),
                *("--target", folder, "--report", str(report)),
                *pip_arguments(system, python_version),
            ],
            check=True,
        )
        installed = json.loads(report.read_text(encoding="utf-8"))["install"]
    packages = [item["metadata"] for item in installed]
    return sorted((f"{package['name']}=={package['version']}" for package in packages), key=str.lower)


def main() -> None:
    """Resolve for one system and every supported Python."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("system", choices=PLATFORMS)
    system = parser.parse_args().system
    packages: list[str] = []
    for version in PYTHON_VERSIONS:
        packages = resolve(system, version)
        print(f"{system}, Python {version}: {len(packages)} packages, all as wheels")
    print(*packages)


if __name__ == "__main__":
    main()
