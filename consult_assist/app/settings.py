"""TOML + environment → frozen Settings, read once. The docstring under each field is its manual entry."""

import getpass
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, Literal

import platformdirs
from pydantic import AfterValidator, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from consult_assist.errors import SettingsError

_APP = "consult-assist"


def _at_home(folder: Path) -> Path:
    """Return a folder with `~` written out: the screens and the shell must mean the same one.

    A name that is no text is refused with a `UnicodeEncodeError`: SQLite cannot open what lies there.
    """
    str(folder).encode()
    try:
        return folder.expanduser()
    except RuntimeError as error:
        raise ValueError from error


_Speaker = Literal["clerk", "resident"]
_Step = Annotated[str, Field(min_length=1, pattern=r"\S")]
_Folder = Annotated[Path, AfterValidator(_at_home)]
_LISTS = frozenset({"channel_speakers", "review_steps"})
_SWITCH = "true、false"
_FORMS = {
    "threads": "1 以上の整数",
    "drafts": _SWITCH,
    "tell_speakers": _SWITCH,
    "microphone_channels": "1、2",
    "channel_speakers": '["clerk", "resident"] の形で 2 つ',
    "review_steps": '["係長", "課長"] の形で 1 つ以上',
    "exercise_keep_days": "1 以上の整数",
}
"""What may stand in a setting whose type lists no words; any other holds a text in quotation marks."""
_HOW_TO_WRITE = '文字は "…" で囲み、フォルダーの区切りは / にします'
_TEXT_FORM = '"…" で囲んだ文字'
_ComputeType = Literal[
    "auto",
    "int8",
    "int8_float32",
    "int8_float16",
    "int8_bfloat16",
    "int16",
    "float16",
    "bfloat16",
    "float32",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything an office can set in `settings.toml` or through `CONSULT_ASSIST_…` variables."""

    data_folder: _Folder = field(
        default_factory=lambda: Path(platformdirs.user_data_dir(_APP, appauthor=False))
    )
    """記録・録音・事務所の連絡先を置くフォルダー"""
    database_url: str | None = None
    """相談記録のデータベース（SQLAlchemy の URL）。空なら data_folder の中の SQLite"""
    models_folder: _Folder | None = None
    """音声認識モデルを置くフォルダー。空なら data_folder の models"""
    model: str = "base"
    """音声認識モデルの名前、またはフォルダー"""
    device: Literal["auto", "cpu", "cuda"] = "auto"
    """音声認識をする所（auto = 使える GPU があれば GPU、cpu = CPU だけ、cuda = GPU）"""
    compute_type: _ComputeType = "auto"
    """計算の精度（auto = CPU では int8、GPU では float16。ほかに CTranslate2 の名前）"""
    threads: Annotated[int, Field(ge=1)] = 1
    """音声認識に使う CPU の数（models advise が速さを測って勧めます）"""
    drafts: bool = True
    """話している途中の文字を表示する"""
    tell_speakers: bool = True
    """マイクが1本のとき、職員と相談者を声と言葉づかいで見分ける"""
    microphone: str | None = None
    """マイクの名前（一部でよい）。空なら既定のマイク"""
    microphone_channels: Annotated[int, Field(ge=1, le=2)] = 1
    """マイクの数（2 なら左が職員、右が相談者）"""
    channel_speakers: tuple[_Speaker, _Speaker] = ("clerk", "resident")
    """マイクが 2 本のとき、左・右が誰か（clerk = 職員、resident = 相談者。変数では clerk,resident の形）"""
    template: str = "madoguchi"
    """相談記録の様式"""
    review_steps: Annotated[tuple[_Step, ...], Field(min_length=1)] = ("決裁",)
    """提出した記録が通る決裁の段の名前、順に（例 ["係長", "課長"]。変数では 係長,課長 の形）"""
    exercise_keep_days: Annotated[int, Field(ge=1)] | None = None
    """練習の結果を残す日数。空なら消しません"""
    theme: Literal["dark", "light"] = "dark"
    """画面の色"""

    @property
    def models_home(self) -> Path:
        """Where speech models are kept."""
        return self.models_folder or self.data_folder / "models"

    @property
    def cache_folder(self) -> Path:
        """Where results lie that cost seconds to make again; shared by all data folders of the user."""
        return Path(platformdirs.user_cache_dir(_APP, appauthor=False))

    @property
    def recordings_folder(self) -> Path:
        """Where captured sound is kept."""
        return self.data_folder / "recordings"

    @property
    def exercises_folder(self) -> Path:
        """The office's own exercises."""
        return self.data_folder / "exercises"

    @property
    def office_knowledge_folder(self) -> Path:
        """The office's own knowledge, which overrides the shipped one id by id."""
        return self.data_folder / "knowledge"


def read_settings(file: Path | None = None, environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings file, then `CONSULT_ASSIST_<FIELD>` variables over it.

    Args:
        file: path of a TOML file; None means `settings.toml` in the user's configuration folder, if any.
        environment: where the variables are looked up; what is empty counts as not given.

    Raises:
        SettingsError: the file cannot be read, a name is unknown or a value does not fit.
    """
    chosen = file or Path(platformdirs.user_config_dir(_APP, appauthor=False)) / "settings.toml"
    values = _values_in(chosen, must_exist=file is not None)
    known = {item.name for item in fields(Settings)}
    for name in known:
        if value := environment.get(f"CONSULT_ASSIST_{name.upper()}"):
            values[name] = value.replace(" ", "").split(",") if name in _LISTS else value
    if unknown := sorted(set(values) - known):
        raise SettingsError(
            f"設定ファイル {chosen.name} に知らない項目があります: {'、'.join(unknown)}。"
            "つづりを直すか、その行を消してください。"
        )
    return _checked({name: value for name, value in values.items() if value != ""})


def default_operator() -> str:
    """Return the name of the OS account, a first proposal for the clerk's name; empty where it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # Windows without USERNAME
        return ""


def _values_in(file: Path, *, must_exist: bool) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        if isinstance(error, FileNotFoundError | NotADirectoryError) and not must_exist:
            return {}
        what = f"設定ファイル {file} を開けません。場所と、読む権限を確かめてください。"
        raise SettingsError(what) from error
    except UnicodeDecodeError as error:
        what = f"設定ファイル {file.name} の文字コードが UTF-8 ではありません。UTF-8 で保存し直してください。"
        raise SettingsError(what) from error
    except (ValueError, RecursionError) as error:  # also too many digits, too many brackets
        found = re.search(r"line (\d+)", str(error))
        where = f"{found[1]} 行目あたりの" if found else ""
        what = f"設定ファイル {file.name} を読めません。{where}書き方を確かめてください（{_HOW_TO_WRITE}）。"
        raise SettingsError(what) from error


def _checked(values: dict[str, Any]) -> Settings:
    try:
        return TypeAdapter(Settings).validate_python(values)
    except ValidationError as error:
        names = "、".join(dict.fromkeys(_fault(item) for item in error.errors() if item["loc"]))
        raise SettingsError(f"設定の値が正しくありません。直してください: {names}") from error


def _fault(item: ErrorDetails) -> str:
    """Return the name of a setting that does not fit, with what may stand there."""
    name = str(item["loc"][0])
    words = re.findall(r"'([^']+)'", str(item.get("ctx", {}).get("expected", "")))
    return f"{name}（書けるもの: {'、'.join(words) or _FORMS.get(name, _TEXT_FORM)}）"
