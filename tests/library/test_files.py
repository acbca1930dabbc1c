"""Files are read whole or refused with every problem on its line."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panel.domain.dossier import Dossier
from panel.errors import InputError
from panel.library.files import (
    MAX_BYTES,
    place,
    read_front_matter,
    read_placed,
    read_text,
    read_value,
    write_new,
)
from panel.library.tree import MAX_PROBLEMS
from panel.testing.texts import DOSSIER
from tests.library.folders import front, only, put_dossier

SMALL = """---
slug: tern
name: Tern
vendor: Harbour
category: Model
tagline: A model
as_of: 2026-05-04
sources:
  - id: S1
    publisher: Harbour
    title: Card
    read: 2026-05-04
facts:
  - id: F1
    topic: vendor
    attribute: release
    statement: Harbour released Tern.
    brief: a release
    as_of: 2026-05-04
    standing: official
    leaning: neutral
    witnesses:
      - source: S1
        quote: available from today
---
Two lines
of summary.
"""


def put(folder: Path, text: str | bytes, name: str = "tern.md") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_file_becomes_a_value(tmp_path: Path) -> None:
    dossier = read_value(put(tmp_path, SMALL), Dossier, body_key="summary")
    assert dossier.summary == "Two lines\nof summary."
    assert dossier.facts[0].witnesses[0].quote == "available from today"


@pytest.mark.parametrize(
    "spelling",
    [
        SMALL.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + SMALL.encode(),
        SMALL.replace("\n---\n", "\n---   \n").encode(),
        SMALL.replace("name: Tern", '"name": "Tern"').encode(),
        SMALL.rstrip("\n").encode(),
    ],
)
def test_spelling_does_not_change_the_digest(tmp_path: Path, spelling: bytes) -> None:
    plain = read_value(put(tmp_path, SMALL, "a.md"), Dossier, body_key="summary")
    other = read_value(put(tmp_path, spelling, "b.md"), Dossier, body_key="summary")
    assert other.digest == plain.digest


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "message"),
    [
        ("name: Tern", "name: 5", 3, "name", "read as a number"),
        ("name: Tern", "name: Tern\nname: Gull", 4, "name", "stands here again"),
        ("name: Tern", "nmae: Tern", 3, "nmae", "no key"),
        ("as_of: 2026-05-04\nsources", "as_of: 2026-04-31\nsources", 7, "as_of", "calendar"),
        ("    title: Card\n", "", 9, "sources[0].title", "missing"),
        ("    topic: vendor", "    topic: vendors", 15, "facts[0].topic", "not one of"),
        ("source: S1", "source: S2", 23, "facts[0].witnesses[0].source", "no source S2"),
        ("read: 2026-05-04", "read: 2026-05-05", 12, "sources[0].read", "after the as-of date"),
        ("lines\n", "li\u200bnes\n", 26, "summary", "ZERO WIDTH SPACE"),
        ("of summary.", "of\tsummary.", 27, "summary", "U+0009"),
        ("name: Tern", "name: Tern\nsummary: x", 4, "summary", "below the front matter"),
    ],
)
def test_each_problem_names_line_key_and_remedy(
    tmp_path: Path, old: str, new: str, line: int, key: str, message: str
) -> None:
    assert old in SMALL
    with pytest.raises(InputError) as refusal:
        read_value(put(tmp_path, SMALL.replace(old, new, 1)), Dossier, body_key="summary")
    found = [problem for problem in refusal.value.problems if problem.key == key]
    assert [(one.line, message in one.message) for one in found] == [(line, True)]
    assert found[0].remedy
    assert found[0].path.endswith("tern.md")


def test_all_problems_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = SMALL.replace("name: Tern", "name: 5\nname: 6").replace("topic: vendor", "topic: x")
    with pytest.raises(InputError) as refusal:
        read_value(put(tmp_path, text), Dossier, body_key="summary")
    assert [problem.line for problem in refusal.value.problems] == [3, 4, 16]


def test_of_very_many_problems_the_first_ones_are_told(tmp_path: Path) -> None:
    rivals = "rivals:\n" + "  - 1\n" * 1000
    with pytest.raises(InputError) as refusal:
        read_value(put(tmp_path, SMALL.replace("sources:", rivals + "sources:")), Dossier,
                   body_key="summary")  # fmt: skip
    assert len(refusal.value.problems) == MAX_PROBLEMS + 1
    assert refusal.value.problems[-1].message == "and 800 more problems"


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"", 1, "does not begin with a line `---`"),
        (b"slug: x\n", 1, "does not begin with a line `---`"),
        (b"---\nslug: x\n", 3, "never closed"),
        (b"---\nname: \xbc\xdb\xb8\xf1\n---\n", 2, "byte 11 is not UTF-8"),
        ("价格 模型".encode("gbk"), 1, "byte 1 is not UTF-8"),
        ("---\n".encode("utf-16"), 1, "byte 1 is not UTF-8"),
        (b"x" * (MAX_BYTES + 1), 0, "larger than 1,000,000 bytes"),
    ],
)
def test_what_is_no_such_file_is_refused(
    tmp_path: Path, content: bytes, line: int, message: str
) -> None:
    with pytest.raises(InputError) as refusal:
        read_front_matter(put(tmp_path, content))
    assert message in only(refusal).message
    assert only(refusal).line == line
    assert only(refusal).remedy


@pytest.mark.parametrize("name", ["missing.md", "folder", "nul\0byte.md", "x" * 300])
def test_what_cannot_be_opened_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError) as refusal:
        read_text(tmp_path / name)
    assert only(refusal).remedy


def test_devices_are_never_read() -> None:
    with pytest.raises(InputError, match="not a plain file"):
        read_text(Path("/dev/zero"))


def test_a_link_leading_elsewhere_may_be_named(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "tern.md").symlink_to(put(tmp_path, SMALL))
    assert read_value(tmp_path / "in" / "tern.md", Dossier, body_key="summary").slug == "tern"


def test_later_findings_can_be_placed(tmp_path: Path) -> None:
    reading = read_placed(put(tmp_path, SMALL), Dossier, body_key="summary")
    problem = reading.problem(("facts", 0, "statement"), "doubtful", "check")
    assert (problem.line, problem.key) == (17, "facts[0].statement")
    assert reading.problem(("summary",), "doubtful", "check").line == 26


def test_places_inside_the_working_folder_are_short(tmp_path: Path) -> None:
    assert place(Path.cwd() / "panel" / "errors.py") == str(Path("panel") / "errors.py")
    assert place(tmp_path / "x.md") == str(tmp_path / "x.md")


def test_write_new_writes_whole_and_never_over(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.md"
    write_new(path, "first\n")
    with pytest.raises(InputError, match="exists already"):
        write_new(path, "second\n")
    assert path.read_text(encoding="utf-8") == "first\n"
    assert [one.name for one in path.parent.iterdir()] == ["a.md"]


def test_write_new_says_why_it_cannot(tmp_path: Path) -> None:
    put(tmp_path, "x", "file")
    with pytest.raises(InputError, match="cannot be written"):
        write_new(tmp_path / "file" / "a.md", "text")


_WORDS = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=60
).filter(lambda text: text.strip())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(tagline=_WORDS, quote=_WORDS)
def test_what_an_editor_writes_is_what_the_dossier_holds(
    tmp_path: Path, tagline: str, quote: str
) -> None:
    wanted = Dossier.model_validate({**DOSSIER, "tagline": tagline, "vendor": quote})
    path = put_dossier(tmp_path, tagline=tagline, vendor=quote)
    assert read_value(path, Dossier, body_key="summary").digest == wanted.digest


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_without_a_traceback(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(InputError):
        read_value(put(tmp_path, b"---\n" + data + b"\n---\n"), Dossier, body_key="summary")


def test_front_is_read_back(tmp_path: Path) -> None:
    found = read_front_matter(put(tmp_path, front({"a": {"b": [1, "no"]}}, "text\n")))
    assert found.tree.values == {"a": {"b": [1, "no"]}}
    assert (found.body, found.body_line) == ("text\n", 7)
