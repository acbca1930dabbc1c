import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.fact import Source
from panel.library.tree import read_tree
from panel.library.yaml_lines import block, flow, item, plain, scalar

VISIBLE = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=12)
TEXTS = st.lists(VISIBLE, min_size=1, max_size=4).map(" ".join).filter(str.strip).map(str.strip)


def read(text: str) -> object:
    return read_tree(text, path="x", first_line=1).values


@given(TEXTS)
def test_every_text_is_read_back_as_it_was(text: str) -> None:
    assert read(f"key: {scalar(text)}") == {"key": text}
    assert read(f"key: {flow([text, {'inside': text}])}") == {"key": [text, {"inside": text}]}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("52", '"52"'),
        ("1,000", '"1,000"'),
        ("2026-04-08", '"2026-04-08"'),
        (dt.date(2026, 4, 8), "2026-04-08"),
        (Decimal("0.60"), "0.60"),
        (Decimal("1E-7"), "0.0000001"),
        ("no", '"no"'),
        (None, "null"),
        ("64K to 128K", "64K to 128K"),
        ("Free: for now", '"Free: for now"'),
        ("rank #4", '"rank #4"'),
        ("#4", '"#4"'),
        ("it's", "it's"),
    ],
)
def test_values_are_written_as_an_editor_would(value: object, written: str) -> None:
    assert scalar(value) == written


def test_blank_keys_are_left_out() -> None:
    source = Source(id="S1", publisher="P", title="T", read=dt.date(2026, 4, 8))
    assert item(plain(source), 2) == [
        "  - id: S1", "    publisher: P", "    title: T", "    read: 2026-04-08",
    ]  # fmt: skip


def test_groups_and_lists_are_written_as_blocks() -> None:
    content = {"a": {"b": 1}, "c": [{"d": "x"}, {"d": "z"}], "e": ["F1", "F2"]}
    lines = block(content, 0)
    assert lines == ["a:", "  b: 1", "c:", "  - d: x", "  - d: z", "e: [F1, F2]"]
    assert read("\n".join(lines)) == content
