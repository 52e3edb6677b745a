"""`consult-assist knowledge report`: what the saved consultations say about the knowledge."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime

from consult_assist.app.settings import Settings
from consult_assist.app.upkeep.knowledge_use import ProgrammeUse, UsageReport, report_usage
from consult_assist.app.wiring import build_workplace
from consult_assist.cli.output_files import write_file
from consult_assist.cli.parser import Options
from consult_assist.cli.table_lines import padded
from consult_assist.export.tables import rows_as_csv

_MAX_ROWS = 10
_COLUMNS = ("制度", "出した", "使った", "見送り", "適中率", "出せず")
_NAME_CELLS = 44
_MAX_CHARS = 48
_MAX_FIGURES = 3
_DATED = re.compile(r"(?P<text>.+?)(?P<date>（(?:[^（）]|（[^（）]*）)*）)", re.DOTALL)
"""A figure as `told_figures` writes it; its date may hold parentheses of its own."""


def report_knowledge(settings: Settings, options: Options) -> int:
    """Print the report, or write its table as CSV."""
    report = report_usage(
        build_workplace(settings),
        today=datetime.now().astimezone().date(),
        since=options.since,
        replays=options.replays,
    )
    if options.csv is not None:
        _write_csv(report, options)
    if options.json:
        print(json.dumps(_json_from_usage(report), ensure_ascii=False))
    elif options.csv is None:
        print(text_from_usage(report, options.since))
    return 0


def _json_from_usage(report: UsageReport) -> dict[str, object]:
    """Return what `--json` prints: ids, counts, words of the knowledge; nothing that a citizen said."""
    values: dict[str, object] = json.loads(json.dumps(asdict(report), default=str))
    del values["names"]
    values["programmes"] = [
        {**asdict(row), "precision": None if row.precision is None else round(row.precision, 3)}
        for row in report.programmes
    ]
    return values


def text_from_usage(report: UsageReport, since: date | None = None) -> str:
    """Return the report for a person; `since` is the first day that was counted."""
    begin = f"{since} から" if since else ""
    head = f"{begin}の相談 {report.n_consultations} 件の集計".removeprefix("の")
    return "\n".join([head, *_table(report), *_noisy(report), *_dates(report)])


def _table(report: UsageReport) -> Iterator[str]:
    if not report.programmes:
        yield "まだ、案内した制度がありません。見本の再生も数えるには --replays を付けます。"
        return
    yield ""
    yield _row(_COLUMNS)
    for use in report.programmes:
        yield _row([cell or "-" for cell in _cells(use)])
    yield "使った = 詳しく見た・説明した・要確認にした。出せず = 案内しないうちに説明した・さがした。"


def _cells(use: ProgrammeUse) -> Sequence[str]:
    precision = "" if use.precision is None else f"{100 * use.precision:.0f} %"
    return use.name, str(use.shown), str(use.used), str(use.dismissed), precision, str(use.missed)


def _row(cells: Sequence[str]) -> str:
    name, *numbers = cells
    return padded(name, _NAME_CELLS) + "".join(padded(number, 8, right=True) for number in numbers)


def _noisy(report: UsageReport) -> Iterator[str]:
    if not report.noisy:
        return
    yield from ("", "使われない案内を出した言葉（多い順）")
    for entry in report.noisy[:_MAX_ROWS]:
        used = f"、使われた {entry.used} 件" if entry.used else ""
        place = f"  {entry.place}" if entry.place else ""
        name = report.names.get(entry.programme, entry.programme)
        yield f"  {entry.in_vain} 件{used}  {name}「{_short(entry.words)}」{place}"
    yield from _rest(len(report.noisy))


def _dates(report: UsageReport) -> Iterator[str]:
    if report.expired:
        yield from ("", "年度の過ぎた金額（出典と見比べてください）")
        for figure in report.expired[:_MAX_ROWS]:
            yield f"  {report.names.get(figure.programme, figure.programme)}: {_short_figure(figure.figure)}"
        yield from _rest(len(report.expired))
    if report.changed:
        yield from ("", "説明したあとで内容が変わった制度（連絡が要るか確かめてください）")
        for item in report.changed[:_MAX_ROWS]:
            case = f"  案件 {item.case_number}" if item.case_number else ""
            sure = "" if item.certain else "（確かめ直したので、変わったかもしれません）"
            name = report.names.get(item.programme, item.programme)
            yield f"  {item.held_on}  {item.consultation_id}{case}  {name}{sure}"
            yield from (f"      説明のとき: {_short_figure(figure)}" for figure in item.told[:_MAX_FIGURES])
            yield from (f"      今:         {_short_figure(figure)}" for figure in item.now[:_MAX_FIGURES])
        yield from _rest(len(report.changed))


def _short(text: str) -> str:
    return text if len(text) <= _MAX_CHARS else text[: _MAX_CHARS - 1] + "…"


def _short_figure(figure: str) -> str:
    """Return a figure, cut where it is long; the date behind it stays whole."""
    dated = _DATED.fullmatch(figure)
    return _short(dated["text"]) + dated["date"] if dated else _short(figure)


def _rest(count: int) -> Iterator[str]:
    if count > _MAX_ROWS:
        yield f"  ほか {count - _MAX_ROWS} 件（--json ですべて出ます）"


def _write_csv(report: UsageReport, options: Options) -> None:
    rows = [("制度番号", *_COLUMNS), *((use.programme, *_cells(use)) for use in report.programmes)]
    write_file(options.csv, rows_as_csv(rows))
