"""Reads the tables of a Markdown page, so that a test can compare them with the code."""

import re
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


def page(name: str) -> str:
    """A page of docs/reference.

    Args:
        name: Its name without suffix.
    """
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """The part of a page under a heading, with all that stands below it.

    Args:
        text: The page.
        heading: A pattern for the heading's words.
    """
    found = re.search(rf"^(#+) {heading}\s*$", text, re.MULTILINE | re.IGNORECASE)
    assert found, f"no section {heading}"
    rest = text[found.end() :]
    end = re.search(rf"^#{{1,{len(found[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def first_cells(text: str) -> set[str]:
    """The words in code in the first column of all tables of a text."""
    rows = re.findall(r"^\| *((?:[^|\\]|\\.)*?) *\|", text, re.MULTILINE)
    return {word for row in rows for word in re.findall(r"`([^`]+)`", row)}
