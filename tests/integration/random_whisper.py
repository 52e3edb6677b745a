"""Whisper models of any shape with random weights: they hear nothing, but every file and tensor is real."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs import WhisperSpec

SMALL_VOCABULARY, LARGE_VOCABULARY = 51865, 51866
"""Whisper up to large-v2, and from large-v3 on: one language more."""


@dataclass(frozen=True)
class Shape:
    """What differs between conversions."""

    mels: int = 80
    vocabulary: int = SMALL_VOCABULARY
    encoder_layers: int = 1
    decoder_layers: int = 1
    width: int = 64
    tell_mels: bool = True
    """Whether preprocessor_config.json is there."""
    alignment: bool = True
    """Whether config.json names heads for word times; some fine-tunes do not."""


def write_random_whisper(folder: Path, shape: Shape, base: Path) -> Path:
    """Write a CTranslate2 model; tokens come from Whisper base."""
    folder.mkdir(parents=True)
    spec = _spec(shape)
    tokens = (base / "vocabulary.txt").read_text(encoding="utf-8").split("\n")[:SMALL_VOCABULARY]
    tokenizer = json.loads((base / "tokenizer.json").read_text(encoding="utf-8"))
    if shape.vocabulary == LARGE_VOCABULARY:
        at = tokens.index("<|su|>") + 1
        tokens.insert(at, "<|yue|>")
        _shift_tokens(tokenizer, at)
    spec.register_vocabulary(tokens)
    known = json.loads((base / "config.json").read_text(encoding="utf-8"))
    for name in ("suppress_ids", "suppress_ids_begin", "lang_ids"):
        setattr(spec.config, name, known[name])
    spec.config.alignment_heads = [[0, 0]] if shape.alignment else None
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config = {name: value for name, value in config.items() if value is not None}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    if shape.tell_mels:
        (folder / "preprocessor_config.json").write_text(json.dumps({"feature_size": shape.mels}))
    return folder


def _shift_tokens(tokenizer: dict[str, Any], at: int) -> None:
    for token in tokenizer["added_tokens"]:
        token["id"] += token["id"] >= at
    extra = next(token for token in tokenizer["added_tokens"] if token["content"] == "<|su|>")
    place = tokenizer["added_tokens"].index(extra) + 1
    tokenizer["added_tokens"].insert(place, {**extra, "id": at, "content": "<|yue|>"})


def _spec(shape: Shape) -> Any:
    rng = np.random.default_rng(7)
    width = shape.width

    def random(*dimensions: int) -> Any:
        return (rng.standard_normal(dimensions, dtype=np.float32) * 0.02).astype(np.float16)

    def fill(layer: Any, n_out: int, n_in: int) -> None:
        layer.weight, layer.bias = random(n_out, n_in), np.zeros(n_out, np.float16)

    def norm(layer: Any) -> None:
        layer.gamma, layer.beta = np.ones(width, np.float16), np.zeros(width, np.float16)

    def attend(layer: Any, *parts: int) -> None:
        norm(layer.layer_norm)
        for linear, n_parts in zip(layer.linear, parts, strict=True):
            fill(linear, n_parts * width, width)

    def feed(layer: Any) -> None:
        norm(layer.layer_norm)
        fill(layer.linear_0, 4 * width, width)
        fill(layer.linear_1, width, 4 * width)

    spec = WhisperSpec(shape.encoder_layers, 1, shape.decoder_layers, 1)
    encoder, decoder = spec.encoder, spec.decoder
    for conv, n_in in ((encoder.conv1, shape.mels), (encoder.conv2, width)):
        conv.weight, conv.bias = random(width, n_in, 3), np.zeros(width, np.float16)
    encoder.position_encodings.encodings = random(1500, width)
    decoder.position_encodings.encodings = random(448, width)
    decoder.embeddings.weight = random(shape.vocabulary, width)
    decoder.projection.weight = decoder.embeddings.weight
    norm(encoder.layer_norm)
    norm(decoder.layer_norm)
    for layer in encoder.layer:
        attend(layer.self_attention, 3, 1)
        feed(layer.ffn)
    for layer in decoder.layer:
        attend(layer.self_attention, 3, 1)
        attend(layer.attention, 1, 2, 1)
        feed(layer.ffn)
    return spec
