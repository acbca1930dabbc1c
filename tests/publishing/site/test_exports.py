"""Everything published, for programs: complete, of one mind, and safe to open."""

import csv
import io
import json
from typing import Any

import pytest
from markdown_it import MarkdownIt

from panel.publishing.site.exports import COLUMNS, export_pages
from panel.testing import make_dossier
from tests.publishing.hostile import PAYLOADS
from tests.publishing.site.books import SITE, MemoryBook, pages
from tests.publishing.site.published import make_published

FORMULAS = ("=1+1", "+1", "-1", "@sum(A1)", "\uff1d1")
BOOK = MemoryBook([make_published("heron"), make_published("tern", ("skip",) * 5)])


def files(book: MemoryBook = BOOK) -> dict[str, bytes]:
    """Every file."""
    return {path: page.render() for path, page in pages(book, export_pages).items()}


def rows(content: bytes) -> list[dict[str, str]]:
    """A table as a program reads it."""
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_the_lists_agree() -> None:
    found = files()
    plain: list[dict[str, Any]] = json.loads(found["export/models.json"])["models"]
    lines = [json.loads(line) for line in found["export/models.jsonl"].splitlines()]
    table = rows(found["export/models.csv"])
    assert plain == lines
    assert [one["slug"] for one in plain] == ["heron", "tern"]
    for one, row in zip(plain, table, strict=True):
        assert tuple(row) == COLUMNS
        expected = {key: "" if one[key] is None else str(one[key]) for key in row}
        assert row == expected
    assert "60 %, 95 % interval" in found["export/models.md"].decode()


def test_a_file_beside_each_page_says_all_of_it() -> None:
    data = json.loads(files()["models/tern/data.json"])
    assert data["url"] == f"{SITE.url}models/tern/"
    assert data["scorecard"]["outcome"] == "skip"
    assert len(data["scorecard"]["reviews"]) == 5
    assert data["edited_by"] == ["Ana Roy"]
    assert "AI personas" in data["notice"]
    assert data["dossier"]["facts"]


def test_what_is_for_editors_stays_at_the_desk() -> None:
    model = make_published("tern", ("ship", "ship", "ship", "timeout", "ship"))
    text = files(MemoryBook([model]))["models/tern/data.json"].decode()
    data = json.loads(text)
    assert '"flags"' not in text
    assert '"remedy"' not in text
    assert [one["failure"] for one in data["scorecard"]["reviews"]].count("timeout") == 1


def test_a_week_holds_the_same_as_the_files_beside_the_pages() -> None:
    found = files()
    lines = [json.loads(line) for line in found["export/2026-w20.jsonl"].splitlines()]
    assert lines == [json.loads(found[f"models/{slug}/data.json"]) for slug in ("heron", "tern")]
    page = found["export/index.html"].decode()
    assert 'href="2026-w20.jsonl"' in page
    assert 'href="models.csv"' in page


def test_nothing_published_is_an_empty_export() -> None:
    found = files(MemoryBook([]))
    assert json.loads(found["export/models.json"])["models"] == []
    assert found["export/models.jsonl"] == b""
    assert rows(found["export/models.csv"]) == []


@pytest.mark.parametrize("payload", [*PAYLOADS, *FORMULAS])
def test_no_program_runs_what_a_name_says(payload: str) -> None:
    dossier = make_dossier(slug="tern", name=payload, vendor=payload, category=payload[:60])
    found = files(MemoryBook([make_published("tern", dossier=dossier)]))
    (row,) = rows(found["export/models.csv"])
    safe = f"'{payload}" if payload in FORMULAS else payload
    assert (row["name"], row["vendor"]) == (safe, safe)
    assert json.loads(found["export/models.jsonl"])["name"] == payload
    html = (
        MarkdownIt("commonmark", {"html": True})
        .enable("table")
        .render(found["export/models.md"].decode())
    )
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("<a ") == 1
    assert "<base" not in html
