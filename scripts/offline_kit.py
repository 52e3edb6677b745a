"""Gather one folder to carry to a separated network: wheels, weights, digests and an installer."""

import argparse
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from pins import CHECKOUT, PLATFORMS, PYTHON_VERSIONS, pip_arguments

from consult_assist.models.catalogue import CATALOGUE, WEIGHTS_FILE
from consult_assist.models.find import find_model
from consult_assist.models.stamp import STAMP_NAME

INSTALLER = Path(__file__).parent / "kit"
SUMS = "SHA256SUMS"


def fetch_wheels(wheels: Path, systems: list[str], versions: list[str]) -> None:
    """Bring every run-time dependency for every chosen system and Python."""
    for system in systems:
        for version in versions:
            print(f"{system}, Python {version} …", flush=True)
            run_pip("download", "--quiet", "--dest", str(wheels), *pip_arguments(system, version))


def build_program(wheels: Path) -> None:
    """Build the program's own wheel, with knowledge and samples inside."""
    run_pip("wheel", "--quiet", "--no-deps", "--wheel-dir", str(wheels), str(CHECKOUT))


def run_pip(*arguments: str) -> None:
    """Run pip of this Python and stop when it fails."""
    subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments], check=True)


def copy_models(kit: Path, models_folder: Path, names: list[str]) -> None:
    """Take larger models along; base needs nothing, its halves are among the wheels."""
    for name in names:
        source = find_model(name, models_folder)
        target = kit / "models" / name
        target.mkdir(parents=True)
        for file in source.iterdir():
            if file.name != STAMP_NAME:
                shutil.copy2(file, target / file.name)


def write_model_list(kit: Path) -> None:
    """Write down what the weights must be, for whoever wants to check them by other means."""
    lines = ["name\trevision\tSHA-256 of model.bin as published\tas installed"]
    lines += [
        f"{model.name}\t{model.repository}@{model.revision}"
        f"\t{model.files[WEIGHTS_FILE].sha256}\t{model.installed_files[WEIGHTS_FILE].sha256}"
        for model in CATALOGUE.values()
    ]
    (kit / "MODELS.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_sums(kit: Path) -> None:
    """Write the digest of every file, in the format of sha256sum."""
    lines = []
    for file in sorted(path for path in kit.rglob("*") if path.is_file()):
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        lines.append(f"{digest}  {file.relative_to(kit).as_posix()}\n")
    (kit / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def main() -> None:
    """Make the folder again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kit", type=Path, help="folder to make; what is in it is replaced")
    parser.add_argument("--system", action="append", choices=PLATFORMS, help="default: all")
    parser.add_argument("--python", action="append", choices=PYTHON_VERSIONS, help="default: all")
    parser.add_argument("--model", action="append", default=[], help="a larger model to take along")
    parser.add_argument("--models-folder", type=Path, default=CHECKOUT / "models")
    chosen = parser.parse_args()

    kit: Path = chosen.kit
    shutil.rmtree(kit, ignore_errors=True)
    wheels = kit / "wheels"
    wheels.mkdir(parents=True)
    build_program(wheels)
    fetch_wheels(wheels, chosen.system or list(PLATFORMS), chosen.python or PYTHON_VERSIONS)
    copy_models(kit, chosen.models_folder, chosen.model)
    shutil.copy2(CHECKOUT / "constraints.txt", kit)
    for file in INSTALLER.iterdir():
        if file.is_file():
            shutil.copy2(file, kit)
    write_model_list(kit)
    write_sums(kit)
    size_mb = sum(path.stat().st_size for path in kit.rglob("*") if path.is_file()) // 1_000_000
    print(f"{kit}: {size_mb} MB. Carry all of it over and read はじめにお読みください.txt there.")


if __name__ == "__main__":
    main()
