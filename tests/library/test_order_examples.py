"""The page on lists shows what the reader reads, and no text makes the reader fail."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panel.library.dossiers import Dossiers
from panel.library.orders import Listing, Row, read_list
from panel.library.workspace import Workspace
from tests.docs.pages import ROOT, Block, page
from tests.docs.tables import first_cells, section
from tests.library.folders import put_dossier

EXAMPLES = [block for block in page("docs/reference/lists.md").blocks if block.file]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace of one dossier."""
    put_dossier(tmp_path, slug="gull", name="Gull")
    return tmp_path


def read(root: Path, data: bytes, name: str) -> Listing:
    path = root / name
    path.write_bytes(data)
    return read_list(path, root=root)


_WORDS = [
    "gull", "dossier", "dossiers:", "seats", "samples", "- ", "-", "\n", "\n", "\r", ",", ";",
    "\t", '"', "'", "{", "}", "[", "]", ": ", "  ", "#", "*", "?", "/", "~", "..", ".md", "---\n",
    "&a", "*a", "!!int ", "3", "null", "\0", "\u200b", "|", ">", "\ufeff", "\\", "é",
]  # fmt: skip


@pytest.mark.parametrize("name", ["a.txt", "a.yaml", "a.csv", "a.tsv", "a.jsonl", "a"])
@given(text=st.lists(st.one_of(st.sampled_from(_WORDS), st.text(max_size=4))).map("".join))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_gives_rows_or_problems(root: Path, name: str, text: str) -> None:
    listing = read(root, text.encode("utf-8", "surrogatepass"), name)
    assert listing.rows or listing.problems
    library = Dossiers(Workspace(root))
    assert all(library.path(row.dossier).is_file() for row in listing.rows)
    assert all(problem.message and problem.remedy for problem in listing.problems)


@given(data=st.binary())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_give_rows_or_problems(root: Path, data: bytes) -> None:
    listing = read(root, data, "a")
    assert listing.rows or listing.problems


@pytest.mark.parametrize("block", EXAMPLES, ids=[block.file for block in EXAMPLES])
def test_every_example_of_the_page_is_a_list(block: Block, tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "dossiers").symlink_to(ROOT / "dossiers")
    listing = read(tmp_path, block.body.encode(), block.file)
    assert listing.problems == ()
    assert len(listing.rows) >= 2


def test_the_page_explains_every_key_and_shows_every_format() -> None:
    text = page("docs/reference/lists.md").text
    keys = first_cells(section(text, "A row"))
    assert keys == set(Row.model_fields) - {"line", "path"}
    assert {Path(block.file).suffix for block in EXAMPLES} == {".txt", ".yaml", ".csv", ".jsonl"}
