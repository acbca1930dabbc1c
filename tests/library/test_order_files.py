"""A list is opened as lines, told by suffix or content, and refused when it is something else."""

import io
import os
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.errors import InputError, Problem
from panel.library.order_files import Entry, entry, opened, read_jsonl, read_lines, recognised
from tests.library.folders import only


def lines_in(path: Path) -> list[str]:
    with opened(path) as lines:
        return list(lines)


def put(folder: Path, data: bytes, name: str = "night.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"", []),
        (b"\xef\xbb\xbfa\n", ["a"]),
        (b"a\r\n\r\nb", ["a", "", "b"]),
        (b"a\rb\n", ["a", "b"]),
        ("a\x0b\x0c\x85\u2028b\n".encode(), ["a\x0b\x0c\x85\u2028b"]),
        ("\U0001f426 é\n".encode(), ["\U0001f426 é"]),
    ],
)
def test_lines_end_at_line_ends_only(tmp_path: Path, data: bytes, wanted: list[str]) -> None:
    assert lines_in(put(tmp_path, data)) == wanted


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"a\nb\xff\n", 2),
        (b"\xff\xfea\0\n\0", 1),
        (b"\n\n\xc3(", 3),
        (b"\xed\xa0\x80", 1),
        (b"a\r\nb\rc\x80", 3),
    ],
)
def test_bytes_that_are_not_utf_8_name_their_line(tmp_path: Path, data: bytes, line: int) -> None:
    with pytest.raises(InputError) as refused:
        lines_in(put(tmp_path, data))
    problem = only(refused)
    assert (problem.line, problem.remedy) == (line, "save the file as UTF-8")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")))
def test_every_utf_8_text_is_read_as_it_is(tmp_path_factory: Any, text: str) -> None:
    path = put(tmp_path_factory.getbasetemp(), text.encode(), f"{os.getpid()}.txt")
    assert "\n".join(lines_in(path)) == text.removeprefix("\ufeff").removesuffix("\n")


def test_a_pipe_is_read_as_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=[b"a\nb\n"])
    writer.start()
    assert lines_in(pipe) == ["a", "b"]
    writer.join()


def test_standard_input_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a\nb\xff\n")))
    with pytest.raises(InputError, match="standard input:2"):
        lines_in(Path("-"))
    assert not sys.stdin.buffer.closed


@pytest.mark.parametrize(
    ("name", "message"),
    [("none.txt", "no such list"), ("x" * 5000, "cannot be read"), ("a\0b", "not valid")],
)
def test_a_list_that_cannot_be_opened_says_why(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        lines_in(tmp_path / name)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("a", "lines"),
        ("# - a\n\na", "lines"),
        ("a, b", "lines"),
        ("https://x", "lines"),
        ("- a", "yaml"),
        ("-\n  a", "yaml"),
        ("-a", "lines"),
        ("---\n- a", "yaml"),
        ("[a, b]", "yaml"),
        ("{\n", "yaml"),
        ("dossiers:\n- a", "yaml"),
        ("samples: 3\ndossiers: [a]", "yaml"),
        ('{"dossier": "a"}', "jsonl"),
        ('"a"', "jsonl"),
        ("dossier", "table"),
        ("Seats;Dossier", "table"),
        ('"seats"\t"dossier"', "table"),
        ("", "lines"),
    ],
)
def test_content_tells_where_the_suffix_does_not(text: str, form: str) -> None:
    found, lines = recognised(iter(text.split("\n")), Path("night"))
    assert found == form
    assert "\n".join(lines) == text
    assert recognised(iter(text.split("\n")), Path("night.JSONL"))[0] == "jsonl"


def test_all_lines_are_given_again_however_many() -> None:
    text = [f"t{at}" for at in range(5000)]
    assert list(recognised(iter(text), Path("-"))[1]) == text


@pytest.mark.parametrize("name", ["gull.md", "gull.yaml", "gull", "-"])
def test_a_dossier_is_no_list(name: str) -> None:
    with pytest.raises(InputError) as refused:
        recognised(iter(["---", "slug: gull", "facts:", "- id: F1"]), Path(name))
    shown = "PATH" if name == "-" else name
    assert only(refused).remedy.startswith(f"run `shipskip review {shown}`")


def test_plain_lines_keep_a_number_sign_inside_a_word() -> None:
    found = read_lines(["a#b", " c # d", "#e", "\t# f", "g\t#h"], "night")
    told = [(one.line, one.values) for one in found if isinstance(one, Entry)]
    assert told == [(1, {"dossier": "a#b"}), (2, {"dossier": "c"}), (5, {"dossier": "g"})]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "cannot be read as JSON: Expecting"),
        ("a", "cannot be read as JSON: Expecting value"),
        ('{"dossier": "a", "dossier": "b"}', "the key 'dossier' stands there twice"),
        ('{"dossier": "a", "samples": NaN}', "NaN is not a number"),
        ('{"dossier": "a", "samples": ' + "9" * 5000 + "}", "cannot be read as JSON"),
        ("[" * 100_000, "cannot be read as JSON"),
        ('"a" "b"', "Extra data"),
        ("null", "an empty row names no dossier"),
        ("3", "3 names no dossier"),
        ('["a"]', "['a'] names no dossier"),
    ],
)
def test_a_line_that_is_no_row_is_told_and_the_next_is_read(line: str, message: str) -> None:
    first, bad, last = read_jsonl(['"a"', "", line, '{"dossier": "b"}'], "night")
    assert isinstance(bad, Problem)
    assert (bad.line, bad.path) == (3, "night")
    assert message in bad.message
    assert [first, last] == [entry("a", 1, ""), entry({"dossier": "b"}, 4, "")]
