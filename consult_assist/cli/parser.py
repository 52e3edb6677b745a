"""The command line: argparse, speaking Japanese through its own gettext catalogue."""

import argparse
import gettext
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from consult_assist import __version__
from consult_assist.cli.argument_types import DAY_FORMS, day, file_path, table_path
from consult_assist.cli.help_pages import HelpPages
from consult_assist.errors import ConsultAssistError

_LOCALE = Path(__file__).parent / "locale"
_EXPORT_FORMATS = (
    *("txt", "md", "csv", "json", "docx", "pdf", "xlsx"),
    *("sheet.txt", "sheet.docx", "sheet.pdf"),
    *("training.txt", "training-list.txt"),
)
_RECORD_ID = "records list で出る番号"
_EXERCISE_ID = "exercise list で出る番号"
Options = argparse.Namespace
AddParser = Callable[..., argparse.ArgumentParser]


class UsageError(ConsultAssistError):
    """A command was given too little to go on, or what does not go together."""


class CommandParser(argparse.ArgumentParser):
    """A parser that refuses an unknown option itself: the help it then names is that of the command."""

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: Options | None = None
    ) -> tuple[Options, list[str]]:
        """Parse everything, or end with what is unknown."""
        options, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(gettext.gettext("unrecognized arguments: %s") % " ".join(unknown))
        return options, unknown


def build_parser() -> argparse.ArgumentParser:
    """Return the parser; `options.run` names the command's function and its module in `cli`."""
    _speak_japanese()
    parser = CommandParser(
        prog="consult-assist",
        description="福祉の窓口の相談を、このパソコンの中だけで文字にし、案内と相談記録を助けます。"
        "コマンドを付けずに始めると、画面が開きます。",
        formatter_class=HelpPages,
    )
    parser.add_argument(
        "--version", action="version", version=f"consult-assist {__version__}", help="版を出して終わります"
    )
    parser.add_argument(
        "--settings",
        type=file_path,
        metavar="FILE",
        help="使う設定ファイル（コマンドより前に書きます。省くと、いつもの settings.toml）",
    )
    parser.set_defaults(run="consulting.open_screens")
    commands = parser.add_subparsers(title="コマンド", metavar="コマンド")
    _add_speech_commands(commands.add_parser)
    _add_record_commands(commands.add_parser)
    _add_backup_commands(commands.add_parser)
    _add_model_commands(commands.add_parser)
    _add_knowledge_commands(commands.add_parser)
    _add_exercise_commands(commands.add_parser)
    _command(
        commands.add_parser, "doctor", "upkeep.check_equipment", "マイク・モデル・保存場所などを点検します"
    )
    return parser


def _speak_japanese() -> None:
    """Let argparse's own words come from our catalogue, whatever language the system is set to."""
    os.environ["LANGUAGE"] = "ja"
    gettext.bindtextdomain("consult_assist", _LOCALE)
    gettext.textdomain("consult_assist")


def _command(add: AddParser, name: str, run: str, summary: str) -> argparse.ArgumentParser:
    parser = add(name, help=summary, description=summary, formatter_class=HelpPages)
    parser.set_defaults(run=run)
    return parser


def _group(add: AddParser, name: str, summary: str) -> AddParser:
    parser = add(name, help=summary, description=summary, formatter_class=HelpPages)
    return parser.add_subparsers(title="コマンド", metavar="コマンド", required=True).add_parser


