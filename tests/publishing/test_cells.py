import csv
import io
from decimal import Decimal

import pytest

from panel.publishing.cells import cell, csv_lines


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b"])
def test_no_text_is_a_formula(sign: str) -> None:
    assert cell(f"{sign}1+1").startswith("'")


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (-1, "-1"), (Decimal("1E-7"), "0.0000001"), ("a\x00b", "a\ufffdb"), (1.5, "1.5")],
)
def test_other_values_are_themselves(value: object, text: str) -> None:
    assert cell(value) == text


def test_a_table_is_read_back() -> None:
    text = "".join(csv_lines(("a", "b"), [(1, 'say "x", y'), ("z", None)]))
    assert list(csv.reader(io.StringIO(text))) == [["a", "b"], ["1", 'say "x", y'], ["z", ""]]
