"""Make the weights of the voice encoder: Resemblyzer's wheel → consult_assist/diarization/weights.

Needs the packages onnx and numpy, not torch: the checkpoint is a pickle of arrays, read here with nothing but
the few names it needs. The same wheel gives the same bytes every time.
"""

import argparse
import hashlib
import io
import pickle
import struct
import zipfile
from collections import OrderedDict
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

CHECKPOINT = "resemblyzer/pretrained.pt"
CHECKPOINT_SHA256 = "39373b86598fa3da9fcddee6142382efe09777e8d37dc9c0561f41f0070f134e"
TARGET = (
    Path(__file__).resolve().parent.parent / "consult_assist" / "diarization" / "weights" / "ge2e-voice.onnx"
)
HIDDEN, LAYERS, N_MELS = 256, 3, 40
_DTYPES = {"FloatStorage": np.float32, "LongStorage": np.int64}

Weights = dict[str, NDArray[np.float32]]


class _Storage:
    """Numbers that stand at the end of the file."""

    def __init__(self, kind: str) -> None:
        self.dtype = np.dtype(_DTYPES[kind])
        self.values: NDArray[Any] = np.zeros(0, dtype=self.dtype)


class _Tensor:
    """A view of a storage."""

    def __init__(
        self, storage: _Storage, offset: int, shape: tuple[int, ...], stride: tuple[int, ...], *_: Any
    ) -> None:
        self._view = (storage, offset, shape, stride)

    def array(self) -> NDArray[np.float32]:
        """Return the numbers as an array."""
        storage, offset, shape, stride = self._view
        bytes_apart = [step * storage.dtype.itemsize for step in stride]
        return np.lib.stride_tricks.as_strided(storage.values[offset:], shape, bytes_apart).copy()


class _Unpickler(pickle.Unpickler):
    """Reads a checkpoint of the old format; any name it does not know is refused."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self.storages: dict[str, _Storage] = {}

    def find_class(self, module: str, name: str) -> Any:
        """Return what stands for a name in the file."""
        if name in _DTYPES:
            return name
        known: dict[str, Any] = {
            "_rebuild_tensor": _Tensor,
            "_rebuild_tensor_v2": _Tensor,
            "_rebuild_parameter": lambda tensor, *_: tensor,
            "OrderedDict": OrderedDict,
        }
        if name not in known:
            raise pickle.UnpicklingError(f"unexpected {module}.{name}")
        return known[name]

    def persistent_load(self, pid: Any) -> _Storage:
        """Return the storage that a tensor looks into."""
        _, kind, key, *_ = pid
        return self.storages.setdefault(key, _Storage(kind))


def read_checkpoint(content: bytes) -> Weights:
    """Return the network's arrays by name."""
    file = io.BytesIO(content)
    for _ in range(3):
        pickle.load(file)
    unpickler = _Unpickler(file)
    checkpoint = unpickler.load()
    for key in pickle.load(file):
        storage = unpickler.storages[key]
        (count,) = struct.unpack("<q", file.read(8))
        storage.values = np.frombuffer(file.read(count * storage.dtype.itemsize), storage.dtype)
    return {name: tensor.array() for name, tensor in checkpoint["model_state"].items()}


def _gates(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Reorder the gates: input, forget, cell, output → input, output, forget, cell."""
    into, forget, cell, out = np.split(rows, 4)
    return np.concatenate([into, out, forget, cell])


def build_model(weights: Weights) -> onnx.ModelProto:
    """Return the network with its weights kept in 16 bits; it computes in 32."""
    nodes, kept = [], []

    def keep(name: str, array: NDArray[np.float32]) -> str:
        kept.append(numpy_helper.from_array(np.ascontiguousarray(array, dtype=np.float16), f"{name}_16"))
        nodes.append(helper.make_node("Cast", [f"{name}_16"], [name], to=TensorProto.FLOAT))
        return name

    kept += [numpy_helper.from_array(np.array([axis]), f"axis_{axis}") for axis in (0, 1)]
    signal = "mel"
    for layer in range(LAYERS):
        arrays = {
            part: weights[f"lstm.{part}_l{layer}"]
            for part in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        }
        gates = {part: _gates(array) for part, array in arrays.items()}
        inputs = [
            keep(f"W{layer}", gates["weight_ih"][np.newaxis]),
            keep(f"R{layer}", gates["weight_hh"][np.newaxis]),
            keep(f"B{layer}", np.concatenate([gates["bias_ih"], gates["bias_hh"]])[np.newaxis]),
        ]
        outputs = [f"all_{layer}", f"last_{layer}"]
        nodes.append(helper.make_node("LSTM", [signal, *inputs], outputs, hidden_size=HIDDEN))
        signal = f"signal_{layer}"
        if layer < LAYERS - 1:
            nodes.append(helper.make_node("Squeeze", [outputs[0], "axis_1"], [signal]))
    nodes.append(helper.make_node("Squeeze", [f"last_{LAYERS - 1}", "axis_0"], ["last"]))
    linear = [keep("LW", weights["linear.weight"]), keep("LB", weights["linear.bias"])]
    nodes.append(helper.make_node("Gemm", ["last", *linear], ["projected"], transB=1))
    nodes.append(helper.make_node("Relu", ["projected"], ["positive"]))
    nodes.append(helper.make_node("LpNormalization", ["positive"], ["voice"], axis=1, p=2))
    graph = helper.make_graph(
        nodes,
        "ge2e",
        [helper.make_tensor_value_info("mel", TensorProto.FLOAT, ["frames", "windows", N_MELS])],
        [helper.make_tensor_value_info("voice", TensorProto.FLOAT, ["windows", HIDDEN])],
        kept,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    return model


def main() -> None:
    """Read the wheel named on the command line and write the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("wheel", type=Path, help="Resemblyzer-0.1.4-py3-none-any.whl")
    content = zipfile.ZipFile(parser.parse_args().wheel).read(CHECKPOINT)
    if hashlib.sha256(content).hexdigest() != CHECKPOINT_SHA256:
        raise SystemExit("the checkpoint in this wheel is not the known one")
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(build_model(read_checkpoint(content)).SerializeToString(deterministic=True))
    print(f"{hashlib.sha256(TARGET.read_bytes()).hexdigest()}  {TARGET.name}, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