def _add_speech_commands(add: AddParser) -> None:
    consult = _command(add, "consult", "consulting.consult", "相談を始めます")
    consult.add_argument(
        "--consent",
        choices=("recorded", "text_only", "handwritten"),
        help="録音の同意: recorded = あり、text_only = 文字のみ、handwritten = なし（手書き）",
    )
    consult.add_argument("--operator", metavar="名前", help="担当者の名前（省くと、このパソコンの利用者名）")
    consult.add_argument("--resume", metavar="記録番号", help="中断した相談を続けます")
    consult.add_argument("--case", metavar="番号", help="案件番号")
    consult.add_argument(
        "--no-ui", action="store_true", help="画面を開かず、文字だけを出します（Ctrl+C で終了）"
    )
    consult.add_argument(
        "--events", type=file_path, metavar="FILE", help="出来事を JSON Lines で書き出します"
    )

    replay = _command(add, "replay", "consulting.replay", "音声ファイルを、本番と同じしくみで再生します")
    replay.add_argument(
        "sound", type=file_path, metavar="音声", help="音声ファイル（wav, flac, mp3, m4a, ogg）"
    )
    replay.add_argument("--speed", choices=("1", "2", "max"), default="1", help="再生の速さ（初期値 1）")
    replay.add_argument("--no-ui", action="store_true", help="画面を開かず、文字だけを出します")
    replay.add_argument("--events", type=file_path, metavar="FILE", help="出来事を JSON Lines で書き出します")

    transcribe = _command(
        add,
        "transcribe",
        "consulting.transcribe",
        "音声ファイルを文字にします。または、残した相談をもう一度聞き直します",
    )
    what = transcribe.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "sound",
        type=file_path,
        nargs="?",
        metavar="音声",
        help="音声ファイル（記録は残しません）",
    )
    what.add_argument(
        "--again", metavar="記録番号", help="残した相談の録音を聞き直し、変わる所を見せてから記録に残します"
    )
    transcribe.add_argument("--model", metavar="名前", help="音声認識モデル（省くと、設定のモデル）")
    transcribe.add_argument(
        "-o", "--output", choices=("txt", "srt", "vtt", "json"), default="txt", help="出力の形（初期値 txt）"
    )
    answer = transcribe.add_mutually_exclusive_group()
    answer.add_argument("--yes", action="store_true", help="--again のとき、たずねずに残します")
    answer.add_argument("--dry-run", action="store_true", help="--again のとき、見せるだけで残しません")


def _add_record_commands(add: AddParser) -> None:
    verbs = _group(add, "records", "相談記録を見る・書き出す・点検する")
    listing = _command(verbs, "list", "records.list_records", "相談記録の一覧を出します")
    listing.add_argument(
        "search",
        nargs="*",
        metavar="言葉",
        help="すべてに合う記録だけ。制度:児童扶養手当、期間:2026-10、状態:提出、手順:DV、担当:山田、案件:R8-12、"
        "主訴:離婚 のような条件も書けます",
    )
    show = _command(verbs, "show", "records.show_record", "相談記録を 1 件表示します")
    show.add_argument("id", metavar="記録番号", help=_RECORD_ID)
    show.add_argument("--template", metavar="様式", help="この様式で表示します（記録は変わりません）")
    show.add_argument("--approved", action="store_true", help="最後に決裁された版を表示します")
    history = _command(
        verbs, "history", "records.show_history", "相談記録の変更の履歴（だれが・いつ・何を）を表示します"
    )
    history.add_argument("id", metavar="記録番号", help=_RECORD_ID)
    export = _command(verbs, "export", "records.export_record", "相談記録をファイルに書き出します")
    export.add_argument("id", metavar="記録番号", help=_RECORD_ID)
    export.add_argument(
        "-f",
        "--format",
        choices=_EXPORT_FORMATS,
        metavar="形式",
        help=f"{'、'.join(_EXPORT_FORMATS)} のどれか（初期値 txt、--form があれば docx）。"
        "sheet は本人に渡すまとめ、training は名前や番号を置きかえた研修用（training-list はその一覧）",
    )
    export.add_argument("--template", metavar="様式", help="この様式で書き出します（記録は変わりません）")
    export.add_argument(
        "-o", "--output", type=file_path, metavar="FILE", help="書き出し先（省くと、記録番号.形式）"
    )
    export.add_argument(
        "--form",
        type=file_path,
        metavar="FILE.docx",
        help="事務所の Word の様式（{{ 主訴 }} などの所に差し込みます）",
    )
    _add_statistics(verbs)
    _command(
        verbs, "verify", "records.verify_records", "保存された記録と録音に、書きかえや抜けがないか点検します"
    )
    _add_review_commands(verbs)
    _add_redaction(verbs)


def _add_redaction(verbs: AddParser) -> None:
    redact = _command(verbs, "redact", "off_record.redact_line", "発言を記録から外し、その文字と音を消します")
    redact.add_argument("id", metavar="記録番号", help=_RECORD_ID)
    redact.add_argument(
        "--line",
        action="append",
        metavar="発言番号",
        help="外す発言（u0005 の形。何度でも。省くと発言の一覧を出します）",
    )
    redact.add_argument("--yes", action="store_true", help="たずねずに消します（元には戻せません）")


