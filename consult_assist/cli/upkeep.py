"""`consult-assist backup | restore | models … | doctor`."""

import json
import sys
from dataclasses import asdict

from consult_assist.app.settings import Settings
from consult_assist.app.wiring import equipment
from consult_assist.cli import printing
from consult_assist.cli.parser import Options

# The screens and engines are imported by the commands that use them.
# ruff: noqa: PLC0415


def backup(settings: Settings, options: Options) -> int:
    """Write everything into one file."""
    from consult_assist.app.wiring.stores import backup_data

    backup_data(settings, options.file)
    print(f"バックアップしました: {options.file}")
    return 0


def restore(settings: Settings, options: Options) -> int:
    """Bring everything back from a backup."""
    from consult_assist.app.wiring.stores import restore_data

    moved = restore_data(settings, options.file, replace=options.replace)
    print(f"元に戻しました: {settings.data_folder}")
    if moved is not None:
        print(f"今までのデータはここに移しました: {moved}")
    return 0


def list_models(settings: Settings, options: Options) -> int:  # noqa: ARG001
    """Print the models and whether they are ready, and say when the one that is set is none of them."""
    from consult_assist.models.find import list_models as statuses
    from consult_assist.models.find import own_folder_status

    found = [*statuses(settings.models_home), *own_folder_status(settings.model, settings.models_home)]
    for status in found:
        print(printing.line_from_model(status))
    if all(status.name != settings.model for status in found):
        print(
            f"設定のモデル「{settings.model}」は、この中にありません。"
            "設定の model を、この中の名前か、モデルのフォルダーに直してください。",
            file=sys.stderr,
        )
        return 1
    return 0


def advise_models(settings: Settings, options: Options) -> int:
    """Measure this PC and say which model keeps up."""
    from consult_assist.app.wiring.recognition import advise_models as advise
    from consult_assist.cli import model_advice

    advice = advise(settings, printing.show_instead)
    if options.json:
        print(json.dumps(asdict(advice), ensure_ascii=False))
    else:
        print(model_advice.text_from_advice(advice))
    return 0


def get_model(settings: Settings, options: Options) -> int:
    """Make a model ready; the one command that may use the network, because the user typed it."""
    from consult_assist.models.get import get_model as get

    folder = get(options.name, settings.models_home, printing.show_progress)
    print(f"用意できました: {folder}")
    return 0


def verify_model(settings: Settings, options: Options) -> int:
    """Read a model to the last byte and compare it."""
    from consult_assist.models.find import verify_model as verify

    folder = verify(options.name or settings.model, settings.models_home, printing.show_progress)
    print(f"正しいモデルです: {folder}")
    return 0


def check_equipment(settings: Settings, options: Options) -> int:  # noqa: ARG001
    """Print whether each part works, or what to do."""
    ok = True
    for check in equipment(settings):
        result = check()
        print(f"{'○' if result.ok else '×'} {result.name}: {result.message}", flush=True)
        ok = ok and result.ok
    return 0 if ok else 1
