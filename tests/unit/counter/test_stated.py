"""How facts read in a record."""

import pytest

from consult_assist.counter.stated import fact_value


@pytest.mark.parametrize(
    ("name", "value", "written"),
    [
        ("arrears_months", 3, "3か月分"),
        ("arrears_months", "2〜3", "2〜3か月分"),
        ("rent_monthly", 65_000, "月6万5千円"),
        ("birth_date", "2019-06", "2019年6月"),
        ("phone", "09000000000", "090-0000-0000"),
        ("phone", "05012345678", "050-1234-5678"),
        ("phone", "0312345678", "03-1234-5678"),
        ("phone", "0612345678", "06-1234-5678"),
        ("phone", "0120123456", "0120-123-456"),
        ("phone", "08001234567", "0800-123-4567"),
        ("phone", "0466123456", "0466123456"),
        ("phone", "0000", "0000"),
    ],
)
def test_a_value_has_its_unit(name: str, value: int | str, written: str) -> None:
    assert fact_value(name, value) == written