def _add_backup_commands(add: AddParser) -> None:
    backup = _command(
        add, "backup", "upkeep.backup", "記録・録音・事務所の知識と練習を 1 つのファイルにバックアップします"
    )
    backup.add_argument(
        "file", type=file_path, metavar="FILE", help="バックアップを書くファイル（記録とは別のディスクに）"
    )
    restore = _command(add, "restore", "upkeep.restore", "バックアップのファイルから元に戻します")
    restore.add_argument("file", type=file_path, metavar="FILE", help="backup で書いたファイル")
    restore.add_argument(
        "--replace", action="store_true", help="今のデータがあるときは、よけてから戻します（消しません）"
    )


def _add_review_commands(verbs: AddParser) -> None:
    _command(verbs, "waiting", "reviewing.list_waiting", "決裁を待つ記録を、急ぐものから順に出します")
    for name, run, summary, reason in (
        (
            "submit",
            "reviewing.submit_record",
            "相談記録を提出します（足りない所があれば、その欄を挙げて止まります）",
            "",
        ),
        ("take-back", "reviewing.take_back_record", "提出を取り下げて、直せるようにします", ""),
        ("return", "reviewing.return_record", "提出された記録を、理由を付けて差し戻します", "差し戻す理由"),
        (
            "approve",
            "reviewing.approve_record",
            "提出された記録を承認します（最後の段なら決裁になります）",
            "",
        ),
        ("amend", "reviewing.amend_record", "決裁された記録の訂正を、理由を付けて始めます", "訂正する理由"),
    ):
        verb = _command(verbs, name, run, summary)
        verb.add_argument("id", metavar="記録番号", help=_RECORD_ID)
        if reason:
            verb.add_argument("reason", metavar="理由", help=reason)
        verb.add_argument("--by", metavar="名前", help="名前（省くと、このパソコンの利用者名）")


def _add_statistics(verbs: AddParser) -> None:
    counts = _command(
        verbs, "statistics", "statistics.count_records", "期間の相談を、月・制度・手順ごとに数えます"
    )
    counts.add_argument("--from", dest="since", metavar="日付", help=f"この日か月から（{DAY_FORMS} など）")
    counts.add_argument("--to", dest="until", metavar="日付", help="この日か月まで（どちらも省くと、今年度）")
    counts.add_argument(
        "--output", type=table_path, metavar="FILE", help=".xlsx か .csv のファイルに書き出します"
    )


def _add_model_commands(add: AddParser) -> None:
    verbs = _group(add, "models", "音声認識モデルを見る・用意する・確かめる")
    _command(verbs, "list", "upkeep.list_models", "音声認識モデルの一覧を出します")
    advise = _command(
        verbs,
        "advise",
        "upkeep.advise_models",
        "このパソコンでどのモデルが会話に追いつくか、30 秒ほどで測ります",
    )
    advise.add_argument("--json", action="store_true", help="JSON で出します")
    get = _command(
        verbs,
        "get",
        "upkeep.get_model",
        "音声認識モデルを用意します（base のほかはネットワークから取り寄せます）",
    )
    get.add_argument("name", metavar="名前", help="用意するモデル（models list にある名前）")
    verify = _command(
        verbs, "verify", "upkeep.verify_model", "音声認識モデルが正しいか、全部読んで確かめます"
    )
    verify.add_argument("name", nargs="?", metavar="名前", help="省くと、設定のモデル")


def _add_knowledge_commands(add: AddParser) -> None:
    verbs = _group(add, "knowledge", "制度の知識を点検する・試す・直す")
    check = _command(
        verbs, "check", "knowledge.check_knowledge", "知識ファイルの誤りと、見直すところを挙げます"
    )
    check.add_argument("--json", action="store_true", help="JSON で出します")
    trial = _command(verbs, "try", "knowledge.try_knowledge", "文を入れて、どの制度が挙がるか試します")
    trial.add_argument("text", metavar="文", help="試す文（- なら、標準入力から 1 行ずつ）")
    trial.add_argument("--json", action="store_true", help="JSON で出します")
    export = _command(verbs, "export", "knowledge.export_knowledge", "知識を Excel のファイルに書き出します")
    export.add_argument("file", type=file_path, metavar="FILE.xlsx", help="書き出し先（.xlsx）")
    taking = _command(
        verbs,
        "import",
        "knowledge.import_knowledge",
        "直した Excel のファイルを、事務所の知識に取り込みます",
    )
    taking.add_argument(
        "file", type=file_path, metavar="FILE.xlsx", help="knowledge export で書き出し、直したファイル"
    )
    taking.add_argument("--dry-run", action="store_true", help="何が変わるかを見せるだけで、書き込みません")
    _command(verbs, "add", "knowledge.add_programme", "質問に答えて、事務所の制度を 1 つ足します")
    diff = _command(
        verbs,
        "diff",
        "knowledge.diff_knowledge",
        "事務所で足した所・直した所を、付属の知識と比べます",
    )
    diff.add_argument("--reviewed", metavar="ID", help="新しくなった付属の内容と見比べたことを残します")
    report = _command(
        verbs,
        "report",
        "knowledge_report.report_knowledge",
        "残した相談から、案内の当たり外れと、変わった内容を数えます",
    )
    report.add_argument(
        "--since", type=day, metavar="日付", help=f"この日からの相談だけを数えます（{DAY_FORMS} など）"
    )
    report.add_argument("--replays", action="store_true", help="見本の再生も数えます")
    report.add_argument("--json", action="store_true", help="JSON で出します")
    report.add_argument("--csv", type=file_path, metavar="FILE", help="制度ごとの表を CSV で書き出します")
    _command(verbs, "contacts", "knowledge.list_contacts", "地域の窓口の番号と、書くファイルを示します")


