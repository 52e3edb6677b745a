"""Where recognition computes, and in which numbers: the processor, or a graphics card that really works.

CTranslate2 counts a card whose libraries are missing as usable and fails at the first decode, so they are
loaded here first, and the caller tries a decode before it relies on a card.
"""

import ctypes
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, TypeVar

from consult_assist.errors import ModelError, RecognitionError

DeviceName = Literal["cpu", "cuda"]
_Made = TypeVar("_Made")

_LIBRARIES = {
    "win32": ("cublasLt64_12.dll", "cublas64_12.dll"),
    "linux": ("libcublasLt.so.12", "libcublas.so.12"),
}
"""What CTranslate2 opens by name at the first decode.

Source: the library names inside the wheels of CTranslate2 4.8.5.
"""
_BEST_TYPES: dict[DeviceName, tuple[str, ...]] = {
    "cpu": ("int8", "int8_float32", "float32"),
    "cuda": ("float16", "int8_float16", "int8", "int8_float32", "float32"),
}
"""Best first: on a processor the fastest, on a card the most exact; further on they need less memory."""
NAMES: dict[DeviceName, str] = {"cpu": "CPU", "cuda": "GPU"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """Where to compute; `notice` is one sentence for the user when it is not what was set."""

    name: DeviceName
    compute_type: str
    notice: str | None = None

    def __str__(self) -> str:
        return f"{NAMES[self.name]}、{self.compute_type}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hardware:
    """What this PC offers.

    Attributes:
        cards: CUDA devices that the driver names.
        libraries: what a decode on them needs can be loaded.
        cpu_types: compute types that the processor works in.
        cuda_types: those of the first card.
    """

    cards: int
    libraries: bool
    cpu_types: frozenset[str]
    cuda_types: frozenset[str] = frozenset()


def devices_to_try(
    wanted: Literal["auto", "cpu", "cuda"], compute_type: str, hardware: Hardware
) -> tuple[Device, ...]:
    """Return the devices to try, best first; the last one is always the processor.

    Args:
        wanted: as set.
        compute_type: as set; `auto` leaves it to the device.
        hardware: what there is.
    """
    usable = hardware.cards > 0 and hardware.libraries
    if wanted == "cpu" or (wanted == "auto" and hardware.cards == 0):
        return (_cpu(compute_type, hardware),)
    if not usable:
        return (_cpu(compute_type, hardware, _why_not(hardware)),)
    fallback = (
        "GPU で認識できなかったため、CPU で認識します。"
        "GPU を使うほかのソフトを終えるか、管理者にドライバーの確認を頼んでください。"
    )
    return (*_cards(compute_type, hardware), _cpu(compute_type, hardware, fallback))


def first_that_works(
    devices: tuple[Device, ...], make: Callable[[Device], _Made], probe: Callable[[_Made], object]
) -> tuple[_Made, Device]:
    """Make something on the first device on which it also passes the probe; the last one is not probed.

    Raises:
        ModelError: it cannot be made on the last one either.
    """
    for device in devices[:-1]:
        with suppress(ModelError, RecognitionError):
            made = make(device)
            probe(made)
            return made, device
    return make(devices[-1]), devices[-1]


def read_hardware() -> Hardware:
    """Ask CTranslate2 what there is, and load what a card needs."""
    import ctranslate2  # noqa: PLC0415 - start-up time

    cards = 0
    with suppress(RuntimeError):  # a driver without a card, or too old a driver
        cards = ctranslate2.get_cuda_device_count()
    return Hardware(
        cards=cards,
        libraries=cards > 0 and _load_libraries(),
        cpu_types=frozenset(ctranslate2.get_supported_compute_types("cpu")),
        cuda_types=frozenset(ctranslate2.get_supported_compute_types("cuda") if cards else ()),
    )


def _cards(compute_type: str, hardware: Hardware) -> Iterator[Device]:
    if compute_type in hardware.cuda_types:
        yield Device(name="cuda", compute_type=compute_type)
        return
    notice = None if compute_type == "auto" else _unsupported(compute_type, "cuda")
    for name in _BEST_TYPES["cuda"]:
        if name in hardware.cuda_types:
            yield Device(name="cuda", compute_type=name, notice=notice)


def _cpu(compute_type: str, hardware: Hardware, notice: str | None = None) -> Device:
    if compute_type in hardware.cpu_types:
        return Device(name="cpu", compute_type=compute_type, notice=notice)
    best = next((name for name in _BEST_TYPES["cpu"] if name in hardware.cpu_types), "float32")
    if compute_type != "auto" and notice is None:
        notice = _unsupported(compute_type, "cpu")
    return Device(name="cpu", compute_type=best, notice=notice)


def _unsupported(compute_type: str, device: DeviceName) -> str:
    return (
        f"設定 compute_type の {compute_type} はこのパソコンの {NAMES[device]} では使えないため、"
        "使えるもので認識します（設定から消せば、自動で選びます）。"
    )


def _why_not(hardware: Hardware) -> str:
    if hardware.cards == 0:
        return "設定 device は cuda ですが、使える GPU が見つからないため、CPU で認識します。"
    return (
        "GPU はありますが、必要な部品（CUDA 12 の cuBLAS）がないため、CPU で認識します。"
        "管理者が nvidia-cublas-cu12 を入れると GPU を使えます。"
    )


def _load_libraries() -> bool:
    """Load the libraries by their full path or name; opened once, CTranslate2 finds them by name."""
    names = _LIBRARIES.get(sys.platform)
    if names is None:
        return False
    places = [*_package_folders(), None]
    return all(any(_load(place, name) for place in places) for name in names)


def _load(folder: Path | None, name: str) -> bool:
    if folder is not None and not (folder / name).is_file():
        return False
    try:
        if folder is not None and sys.platform == "win32":
            os.add_dll_directory(str(folder))
        ctypes.CDLL(name if folder is None else str(folder / name), mode=ctypes.RTLD_GLOBAL)
    except OSError:
        return False
    return True


def _package_folders() -> Iterator[Path]:
    """Yield where the wheel `nvidia-cublas-cu12` keeps its libraries, if it is installed."""
    with suppress(ModuleNotFoundError, ValueError):
        found = find_spec("nvidia.cublas")
        for root in found.submodule_search_locations or () if found else ():
            yield from (Path(root) / "lib", Path(root) / "bin")
