"""`consult-assist exercise results` and `exercise forget`: a group's counts, and letting go of old ones."""

from consult_assist.app.settings import Settings
from consult_assist.app.training.exercises import open_exercise
from consult_assist.app.training.group import export_results, forget_tries, group_results, result_tables
from consult_assist.app.wiring import build_workplace
from consult_assist.cli.output_files import write_file
from consult_assist.cli.parser import Options
from consult_assist.cli.table_lines import lines_from_table
from consult_assist.counter.periods import start_of


def report_exercises(settings: Settings, options: Options) -> int:
    """Print a group's counts, or write them to a file."""
    workplace = build_workplace(settings)
    since = start_of(options.since) if options.since else None
    results = group_results(workplace, since=since, exercise=options.exercise)
    if options.exercise is not None and not (results.n_tries or results.n_with_hints):
        open_exercise(workplace, options.exercise)  # says so where there is no such exercise
    left_out = f"（案内を出した {results.n_with_hints} 回は数えません）" if results.n_with_hints else ""
    begin = f"{options.since} から " if options.since else ""
    print(f"練習の結果: {begin}{results.n_tries} 回、{results.n_trainees} 人{left_out}")
    if options.output is None:
        for table in result_tables(results, workplace.knowledge):
            if table.rows:
                print("", *lines_from_table(table), sep="\n")
        return 0
    write_file(options.output, export_results(workplace, results, options.output.suffix[1:].lower()))
    return 0


def forget_exercises(settings: Settings, options: Options) -> int:
    """Erase what was done in old attempts, and how it was scored."""
    number = forget_tries(build_workplace(settings), start_of(options.before))
    print(f"{options.before} より前の {number} 回分の練習の中身と結果を消しました。")
    return 0
