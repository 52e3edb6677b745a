"""How facts read in a record."""

import pytest

from consult_assist.japanese.stated import fact_value


@pytest.mark.parametrize(
    ("name", "value", "written"),
    [
        ("arrears_months", 3, "3か月分"),
        ("arrears_months", "2〜3", "2〜3か月分"),
        ("rent_monthly", 65_000, "月6万5千円"),
        ("birth_date", "2019-06", "2019年6月"),
        ("phone", "09000000000", "09000000000"),
    ],
)
def test_a_value_has_its_unit(name: str, value: int | str, written: str) -> None:
    assert fact_value(name, value) == written