def _add_exercise_commands(add: AddParser) -> None:
    verbs = _group(add, "exercise", "研修の練習を見る・作る・プログラム自身で試す")
    _command(verbs, "list", "exercises.list_exercises", "練習の一覧を出します")
    show = _command(
        verbs, "show", "exercises.show_exercise", "練習を 1 つ、気づくことの答えとともに表示します"
    )
    show.add_argument("id", metavar="練習番号", help=_EXERCISE_ID)
    new = _command(verbs, "new", "exercises.new_exercise", "残した相談から、質問に答えて練習を 1 つ作ります")
    new.add_argument("id", metavar="記録番号", help=_RECORD_ID)
    new.add_argument("name", metavar="練習番号", help="半角の英小文字・数字・「-」で付ける名前")
    new.add_argument(
        "--sound",
        action="store_true",
        help="音声も写します（研修に使う同意が記録されている相談だけ。置きかえた所の音は消します）",
    )
    consent = _command(
        verbs, "consent", "exercises.record_consent", "声を研修に使うことへの本人の同意を記録します"
    )
    consent.add_argument("id", metavar="記録番号", help=_RECORD_ID)
    consent.add_argument("--withdraw", action="store_true", help="同意がなくなったことを記録します")
    consent.add_argument("--operator", metavar="名前", help="担当者の名前（省くと、このパソコンの利用者名）")
    _add_exercise_counts(verbs)


def _add_exercise_counts(verbs: AddParser) -> None:
    check = _command(
        verbs,
        "check",
        "exercises.check_exercises",
        "練習をプログラム自身にかけ、案内や聞き取りの出来を数えます",
    )
    check.add_argument("ids", nargs="*", metavar="練習番号", help="省くと、すべての練習")
    check.add_argument("--text", action="store_true", help="音声を使わず、文字だけで試します")
    check.add_argument("--output", type=file_path, metavar="FILE.csv", help="表を CSV で書き出します")
    check.add_argument(
        "--at-least",
        action="append",
        default=[],
        metavar="項目=百分率",
        help="項目（names、programmes、precision、dangers、questions、facts、record）が全体でこれに"
        "届かなければ、終了コードを 1 にします（例: dangers=90。何度でも書けます）",
    )
    check.add_argument(
        "--most-false-alerts",
        type=int,
        metavar="件数",
        help="余分な危険のサインがこれより多ければ、終了コードを 1 にします",
    )
    results = _command(
        verbs, "results", "exercise_results.report_exercises", "みんなの練習の結果を、名前を出さずに数えます"
    )
    results.add_argument(
        "--since", type=day, metavar="日付", help=f"この日からの練習だけを数えます（{DAY_FORMS} など）"
    )
    results.add_argument("--exercise", metavar="練習番号", help="この練習だけを数えます")
    results.add_argument(
        "--output", type=table_path, metavar="FILE", help=".xlsx か .csv のファイルに書き出します"
    )
    forget = _command(
        verbs, "forget", "exercise_results.forget_exercises", "古い練習の中身と結果を消します。元に戻せません"
    )
    forget.add_argument(
        "--before",
        required=True,
        type=day,
        metavar="日付",
        help=f"この日より前に始めた練習を消します（{DAY_FORMS} など）",
    )
