"""Settings: the environment over the file, and one sentence for whatever does not fit."""

from collections.abc import Callable
from pathlib import Path

import pytest

from consult_assist.app.settings import Settings, read_settings
from consult_assist.errors import SettingsError


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def written(content: str) -> Path:
        file = tmp_path / "settings.toml"
        file.write_text(content, encoding="utf-8")
        return file

    return written


def test_the_environment_wins_over_the_file(write: Callable[[str], Path]) -> None:
    file = write(
        'model = "small"\nthreads = 3\ndrafts = false\nchannel_speakers = ["resident", "clerk"]\n'
        'data_folder = "here"\n'
    )
    assert read_settings(file, {}) == Settings(
        model="small",
        threads=3,
        drafts=False,
        channel_speakers=("resident", "clerk"),
        data_folder=Path("here"),
    )
    environment = {
        "CONSULT_ASSIST_THREADS": "4",
        "CONSULT_ASSIST_DRAFTS": "true",
        "CONSULT_ASSIST_MICROPHONE_CHANNELS": "2",
        "CONSULT_ASSIST_CHANNEL_SPEAKERS": "clerk, resident",
        "CONSULT_ASSIST_ELSEWHERE": "not ours",
    }
    assert read_settings(file, environment) == Settings(
        model="small", threads=4, microphone_channels=2, data_folder=Path("here")
    )


@pytest.mark.parametrize(
    "line",
    [
        "threads = 0",
        "microphone_channels = 0",
        "microphone_channels = 3",
        'channel_speakers = ["staff", "citizen"]',
        'channel_speakers = ["clerk"]',
        'channel_speakers = ["clerk", "resident", "clerk"]',
        'theme = "pink"',
        'device = "tpu"',
        'compute_type = "int4"',
        'drafts = "perhaps"',
    ],
)
def test_a_value_that_does_not_fit_is_named_once(write: Callable[[str], Path], line: str) -> None:
    name, value = line.split(" = ")
    with pytest.raises(SettingsError, match=rf"正しくありません。.*: {name}(（|$)"):
        read_settings(write(line), {})
    plain = value.translate(str.maketrans("", "", '[]" '))
    with pytest.raises(SettingsError, match=rf"正しくありません。.*: {name}(（|$)"):
        read_settings(write(""), {f"CONSULT_ASSIST_{name.upper()}": plain})


def test_the_words_that_may_stand_there_are_named(write: Callable[[str], Path]) -> None:
    with pytest.raises(SettingsError, match=r"theme（書けるもの: dark、light）$"):
        read_settings(write('theme = "pink"'), {})


@pytest.mark.parametrize(
    ("line", "form"),
    [
        ('threads = "x"', "1 以上の整数"),
        ("drafts = 2", "true、false"),
        ("microphone_channels = 3", "1、2"),
        ('channel_speakers = ["clerk"]', '["clerk", "resident"] の形で 2 つ'),
        ("review_steps = []", '["係長", "課長"] の形で 1 つ以上'),
        ("model = 3", '"…" で囲んだ文字'),
    ],
)
def test_the_form_of_what_is_no_word_of_a_list_is_told(
    write: Callable[[str], Path], line: str, form: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings(write(line), {})
    assert str(refused.value).endswith(f": {line.split(maxsplit=1)[0]}（書けるもの: {form}）")


@pytest.mark.parametrize(
    "line",
    ["threads = x", r'data_folder = "C:\Users\a"', pytest.param(f"threads = {'1' * 5000}", id="digits")],
)
def test_how_to_write_is_told_of_a_file_that_cannot_be_read(write: Callable[[str], Path], line: str) -> None:
    with pytest.raises(SettingsError, match=r'文字は "…" で囲み、フォルダーの区切りは / にします'):
        read_settings(write(line), {})


def test_an_unknown_name_is_named(write: Callable[[str], Path]) -> None:
    with pytest.raises(SettingsError, match="知らない項目があります: modell。つづりを直すか"):
        read_settings(write('modell = "base"'), {})


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("threads = \nmodel = 1", "office.toml を読めません。1 行目あたりの"),
        ('theme = "', "office.toml を読めません。"),
        (b"\xff\xfe", "office.toml の文字コードが UTF-8 では"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: str | bytes, sentence: str) -> None:
    file = tmp_path / "office.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(SettingsError, match=sentence):
        read_settings(file, {})


def test_a_file_asked_for_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"office\.toml を開けません"):
        read_settings(tmp_path / "office.toml", {})
    with pytest.raises(SettingsError, match="を開けません"):
        read_settings(tmp_path, {})


def test_the_mark_that_windows_puts_before_a_text_does_no_harm(write: Callable[[str], Path]) -> None:
    assert read_settings(write('\ufeffmodel = "small"\r\n'), {}).model == "small"


def test_what_is_empty_counts_as_not_given(write: Callable[[str], Path]) -> None:
    assert read_settings(write('data_folder = ""\nmodel = ""'), {"CONSULT_ASSIST_THEME": ""}) == Settings()
    empty = {"CONSULT_ASSIST_REVIEW_STEPS": "", "CONSULT_ASSIST_THEME": ""}
    assert read_settings(write('theme = "light"'), empty) == Settings(theme="light")


def test_the_home_folder_is_written_out(write: Callable[[str], Path]) -> None:
    assert read_settings(write('data_folder = "~/records"'), {}).data_folder == Path.home() / "records"
    with pytest.raises(SettingsError, match="data_folder"):
        read_settings(write('data_folder = "~nobody-has-this-name/records"'), {})


def test_a_folder_whose_name_is_no_text_is_named() -> None:
    with pytest.raises(SettingsError, match="data_folder"):
        read_settings(None, {"CONSULT_ASSIST_DATA_FOLDER": "/\udcff"})
