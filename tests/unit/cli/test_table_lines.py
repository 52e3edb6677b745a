"""Tables as aligned lines of a terminal."""

from consult_assist.cli.table_lines import lines_from_table
from consult_assist.domain.tables import Table


def test_wide_characters_take_two_cells_and_numbers_stand_to_the_right() -> None:
    table = Table(
        title="制度別", columns=(("制度", 40), ("相談", 8)), rows=(("児童手当", 3), ("生活保護法", 120))
    )
    assert list(lines_from_table(table)) == [
        "【制度別】",
        "  制度        相談",
        "  児童手当       3",
        "  生活保護法   120",
    ]


def test_an_empty_cell_among_numbers_keeps_them_aligned() -> None:
    table = Table(title="月別", columns=(("月", 8), ("相談", 8)), rows=(("10", None), ("11", 7)))
    assert list(lines_from_table(table))[2:] == ["  10", "  11     7"]
