import datetime as dt
from collections.abc import Callable

import pytest

from panel.domain.intake.reading import Found
from panel.intake.bounds import MAX_LETTERS
from panel.intake.markdown import heading, parts, read_markdown, read_text, rendered
from tests.intake.tricks import SECRET


def test_markdown_is_read_as_it_is_rendered() -> None:
    found = read_markdown(
        "---\ntitle: Nova-7\ndate: 2026-05-04\nauthor: Jo Roe\n---\n# Heading\n\nIt has **open**"
        " weights, see [here](https://a.example).\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    assert (found.title, found.author, found.published) == (
        "Nova-7",
        "Jo Roe",
        dt.date(2026, 5, 4),
    )
    assert found.text == "Heading\n\nIt has open weights, see here.\n\n| a | b |\n| 1 | 2 |"


@pytest.mark.parametrize(
    "hidden",
    [
        f"<!-- {SECRET} -->",
        f"![{SECRET}](a.png)",
        f'[link](https://a.example "{SECRET}")',
        f"[//]: # ({SECRET})",
        f'[unused]: https://a.example "{SECRET}"',
        f"<div style='display:none'>{SECRET}</div>",
        f"<span style='font-size:0'>{SECRET}</span>",
        f"<details hidden>{SECRET}</details>",
    ],
)
def test_what_markdown_hides_is_removed_and_told(hidden: str) -> None:
    text, removed = rendered(f"Before it.\n\n{hidden}\n\nAfter it.")
    assert "full marks" not in text
    assert "Before it." in text
    assert "After it." in text
    assert any(SECRET in one.text for one in removed)


def test_front_matter_is_split_off() -> None:
    assert parts("---\na: 1\n---\nbody") == ("a: 1", "body")
    assert parts("---\nno end") == ("", "---\nno end")
    assert parts("body\n---\na\n---\n") == ("", "body\n---\na\n---\n")


def test_plain_text_stays_as_it_is_but_for_what_nobody_sees() -> None:
    found = read_text("# Nova\u200b-7 is out\r\n\r\n<b>It</b> costs 5 \u20ac.\n")
    assert found.text == "# Nova-7 is out\n\n<b>It</b> costs 5 \u20ac."
    assert found.title == "Nova-7 is out"
    assert [one.kind for one in found.removed] == ["zero-width"]


def test_the_headline_is_the_first_line_that_can_be_one() -> None:
    assert heading("\n---\nTable of contents\nNova-7 is out\nIt is.") == "Nova-7 is out"
    assert heading("MODEL\n\nA") == "MODEL"
    assert heading("") == ""


@pytest.mark.parametrize("read", [read_text, read_markdown])
def test_endless_texts_are_refused(read: Callable[[str], Found]) -> None:
    found = read("word " * MAX_LETTERS)
    assert found.trouble is not None
    assert found.trouble.kind == "too-big"
