"""`consult-assist records redact`: a line off the record, for good."""

from consult_assist.app.records import documents, off_record
from consult_assist.app.settings import Settings, default_operator
from consult_assist.app.wiring import build_workplace
from consult_assist.cli.asking import agreed, ask
from consult_assist.cli.parser import Options
from consult_assist.counter.labels import SPEAKERS, clock
from consult_assist.domain.transcript import TranscriptLine
from consult_assist.errors import ConsultAssistError


def redact_line(settings: Settings, options: Options) -> int:
    """Show the lines of a consultation; with `--line`, erase these after asking."""
    workplace = build_workplace(settings)
    lines = {line.id: line for line in documents.open_record(workplace, options.id).transcript}
    if not options.line:
        print("\n".join(map(_row, lines.values())))
        print("記録から外す発言を --line 番号 で選んでください。")
        return 0
    chosen = list(dict.fromkeys(options.line))
    if unknown := [name for name in chosen if name not in lines]:
        raise ConsultAssistError(f"発言 {unknown[0]} は、この相談にありません。番号を確かめてください。")
    print("\n".join(_row(lines[name]) for name in chosen))
    print("この発言の文字と音を消します。元には戻せません。職員が書いた行は残ります。")
    if not options.yes and not agreed(ask, "消しますか"):
        print("何も消していません。")
        return 1
    for name in chosen:
        off_record.redact_line(workplace, options.id, name, by=default_operator())
    print(f"{len(chosen)} 件の発言を記録から外しました。前に取ったバックアップには残っています。")
    return 0


def _row(line: TranscriptLine) -> str:
    return f"{line.id}  {clock(line.start_s)} {SPEAKERS[line.speaker]}: {line.text or line.failure}"
